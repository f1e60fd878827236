"""`run_server.py invite`: prints invite links to this server."""

from __future__ import annotations

import argparse
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from chatapp.protocol import names
from chatapp.protocol.invite_links import Invite
from chatapp.server.cli.options import Subcommands, add_data_option, port_number, whole_number
from chatapp.server.config import Config, load
from chatapp.server.net.invite_addresses import invites, is_private
from chatapp.server.net.tls import context
from chatapp.server.storage import audit_log, data_folder, invite_codes, settings
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.database import Database
from chatapp.server.storage.reader import Reader


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py invite`."""
    text = "print invite links for the people you want to invite, the most useful one first"
    parser = commands.add_parser("invite", help=text, description=f"{text.capitalize()}.")
    parser.add_argument("--host", help="the name or address of this computer for others")
    parser.add_argument("--port", type=port_number(1), help="the port for others (default: the server's)")
    parser.add_argument(
        "--channel", action="append", metavar="#NAME", help="a channel to join; can be given several times"
    )
    parser.add_argument(
        "--code", action="store_true", help="add a new invite code, where accounts need an invitation"
    )
    parser.add_argument(
        "--uses",
        type=whole_number(1, invite_codes.MAX_USES),
        default=invite_codes.DEFAULT_USES,
        metavar="N",
        help=f"the number of accounts that the code allows (default: {invite_codes.DEFAULT_USES})",
    )
    parser.add_argument(
        "--days",
        type=whole_number(0, invite_codes.MAX_DAYS),
        default=invite_codes.DEFAULT_DAYS,
        metavar="N",
        help=f"the days that the code is valid (default: {invite_codes.DEFAULT_DAYS}); 0 for ever",
    )
    add_data_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration that the server uses")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    config = load(options.config) if options.config else Config()
    database = data_folder.database(options.data)
    with closing(Reader(database)) as reader:
        listening = settings.listening(reader)
    if listening is None:
        raise CannotUse(f"no server has run with the data folder {database.parent} yet; start it first")
    try:
        fingerprint = context.fingerprint_of(config.tls, database.parent)
    except FileNotFoundError as error:
        text = f"there is no certificate {error.filename}; start the server with this configuration first"
        raise CannotUse(text) from error
    found = invites(config, listening, fingerprint)
    if options.host:
        found = [replace(found[0], host=_host(options.host))]
    code = _new_code(database, options.uses, options.days) if options.code else ""
    for invite in found:
        channels = tuple(map(_channel, options.channel or ())) or invite.channels
        print(replace(invite, port=options.port or invite.port, channels=channels, code=code))
    if is_private(found[0]):
        print(
            "This link works on this computer only; start the server with --lan for others", file=sys.stderr
        )
    return 0


def _new_code(database: Path, uses: int, days: int) -> str:
    """Make and print an invite code, for people who connect without the link."""
    with closing(Database(database)) as store, closing(Reader(database)) as reader:
        typed = invite_codes.new_code(reader)
        now = int(time.time() * 1000)
        code = invite_codes.make_record(typed, uses, days, audit_log.COMMAND_LINE, now)
        entry = audit_log.insert_by_command_line(now, "INVITECODE", code.label, code.terms)
        store.write([invite_codes.upsert(code), entry])
    print(f"The code {typed} is valid for {code.terms}", file=sys.stderr)
    return typed


def _host(text: str) -> str:
    """Check the value of --host.

    Raises:
        CannotUse: It is not a name or address.
    """
    try:
        return Invite.parse(f"ircs://{f'[{text}]' if ':' in text else text}").host
    except ValueError as error:
        raise CannotUse(f"--host {text} is not a valid name or address") from error


def _channel(text: str) -> str:
    """Check the value of --channel; the # may be missing.

    Raises:
        CannotUse: It is not a channel name.
    """
    channel = text if text.startswith("#") else f"#{text}"
    if not names.is_channel(channel):
        raise CannotUse(f"--channel {text} is not a valid channel name")
    return channel
