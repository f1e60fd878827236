"""A window on the display that shows a chat without a server, and pictures of it."""

from __future__ import annotations

import subprocess
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.theme.root_window import create_root
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.transcript import Transcript
from chatapp.gui.widgets import tooltip
from chatapp.gui.window import Window
from tests.gallery.looks import Look
from tests.gallery.scenery import NOW, at
from tests.gui.recording_notifier import RecordingNotifier

SETTLE = 300  # milliseconds until everything is drawn
SERVERS = ["chat.school.example:6697"]  # that were used before
FAR = 3  # pixels from the corner of the window, where the pointer points at nothing


class Stage:
    """A window that shows this network.

    Args:
        size: In pixels at 96 dpi.
        folder: For painted icons, and what is known about the fonts of this computer.
    """

    def __init__(self, network: Network, look: Look, size: tuple[int, int], folder: Path) -> None:
        self.root = create_root(folder)
        self.folder = folder
        self._started = monotonic()
        self.problems: list[BaseException] = []
        self.theme = Theme(self.root, look.theme, look.font_size, folder)
        self.client = Client(folder / "server.log", TrustedCertificates(), wall=self.now)
        self.client.sessions.current.network = network
        width, height = look.size or size
        self.settings = Settings(
            name="ana", theme=look.theme, font_size=look.font_size, messages_sent=5,
            place=f"{self.theme.px(width)}x{self.theme.px(height)}+0+0",
            recent_emoji=["👍", "🎉", "👀", "😀", "🙏", "❤️", "🔥"], servers=SERVERS.copy(),
        )  # fmt: skip
        current = network.current
        self.window = Window(
            self.root, self.theme, self.client, self.settings, Login("chat.school.example", nick="ana"),
            lambda settings: None, now=self.now, make_notifier=lambda on_click: RecordingNotifier([]),
        )  # fmt: skip
        self.root.report_callback_exception = lambda kind, error, trace: self.problems.append(error)
        self.window.start()
        self.window.reveal()
        self.root.update()
        if current is not None:
            self.client.open(current)
        self.window.poll()
        self.settings.servers = SERVERS.copy()  # without that of the network, which has no address
        self.root.event_generate("<Motion>", warp=True, x=FAR, y=self.root.winfo_height() - FAR)
        self.focus(self.window.pane.composer.field)
        self.pause()

    def now(self) -> float:
        """Return the time on the day of the pictures, in Unix seconds."""
        return at(*NOW) + monotonic() - self._started

    @property
    def network(self) -> Network:
        return self.client.network

    @property
    def transcript(self) -> Transcript:
        return self.window.pane.transcript

    @property
    def conversation(self) -> Conversation:
        """The conversation that is shown."""
        assert self.window.pane.conversation is not None
        return self.window.pane.conversation

    def find(self, name: str) -> Conversation:
        """Return the conversation with this name."""
        found = self.network.find(name)
        assert found is not None, name
        return found

    def pause(self, milliseconds: int = SETTLE) -> None:
        """Let the window draw and its timers run."""
        is_over = tk.BooleanVar(self.root)
        self.root.after(milliseconds, is_over.set, True)
        self.root.wait_variable(is_over)

    def until(self, done: Callable[[], bool], milliseconds: int = 5000) -> None:
        """Let the window run until a condition is true, but not much longer than some seconds."""
        for _ in range(milliseconds // 50):
            if done():
                break
            self.pause(50)

    def focus(self, widget: tk.Misc) -> None:
        """Give a widget the keyboard; no window manager is needed for that."""
        widget.focus_force()
        self.root.update()

    def press(self, widget: tk.Misc, *events: str) -> None:
        """Press keys with the focus in a widget."""
        self.focus(widget)
        for event in events:
            widget.event_generate(event)
            self.root.update()

    def type(self, text: str) -> None:
        """Type into the composer."""
        field = self.window.pane.composer.field
        self.focus(field)
        field.insert("insert", text)
        field.event_generate("<<Modified>>")
        field.event_generate("<KeyRelease>")
        self.pause()

    def point(self, widget: tk.Misc, x: int, y: int) -> None:
        """Move the pointer to a place in a widget."""
        self.root.tk.call("set", tooltip.LAST_MOTION, "-1 -1")  # it has come from elsewhere
        widget.event_generate("<Motion>", warp=True, x=x, y=y)
        self.root.tk.call("set", tooltip.LAST_MOTION, "-1 -1")
        self.pause(100)

    def click(self, widget: tk.Misc, x: int, y: int, button: int = 1) -> None:
        """Click at a place in a widget."""
        self.point(widget, x, y)
        widget.event_generate(f"<Button-{button}>", x=x, y=y, rootx=widget.winfo_rootx() + x,
                              rooty=widget.winfo_rooty() + y)  # fmt: skip
        widget.event_generate(f"<ButtonRelease-{button}>", x=x, y=y)
        self.pause()

    def photograph(self, file: Path) -> None:
        """Save a picture of the window, and of the dialogs and menus over it."""
        self.pause()
        self.root.update()  # on a busy computer more is left to do
        self.root.winfo_pointerxy()  # returns when the display has drawn everything
        left, top, right, bottom = self._visible_area()
        area = f"{right - left}x{bottom - top}+{left}+{top}"
        command = ["import", "-window", "root", "-crop", area, "+repage", "-strip", str(file)]
        subprocess.run(command, check=True)

    def close(self) -> None:
        """Close the window."""
        self.window.end(keep_server=False)

    def _visible_area(self) -> tuple[int, int, int, int]:
        """Return the part of the screen that the window, its dialogs and menus cover."""
        root = self.root
        areas = []
        for top in (root, *_toplevels(root)):
            if top.winfo_viewable():
                x, y = top.winfo_rootx(), top.winfo_rooty()
                areas.append((x, y, x + top.winfo_width(), y + top.winfo_height()))
        lefts, tops, rights, bottoms = zip(*areas, strict=True)
        return (
            max(min(lefts), 0),
            max(min(tops), 0),
            min(max(rights), root.winfo_screenwidth()),
            min(max(bottoms), root.winfo_screenheight()),
        )


def _toplevels(widget: tk.Misc) -> Iterator[tk.Misc]:
    """Yield the dialogs, menus and tooltips inside a widget, at any depth."""
    for child in widget.winfo_children():
        if isinstance(child, tk.Toplevel):
            yield child
        yield from _toplevels(child)
