"""The user's own account on a network: what the server offers for it, and where it is logged in.

What a server does not offer is absent in a front-end. Tokens and replies are those of this project's server,
see `chatapp/server/README.md`; creating an account is IRCv3.

Source: IRCv3 account-registration, metadata
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatapp.client.incoming.events import ServerText
from chatapp.client.model.history import is_available
from chatapp.client.model.network import Network
from chatapp.client.model.user_metadata import CAPABILITY
from chatapp.protocol.timestamps import parse_seconds

REGISTRATION = "draft/account-registration"
SASL = "sasl"
SESSIONS, SETPASS, UNREGISTER = "chatapp/SESSIONS", "chatapp/SETPASS", "chatapp/UNREGISTER"
ENTRY, END = "SESSIONS ENTRY", "SESSIONS END"
TERMINAL = "Chatapp-terminal"
"""What the terminal client calls itself; the window is `Chatapp`."""

_UNKNOWN = "*"


@dataclass(frozen=True, slots=True)
class AccountOffers:
    """What the user can do with the account now.

    Args:
        protect: Make an account of the name.
        change_password: Give it another password.
        sessions: See where it is logged in.
        give_up: Delete it.
        colour: Choose the colour of the name.
        export: Fetch all own messages.
    """

    protect: bool = False
    change_password: bool = False
    sessions: bool = False
    give_up: bool = False
    colour: bool = False
    export: bool = False


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session of the account.

    Args:
        number: By which it is ended.
        is_this: Whether it is this one.
        since: When it logged in, in Unix seconds.
        active: When it sent a message last, in Unix seconds.
        address: From where.
        program: Such as `Chatapp`; empty if it is not known, as are the next two.
        system: Such as `Linux`.
        computer: Its name.
    """

    number: str
    is_this: bool
    since: float
    active: float
    address: str
    program: str = ""
    system: str = ""
    computer: str = ""

    @property
    def is_terminal(self) -> bool:
        """Whether it is the terminal client."""
        return self.program == TERMINAL


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """All sessions of the account, this one first.

    Args:
        registered: When the account was made, in Unix seconds; None if that is not known.
    """

    sessions: tuple[OwnSession, ...] = ()
    registered: float | None = None


def has_accounts(network: Network) -> bool:
    """Return whether the server has accounts, or services that have them, and they can be used now."""
    return bool(network.account) or not {SASL, REGISTRATION}.isdisjoint(network.capability_values)


def offers(network: Network) -> AccountOffers:
    """Return what the server offers for the own account; nothing while not connected."""
    if network.state != "online":
        return AccountOffers()
    has_account, tokens = bool(network.account), network.isupport
    return AccountOffers(
        protect=not has_account and REGISTRATION in network.capability_values,
        change_password=has_account and SETPASS in tokens,
        sessions=has_account and SESSIONS in tokens,
        give_up=has_account and UNREGISTER in tokens,
        colour=CAPABILITY in network.capabilities,
        export=is_available(network) and "labeled-response" in network.capabilities,
    )


def read_sessions(answers: Iterable[ServerText]) -> OwnSessions:
    """Return the sessions that the server has listed. Entries that make no sense are left out."""
    found: list[OwnSession] = []
    registered: float | None = None
    for each in answers:
        if each.code == ENTRY:
            found += _entry(each.params)
        elif each.code == END and len(each.params) > 2:
            registered = parse_seconds(each.params[1])
    found.sort(key=lambda session: (not session.is_this, -session.active))
    return OwnSessions(tuple(found), registered)


def _entry(params: tuple[str, ...]) -> list[OwnSession]:
    """Read id, this or other, since, active, address, program, system, computer, text."""
    if len(params) < 9:
        return []
    number, whose, since, active, address, *client = params[:-1]
    times = parse_seconds(since), parse_seconds(active)
    if times[0] is None or times[1] is None:
        return []
    program, system, computer = ("" if part == _UNKNOWN else part for part in client[:3])
    return [OwnSession(number, whose == "this", times[0], times[1], address, program, system, computer)]
