"""The command line of `run_server.py`: reads the options, starts the server and says what went wrong."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NoReturn

from chatapp.protocol.addresses import LAST_PORT, parse_port
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.printable import visible
from chatapp.protocol.streams import take_all
from chatapp.server.app import SHUTDOWN_REASON, Server, log
from chatapp.server.cli import account, audit, backup, config_file, invite
from chatapp.server.cli.account import CannotChange
from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.cli.signals import Signals
from chatapp.server.commands import operators
from chatapp.server.config import BadConfig, Config, load, with_flags
from chatapp.server.net.invite_addresses import is_private
from chatapp.server.net.listener import CannotListen
from chatapp.server.net.mdns.announcer import Announcer
from chatapp.server.storage import data_folder
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.first_start import write_password
from chatapp.system.log_setup import log_to_stdout
from chatapp.system.processes import make_new_files_private, raise_open_file_limit

STACK_BYTES = 256 * 1024  # of a thread: one for each connection
EVERYWHERE = "0.0.0.0"
INTERRUPTED = 130  # exit status


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line. Its subcommands are of the same kind."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, visible(f"{self.prog}: {message}; see {self.prog} --help") + "\n")


def _program() -> str:
    """How the server was started, as it can be typed again."""
    name = Path(sys.argv[0]).name
    return name if name.startswith(("run_server", "chatapp-server")) else "run_server.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Gives the exit status: 2 when it could not start, with one line that says why."""
    take_all(sys.stdout, sys.stderr)
    parser: argparse.ArgumentParser = _Parser(
        prog=_program(),
        description="A chat server. Without options: for this computer only, on port 5000.",
        epilog="Options without a command are those of serve, like --lan, --port, --data: see serve --help.",
    )
    commands = parser.add_subparsers(required=True, metavar="command")
    for add_to in _SUBCOMMANDS:
        add_to(commands)
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] not in (*commands.choices, "-h", "--help"):
        words.insert(0, "serve")
    options = parser.parse_args(words)
    try:
        return int(options.run(options))
    except (BadConfig, CannotChange, CannotUse, CannotListen) as error:
        why = str(error)
    except sqlite3.Error as error:
        why = f"the database in the data folder cannot be used: {error}"
    except OSError as error:
        if error.filename is None:
            raise
        why = f"cannot use {os.fsdecode(error.filename)}: {error.strerror}"
    except KeyboardInterrupt:
        return INTERRUPTED
    _complain(why)
    return 2


def _complain(words: str) -> None:
    """Say in one line why it does not work."""
    print(visible(f"{_program()}: {words}"), file=sys.stderr)


def _add_serve(commands: Subcommands) -> None:
    parser = commands.add_parser("serve", help="run the server (the default)")
    parser.add_argument("--host", help="the address to listen on, 127.0.0.1 if not given")
    parser.add_argument(
        "--port", type=_port, help="the port to listen on, 5000 if not given; 0 takes a free one"
    )
    parser.add_argument("--lan", action="store_true", help="listen on every address of this computer")
    add_data_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="a configuration in TOML")
    levels = ("debug", "info", "warning", "error")
    parser.add_argument(
        "--log-level", choices=levels, default="info", help="what is printed, info if not given"
    )
    parser.add_argument(
        "--owner-password-file",
        type=Path,
        metavar="FILE",
        help="the first start writes the owner's password there, for you alone, and does not print it",
    )
    parser.set_defaults(run=_serve)


_SUBCOMMANDS = (
    _add_serve,
    invite.add_to,
    account.add_to,
    audit.add_to,
    backup.add_to,
    config_file.add_to,
)


def _port(text: str) -> int:
    port = parse_port(text, 0)
    if port is None:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LAST_PORT}, not {text!r}")
    return port


def _serve(options: argparse.Namespace) -> int:
    make_new_files_private()
    raise_open_file_limit()
    threading.stack_size(STACK_BYTES)
    with Signals() as signals:
        data = options.data or data_folder.default_folder()
        return _run(options, Server(lambda: _configuration(options), data, signals.end), signals)


def _run(options: argparse.Namespace, server: Server, signals: Signals) -> int:
    printing = log_to_stdout(options.log_level.upper())
    password = server.owner_password
    if password and options.owner_password_file and write_password(password, options.owner_password_file):
        password = ""
    log.info("Server started. Waiting for connections...")
    for host, port in server.addresses:
        log.info("Listening on %s port %s", host, port)
    _tell(server.invites[0])
    if server.fingerprint:
        log.info("Certificate fingerprint (SHA-256): %s", server.fingerprint)
    if password:
        _show(password)
    server.start()
    announcer = Announcer(server.offer) if options.lan and server.fingerprint else None
    if announcer:
        announcer.start()
    while signals.wait():
        server.reload_config()
    told = server.failure
    if told:
        _tell_failure(told)
    else:
        log.info("%s", SHUTDOWN_REASON)
    if announcer:
        announcer.stop()
    server.stop()
    if server.failure and not told:  # what was withheld could not be stored at the end either
        _tell_failure(server.failure)
    printing.stop()
    return 1 if server.failure else 0


def _configuration(options: argparse.Namespace) -> Config:
    """Raises  BadConfig"""
    config = load(options.config) if options.config else Config()
    return with_flags(config, EVERYWHERE if options.lan else options.host, options.port)


def _tell(link: Invite) -> None:
    who = "On this computer" if is_private(link) else "Others"
    log.info("%s join with this link: %s", who, link)


def _show(password: str) -> None:
    """Once, and whatever level of logging is wanted."""
    log.critical("Owner password, shown only now: %s", password)
    log.critical("Who types /OPER %s %s in a chat window runs this server.", operators.OWNER_NAME, password)


def _tell_failure(words: str) -> None:
    """On the standard error too, which may go elsewhere than the log."""
    log.critical("%s", words)
    if not _is_one_place(sys.stdout, sys.stderr):
        _complain(words)


def _is_one_place(one: IO[str], other: IO[str]) -> bool:
    """Whether two streams go to the same terminal or file."""
    try:
        return os.path.sameopenfile(one.fileno(), other.fileno())
    except (OSError, ValueError):
        return False
