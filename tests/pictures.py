"""Take the pictures of the READMEs: the window in both themes, and a map of the files that draw its parts.

python -m tests.pictures            needs a display and ImageMagick
"""

from __future__ import annotations

import subprocess
import time
import tkinter as tk
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import EntryKind
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import HEIGHT, WIDTH, Window
from tests.gui.networks import add_members, make_network

ASSETS = Path(__file__).resolve().parents[1] / "assets"
SETTLE = 500  # milliseconds until everything is drawn
DAY = (2026, 3, 12)  # a Thursday
NOW = (10, 6)
UNREAD = (10, 2)  # time of the first unread message
KINDS: dict[str, EntryKind] = {"+": "join", "-": "quit"}
MESSAGES = (
    (9, 51, "Ben", "Morning! The slides are at https://intra.school/slides/12.pdf – section 3 is the tricky "
     "part."),
    (9, 51, "Ben", "I'll be in the lab from 10."),
    (9, 53, "Keshav", "+"),
    (9, 54, "Sofia", "+"),
    (9, 54, "Jonas", "+"),
    (9, 55, "Lea", "-"),
    (9, 56, "Mira", "Do we need the timeout exercise for Friday as well?"),
    (9, 57, "Ben", "Only part *b*. **Hand it in by 18:00**, please."),
    (10, 2, "Chen", "Use `socket.settimeout(15)` before connect, otherwise the thread hangs when the host is "
     "unreachable and you cannot tell the user anything useful."),
    (10, 3, "Dee", "@ana that fixed it for me, thanks! 👍"),
    (10, 5, "ana", "Great, I'll push the fix now."),
)  # fmt: skip
WHOLE_WINDOW = (
    "window.py  connects the parts to the client      main/  sidebar, header, composer, people      "
    "transcript/  the messages\n"
    "dialogs/connect_dialog.py  dialogs/login_form.py  the first dialog      "
    "dialogs/overlays.py  menus and dialogs over the window\n"
    "theme/theme.py  styles.py  palette.py  text_tags.py  icons.py  fonts, colours and shapes of everything"
)
LABEL_TEXT, LABEL = "#15171b", "#f0c05a"
BORDER = 2  # of the frame around a part, in pixels at 96 dpi


def main() -> None:
    """Take all pictures."""
    for theme, name in (("dark", "window"), ("light", "window-light")):
        window = _window(theme, _class())
        _take(window.root, name)
        _close(window)
    window = _window("dark", _class())
    window.network.state, window.network.retry_at = "waiting", _at(*NOW) + 4
    window.pane.paint_bars()
    _name_whole_window(window)
    window.root.update()
    _name_parts(window)
    _take(window.root, "map")
    _close(window)


def _class() -> Network:
    """Return a network in which a class uses several channels."""
    network = make_network("#general", "#help", "#homework", "#lab", "#random")
    network.privacy = "encrypted"
    people = ("@Ben", "ana", "Dee", "Jonas", "Keshav", "Mira", "Sofia", "(Chen)", "(Tom)")
    general = add_members(network, "#general", *people)
    general.topic, general.complete = "Welcome! Be kind. Exam on Friday.", True
    general.typing["Keshav"] = _at(*NOW) + 60
    for hour, minute, nick, text in MESSAGES:
        _say(network, general, _at(hour, minute), nick, text)
    for name, unread, mentions in (("#help", 4, 2), ("#homework", 12, 0), ("#random", 30, 0)):
        channel = network.conversations[name]
        channel.unread, channel.mentions, channel.muted = unread, mentions, name == "#random"
    for nick, unread in (("Ben", 1), ("Chen", 0), ("Sofia", 0)):
        network.add(nick, "direct").unread = unread
    return network


def _say(network: Network, channel: Conversation, when: float, nick: str, text: str) -> None:
    kind = KINDS.get(text, "message")
    entry = network.entry(kind, when, nick, text if kind == "message" else "")
    entry.own, entry.mention = nick == network.nick, network.is_mention(text)
    channel.insert([entry])
    if channel.first_unread is None and when >= _at(*UNREAD):
        channel.first_unread = entry.key


