"""The links that bring others into this chat, and `run_server.py invite`, which prints them.

    ircs://192.168.1.20:5000/general?pin=sha256:…

The pin is that of the certificate that the server made for itself. One from an authority needs none, and is
renewed every few months.
"""

from __future__ import annotations

import argparse
import ipaddress
import json
import socket
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from chatapp.protocol import names
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.numbers import whole
from chatapp.server.config import Config, Server, load
from chatapp.server.net.mdns import sockets
from chatapp.server.net.tls import context
from chatapp.server.storage import data_folder, invite_codes
from chatapp.server.storage.data_folder import CannotUse, Subcommands
from chatapp.server.storage.database import Reader, Save, Store

LISTENING = "listening"
"""The fact that says where the server listened when it started last: a list of host and port."""

ANYWHERE_4, ANYWHERE_6 = "0.0.0.0", "::"
HERE = "127.0.0.1"
BY = "run_server.py"  # made a code

_AFAR = ((socket.AF_INET, "198.51.100.1"), (socket.AF_INET6, "2001:db8::1"))  # nobody is there, or asked
_INNER = ("docker", "br-", "virbr", "veth", "vmnet", "vboxnet", "lxc", "podman")  # of virtual computers

Address = tuple[str, int]


def invites(config: Config, listening: Sequence[Address], fingerprint: str) -> list[Invite]:
    """The links, the one first that most people can use.

    Takes  listening: where the server listens; fingerprint: of its certificate, empty without TLS
    """
    pin = "" if config.tls.certificate else fingerprint
    secure = config.tls.mode != "off"
    return [
        Invite(host, port, config.channels.default, pin, secure=secure)
        for host, port in _reachable(config, listening)
    ]


def is_private(invite: Invite) -> bool:
    """Whether only this very computer can use a link."""
    return invite.host == "localhost" or (_is_address(invite.host) and _address(invite.host).is_loopback)


def kept(listening: Sequence[Address]) -> Save:
    """What to write so that `run_server.py invite` knows where the server listens."""
    return "fact", (LISTENING, json.dumps(listening).encode())


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
    uses, days = _number(1, invite_codes.MOST_USES), _number(0, invite_codes.MOST_DAYS)
    parser.add_argument(
        "--uses", type=uses, default=invite_codes.USES, metavar="N", help="the code makes so many accounts, 1"
    )
    parser.add_argument(
        "--days", type=days, default=invite_codes.DAYS, metavar="N", help="for so many days, 7; 0 is for ever"
    )
    data_folder.add_option(parser)
    parser.add_argument("--config", type=Path, metavar="FILE", help="the configuration that the server uses")
    parser.set_defaults(run=_invite)


def _invite(options: argparse.Namespace) -> int:
    config = load(options.config) if options.config else Config()
    database = data_folder.database(options.data)
    with closing(Reader(database)) as reader:
        fact = reader.fact(LISTENING)
    if fact is None:
        raise CannotUse(f"no server has run in {database.parent} yet; start it first")
    listening = [(str(host), int(port)) for host, port in json.loads(fact)]
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
    with closing(Store(database)) as store, closing(Reader(database)) as reader:
        typed = invite_codes.unused(reader)
        code = invite_codes.kept(typed, uses, days, BY, int(time.time() * 1000))
        store.write([("code", code.row)])
    print(f"The code {typed} is good for {code.terms}", file=sys.stderr)
    return typed


def _number(least: int, most: int) -> Callable[[str], int]:
    """The type of an option."""

    def read(text: str) -> int:
        number = whole(text, least, most)
        if number is None:
            raise argparse.ArgumentTypeError(f"a number from {least} to {most}, not {text!r}")
        return number

    return read


def _reachable(config: Config, listening: Sequence[Address]) -> list[Address]:
    """Hosts and ports, the best first, each once; this computer itself when there is nothing else."""
    everywhere = [address for address in listening if address[0] in (ANYWHERE_4, ANYWHERE_6)]
    found = [address for address in listening if address not in everywhere]
    if config.tls.certificate and "." in config.server.name and config.server.name != Server().name:
        found = [(config.server.name, listening[0][1]), *found]  # as the certificate says
    if everywhere:
        own = _ranked(sockets.addresses(), _outward())
        found += [(host, port) for host in own for any_host, port in everywhere if _fits(host, any_host)]
    return list(dict.fromkeys(found)) or [(HERE, listening[0][1])]


def _ranked(own: Mapping[str, Iterable[str]], outward: Sequence[str]) -> list[str]:
    """The addresses that others can use: first those of the way out, those of virtual networks last.

    Takes  own: addresses by interface; outward: see `_outward`
    """
    every = [(name, address) for name, several in own.items() for address in several]
    every += [("", address) for address in outward]

    def rank(row: tuple[str, str]) -> tuple[bool, bool, bool]:
        name, address = row
        return ":" in address, address not in outward, name.startswith(_INNER)

    ranked = dict.fromkeys(address for _, address in sorted(every, key=rank))
    return [each for each in ranked if not (_address(each).is_link_local or _address(each).is_loopback)]


def _outward() -> list[str]:
    """The addresses from which this computer speaks to the world. Nothing is sent."""
    found = []
    for family, afar in _AFAR:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as sock:
            sock.connect((afar, 9))
            found.append(str(sock.getsockname()[0]))
    return found


def _fits(host: str, anywhere: str) -> bool:
    return (":" in host) == (":" in anywhere)


def _is_address(host: str) -> bool:
    with suppress(ValueError):
        _address(host)
        return True
    return False


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    return ipaddress.ip_address(host.partition("%")[0])


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
