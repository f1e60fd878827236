"""`run_server.py`: reads the command line, builds the parts, starts and stops them in order."""

from __future__ import annotations

import argparse
import logging
import os
import sqlite3
import ssl
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, NoReturn

from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.printable import visible
from chatapp.protocol.streams import take_all
from chatapp.server.cli import account, config_file, logging_setup
from chatapp.server.cli.account import CannotChange
from chatapp.server.cli.signals import Signals
from chatapp.server.commands import COMMANDS, operators
from chatapp.server.config import BadConfig, Config, load, with_flags
from chatapp.server.core.effects import Job
from chatapp.server.core.inbox import Errand, Lost, Stop
from chatapp.server.core.loop import Core
from chatapp.server.core.outbox import Outbox
from chatapp.server.core.workers import Jobs
from chatapp.server.net import hostnames
from chatapp.server.net import invite_addresses as invitation
from chatapp.server.net.http import Site
from chatapp.server.net.invite_addresses import invites, is_private, kept
from chatapp.server.net.link import ClearText, Door
from chatapp.server.net.listener import CannotListen, Listener
from chatapp.server.net.mdns.announcer import Announcer, offer_of
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.write_watcher import Watcher
from chatapp.server.operations import configuration
from chatapp.server.state.world import World
from chatapp.server.storage import audit_log, backup, data_folder
from chatapp.server.storage.checkpoint import Checkpointer
from chatapp.server.storage.data_folder import CannotUse, Subcommands
from chatapp.server.storage.database import Reader, Store
from chatapp.server.storage.first_start import cloak_secret, handed_over, owner_password
from chatapp.server.storage.load_world import restore
from chatapp.server.storage.search_index import open_index
from chatapp.server.tasks import retention
from chatapp.server.tasks.periodic import CHORES
from chatapp.server.tasks.retention import Housekeeping

STACK_BYTES = 256 * 1024  # of a thread: one for each connection
FAREWELL = "The server is shutting down"
EVERYWHERE = "0.0.0.0"
INTERRUPTED = 130  # exit status

log = logging.getLogger(__name__)


class Server:
    """A whole server.

    `owner_password` is not empty when this is its first start.

    Takes  read: reads its configuration, now and when it shall be read again; data: its folder, made if it is
           not there; on_end: called on the core thread when nothing runs on it any more; `failure` says
           why if that was not asked for
    Raises BadConfig, CannotUse, CannotListen, sqlite3.Error
    """

    def __init__(self, read: Callable[[], Config], data: Path, on_end: Callable[[], None]) -> None:
        self.failure = ""
        self._read = read
        self._data = data
        self._on_end = on_end
        config = read()
        started = int(time.time() * 1000)
        self._lock = data_folder.take(data)
        context = tls_context.context(config.tls, data)
        self.fingerprint = tls_context.fingerprint_of(config.tls, data)
        database = data / data_folder.DATABASE
        self._store = Store(database, config.history.durability)
        os.chmod(database, 0o600)
        secret = cloak_secret(self._store)
        world = World(config, started, secret, max(started << 20, self._store.newest_id()))
        world.reread = self._reread
        world.stop = on_end
        self.core = Core(world, self._store, self._add_job)
        for seconds, chore in CHORES:
            self.core.every(seconds, chore)
        inbox = self.core.inbox
        index = open_index(data / data_folder.INDEX, database)
        self._housekeeping = Housekeeping(index)
        self.core.every(retention.SECONDS, self._housekeeping)
        self._jobs = Jobs(lambda: Reader(database, index), inbox.put)
        self._checkpointer = Checkpointer(database, lambda words: inbox.put(Lost(words)))
        self._watcher = Watcher(inbox.put)
        self._network = config.server.network
        self._listener = Listener(config, inbox.put, self._watcher.watch)
        self.addresses = self._listener.bind()
        self.owner_password = owner_password(self._store)  # not before all else went well: it is shown once
        restore(world, self._store)
        self.invites = invites(config, self.addresses, self.fingerprint)
        self._store.write([kept(self.addresses)])
        self._store.hurry()
        self._listener.door = self._door(config, context)
        self._thread = threading.Thread(target=self._run, name="core")

    def offer(self) -> Offer:
        """What is announced on the network."""
        return offer_of(self._network, self.addresses[0][1], self.fingerprint)

    def reread(self) -> None:
        """Have the configuration and the certificate read again. Thread: any"""
        self.core.inbox.put(Errand(configuration.reread))

    def _reread(self) -> Config | BadConfig:
        """Thread: a worker"""
        try:
            config = self._read()
            context = tls_context.context(config.tls, self._data)
            self.fingerprint = tls_context.fingerprint_of(config.tls, self._data)
            self.invites = invites(config, self.addresses, self.fingerprint)
            self._listener.take_up(config, self._door(config, context))
        except BadConfig as error:
            return error
        except OSError as error:
            return BadConfig(str(error))
        return config

    def _door(self, config: Config, context: ssl.SSLContext | None) -> Door:
        """What the links must know."""
        admitted: dict[str, ClearText] = {
            "off": "anyone",
            "auto": "this computer",
            "required": "nobody",
        }
        invite = str(self.invites[0])
        refusal = "This server wants TLS: switch it on in your client (the port is the same), or use"
        return Door(
            limits=config.limits,
            commands=COMMANDS,
            context=context,
            clear_text=admitted[config.tls.mode],
            refusal=f"{refusal} {invite}",
            site=Site(config.server.network, invite, config.web.origins, hostnames.own(config, self._data)),
        )

    def _add_job(self, out: Outbox, job: Job) -> None:
        self._jobs.add(out, job)

    def _run(self) -> None:
        """The core thread. Nothing works without it."""
        try:
            self.core.run()
        except Exception:
            log.exception("a bug in the core: the server ends")
            self.failure = "The server ends because of a bug."
        self.failure = self.failure or self.core.failure
        self._on_end()

    def start(self) -> None:
        """Let clients in."""
        self._jobs.start()
        self._checkpointer.start()
        self._watcher.start()
        self._thread.start()
        self._listener.start()

    def stop(self, farewell: str = FAREWELL) -> None:
        """Say farewell to everybody, keep everything, end."""
        self._listener.close()
        self.core.inbox.put(Stop(farewell))
        self._thread.join()
        self._watcher.stop()
        self._jobs.stop()
        self._checkpointer.stop()
        self._housekeeping.close()
        self._store.close()
        self._lock.close()


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
    data_folder.add_option(parser)
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
    invitation.add_to,
    account.add_to,
    audit_log.add_to,
    backup.add_to,
    config_file.add_to,
)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def _serve(options: argparse.Namespace) -> int:
    os.umask(0o077)  # what is kept is for the owner alone
    _raise_file_limit()
    threading.stack_size(STACK_BYTES)
    with Signals() as signals:
        data = options.data or data_folder.default_folder()
        return _run(options, Server(lambda: _configuration(options), data, signals.end), signals)


def _run(options: argparse.Namespace, server: Server, signals: Signals) -> int:
    printing = logging_setup.start(options.log_level.upper())
    password = server.owner_password
    if password and options.owner_password_file and handed_over(password, options.owner_password_file):
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
        server.reread()
    told = server.failure
    if told:
        _tell_failure(told)
    else:
        log.info("%s", FAREWELL)
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
    log.critical("Who types /OPER %s %s in a chat window runs this server.", operators.FIRST, password)


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


def _raise_file_limit() -> None:
    """As many open files as the system grants: one is needed for each connection."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
