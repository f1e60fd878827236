"""The command line of `run_gui.py`: opens the window, or prints why that is not possible."""

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
from chatapp.client.login import for_invite, for_server, proxy_choice, with_name
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.proxy_address import BadProxy
from chatapp.protocol.streams import accept_any_text
from chatapp.system import folders
from chatapp.system.log_setup import log_file, log_to

if TYPE_CHECKING:
    import tkinter as tk

    from chatapp.client.local.settings_writer import SettingsWriter

FAILURE = 2  # exit status
NO_TKINTER = "Python's tkinter is missing. On Debian and Ubuntu, run: sudo apt install python3-tk"
NO_DISPLAY = "There is no display to open a window on. To chat in a terminal, run: python -m chatapp terminal"

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed; return the exit status."""
    accept_any_text(sys.stdout, sys.stderr)
    options = _parser().parse_args(arguments)
    try:
        options.config = options.config or settings.folder()
    except settings.NoFolder as error:
        return _fail(f"{error} Or choose a folder with --config.")
    problem = settings.why_unusable(options.config)
    if problem:
        text = f"Settings cannot be saved in {options.config}: {problem}."
        return _fail(f"{text} Choose another folder with --config.")
    try:
        import tkinter as tk

        from chatapp.gui.theme import emoji
    except ImportError:
        return _fail(NO_TKINTER)
    _log_into(options.config / "window.log")
    _set_dpi_awareness()
    try:
        with emoji.without_colour_fonts(options.config):
            root = tk.Tk(className="Chatapp")
    except tk.TclError as error:
        return _fail(f"{NO_DISPLAY} ({error})")
    root.withdraw()
    _open(root, options)
    root.mainloop()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chatapp", description="The chat window.")
    parser.add_argument(
        "link",
        nargs="?",
        type=_link,
        metavar="LINK",
        help="an invite link to follow: chat://…, ircs://… or irc://…",
    )
    parser.add_argument(
        "--server",
        type=_server,
        default="",
        metavar="HOST[:PORT]",
        help="the server to connect to, or an invite link",
    )
    parser.add_argument("--name", default="", help="your name; together with --server it connects at once")
    parser.add_argument(
        "--proxy",
        type=_proxy,
        metavar="PROXY",
        help="connect through socks5://HOST:PORT or http://HOST:PORT; `system` uses the proxy of the system",
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="DIR",
        help="the folder for settings and logs",
    )
    return parser


def _link(text: str) -> Invite:
    try:
        return Invite.parse(text)
    except BadInvite as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _proxy(text: str) -> str:
    try:
        return proxy_choice(text)
    except BadProxy as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _server(text: str) -> str:
    return str(_link(text)) if is_link(text) else text


def _open(root: tk.Tk, options: argparse.Namespace) -> None:
    """Create the window; connect, or open the first dialog."""
    from chatapp.client.client import Client
    from chatapp.client.local.discovery import Discovery
    from chatapp.client.local.passwords import Passwords
    from chatapp.client.local.settings_writer import SettingsWriter
    from chatapp.client.local.system_password_stores import password_stores
    from chatapp.client.transport.certificates import TrustedCertificates
    from chatapp.gui.dialogs.connect_controller import initial_login
    from chatapp.gui.theme.theme import Theme
    from chatapp.gui.widgets.garbage_collector import GarbageCollector
    from chatapp.gui.window import Window

    file = options.config / "settings.json"
    stored = settings.load(file)
    login = initial_login(stored)
    login = for_server(login, options.server) if options.server else login
    login = for_invite(login, options.link) if options.link else login
    login = with_name(login, options.name or login.name)
    login = login if options.proxy is None else replace(login, proxy=options.proxy)
    theme = Theme(root, stored.theme, stored.font_size, _cache_folder())
    trusted = TrustedCertificates(options.config / "trusted.json")
    passwords = Passwords(password_stores(options.config / "passwords.json"))
    client = Client(options.config / "server.log", trusted, passwords)
    writer = SettingsWriter(stored, file)
    window = Window(
        root, theme, client, stored, login, lambda changed: _save(writer),
        make_search=Discovery, autosave=writer.save_if_due, collect_garbage=GarbageCollector().collect_if_due,
        folder=options.config,
    )  # fmt: skip
    _quit_on_signals(window.request_quit)
    window.start()
    controller = window.connect_controller
    resumed = window.servers.resume()
    if (options.server and options.name) or (options.link and (options.name or stored.name)):
        window.reveal()
        controller.connect(login)
    elif resumed:
        window.reveal()
    elif stored.connect_at_start and stored.servers and not (options.server or options.name or options.link):
        window.reveal()
        (controller.connect if login.host else controller.start_server)(login)
    else:
        controller.open()


def _cache_folder() -> Path | None:
    try:
        return folders.cache_folder()
    except RuntimeError:
        return None  # --config named a folder for settings, but this user has no home folder


def _save(writer: SettingsWriter) -> None:
    problem = writer.save()
    if problem and sys.stderr is not None:
        print(problem, file=sys.stderr)


def _quit_on_signals(request_quit: Callable[[], None]) -> None:
    """On a signal to terminate, save and quit as if the window were closed.

    Python runs the handler when Tk returns control to it; the poll timer of the window takes care of that.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, frame: request_quit())


def _log_into(file: Path) -> None:
    """Log warnings and errors to a file, and to the terminal if there is one."""
    handlers: list[logging.Handler] = [] if sys.stderr is None else [logging.StreamHandler()]
    log_to([*handlers, log_file(file)])


def _set_dpi_awareness() -> None:
    """Tell Windows not to enlarge the window as a blurred bitmap. Call before the first window is created."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.shcore.SetProcessDpiAwareness(1)


def _fail(message: str) -> int:
    print(message, file=sys.stderr)
    return FAILURE
