"""A page of history: 100 lines out of a million that are stored.

    python -m tests.bench.history [--messages 1_000_000] [--requests 2000]

One client in 20 channels asks for pages anywhere in the past, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.protocol.timestamps import iso
from tests.bench import past
from tests.bench.past import Past
from tests.bench.report import bench

LINES = 100
_SUBCOMMANDS = ("LATEST", "BEFORE", "AFTER", "AROUND")


def main() -> None:
    options = past.options("history", requests=2000)
    said = Past(options.messages)
    with past.asked(said) as asker:
        for subcommand in _SUBCOMMANDS:
            questions = _questions(said, subcommand, options.requests // len(_SUBCOMMANDS))
            past.measure(f"{subcommand}, a page of {LINES} lines", asker, questions, _is_page)


def _questions(said: Past, subcommand: str, count: int) -> Iterator[str]:
    """Not from the very ends, so that every page is full."""
    margin = said.messages * past.SECONDS_APART * 1000 // 20
    for _ in range(count):
        time = min(max(said.time(), said.start + margin), said.start + 19 * margin)
        bound = "*" if subcommand == "LATEST" else f"timestamp={iso(time)}"
        yield f"CHATHISTORY {subcommand} {said.channel()} {bound} {LINES}"


def _is_page(answer: bytes) -> bool:
    return answer.count(b" PRIVMSG #bench") == LINES


if __name__ == "__main__":
    bench(main)
