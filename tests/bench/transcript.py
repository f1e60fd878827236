"""The message pane under load: `python -m tests.bench.transcript`. It needs a display, such as Xvfb."""

from __future__ import annotations

import contextlib
import gc
import socket
import tempfile
import threading
import time
import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import Added, FileCardChanged, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard, FileDownload
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import file_link
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.transcript import Transcript
from chatapp.gui.window import Window
from chatapp.system.waker import Waker
from tests.bench.display import open_root
from tests.bench.report import BenchFailed, print_result, run_bench
from tests.gui.transcript.handlers import noting_handlers

QUEUED = 10_000
LONG = 5_000
MANY = 100_000
CHIP_ROWS = 300
CARDS, CARD_ROUNDS = 100, 10
BATCH = 100  # messages
HEARTBEAT = 10  # milliseconds
DEADLINE = 30.0  # seconds
FLOODED = "that was the last of them"
RATE, TICK_SECONDS = 500, 0.02  # messages per second, and the interval between groups of them
KEYS, KEY_SECONDS = 100, 0.05
_NICKS = ("Eve", "Ben", "Chen", "Dee")
_WORDS = (
    "Morning! Slides are at https://intra.school/slides/12.pdf, section 3 is the tricky part.",
    "I'll be in the lab from 10.",
    "Use `socket.settimeout(15)` before connect, or the thread hangs when the host is unreachable.",
    "**that** fixed it for me, thanks!",
)


class Pane:
    """A window with only a transcript."""

    def __init__(self) -> None:
        self.root = open_root()
        self.root.geometry("800x600+0+0")
        self.theme = Theme(self.root, "dark")
        self.transcript = Transcript(
            self.root, self.theme, on_older=_ignore, on_end=_ignore, handlers=noting_handlers([]),
        )  # fmt: skip
        self.transcript.pack(fill="both", expand=True)
        self.network = Network()
        self.root.update()

    def channel(self, name: str, count: int = 0) -> Conversation:
        """Return a channel with this many messages."""
        conversation = self.network.add(name, "channel")
        conversation.complete = True
        conversation.entries += self.messages(count)
        return conversation

    def messages(self, count: int) -> Iterator[Entry]:
        now = time.time() - count
        for n in range(count):
            nick, words = _NICKS[n // 3 % 4], _WORDS[n % 4]
            yield self.network.entry("message", now + n, nick, f"{n}: {words}")

    def seconds(self, work: Callable[[], object]) -> float:
        """Return how long an operation takes until its result is on the screen."""
        start = time.perf_counter()
        work()
        self.root.update()
        return time.perf_counter() - start


def main() -> None:
    whole_window()
    pane = Pane()
    appending(pane)
    switching(pane)
    chips(pane)
    cards(pane)
    memory(pane)
    pane.root.destroy()


def whole_window() -> None:
    """Send lines from a socket to the whole window: all at once, then at a steady rate with key presses."""
    server = FakeServer()
    root = open_root()
    with tempfile.TemporaryDirectory() as folder:
        arrivals = Waker()
        client = Client(Path(folder) / "log", on_arrival=arrivals.wake)
        theme = Theme(root, "dark")
        window = Window(root, theme, client, Settings(), Login(""), lambda settings: None, arrivals=arrivals)
        window.start()
        window.reveal()
        client.connect(Login("127.0.0.1", server.port, "ana", encrypt="never"))
        _until(root, lambda: "You joined" in window.pane.transcript.view.text.get("1.0", "end"))
        _until(root, lambda: not window.pane.transcript.view.pictures.timers)
        flood(root, window, server)
        typing(root, window, server)
        window.close()


def flood(root: tk.Tk, window: Window, server: FakeServer) -> None:
    """Send ten thousand lines. A heartbeat shows how long the window is blocked."""
    beats = [(time.perf_counter(), time.thread_time())]
    timer = [""]

    def beat() -> None:
        beats.append((time.perf_counter(), time.thread_time()))
        timer[0] = root.after(HEARTBEAT, beat)

    beat()
    start, before = time.perf_counter(), time.thread_time()
    server.flood.set()
    _until(root, lambda: FLOODED in window.pane.transcript.view.text.get("end -3 lines", "end"))
    print_result(f"{QUEUED:,} lines from the socket to the screen", time.perf_counter() - start, "s")
    print_result("CPU of the main loop for that", time.thread_time() - before, "s")
    gaps = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(beats)]
    print_result("longest gap of the main loop meanwhile", max(gaps)[0] * 1000, "ms")
    print_result("most CPU time in such a gap", max(cpu for _, cpu in gaps) * 1000, "ms")
    root.after_cancel(timer[0])


