"""`python -m chatapp terminal`: asks for the name, connects, and hands over to a person or a pipe."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from logging.handlers import RotatingFileHandler
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local import settings
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.password_store import safes
from chatapp.client.local.passwords import Passwords, whose
from chatapp.client.local.settings_writer import SettingsWriter
from chatapp.client.model.changes import Change, ConnectFailed
from chatapp.protocol.streams import take_all
from chatapp.terminal.ansi import clean, rendered
from chatapp.terminal.chat import Chat
from chatapp.terminal.console import Console, InputSource
from chatapp.terminal.options import HISTORY, PASSWORD, login, parser
from chatapp.terminal.piped import Piped
from chatapp.terminal.rendering import Look
from chatapp.terminal.sign_in import QUESTION, TICK_SECONDS, SignInFailed, entered, mend, why

LOG_BYTES = 1_000_000
SAVE_SECONDS = 1.0  # between two looks for what has to be written down
DONE, LOST, CANNOT, INTERRUPTED = 0, 1, 2, 130  # exit statuses
NO_NAME = "Without a name nobody can enter: --name NAME."


def main(arguments: Sequence[str] | None = None) -> int:
    """Chat until it is over; gives the exit status."""
    take_all(sys.stdout, sys.stderr, errors="replace")
    options = parser().parse_args(arguments)
    try:
        folder = settings.folder()
    except settings.NoFolder as error:
        print(error, file=sys.stderr)
        return CANNOT
    _log_into(folder / "terminal.log")
    is_person = sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
    client = Client(passwords=Passwords(safes(folder / "passwords.json")))
    try:
        return (_converse if is_person and not options.plain else _pipe)(client, options)
    except SignInFailed as error:
        print(clean(str(error)), file=sys.stderr)
        return CANNOT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # nobody reads any more: what is left to write must not complain again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return LOST
    finally:
        client.close()


# a person at a terminal


def _converse(client: Client, options: argparse.Namespace) -> int:
    """Chat with somebody who sees and types."""
    for each in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, each):
            signal.signal(getattr(signal, each), _leave)
    name = options.name or _ask(f"{QUESTION} ")
    password = _ask_secretly("Password: ") if options.password else os.environ.get(PASSWORD, "")
    there = login(options, name, password)
    kept = settings.load()
    is_kept = not password and whose(there) in kept.remembered
    memory = client.memory = ConversationPrefs(kept)
    keeper = SettingsWriter(kept, settings.folder() / "settings.json")
    client.connect(replace(there, channels=there.channels[1:], remember=is_kept))
    while isinstance(outcome := entered(client), ConnectFailed):
        mend(client, outcome, _ask, _ask_secretly)
    for channel in there.channels[:1]:
        client.join(channel)
    try:
        with Console() as console:
            history = HISTORY if options.history is None else options.history
            save = _autosave(memory, keeper)
            Chat(client, console, _has_colours(), kept.typing, history, save=save).run(outcome)
    finally:
        memory.keep(is_last=True)
        problem = keeper.save()
    if problem:
        print(clean(problem), file=sys.stderr)
    if client.network.state == "offline":
        print(clean(client.network.problem), file=sys.stderr)
        return LOST
    return DONE


def _autosave(memory: ConversationPrefs, keeper: SettingsWriter) -> Callable[[], str]:
    """Writes down what has changed, now and then; gives what to tell the person."""
    due = 0.0

    def save() -> str:
        nonlocal due
        now = time.monotonic()
        if now < due:
            return ""
        due = now + SAVE_SECONDS
        memory.keep()
        return keeper.look()

    return save


def _leave(*_: object) -> None:
    """A signal that ends us: the terminal is put right on the way out."""
    raise KeyboardInterrupt


def _ask(question: str) -> str:
    return _answer(input, question)


def _ask_secretly(question: str) -> str:
    return _answer(getpass.getpass, question)


def _answer(read: Callable[[str], str], question: str) -> str:
    try:
        return read(question).strip()
    except EOFError:
        print()
        raise SignInFailed("Without an answer nobody can enter.") from None


# a pipe


def _pipe(client: Client, options: argparse.Namespace) -> int:
    """Chat with what stands at the other end of the pipes."""
    source = InputSource()
    waiting: list[str] = []
    name = options.name or _next_line(source, waiting, QUESTION)
    password = _next_line(source, waiting, "") if options.password else os.environ.get(PASSWORD, "")
    there = login(options, name.strip(), password)
    client.connect(replace(there, channels=there.channels[1:]))
    outcome = entered(client)
    if isinstance(outcome, ConnectFailed):
        raise SignInFailed(why(outcome))
    for channel in there.channels[:1]:
        client.join(channel)
    look = Look(_has_colours() and not options.plain, sys.stdout.isatty() and not options.plain)
    piped = Piped(
        client,
        "".join(there.channels[:1]),
        look,
        options.history or 0,
        lambda line: print(rendered(line, look.colours), flush=True),
        lambda words: print(clean(words), file=sys.stderr, flush=True),
        time.time,
        time.monotonic,
    )
    piped.say(waiting)
    changes: list[Change] = outcome
    while (status := piped.turn(changes)) is None:
        if source.ended:
            piped.end()
        if piped.is_hungry:
            piped.say(source.lines(TICK_SECONDS))
        else:
            time.sleep(TICK_SECONDS)
        changes = client.poll()
    return status


def _next_line(source: InputSource, waiting: list[str], question: str) -> str:
    """The next line that comes in; what comes with it waits."""
    if question:
        print(question, flush=True)
    while not waiting:
        waiting += source.lines(1.0)
        if source.ended and not waiting:
            raise SignInFailed(NO_NAME)
    return waiting.pop(0)


# both


def _has_colours() -> bool:
    """Source  no-color.org"""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _log_into(file: Path) -> None:
    """Warnings and errors do not go where the chat stands."""
    handlers: list[logging.Handler] = [logging.NullHandler()]
    problem = settings.why_unusable(file.parent)
    if problem:
        print(f"Nothing can be remembered in {file.parent}: {problem}.", file=sys.stderr)
    else:
        handlers = [RotatingFileHandler(file, "a", LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)]
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=handlers)


if __name__ == "__main__":
    sys.exit(main())
