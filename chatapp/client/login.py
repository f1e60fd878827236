"""A login: where to connect, as whom, and what for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from chatapp.protocol import names
from chatapp.protocol.addresses import is_valid_port, join_host_port, parse_port, split_host_port
from chatapp.protocol.invite_links import Invite, is_link

PORT = 5000

Encrypt = Literal["auto", "always", "never"]
"""`auto`: always, but to this computer also without; `never`: only if the user says so."""


class LoginProblem(NamedTuple):
    """What is wrong with a login.

    Attributes:
        field: The field of the form to correct.
        words: A sentence for the user.
        suggestion: A name that would do, if there is one.
    """

    field: Literal["name", "host", "port"]
    words: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """Where to connect, as whom, and which channels to join. An empty realname or account is the nick.

    The password is the account's; it may be remembered, and is looked for when it is empty then. A server may
    want one of its own. The pin is the only certificate that will do, of an invite link, which may have an
    invitation's code as well: with it, or where a new account is wanted, one is made of nick and password if
    there is none.
    """

    host: str
    port: int = PORT
    nick: str = ""
    password: str = field(default="", repr=False)
    realname: str = ""
    channels: tuple[str, ...] = ()
    encrypt: Encrypt = "auto"
    pin: str = ""
    code: str = field(default="", repr=False)
    account: str = ""
    server_password: str = field(default="", repr=False)
    remember: bool = False
    new_account: bool = False

    @property
    def address(self) -> str:
        """`host:port`."""
        return join_host_port(self.host, self.port)


def invited(login: Login, invite: Invite) -> Login:
    """The same person, where a link leads."""
    return replace(
        login,
        host=invite.host,
        port=invite.port,
        channels=invite.channels,
        encrypt="always" if invite.secure else "auto",
        pin=invite.pin,
        code=invite.code,
    )


def at(login: Login, server: str) -> Login:
    """The same person at another server, given as `host:port`, as `host`, or as an invite link.

    Raises  BadInvite
    """
    if is_link(server):
        return invited(login, Invite.parse(server))
    host, port = split_host_port(server)
    return replace(login, host=host, port=parse_port(port) or PORT)


def problem_of(login: Login) -> LoginProblem | None:
    """Return what is wrong with a login before any server is asked; None if nothing is."""
    nick = login.nick
    if not nick.strip():
        return LoginProblem("name", "Type the name that others shall see.")
    if len(nick.split()) > 1:
        return LoginProblem("name", names.why_no_nick(nick), "_".join(nick.split()))
    if not login.host.strip():
        return LoginProblem("host", "Type the address of a server.")
    if not is_valid_port(login.port):
        return LoginProblem("port", "A port is a number from 1 to 65535.")
    return None