def typing(root: tk.Tk, window: Window, server: FakeServer) -> None:
    """Press a key every 50 ms. The time counts from the due time until it is painted."""
    field = window.pane.composer.field
    field.focus_force()
    waits: list[float] = []
    timer = [""]

    def press(due: float) -> None:
        field.event_generate("<Key-x>")
        root.update_idletasks()
        waits.append(time.perf_counter() - due)
        soon = due + KEY_SECONDS
        timer[0] = root.after(max(0, round((soon - time.perf_counter()) * 1000)), press, soon)

    press(time.perf_counter())
    server.drip.set()
    _until(root, lambda: len(waits) >= KEYS)
    root.after_cancel(timer[0])
    waits.sort()
    print_result(f"from a key to the screen at {RATE} messages a second, median", median(waits) * 1000, "ms")
    print_result("the same, 95 of 100 keys", waits[len(waits) * 95 // 100] * 1000, "ms")


class FakeServer(threading.Thread):
    """A server for one client that sends many lines when asked to."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.flood = threading.Event()
        self.drip = threading.Event()
        self.start()

    def run(self) -> None:
        client, _ = self._socket.accept()
        welcome = (
            ":s 001 ana :Welcome", ":s 005 ana NETWORK=Bench :are supported", ":s 376 ana :End",
            ":ana!a@h JOIN #general", ":s 353 ana = #general :ana ben", ":s 366 ana #general :End",
        )  # fmt: skip
        client.sendall("".join(f"{line}\r\n" for line in welcome).encode())
        self.flood.wait()
        client.sendall(_message_lines(QUEUED) + f":Ben!u@h PRIVMSG #general :{FLOODED}\r\n".encode())
        self.drip.wait()
        pause = threading.Event()
        with contextlib.suppress(OSError):  # the window closes the connection at the end
            while not pause.wait(TICK_SECONDS):
                client.sendall(_message_lines(round(RATE * TICK_SECONDS)))


def _message_lines(count: int) -> bytes:
    """Return messages of several people: one in ten is a reply, one in twenty gets a reaction."""
    lines: list[str] = []
    for n in range(count):
        who, reply = f":{_NICKS[n // 3 % 4]}!u@h", f";+reply=m{n - 2}" if n % 10 == 9 else ""
        lines.append(f"@msgid=m{n}{reply} {who} PRIVMSG #general :{n}: {_WORDS[n % 4]}")
        if n % 20 == 0:
            lines.append(f"@+reply=m{n};+draft/react=👍 {who} TAGMSG #general")
    return "".join(f"{line}\r\n" for line in lines).encode()


def _until(root: tk.Tk, done: Callable[[], bool]) -> None:
    """Run the main loop until a condition holds."""
    deadline = time.perf_counter() + DEADLINE
    while not done():
        if time.perf_counter() > deadline:
            raise BenchFailed("the window did not show it")
        root.tk.dooneevent(0)
    root.update()


def appending(pane: Pane) -> None:
    """Measure the cost of a message that arrives with others."""
    conversation = pane.channel("#append")
    pane.transcript.show(conversation, pane.network)
    start = time.process_time()
    for _ in range(50):
        batch = tuple(pane.messages(BATCH))
        conversation.entries += batch
        pane.transcript.apply(Added(conversation, batch))
        pane.root.update()
    print_result(
        f"CPU of a message in a batch of {BATCH}", (time.process_time() - start) / 50 / BATCH * 1e6, "us"
    )


def switching(pane: Pane) -> None:
    """Measure changing between long channels, scrolling up, and changing the font size."""
    channels = [pane.channel(f"#long{n}", LONG) for n in range(2)]
    times, work = [], []
    for number in range(20):
        before = time.thread_time()
        times.append(pane.seconds(partial(pane.transcript.show, channels[number % 2], pane.network)))
        work.append(time.thread_time() - before)
    print_result(f"switch to a channel with {LONG:,} messages, median", median(times) * 1000, "ms")
    print_result(f"switch to a channel with {LONG:,} messages, longest", max(times) * 1000, "ms")
    print_result(f"switch to a channel with {LONG:,} messages, most CPU", max(work) * 1000, "ms")
    page = pane.transcript.view.text
    page.focus_force()
    times = []
    for _ in range(10):
        times.append(pane.seconds(lambda: page.event_generate("<Home>")))
    print_result("a page of older messages above, longest", max(times) * 1000, "ms")
    zoom = [pane.seconds(partial(pane.theme.zoom, size)) for size in (14, 11)]
    print_result("another size of text", max(zoom) * 1000, "ms")


def chips(pane: Pane) -> None:
    """Measure scrolling over messages that all have reactions."""
    conversation = pane.channel("#chips", CHIP_ROWS)
    for entry in conversation.entries:
        entry.reactions = {"👍": ["ana", "ben"], "🎉": ["dee"], "👀": ["chen"]}
    pane.transcript.show(conversation, pane.network)
    view = pane.transcript.view
    while view.line_map[0].entries[0] is not conversation.entries[0]:
        view.prepend(conversation.entries[: len(conversation.entries) - len(view.line_map)])
    pane.root.update()
    steps = [pane.seconds(partial(view.text.yview_scroll, -40, "pixels")) for _ in range(200)]
    steps += [pane.seconds(partial(view.text.yview_scroll, 40, "pixels")) for _ in range(200)]
    print_result(f"a scroll step over {CHIP_ROWS} rows of reactions, median", median(steps) * 1000, "ms")
    print_result("the same, longest", max(steps) * 1000, "ms")
    times = []
    for entry in conversation.entries[:50]:
        entry.reactions["❤️"] = ["ben"]
        times.append(pane.seconds(partial(pane.transcript.apply, Updated(conversation, entry))))
    print_result("one more reaction, median", median(times) * 1000, "ms")


def cards(pane: Pane) -> None:
    """Measure messages that all have the card of a file, and a download that makes progress."""
    conversation = pane.channel("#cards")
    pane.network.isupport = {"chatapp/FILES": "id:k3Xa9_"}
    for n, entry in enumerate(pane.messages(CARDS)):
        name = f"exercise-sheet-{n}.pdf"
        link = file_link(f"https://chat.example/files/k3Xa9_{n:022}/{name}", "k3Xa9_")
        assert link is not None
        entry.text += f"\n{link.url}"
        conversation.entries.append(entry)
        card = FileCard(link, "known", name, 1_800_000, until=time.time() + 90 * 86400)
        pane.transcript.view.files.add(card)
    pane.transcript.show(conversation, pane.network)
    view = pane.transcript.view
    times, work = [], []
    for _ in range(CARD_ROUNDS):
        view.replace_blocks(0, len(view.line_map), [])
        pane.root.update()
        before = time.thread_time()
        times.append(pane.seconds(partial(view.append, conversation.entries)) * 1000)
        work.append((time.thread_time() - before) * 1000)
    print_result(f"{CARDS} cards of files, shown the first time", times[0], "ms")
    print_result("the same, again, median", median(times[1:]), "ms")
    print_result("the same, again, CPU, median", median(work[1:]), "ms")
    steps = [pane.seconds(partial(view.text.yview_scroll, -40, "pixels")) for _ in range(100)]
    steps += [pane.seconds(partial(view.text.yview_scroll, 40, "pixels")) for _ in range(100)]
    print_result(f"a scroll step over {CARDS} cards, median", median(steps) * 1000, "ms")
    print_result("the same, longest", max(steps) * 1000, "ms")
    view.scroll_to_end()
    times = []
    card.download = FileDownload(Path("x"), state="running")
    for _ in range(50):
        card.download.received += 36_000
        times.append(pane.seconds(partial(pane.transcript.apply, FileCardChanged(pane.network, card))))
    print_result("progress of a download, median", median(times) * 1000, "ms")


def memory(pane: Pane) -> None:
    """Measure memory with many messages in one channel, which holds the last few thousand."""
    conversation = pane.channel("#memory")
    pane.transcript.show(conversation, pane.network)
    for at in range(0, MANY, BATCH):
        batch = tuple(pane.messages(BATCH))
        conversation.entries += batch
        pane.transcript.apply(Added(conversation, batch))
        conversation.trim()
        pane.root.update()
        if at + BATCH == MANY // 10:
            gc.collect()
            print_result(f"memory after {MANY // 10:,} messages", _megabytes(), "MB")
    gc.collect()
    print_result(f"memory after {MANY:,} messages", _megabytes(), "MB")


def _ignore(*_: object) -> None:
    """Ignore a click."""


def _megabytes() -> float:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    run_bench(main)
