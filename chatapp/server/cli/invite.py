"""`run_server.py invite`: prints the links that bring others into this chat."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from chatapp.protocol import names
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.numbers import parse_whole
from chatapp.server.cli.options import Subcommands, add_data_option
from chatapp.server.config import Config, load
from chatapp.server.net.invite_addresses import invites, is_private
from chatapp.server.net.tls import context
from chatapp.server.storage import data_folder, invite_codes, settings
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.database import Database
from chatapp.server.storage.reader import Reader

BY = "run_server.py"  # made a code


def add_to(commands: Subcommands) -> None:
    """`run_server.py invite`"""
    words = "print the link that others paste into their window; of several, the first is the best"
    parser = commands.add_parser("invite", help=words, description=words.capitalize())
    parser.add_argument("--host", help="the name or address by which others reach this computer")
    parser.add_argument("--port", type=int, help="the port that they reach, if it is another one")
    parser.add_argument(
        "--channel", action="append", metavar="#NAME", help="where it leads; may be given several times"
    )
    parser.add_argument(
        "--code", action="store_true", help="with a code to make an account, where one needs an invitation"
    )
    uses, days = _number(1, invite_codes.MAX_USES), _number(0, invite_codes.MAX_DAYS)
    parser.add_argument(
        "--uses",
        type=uses,
        default=invite_codes.DEFAULT_USES,
        metavar="N",
        help="the code makes so many accounts, 1",
    )
    parser.add_argument(
        "--days",
        type=days,
        default=invite_codes.DEFAULT_DAYS,
        metavar="N",
        help="for so many days, 7; 0 is for ever",
    )
    add_data_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration that the server uses")
    parser.set_defaults(run=_invite)


def _invite(options: argparse.Namespace) -> int:
    config = load(options.config) if options.config else Config()
    database = data_folder.database(options.data)
    with closing(Reader(database)) as reader:
        listening = settings.listening(reader)
    if listening is None:
        raise CannotUse(f"no server has run in {database.parent} yet; start it first")
    try:
        fingerprint = context.fingerprint_of(config.tls, database.parent)
    except FileNotFoundError as error:
        words = f"there is no certificate {error.filename}; start the server with this configuration first"
        raise CannotUse(words) from error
    found = invites(config, listening, fingerprint)
    if options.host:
        found = [replace(found[0], host=_host(options.host))]
    code = _new_code(database, options.uses, options.days) if options.code else ""
    for invite in found:
        channels = tuple(map(_channel, options.channel or ())) or invite.channels
        print(replace(invite, port=options.port or invite.port, channels=channels, code=code))
    if is_private(found[0]):
        print("Only this computer can use this link; start the server with --lan for others", file=sys.stderr)
    return 0


def _new_code(database: Path, uses: int, days: int) -> str:
    """A code from now on. Whoever does not use the link has to type it."""
    with closing(Database(database)) as store, closing(Reader(database)) as reader:
        typed = invite_codes.new_code(reader)
        code = invite_codes.record_of(typed, uses, days, BY, int(time.time() * 1000))
        store.write([invite_codes.upsert(code)])
    print(f"The code {typed} is good for {code.terms}", file=sys.stderr)
    return typed


def _number(least: int, most: int) -> Callable[[str], int]:
    """The type of an option."""

    def read(text: str) -> int:
        number = parse_whole(text, least, most)
        if number is None:
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}, not {text!r}")
        return number

    return read


def _host(text: str) -> str:
    """Raises  CannotUse"""
    try:
        return Invite.parse(f"ircs://{f'[{text}]' if ':' in text else text}").host
    except ValueError as error:
        raise CannotUse(f"--host {text} is no name or address of a computer") from error


def _channel(text: str) -> str:
    """Raises  CannotUse"""
    channel = text if text.startswith("#") else f"#{text}"
    if not names.is_channel(channel):
        raise CannotUse(f"--channel {text} is no name of a channel")
    return channel
