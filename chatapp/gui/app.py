"""`run_gui.py`: reads the command line and opens the window. What is missing is said in one plain line."""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chatapp.client.local import settings
from chatapp.client.login import at, invited
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.streams import take_all
from chatapp.system.log_setup import log_file, log_to

if TYPE_CHECKING:
    import tkinter as tk

    from chatapp.client.local.settings_writer import SettingsWriter

CANNOT = 2  # exit status
NO_TKINTER = "Python's tkinter is missing. On Debian and Ubuntu: sudo apt install python3-tk"
NO_DISPLAY = "There is no display to open a window on. In a terminal: python -m chatapp terminal"

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; gives the exit status."""
    take_all(sys.stdout, sys.stderr)
    options = _parser().parse_args(arguments)
    try:
        options.config = options.config or settings.folder()
    except settings.NoFolder as error:
        return _cannot(f"{error} Or name a folder with --config.")
    problem = settings.why_unusable(options.config)
    if problem:
        words = f"Settings cannot be kept in {options.config}: {problem}."
        return _cannot(f"{words} Name a folder with --config.")
    try:
        import tkinter as tk

        from chatapp.gui.theme import emoji
    except ImportError:
        return _cannot(NO_TKINTER)
    _log_into(options.config / "window.log")
    _see_every_pixel()
    try:
        with emoji.left_out(options.config):
            root = tk.Tk(className="Chatapp")
    except tk.TclError as error:
        return _cannot(f"{NO_DISPLAY} ({error})")
    root.withdraw()
    _open(root, options)
    root.mainloop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chatapp", description="The chat window.")
    parser.add_argument(
        "link", nargs="?", type=_link, metavar="LINK", help="an invitation to follow: ircs://… or irc://…"
    )
    parser.add_argument(
        "--server", type=_server, default="", metavar="HOST[:PORT]", help="where to connect; or a link"
    )
    parser.add_argument("--name", default="", help="your name; with --server it connects at once")
    parser.add_argument(
        "--config",
        type=Path,
        metavar="DIR",
        help="the folder that keeps the settings",
    )
    return parser


def _link(text: str) -> Invite:
    try:
        return Invite.parse(text)
    except BadInvite as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _server(text: str) -> str:
    return str(_link(text)) if is_link(text) else text


def _open(root: tk.Tk, options: argparse.Namespace) -> None:
    """Make the window, and connect or ask where to."""
    from chatapp.client.client import Client
    from chatapp.client.local.discovery import Discovery
    from chatapp.client.local.passwords import Passwords
    from chatapp.client.local.settings_writer import SettingsWriter
    from chatapp.client.local.system_password_stores import password_stores
    from chatapp.client.transport.certificates import TrustedCertificates
    from chatapp.gui.dialogs.connect_controller import remembered
    from chatapp.gui.theme.theme import Theme
    from chatapp.gui.widgets.garbage_collector import GarbageCollector
    from chatapp.gui.window import Window

    file = options.config / "settings.json"
    kept = settings.load(file)
    login = remembered(kept)
    login = at(login, options.server) if options.server else login
    login = invited(login, options.link) if options.link else login
    login = replace(login, nick=options.name or login.nick)
    theme = Theme(root, kept.theme, kept.font_size)
    trusted = TrustedCertificates(options.config / "trusted.json")
    passwords = Passwords(password_stores(options.config / "passwords.json"))
    client = Client(options.config / "server.log", trusted, passwords)
    keeper = SettingsWriter(kept, file)
    window = Window(
        root, theme, client, kept, login, lambda changed: _save(keeper),
        seek=Discovery, autosave=keeper.look, tidy=GarbageCollector().look,
    )  # fmt: skip
    _end_on_signals(window.leave)
    window.start()
    if (options.server and options.name) or (options.link and (options.name or kept.name)):
        window.reveal()
        window.entrance.connect(login)
    elif kept.connect_at_start and kept.servers and not (options.server or options.name or options.link):
        window.reveal()
        (window.entrance.connect if login.host else window.entrance.start)(login)
    else:
        window.entrance.open()


def _save(keeper: SettingsWriter) -> None:
    problem = keeper.save()
    if problem and sys.stderr is not None:
        print(problem, file=sys.stderr)


def _end_on_signals(leave: Callable[[], None]) -> None:
    """A window that is asked to end by a signal writes down what it has, as one that is closed.

    Python runs the handler when Tk gives control back to it, which the window's timer makes sure of.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: leave())


def _log_into(file: Path) -> None:
    """Warnings and errors go into a file, and to the terminal if there is one."""
    handlers: list[logging.Handler] = [] if sys.stderr is None else [logging.StreamHandler()]
    log_to([*handlers, log_file(file)])


def _see_every_pixel() -> None:
    """On Windows, draw sharply instead of being enlarged; to be said before the first window."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shcore.SetProcessDpiAwareness(1)


def _cannot(words: str) -> int:
    print(words, file=sys.stderr)
    return CANNOT
