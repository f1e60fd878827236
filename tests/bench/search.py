"""Searching through a million messages.

    python -m tests.bench.search [--messages 1_000_000] [--requests 600]

One client in 20 channels searches for the newest 50 matches, one search after the other: common and rare
words, prefixes of words, two words, one channel, one sender, a period of time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from chatapp.protocol.timestamps import iso
from tests.bench import stored_messages
from tests.bench.report import run_bench
from tests.bench.stored_messages import StoredMessages

LIMIT = 50


def main() -> None:
    options = stored_messages.options("search", requests=600)
    stored = StoredMessages(options.messages)
    kinds: dict[str, Callable[[], str]] = {
        "a common word": lambda: f"text={_common(stored)}",
        "any word": lambda: f"text={stored.random.choice(stored.words)}",
        "the beginning of a word": lambda: f"text={stored.random.choice(stored.words)[:2]}",
        "two words": lambda: f"text={_common(stored)}\\s{_common(stored)}",
        "a word in a channel": lambda: f"text={_common(stored)};in={stored.channel()}",
        "a word by a sender": lambda: f"text={_common(stored)};from={stored.sender()}",
        "a word before a time": lambda: f"text={_common(stored)};before={iso(stored.time())}",
        "a word that no message has": lambda: "text=unheard-of",
    }
    with stored_messages.connected_client(stored) as client:
        everything: list[str] = []
        for name, kind in kinds.items():
            searches = list(_search_lines(kind, options.requests // len(kinds)))
            stored_messages.measure(f"search for {name}", client, searches, _is_answer)
            everything += searches
        stored.random.shuffle(everything)
        stored_messages.measure("search for anything", client, everything, _is_answer)


def _search_lines(kind: Callable[[], str], count: int) -> Iterator[str]:
    for _ in range(count):
        yield f"SEARCH {kind()};limit={LIMIT}"


def _common(stored: StoredMessages) -> str:
    """Return one of the hundred most common words."""
    return stored.words[stored.random.randrange(100)]


def _is_answer(answer: bytes) -> bool:
    return b" soju.im/search" in answer and b" FAIL " not in answer


if __name__ == "__main__":
    run_bench(main)
