"""The command line of `run_gui.py`: opens the window, or prints why that is not possible."""

from __future__ import annotations

import argparse
import gc
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from chatapp.client.local import settings
from chatapp.client.local.first_window import (
    FirstWindow,
    NoAnswer,
    NotPossible,
    become_first,
    first_or_hand_over,
)
from chatapp.client.login import Login, for_server, proxy_choice
from chatapp.gui.theme.system_theme import ask_system
from chatapp.languages import translation
from chatapp.languages.translation import N_, _
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.proxy_address import BadProxy
from chatapp.protocol.streams import accept_any_text
from chatapp.system.log_setup import log_file, log_to
from chatapp.system.processes import let_others_come_to_front
from chatapp.system.program import shown_command
from chatapp.system.start_errors import tell
from chatapp.system.user_languages import preferred_languages

if TYPE_CHECKING:
    import tkinter as tk

    from chatapp.gui.theme.theme import Theme

FAILURE = 2  # exit status
NO_TKINTER = N_("Python's tkinter is missing. On Debian and Ubuntu, run: sudo apt install python3-tk")
NO_DISPLAY = N_("There is no display to open a window on. To chat in a terminal, run:")

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and run until it is closed; return the exit status."""
    gc.disable()  # a sixth of the time in which modules are loaded; later, GarbageCollector does its work
    accept_any_text(sys.stdout, sys.stderr)
    languages = preferred_languages()
    translation.use(translation.choose("", languages))  # until the settings are known
    options = _parser().parse_args(arguments)
    try:
        options.config = options.config or settings.folder()
    except settings.NoFolder as error:
        return _fail(_("{problem} Or choose a folder with --config.").format(problem=error))
    problem = settings.why_unusable(options.config)
    if problem:
        text = _("Settings cannot be saved in {folder}: {problem}. Choose another folder with --config.")
        return _fail(text.format(folder=options.config, problem=problem))
    stored = settings.load(options.config / "settings.json")
    translation.use(translation.choose(stored.language, languages))
    try:
        first = _first_window(options)
    except NoAnswer:
        first, options.is_unanswered = None, True
    else:
        if first is None and not options.new_window:
            return 0
    try:
        return _run(options, first, stored.theme)
    finally:
        if first is not None:
            first.close()


def _run(options: argparse.Namespace, first: FirstWindow | None, theme: str) -> int:
    """Show the window until it is closed; return the exit status."""
    asked_system = ask_system() if theme == "system" else None  # it answers while Tk is loaded
    try:
        import tkinter as tk

        from chatapp.gui.theme.root_window import create_root
    except ImportError:
        return _fail(_(NO_TKINTER))
    _log_into(options.config / "window.log")
    _set_dpi_awareness()
    try:
        root = create_root(options.config)
    except tk.TclError as error:
        return _fail(f"{_(NO_DISPLAY)} {shown_command('terminal')} ({error})")
    root.withdraw()
    _open(root, options, first, asked_system)
    root.mainloop()
    return 0


def _first_window(options: argparse.Namespace) -> FirstWindow | None:
    """Become the first window of this user, or hand the link over to the one that is open.

    Returns:
        None if this start is not the first one. It opens a window of its own only if `new_window` is set, as
        this function does where windows cannot find each other.

    Raises:
        NoAnswer: The first window does not answer.
    """
    options.is_unanswered = False
    try:
        if options.new_window or options.name or options.proxy is not None:
            options.new_window = True
            return become_first(options.config)
        let_others_come_to_front()
        return first_or_hand_over(options.config, _link_to_hand_over(options))
    except NotPossible as error:
        log.info("the first window cannot be found: %s", error)
        options.new_window = True
        return None


def _link_to_hand_over(options: argparse.Namespace) -> str:
    if options.link or not options.server or is_link(options.server):
        return str(options.link or options.server)
    login = for_server(Login(""), options.server)
    return str(Invite(login.host, login.port, secure=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="chatapp", description=_("The chat window."))
    parser.add_argument(
        "link",
        nargs="?",
        type=_link,
        metavar="LINK",
        help=_("an invite link to follow: chat://…, ircs://… or irc://…"),
    )
    parser.add_argument(
        "--server",
        type=_server,
        default="",
        metavar="HOST[:PORT]",
        help=_("the server to connect to, or an invite link"),
    )
    parser.add_argument("--name", default="", help=_("your name; together with --server it connects at once"))
    parser.add_argument(
        "--proxy",
        type=_proxy,
        metavar="PROXY",
        help=_(
            "connect through socks5://HOST:PORT or http://HOST:PORT; `system` uses the proxy of the system"
        ),
    )
    parser.add_argument(
        "--new-window",
        action="store_true",
        help=_("open a window of its own beside the one that is open; --name and --proxy do that too"),
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="DIR",
        help=_("the folder for settings and logs"),
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


def _open(
    root: tk.Tk,
    options: argparse.Namespace,
    first: FirstWindow | None = None,
    asked_system: Callable[[], bool] | None = None,
) -> None:
    """Connect, or open the first dialog."""
    from chatapp.gui.start import Start

    start = Start(root, options, first, asked_system)
    if options.is_unanswered and not _wants_another_window(root, start.theme):
        root.destroy()
    else:
        start.open()


def _wants_another_window(root: tk.Tk, theme: Theme) -> bool:
    """Ask whether to open a window beside the one that does not answer."""
    from chatapp.gui.widgets.dialog import QuestionDialog

    answers: list[bool] = []
    dialog = QuestionDialog(
        root,
        theme,
        _("Chatapp does not answer"),
        _(
            "A window of Chatapp is open, but it does not answer. It may be busy. You can wait and try "
            "again, or open another window beside it."
        ),
        {
            _("Open another window"): lambda: answers.append(True),
            _("Cancel"): lambda: answers.append(False),
        },
        escape=_("Cancel"),
    )
    root.wait_window(dialog)
    return answers == [True]


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
    tell(message)
    return FAILURE
