"""Finding a text in a long conversation: `python -m tests.bench.find`. It needs a display, such as Xvfb."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchQuery
from chatapp.client.model.search_hits import loaded_hits
from chatapp.client.text.occurrences import Wanted
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.transcript import Transcript
from tests.bench.display import open_root
from tests.bench.report import print_result, run_bench
from tests.gui.transcript.handlers import noting_handlers

LINES, EVERY = 5_000, 7  # messages, and every which one has the text
ROUNDS = 5
TEXT = "timeout"
_WORDS = "Morning! The slides are in the lab, and section {} is the tricky part of it."
_HIT = "Use socket.settimeout(15) before connect, or thread {} hangs when the host is unreachable."


def main() -> None:
    root = open_root()
    root.geometry("800x600+0+0")
    transcript = Transcript(
        root, Theme(root, "dark"), on_older=_ignore, on_end=_ignore, handlers=noting_handlers([])
    )
    transcript.pack(fill="both", expand=True)
    network = Network()
    conversation = network.add("#general", "channel")
    for number in range(LINES):
        text = (_WORDS if number % EVERY else _HIT).format(number)
        conversation.insert([network.entry("message", 1e9 + number, ("ben", "dee")[number // 3 % 2], text)])
    transcript.show(conversation, network)
    transcript.view.fill([], conversation.entries)
    root.update()
    wanted = Wanted.of(TEXT)
    hits = sum(wanted.count_in(entry.text) for entry in conversation.entries)

    def mark() -> None:
        transcript.hits.show(wanted.exact)

    def count() -> None:
        sum(wanted.count_in(entry.text) for entry in conversation.entries)

    for what, work in (
        (f"mark {hits} hits in {LINES:,} messages", mark),
        (f"count {hits} hits in {LINES:,} messages", count),
        (f"search {LINES:,} loaded messages", lambda: loaded_hits(network, SearchQuery(TEXT))),
    ):
        print_result(what, median(_milliseconds(transcript, work) for _ in range(ROUNDS)), "ms")
    root.destroy()


def _milliseconds(transcript: Transcript, work: Callable[[], object]) -> float:
    transcript.hits.show(None)
    transcript.update()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def _ignore(*arguments: object) -> None:
    pass


if __name__ == "__main__":
    run_bench(main)
