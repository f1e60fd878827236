"""What the first dialog says about a failed connection: where, in which words, with what next step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import FailureKind
from chatapp.client.session.nick_reclaim import alternative_nick
from chatapp.client.text.ban_notices import ban_notice
from chatapp.languages.dates import moment
from chatapp.languages.lists import without_full_stop
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import is_this_computer

Place = Literal["name", "password", "code", "server", "port", "server-password", "proxy"]
"""The field that a failure concerns; "server" is the chosen chat or the address."""

Step = Literal["", "start", "open", "unencrypted", "encrypted", "account"]
"""What a button does.

Start a chat here, open the one that runs here, connect without or with encryption, create an account.
"""

LABELS: dict[Step, str] = {
    "start": N_("Start one here"),
    "open": N_("Open your chat"),
    "unencrypted": N_("Connect unencrypted"),
    "encrypted": N_("Connect encrypted"),
    "account": N_("Create an account"),
}
PLACES: dict[FailureKind, Place] = {
    "name": "name",
    "name-taken": "name",
    "password": "password",
    "logged-out": "password",
    "code": "code",
    "port": "port",
    "server-password": "server-password",
    "proxy": "proxy",
}
CHOOSE = N_("or choose another name:")

_FULL = re.compile(r"server is full|no more connections|\bfull\b", re.IGNORECASE)
_TOO_MANY = re.compile(r"too many|throttl|too fast", re.IGNORECASE)
_OFFLINE = re.compile(r"network is unreachable|could not be looked up", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShownFailure:
    """What is said about a failure.

    Attributes:
        icon: A name in `icon_shapes.ICONS`; empty for none.
        step: What a button offers.
        lead: The text before the other names.
        names: Names to use instead, each of which is one click.
        asks_password: Whether the password of this name is asked for.
    """

    place: Place
    text: str
    icon: str = "alert"
    step: Step = ""
    lead: str = ""
    names: tuple[str, ...] = ()
    asks_password: bool = False


def shown_failure(
    failed: ConnectFailed, login: Login, now: float, is_link: bool = False, twelve_hours: bool = False
) -> ShownFailure:
    """Return what to say.

    Args:
        login: The login that failed.
        now: Unix seconds.
        is_link: Whether the address is a link, which decides about encryption.
    """
    kind, reason = failed.kind, failed.reason
    if kind == "password" and failed.suggestion:
        names = other_names(login.nick, failed.suggestion, login.realname)
        text = _("“{nick}” is protected. Is this you? Type the password,").format(nick=login.nick)
        return ShownFailure("name", text, "lock", "", _(CHOOSE), names, asks_password=True)
    if kind in ("name", "name-taken") and failed.suggestion:
        names = other_names(login.nick, failed.suggestion, login.realname)
        return ShownFailure("name", reason, lead=_("Use instead:"), names=names)
    if kind == "banned":
        return ShownFailure("server", _banned(reason, login.host, now, twelve_hours), "slash")
    if kind in ("closed", "timeout", "host"):
        return ShownFailure("server", _with_advice(reason))
    place = PLACES.get(kind, "server")
    if kind == "refused":
        if is_this_computer(login.host):
            text = _("{reason} Is the server running?").format(reason=reason)
            return ShownFailure(place, text, step="start")
        text = _("{reason} Is the server running? Ask the person who runs it.").format(reason=reason)
        return ShownFailure(place, text)
    if kind == "runs-already":
        return ShownFailure("server", reason, step="open")
    if kind == "no-tls" and not is_link:
        return ShownFailure(place, reason, "unlock", "unencrypted")
    if kind == "wants-tls":
        return ShownFailure(place, reason, "lock", "encrypted")
    return ShownFailure(place, reason, step="account" if failed.makes_accounts else "")


def other_names(nick: str, suggestion: str, realname: str) -> tuple[str, ...]:
    """Return other names for a nick that is not free: with a number, and with the letter of the family name.

    `ben_2` and, for Ben King, `ben_k`; without a family name `ben_3`.
    """
    words = realname.split()
    letter = words[-1][0].lower() if len(words) > 1 else ""
    second = f"{nick}_{letter}" if letter.isascii() and letter.isalpha() else alternative_nick(suggestion)
    return (suggestion, second)


def _banned(reason: str, host: str, now: float, twelve_hours: bool) -> str:
    notice, end = ban_notice(reason), ""
    if notice.until is not None:
        text = _("You are banned from {host} by {name} until {end}.")
        end = moment(notice.until, now, twelve_hours)
    elif notice.is_for_ever:
        text = _("You are banned from {host} for ever by {name}.")
    elif notice.by:
        text = _("You are banned from {host} by {name}.")
    else:
        text = _("You are banned from {host}.")
    text = text.format(host=host, name=notice.by, end=end)
    if not notice.reason:
        return text
    why = _("The reason: {reason}.").format(reason=without_full_stop(notice.reason))
    return f"{text} {why}"


def _with_advice(reason: str) -> str:
    """Add the next step to a reason that names none."""
    if _FULL.search(reason):
        return _("The server is full. Try again in a few minutes.")
    if _TOO_MANY.search(reason):
        return _("{reason}. Wait a minute, then try again.").format(reason=without_full_stop(reason))
    if _OFFLINE.search(reason):
        return _("This computer seems to be offline. Check its network, then try again.")
    return reason
