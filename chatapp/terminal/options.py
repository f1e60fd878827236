"""The command line of `python -m chatapp terminal`."""

from __future__ import annotations

import argparse
from dataclasses import replace

from chatapp.client.login import PORT, Login, invited
from chatapp.protocol.addresses import parse_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.names import as_channel
from chatapp.protocol.numbers import whole

HISTORY = 20  # lines shown on a terminal when a conversation is entered
PASSWORD = "CHATAPP_PASSWORD"


def parser() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    made = argparse.ArgumentParser(
        prog="chatapp terminal",
        description="Chat in a terminal. In a pipe each line that comes in is said, each that goes out was.",
        epilog=f"The password is never given on the command line: see --password, or set {PASSWORD}.",
    )
    made.add_argument("--name", default="", help="your name; asked for if not given")
    made.add_argument(
        "--server",
        type=_server,
        default=Login("127.0.0.1"),
        metavar="HOST[:PORT]",
        help=f"where to connect, 127.0.0.1:{PORT} if not given; or an invite link in quotes",
    )
    made.add_argument(
        "--channel",
        type=as_channel,  # in a shell a `#` begins what is not read
        action="append",
        default=[],
        metavar="NAME",
        help="a channel to join; may be given several times, lines of a pipe are said in the first",
    )
    made.add_argument(
        "--password",
        action="store_true",
        help="ask for the password of your name; in a pipe, read it as a line after that of the name",
    )
    made.add_argument("--unencrypted", action="store_true", help="talk in clear, where everybody may listen")
    made.add_argument("--plain", action="store_true", help="as in a pipe, also on a terminal")
    made.add_argument(
        "--history",
        type=_number,
        metavar="LINES",
        help=f"how much of what was said before is shown; {HISTORY} if not given, none in a pipe",
    )
    return made


def login(options: argparse.Namespace, name: str, password: str) -> Login:
    """Who goes where; the channels of a link come first."""
    asked: Login = options.server
    channels = tuple(dict.fromkeys([*asked.channels, *options.channel]))
    encrypt = "never" if options.unencrypted else asked.encrypt
    return replace(asked, nick=name, password=password, channels=channels, encrypt=encrypt)


def _server(text: str) -> Login:
    """Where to go: `host`, `host:port`, `[::1]:port`, `::1`, or a link."""
    if is_link(text):
        try:
            return invited(Login(""), Invite.parse(text))
        except BadInvite as error:
            raise argparse.ArgumentTypeError(str(error)) from None
    host, port = split_host_port(text)
    number = parse_port(port or str(PORT))
    if not host or number is None:
        allowed = "HOST or HOST:PORT with a port from 1 to 65535"
        raise argparse.ArgumentTypeError(f"a server is {allowed}, not {text!r}")
    return Login(host, number)


def _number(text: str) -> int:
    number = whole(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"a number of lines is wanted, not {text!r}")
    return number
