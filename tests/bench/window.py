"""The cost of the window: time to the first window and to the first chat, a change of channel, idle CPU time.

python -m tests.bench.window            needs a display
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import tkinter as tk
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.poll_loop import ACTIVE_SECONDS
from chatapp.gui.window import Window
from chatapp.system.waker import Waker
from tests.bench import servers
from tests.bench.display import open_root
from tests.bench.report import BenchFailed, print_result, run_bench
from tests.gui.networks import add_members, make_network

STARTS = 5
SWITCHES = 20
LINES = 5000
IDLE_SECONDS = 10.0

# Runs the window as its command does, prints the time when the first one has been painted, and ends.
CHILD = """
import sys, time, tkinter
start, real = float(sys.argv[1]), tkinter.Tk.__init__
def made(root, *arguments, **options):
    real(root, *arguments, **options)
    root.bind_class("Chatapp", "<Map>", lambda event: root.after_idle(seen, root))
def seen(root):
    root.update_idletasks()
    print(time.time() - start, flush=True)
    root.destroy()
tkinter.Tk.__init__ = made
from chatapp.gui.app import main
main(sys.argv[2:])
"""

# The same, and prints the time when a channel was joined on a server and can be written to.
CHATTING = """
import os, sys, time
start = float(sys.argv[1])
from chatapp.gui.main.conversation_pane import ConversationPane
show = ConversationPane.show
def shown(pane, conversation, place=None):
    show(pane, conversation, place)
    if conversation is not None and conversation.kind == "channel":
        pane.update()
        print(time.time() - start, flush=True)
        os._exit(0)
ConversationPane.show = shown
from chatapp.gui.app import main
main(sys.argv[2:])
"""


def main() -> None:
    """Measure and print all results."""
    with tempfile.TemporaryDirectory() as folder:
        first = [_first_window("--config", folder) for _ in range(STARTS)]
        print_result("first window: dialog", statistics.median(first) * 1000, "ms")
        asked = ("--config", folder, "--server", "127.0.0.1:1", "--name", "ana")
        whole = [_first_window(*asked) for _ in range(STARTS)]
        print_result("first window: whole", statistics.median(whole) * 1000, "ms")
        with servers.start(servers.OURS, Path(folder)) as server:
            at = ("--config", folder, f"irc://127.0.0.1:{server.port}/general")
            chatting = [  # other names: each is kept for its guest, whose key this end does not store
                _first_window(*at, "--name", f"ana{n}", program=CHATTING) for n in range(STARTS)
            ]
        print_result("chatting", statistics.median(chatting) * 1000, "ms")
    root = open_root()
    arrivals = Waker()
    client = Client(on_arrival=arrivals.wake)
    theme = Theme(root, "dark")
    window = Window(root, theme, client, Settings(), Login(""), lambda settings: None, arrivals=arrivals)
    window.client.sessions.current.network = make_network("#general", "#help")
    general, help_ = (_filled(window, name) for name in ("#general", "#help"))
    window.start()
    window.reveal()
    root.update()
    print_result(f"switch to a channel with {LINES} lines", _switch(window, general, help_) * 1000, "ms")
    _idle(root, ACTIVE_SECONDS + 1)
    print_result("idle CPU", _idle(root, IDLE_SECONDS) * 100, "% of a core")
    window.client.close()
    root.destroy()


def _first_window(*arguments: str, program: str = CHILD) -> float:
    """Return the seconds from the command to the first painted window, or what the program prints."""
    command = [sys.executable, "-c", program, str(time.time()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    if not done.stdout:
        raise BenchFailed(f"no window appeared: {done.stderr.strip()}")
    return float(done.stdout.split()[0])


def _filled(window: Window, name: str) -> Conversation:
    """Return a channel with members and many lines, some long, a minute apart."""
    network = window.client.network
    people = [f"person{number}" for number in range(30)]
    conversation = add_members(network, name, "ana", *people)
    start = time.time() - LINES * 60
    for number in range(LINES):
        text = f"line {number} " + "and what else there is to say " * (number % 7)
        entry = network.entry("message", start + number * 60, people[number * 7 % 30], text)
        conversation.insert([entry])
    return conversation


def _switch(window: Window, *conversations: Conversation) -> float:
    """Return the median seconds from opening a conversation until it is on the screen."""
    taken = []
    for number in range(SWITCHES):
        start = time.perf_counter()
        window.client.open(conversations[number % len(conversations)])
        window.poll()
        window.root.update()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _idle(root: tk.Tk, seconds: float) -> float:
    """Return the fraction of a CPU that a window uses while nothing happens."""
    root.after(round(seconds * 1000), root.quit)
    wall, cpu = time.perf_counter(), time.process_time()
    root.mainloop()
    return (time.process_time() - cpu) / (time.perf_counter() - wall)


if __name__ == "__main__":
    run_bench(main)
