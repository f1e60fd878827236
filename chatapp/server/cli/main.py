"""The command line of `run_server.py`: reads the options, runs a subcommand and reports errors."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, NoReturn

from chatapp.protocol.addresses import ALL_IPV4
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.printable import escape_controls
from chatapp.protocol.streams import accept_any_text
from chatapp.protocol.tls import format_fingerprint
from chatapp.server.app import Launch, Server, log
from chatapp.server.cli import account, audit, backup, config_file, files, invite, owner
from chatapp.server.cli.account import CannotChange
from chatapp.server.cli.options import Subcommands, add_data_option, port_number, read_key, visible_name
from chatapp.server.cli.signals import Signals
from chatapp.server.commands import operators
from chatapp.server.config import BadConfig, Config, load, with_flags
from chatapp.server.net.invite_addresses import is_private
from chatapp.server.net.listener import CannotListen
from chatapp.server.storage import data_folder
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.first_start import write_password
from chatapp.system.log_setup import log_to_stdout
from chatapp.system.processes import make_new_files_private, raise_open_file_limit
from chatapp.system.program import zip_file

STACK_BYTES = 256 * 1024  # of each thread, since each connection has one
EXIT_FAILED, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130


class _Parser(argparse.ArgumentParser):
    """Reports an error in one line. Its subcommands use this class too."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, escape_controls(f"{self.prog}: {message}; see {self.prog} --help") + "\n")


def _program() -> str:
    """Return the program name as the user can type it again."""
    archive, name = zip_file(), Path(sys.argv[0]).name
    if archive is not None:
        return f"{archive.name} server"
    return name if name.startswith(("run_server", "chatapp-server")) else "run_server.py"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit status; EXIT_USAGE with one line of explanation when the command could not start.
    """
    accept_any_text(sys.stdout, sys.stderr)
    parser: argparse.ArgumentParser = _Parser(
        prog=_program(),
        description="A chat server. Without options it serves this computer only, on port 5000.",
        epilog="Options without a command belong to serve, like --lan, --port, --data: see serve --help.",
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
        problem = str(error)
    except sqlite3.Error as error:
        problem = f"cannot use the database in the data folder: {error}"
    except OSError as error:
        if error.filename is None:
            raise
        problem = f"cannot use {os.fsdecode(error.filename)}: {error.strerror}"
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    _print_error(problem)
    return EXIT_USAGE


def _print_error(text: str) -> None:
    """Print an error in one line."""
    print(escape_controls(f"{_program()}: {text}"), file=sys.stderr)


def _add_serve(commands: Subcommands) -> None:
    """Add `run_server.py serve`."""
    text = "run the server (this is the default)"
    parser = commands.add_parser("serve", help=text, description="Run the server.")
    parser.add_argument("--host", help="the address to listen on (default: 127.0.0.1, this computer only)")
    parser.add_argument(
        "--port", type=port_number(0), help="the port to listen on (default: 5000); 0 for any free port"
    )
    parser.add_argument("--lan", action="store_true", help="listen on all addresses and announce the server")
    add_data_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="a configuration file in TOML")
    levels = ("debug", "info", "warning", "error")
    parser.add_argument(
        "--log-level",
        choices=levels,
        default="info",
        help="the least severe level to print (default: info)",
    )
    parser.add_argument(
        "--owner-password-file",
        type=Path,
        metavar="FILE",
        help="write the owner password of the first start to this private file instead of printing it",
    )
    parser.add_argument(
        "--name", type=visible_name, help="the name of the chat; it is kept until it is changed"
    )
    parser.add_argument(
        "--sharing",
        choices=("on", "off"),
        help="whether other computers can connect and find the chat; kept until it is changed in the chat",
    )
    parser.add_argument(
        "--owner-key-stdin",
        action="store_true",
        help="read the key of the owner from the standard input, for programs that start the server",
    )
    parser.set_defaults(run=_serve)


_SUBCOMMANDS = (
    _add_serve,
    invite.add_to,
    account.add_to,
    audit.add_to,
    backup.add_to,
    files.add_to,
    config_file.add_to,
    owner.add_to,
)


def _serve(options: argparse.Namespace) -> int:
    make_new_files_private()
    raise_open_file_limit()
    threading.stack_size(STACK_BYTES)
    sharing = None if options.sharing is None else options.sharing == "on"
    launch = Launch(options.name or "", sharing, read_key(sys.stdin) if options.owner_key_stdin else "")
    with Signals() as signals:
        data = options.data or data_folder.default_folder()
        server = Server(lambda: _configuration(options), data, signals.stop, options.lan, launch)
        return _run(options, server, signals)


def _run(options: argparse.Namespace, server: Server, signals: Signals) -> int:
    log_printer = log_to_stdout(options.log_level.upper())
    password = server.owner_password
    if password and options.owner_password_file and write_password(password, options.owner_password_file):
        password = ""
    log.info("Server started. Waiting for connections...")
    for host, port in server.addresses:
        log.info("Listening on %s port %s", host, port)
    _log_invite(server.invites[0])
    if server.fingerprint:
        log.info("Certificate fingerprint (SHA-256): %s", format_fingerprint(server.fingerprint))
    if password:
        _log_password(password)
    server.start()
    while signals.wait():
        server.reload_config()
    failure = server.failure
    if failure:
        _report_failure(failure)
    else:
        log.info("%s", server.farewell)
    server.stop()
    if server.failure and not failure:  # the last changes could not be stored
        _report_failure(server.failure)
    log_printer.stop()
    return EXIT_FAILED if server.failure else 0


def _configuration(options: argparse.Namespace) -> Config:
    """Read the configuration file, and replace what the command line gives.

    Raises:
        BadConfig: It cannot be used.
    """
    config = load(options.config) if options.config else Config()
    return with_flags(config, ALL_IPV4 if options.lan else options.host, options.port)


def _log_invite(link: Invite) -> None:
    who = "On this computer" if is_private(link) else "Others"
    log.info("%s join with this link: %s", who, link)


def _log_password(password: str) -> None:
    """Log the owner password at every log level: it is shown only once."""
    log.critical("Owner password, shown only now: %s", password)
    log.critical("To become the owner, type in the chat: /OPER %s %s", operators.OWNER_NAME, password)


def _report_failure(text: str) -> None:
    """Log why the server has ended, and print it to standard error if the log goes elsewhere."""
    log.critical("%s", text)
    if not _is_same_file(sys.stdout, sys.stderr):
        _print_error(text)


def _is_same_file(one: IO[str], other: IO[str]) -> bool:
    """Return whether two streams go to the same terminal or file."""
    try:
        return os.path.sameopenfile(one.fileno(), other.fileno())
    except (OSError, ValueError):
        return False
