"""`python -m chatapp terminal`: sign in, then run the interactive chat or the chat for pipes."""

from __future__ import annotations

import argparse
import getpass
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local import settings
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.passwords import Passwords, password_key
from chatapp.client.local.settings import Settings
from chatapp.client.local.settings_writer import SettingsWriter
from chatapp.client.local.system_password_stores import password_stores
from chatapp.client.model.changes import Change, ConnectFailed
from chatapp.client.model.own_account import TERMINAL
from chatapp.languages import translation
from chatapp.languages.translation import N_, _
from chatapp.protocol.streams import accept_any_text
from chatapp.system.log_setup import log_file, log_to
from chatapp.system.user_languages import preferred_languages
from chatapp.terminal.ansi import clean, rendered
from chatapp.terminal.chat import Chat
from chatapp.terminal.console import Console, InputSource
from chatapp.terminal.options import DEFAULT_HISTORY, PASSWORD_VARIABLE, argument_parser, login_from
from chatapp.terminal.piped import PipedChat
from chatapp.terminal.rendering import LineFormat
from chatapp.terminal.sign_in import (
    NAME_PROMPT,
    PASSWORD_PROMPT,
    TICK_SECONDS,
    SignInFailed,
    ask_and_reconnect,
    failure_text,
    wait_until_online,
)