def _at(hour: int, minute: int) -> float:
    return time.mktime((*DAY, hour, minute, 0, 0, 0, -1))


def _window(theme: str, network: Network) -> Window:
    """Return a window that shows this network."""
    root = tk.Tk(className="Chatapp")
    window_theme = Theme(root, theme)
    client = Client(trusted=TrustedCertificates(), wall=lambda: _at(*NOW))
    client.sessions.current.network = network
    place = f"{window_theme.px(WIDTH)}x{window_theme.px(HEIGHT)}+40+40"
    settings = Settings(theme=theme, place=place)
    window = Window(root, window_theme, client, settings, Login(""), print, now=lambda: _at(*NOW))
    window.reveal()
    root.update()
    assert network.current is not None
    client.open(network.current)
    window.poll()
    window.pane.focus_set()
    root.update()
    return window


def _name_whole_window(window: Window) -> None:
    """Name the files that concern the whole window, below it."""
    px = window.theme.px
    foot = tk.Label(window.root, text=WHOLE_WINDOW, font="ChatSmall", background=LABEL_TEXT, foreground=LABEL)
    foot.configure(padx=px(12), pady=px(10), justify="left", anchor="w")
    window.root.geometry(f"{px(WIDTH)}x{px(HEIGHT) + foot.winfo_reqheight()}")
    foot.pack(side="bottom", fill="x", before=window.split_panes)


def _name_parts(window: Window) -> None:
    """Write the name of its file on each part of the window."""
    pane = window.pane
    parts: list[tuple[tk.Misc, str, float, float]] = [  # part, label, relative position in it
        (window.sidebar.network_header, "network_header.py", 0.66, 0.83),
        (window.sidebar.rows, "sidebar.py\nwidgets/row_list.py", 0.5, 0.75),
        (window.sidebar.own_card, "own_card.py", 0.6, 0.5),
        (pane.header, "header.py", 0.72, 0.5),
        (pane.transcript, "transcript.py  which entries\nblocks.py  entries as text\n"
         "block_view.py  blocks as lines\ntext_view.py  scrolling\ninput.py  mouse and keys", 0.82, 0.52),
        (pane.connection_bar, "connection_bar.py", 0.7, 0.5),
        (pane.composer, "composer.py  message_field.py", 0.55, 0.27),
        (window.people, "member_list.py\nwidgets/row_list.py", 0.5, 0.75),
    ]  # fmt: skip
    for part, text, x, y in parts:
        _frame(window, part)
        _label(window, part, text, x, y)


def _frame(window: Window, part: tk.Misc) -> None:
    """Draw a frame around a part."""
    root, border = window.root, window.theme.px(BORDER)
    x, y = part.winfo_rootx() - root.winfo_rootx(), part.winfo_rooty() - root.winfo_rooty()
    width, height = part.winfo_width(), part.winfo_height()
    for left, top, wide, high in (
        (x, y, width, border),
        (x, y + height - border, width, border),
        (x, y, border, height),
        (x + width - border, y, border, height),
    ):
        tk.Frame(root, background=LABEL).place(x=left, y=top, width=wide, height=high)


def _label(window: Window, part: tk.Misc, text: str, x: float, y: float) -> None:
    """Write a text on a part."""
    px = window.theme.px
    label = tk.Label(window.root, text=text, font="ChatSmallBold", background=LABEL, foreground=LABEL_TEXT)
    label.configure(padx=px(6), pady=px(2), justify="left")
    label.place(in_=part, relx=x, rely=y, anchor="center")
    label.lift()


def _take(root: tk.Tk, name: str) -> None:
    """Save a picture of the window without the frame of the window manager."""
    drawn = tk.BooleanVar(root)
    root.after(SETTLE, drawn.set, True)
    root.wait_variable(drawn)
    file = ASSETS / f"{name}.png"
    subprocess.run(["import", "-window", str(root.winfo_id()), "-strip", str(file)], check=True)


def _close(window: Window) -> None:
    window.client.close()
    window.root.destroy()


if __name__ == "__main__":
    main()
