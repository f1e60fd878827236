"""A login: where to connect, as whom, and which channels to join."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from chatapp.client.text.nick_of_name import nick_of_name
from chatapp.languages.translation import N_, _
from chatapp.protocol import names
from chatapp.protocol.addresses import is_valid_port, join_host_port, parse_port, split_host_port
from chatapp.protocol.display_names import MAX_CHARACTERS
from chatapp.protocol.invite_links import Invite, is_link
from chatapp.protocol.proxy_address import BadProxy, ProxyAddress

SYSTEM_PROXY = "system"  # in place of the address of a proxy: the one that the system uses
PORT = 5000  # of a server whose address names no port
NAME_MISSING = N_("Enter your name.")
PORT_INVALID = N_("Enter a port from 1 to 65535.")

Encrypt = Literal["auto", "always", "never"]
"""When to use TLS. `auto`: always, except that a server on this computer may lack TLS."""


class LoginProblem(NamedTuple):
    """A mistake in a login, found before connecting.

    Attributes:
        field: The field of the form to correct.
        reason: What is wrong, as a sentence for the user.
        suggestion: A valid name to use instead; empty if there is none.
    """

    field: Literal["name", "host", "port", "proxy"]
    reason: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Login:
    """The server to connect to, the identity of the user there, and the channels to join.

    Attributes:
        host: Name or address of the server.
        port: TCP port of the server.
        nick: The nick to register with.
        password: The password of the account.
        realname: The real name; if empty, the nick is used.
        channels: The channels to join after the first welcome.
        encrypt: Whether to use TLS.
        pin: Fingerprint of the only certificate that is accepted, from an invite link.
        code: Invite code, from an invite link: it creates the account if there is none.
        account: The account to log in to; if empty, the one with the name of the nick.
        server_password: The password that the server demands from every client; usually empty.
        remember: Store the password; look it up if it is empty.
        new_account: Create the account if there is none.
        display_name: The name to show to others, if the nick is only made from it; else empty.
        proxy: The address of a proxy, see `ProxyAddress`; `SYSTEM_PROXY` for that of the system; empty for
            none.
        guest_key: By what the server recognises a guest who comes back; empty to be a new guest.
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
    display_name: str = ""
    proxy: str = field(default="", repr=False)
    guest_key: str = field(default="", repr=False, compare=False)

    @property
    def name(self) -> str:
        """The name as the user typed it."""
        return self.display_name or self.nick

    @property
    def address(self) -> str:
        """`host:port`."""
        return join_host_port(self.host, self.port)


def with_name(login: Login, name: str) -> Login:
    """Return the login with this name: a valid nick is used as it is, else one is made from it."""
    name = " ".join(name.split())[:MAX_CHARACTERS]
    nick = nick_of_name(name) if name else ""
    return replace(login, nick=nick, display_name="" if nick == name else name)


def for_invite(login: Login, invite: Invite) -> Login:
    """Return the same user's login for the server and the channels of an invite link."""
    return replace(
        login,
        host=invite.host,
        port=invite.port,
        channels=invite.channels,
        encrypt="always" if invite.secure else "auto",
        pin=invite.pin,
        code=invite.code,
    )


def for_server(login: Login, server: str) -> Login:
    """Return the same user's login for another server.

    Args:
        login: The user's login.
        server: `host:port`, `host`, or an invite link.

    Raises:
        BadInvite: It is a link, but not a valid one.
    """
    if is_link(server):
        return for_invite(login, Invite.parse(server))
    host, port = split_host_port(server)
    return replace(login, host=host, port=parse_port(port) or PORT)


def problem_of(login: Login) -> LoginProblem | None:
    """Return what is wrong with a login before any server is asked; None if nothing is."""
    nick = login.nick
    if not nick.strip():
        return LoginProblem("name", _(NAME_MISSING))
    if len(nick.split()) > 1:
        return LoginProblem("name", names.why_no_nick(nick), nick_of_name(nick))
    if not login.host.strip():
        return LoginProblem("host", _("Enter the address of a server."))
    if not is_valid_port(login.port):
        return LoginProblem("port", _(PORT_INVALID))
    if login.proxy and login.proxy != SYSTEM_PROXY:
        try:
            ProxyAddress.parse(login.proxy)
        except BadProxy as error:
            return LoginProblem("proxy", str(error))
    return None


def proxy_choice(text: str) -> str:
    """Return what a user typed for a proxy as in `Login.proxy`.

    Raises:
        BadProxy: It is neither empty nor `system` nor the address of a proxy.
    """
    choice = text.strip()
    is_word = choice.lower() in ("", SYSTEM_PROXY)
    return choice.lower() if is_word else str(ProxyAddress.parse(choice))


def without_proxy_password(proxy: str) -> str:
    """Return `Login.proxy` as it may be stored: without a password."""
    try:
        return str(ProxyAddress.parse(proxy).without_password)
    except BadProxy:
        return proxy if proxy == SYSTEM_PROXY else ""