SAVE_SECONDS = 1.0  # between two checks for settings to save
EXIT_OK, EXIT_CONNECTION_LOST, EXIT_SIGN_IN_FAILED, EXIT_INTERRUPTED = 0, 1, 2, 130
NAME_REQUIRED = N_("A name is required: pass --name NAME.")
ANSWER_REQUIRED = N_("Cannot sign in without an answer.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the terminal client.

    Returns:
        The exit status: 0 success, 1 a failure or a lost connection, 2 cannot sign in, 130 interrupted.
    """
    accept_any_text(sys.stdout, sys.stderr, errors="replace")
    options = argument_parser().parse_args(arguments)
    try:
        folder = settings.folder()
    except settings.NoFolder as error:
        print(error, file=sys.stderr)
        return EXIT_SIGN_IN_FAILED
    _set_up_logging(folder / "terminal.log")
    is_interactive = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    has_screen = is_interactive and not options.plain
    saved = settings.load()
    if has_screen:  # what goes through a pipe is read by programs: in English
        translation.use(translation.choose(saved.language, preferred_languages()))
    client = Client(passwords=Passwords(password_stores(folder / "passwords.json")), program=TERMINAL)
    client.files.follow(saved)
    client.files.options.fetches_thumbnails = False  # they are not shown
    try:
        return (_run_interactive if has_screen else _run_piped)(client, options, saved)
    except SignInFailed as error:
        print(clean(str(error)), file=sys.stderr)
        return EXIT_SIGN_IN_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:  # the reader of stdout has gone; flushing at exit must not raise this again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return EXIT_CONNECTION_LOST
    finally:
        client.close()


# interactive


def _run_interactive(client: Client, options: argparse.Namespace, saved: Settings) -> int:
    """Chat with a user at a terminal; returns the exit status."""
    for each in ("SIGINT", "SIGTERM", "SIGHUP"):  # also if the program that started this one ignores them
        if hasattr(signal, each):
            signal.signal(getattr(signal, each), _interrupt)
    name = options.name or _ask(f"{_(NAME_PROMPT)} ")
    password = (
        _ask_secretly(_(PASSWORD_PROMPT)) if options.password else os.environ.get(PASSWORD_VARIABLE, "")
    )
    login = login_from(options, name, password, saved.proxy)
    is_remembered = not password and password_key(login) in saved.remembered
    prefs = client.prefs = ConversationPrefs(saved)
    writer = SettingsWriter(saved, settings.folder() / "settings.json")
    client.connect(replace(login, channels=login.channels[1:], remember=is_remembered))
    while isinstance(outcome := wait_until_online(client), ConnectFailed):
        ask_and_reconnect(client, outcome, _ask, _ask_secretly)
    for channel in login.channels[:1]:
        client.join(channel)
    try:
        with Console() as console:
            history = DEFAULT_HISTORY if options.history is None else options.history
            save = _autosave(prefs, writer)
            Chat(client, console, _has_colours(), saved.typing, history, save=save).run(outcome)
    finally:
        prefs.save(is_last=True)
        problem = writer.save()
    if problem:
        print(clean(problem), file=sys.stderr)
    if client.network.state == "offline":
        print(clean(client.network.problem), file=sys.stderr)
        return EXIT_CONNECTION_LOST
    return EXIT_OK


def _autosave(prefs: ConversationPrefs, writer: SettingsWriter) -> Callable[[], str]:
    """Return a function that saves changes, at most once in SAVE_SECONDS, and returns any new problem."""
    due = 0.0

    def save() -> str:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return ""
        due = now + SAVE_SECONDS
        prefs.save()
        return writer.save_if_due()

    return save


def _interrupt(*_: object) -> None:
    """End on a signal as on Ctrl+C, so that the terminal is restored on the way out."""
    raise KeyboardInterrupt


def _ask(question: str) -> str:
    return _read_answer(input, question)


def _ask_secretly(question: str) -> str:
    return _read_answer(getpass.getpass, question)


def _read_answer(read: Callable[[str], str], question: str) -> str:
    try:
        return read(question).strip()
    except EOFError:
        print()
        raise SignInFailed(_(ANSWER_REQUIRED)) from None


# piped


def _run_piped(client: Client, options: argparse.Namespace, saved: Settings) -> int:
    """Chat with the programs at the other ends of stdin and stdout; returns the exit status."""
    source = InputSource()
    pending: list[str] = []
    name = options.name or _next_line(source, pending, _(NAME_PROMPT))
    password = _next_line(source, pending, "") if options.password else os.environ.get(PASSWORD_VARIABLE, "")
    login = login_from(options, name.strip(), password, saved.proxy)
    client.connect(replace(login, channels=login.channels[1:]))
    outcome = wait_until_online(client)
    if isinstance(outcome, ConnectFailed):
        raise SignInFailed(failure_text(outcome))
    for channel in login.channels[:1]:
        client.join(channel)
    line_format = LineFormat(
        _has_colours() and not options.plain,
        sys.stdout.isatty() and not options.plain,
        colour_of=lambda nick: client.network.colour(nick),
        with_links=lambda text: client.files.with_own_links(client.network, text),
    )
    chat = PipedChat(
        client,
        "".join(login.channels[:1]),
        line_format,
        options.history or 0,
        lambda line: print(rendered(line, line_format.colours), flush=True),
        lambda problem: print(clean(problem), file=sys.stderr, flush=True),
        time.time,
        time.monotonic,
    )
    chat.queue_lines(pending)
    changes: list[Change] = outcome
    while (status := chat.step(changes)) is None:
        if source.ended:
            chat.end_input()
        if chat.accepts_lines:
            chat.queue_lines(source.lines(TICK_SECONDS))
        else:
            time.sleep(TICK_SECONDS)
        changes = client.poll()
    return status


def _next_line(source: InputSource, pending: list[str], prompt: str) -> str:
    """Read one line of input; the lines that arrive with it are added to `pending`."""
    if prompt:
        print(prompt, flush=True)
    while not pending:
        pending += source.lines(1.0)
        if source.ended and not pending:
            raise SignInFailed(_(NAME_REQUIRED))
    return pending.pop(0)


# both


def _has_colours() -> bool:
    """Return whether output may be coloured.

    Source:
        no-color.org
    """
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _set_up_logging(file: Path) -> None:
    """Log warnings and errors to a file, away from the chat on the terminal."""
    problem = settings.why_unusable(file.parent)
    if problem:
        print(
            _("Cannot save settings in {folder}: {problem}.").format(folder=file.parent, problem=problem),
            file=sys.stderr,
        )
    log_to([] if problem else [log_file(file)])


if __name__ == "__main__":
    sys.exit(main())
