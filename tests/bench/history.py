"""Pages of history: 100 lines out of a million stored ones.

    python -m tests.bench.history [--messages 1_000_000] [--requests 2000]

One client in 20 channels requests pages from random times, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.protocol.timestamps import iso
from tests.bench import stored_messages
from tests.bench.report import run_bench
from tests.bench.stored_messages import StoredMessages

LINES = 100
_SUBCOMMANDS = ("LATEST", "BEFORE", "AFTER", "AROUND")


def main() -> None:
    options = stored_messages.options("history", requests=2000)
    stored = StoredMessages(options.messages)
    with stored_messages.connected_client(stored) as client:
        for subcommand in _SUBCOMMANDS:
            requests = _request_lines(stored, subcommand, options.requests // len(_SUBCOMMANDS))
            stored_messages.measure(f"{subcommand}, a page of {LINES} lines", client, requests, _is_page)


def _request_lines(stored: StoredMessages, subcommand: str, count: int) -> Iterator[str]:
    """Return requests for pages away from both ends, so that every page is full."""
    margin = stored.count * stored_messages.SECONDS_APART * 1000 // 20
    for _ in range(count):
        time = min(max(stored.time(), stored.start + margin), stored.start + 19 * margin)
        bound = "*" if subcommand == "LATEST" else f"timestamp={iso(time)}"
        yield f"CHATHISTORY {subcommand} {stored.channel()} {bound} {LINES}"


def _is_page(answer: bytes) -> bool:
    return answer.count(b" PRIVMSG #bench") == LINES


if __name__ == "__main__":
    run_bench(main)
