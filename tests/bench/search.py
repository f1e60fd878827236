"""Searching through a million messages.

    python -m tests.bench.search [--messages 1_000_000] [--requests 600]

One client in 20 channels asks for the newest 50 messages that fit, one question after the other: words of
every frequency, beginnings of words, two words, one channel, one speaker, a stretch of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chatapp.protocol.timestamps import iso
from tests.bench import past
from tests.bench.past import Past
from tests.bench.report import bench

LIMIT = 50


def main() -> None:
    options = past.options("search", requests=600)
    said = Past(options.messages)
    kinds: dict[str, Callable[[], str]] = {
        "a common word": lambda: f"text={_common(said)}",
        "any word": lambda: f"text={said.random.choice(said.words)}",
        "the beginning of a word": lambda: f"text={said.random.choice(said.words)[:2]}",
        "two words": lambda: f"text={_common(said)}\\s{_common(said)}",
        "a word in a channel": lambda: f"text={_common(said)};in={said.channel()}",
        "a word of a speaker": lambda: f"text={_common(said)};from={said.speaker()}",
        "a word before a time": lambda: f"text={_common(said)};before={iso(said.time())}",
        "a word that nobody said": lambda: "text=unheard-of",
    }
    with past.asked(said) as asker:
        everything: list[str] = []
        for name, kind in kinds.items():
            questions = list(_questions(kind, options.requests // len(kinds)))
            past.measure(f"search for {name}", asker, questions, _is_answer)
            everything += questions
        said.random.shuffle(everything)
        past.measure("search for anything", asker, everything, _is_answer)


def _questions(kind: Callable[[], str], count: int) -> Iterator[str]:
    for _ in range(count):
        yield f"SEARCH {kind()};limit={LIMIT}"


def _common(said: Past) -> str:
    """One of the hundred words that are said most."""
    return said.words[said.random.randrange(100)]


def _is_answer(answer: bytes) -> bool:
    return b" soju.im/search" in answer and b" FAIL " not in answer


if __name__ == "__main__":
    bench(main)
