"""A login: where to connect, as whom, and what for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import Encrypt
from chatapp.protocol import names
from chatapp.protocol.addresses import is_valid_port, join_host_port, parse_port, split_host_port
from chatapp.protocol.invite_links import Invite, is_link

PORT = 5000


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


def unusable(login: Login) -> ConnectFailed | None:
    """What is wrong with a login before anybody is asked."""
    if not login.nick.strip():
        return ConnectFailed("name", "Type the name that others shall see.")
    if len(login.nick.split()) > 1:
        return ConnectFailed("name", names.why_no_nick(login.nick), "_".join(login.nick.split()))
    if not login.host.strip():
        return ConnectFailed("host", "Type the address of a server.")
    if not is_valid_port(login.port):
        return ConnectFailed("port", "A port is a number from 1 to 65535.")
    return None
