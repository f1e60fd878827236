"""Reads what is typed where a link, an address or an invite code is expected."""

from __future__ import annotations

from dataclasses import dataclass

from chatapp.client.login import PORT, PORT_INVALID, Login, for_invite
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import is_valid_port, join_host_port, parse_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link

NOTHING_TYPED = N_("Paste a link, or type the address or code that you were told.")
_LONGEST = 253  # characters of a host name: RFC 1035 section 2.3.4


class BadAddress(ValueError):
    """A text leads nowhere; the message says why, for the user."""


@dataclass(frozen=True, slots=True)
class TypedAddress:
    """Where a text leads.

    Attributes:
        login: The server, the channels and the certificate; nothing about the user.
        is_link: Whether it is a link, which decides about encryption, port and channels.
        has_port: Whether it names a port.
        name: What to call the place.
    """

    login: Login
    is_link: bool
    has_port: bool
    name: str


def read_address(text: str) -> TypedAddress:
    """Read a link or an address.

    Raises:
        BadAddress: It is neither, or empty.
    """
    text = text.strip()
    if not text:
        raise BadAddress(_(NOTHING_TYPED))
    if is_link(text):
        try:
            login = for_invite(Login(""), Invite.parse(text))
        except BadInvite as error:
            raise BadAddress(str(error)) from error
        return TypedAddress(login, True, True, _name(login))
    if "://" in text:
        raise BadAddress(_("Links to chats begin with chat://, ircs:// or irc://."))
    host, port = split_host_port(text)
    if any(each.isspace() or not each.isprintable() for each in host) or not host or "/" in host:
        problem = _("“{text}” is not an address. An address looks like 192.168.1.20.")
        raise BadAddress(problem.format(text=text[:40]))
    if len(host) > _LONGEST:
        raise BadAddress(_("This address is too long."))
    number = parse_port(port) if port else PORT
    if number is None or not is_valid_port(number):
        raise BadAddress(_(PORT_INVALID))
    login = Login(host, number)
    return TypedAddress(login, False, bool(port), _name(login))


def is_worth_checking(text: str) -> bool:
    """Return whether a text is probably complete, so that its server can be asked before a click.

    A single word may be the beginning of any name.
    """
    host = split_host_port(text.strip())[0]
    return is_link(text) or ":" in text or host == "localhost" or 0 < host.find(".") < len(host) - 1


def _name(login: Login) -> str:
    return login.host if login.port == PORT else join_host_port(login.host, login.port)
