"""The command line of `python -m chatapp terminal`."""

from __future__ import annotations

import argparse
from dataclasses import replace

from chatapp.client.login import PORT, Login, for_invite, proxy_choice, with_name
from chatapp.protocol.addresses import parse_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.names import as_channel
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.proxy_address import BadProxy

DEFAULT_HISTORY = 20  # earlier lines shown when an interactive user opens a conversation
PASSWORD_VARIABLE = "CHATAPP_PASSWORD"


def argument_parser() -> argparse.ArgumentParser:
    """Return the options and their help."""
    parser = argparse.ArgumentParser(
        prog="chatapp terminal",
        description="Chat in a terminal. In a pipe, input lines are sent and received messages are printed. "
        "A line that begins with / is a command: /help lists all, /send FILE sends a file, /save saves one.",
        epilog=f"A password is never given on the command line: use --password, or set {PASSWORD_VARIABLE}.",
    )
    parser.add_argument("--name", default="", help="your name; asked for by default")
    parser.add_argument(
        "--server",
        type=_parse_server,
        default=Login("127.0.0.1"),
        metavar="HOST[:PORT]",
        help=f"the server to connect to, or an invite link in quotes (default: 127.0.0.1:{PORT})",
    )
    parser.add_argument(
        "--channel",
        type=as_channel,  # adds a missing `#`, which begins a comment in a shell
        action="append",
        default=[],
        metavar="NAME",
        help="a channel to join; may be given several times; a pipe sends its lines to the first",
    )
    parser.add_argument(
        "--password",
        action="store_true",
        help="ask for your password; in a pipe, read it from the line after the name",
    )
    parser.add_argument(
        "--unencrypted", action="store_true", help="connect without TLS: others can read everything you send"
    )
    parser.add_argument(
        "--proxy",
        type=_parse_proxy,
        metavar="PROXY",
        help="connect through socks5://HOST:PORT or http://HOST:PORT; `system` uses the proxy of the system, "
        "such as that of the variable ALL_PROXY, which may contain a user name and a password; an empty one "
        "connects directly (default: the one that the window has used last)",
    )
    parser.add_argument("--plain", action="store_true", help="behave as in a pipe, even on a terminal")
    parser.add_argument(
        "--history",
        type=_parse_line_count,
        metavar="LINES",
        help=f"how many earlier messages to show (default: {DEFAULT_HISTORY}; in a pipe: 0)",
    )
    return parser


def login_from(options: argparse.Namespace, name: str, password: str, proxy: str = "") -> Login:
    """Return the login that the options ask for; the channels of an invite link come first.

    Args:
        proxy: The stored one, which is used unless the options name another.
    """
    server: Login = options.server
    channels = tuple(dict.fromkeys([*server.channels, *options.channel]))
    encrypt = "never" if options.unencrypted else server.encrypt
    proxy = proxy if options.proxy is None else options.proxy
    login = replace(server, password=password, channels=channels, encrypt=encrypt, proxy=proxy)
    return with_name(login, name)


def _parse_server(text: str) -> Login:
    """Read `host`, `host:port`, `[::1]:port`, `::1` or an invite link."""
    if is_link(text):
        try:
            return for_invite(Login(""), Invite.parse(text))
        except BadInvite as error:
            raise argparse.ArgumentTypeError(str(error)) from None
    host, port_text = split_host_port(text)
    port = parse_port(port_text or str(PORT))
    if not host or port is None:
        raise argparse.ArgumentTypeError(
            f"expected HOST or HOST:PORT with a port from 1 to 65535, not {text!r}"
        )
    return Login(host, port)


def _parse_proxy(text: str) -> str:
    try:
        return proxy_choice(text)
    except BadProxy as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parse_line_count(text: str) -> int:
    number = parse_whole(text)
    if number is None:
        raise argparse.ArgumentTypeError(f"expected a number of lines, not {text!r}")
    return number
