"""Reads what a server says to a user who is banned from it: by whom, until when, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatapp.languages.translation import N_, _
from chatapp.protocol.timestamps import parse_milliseconds

_CHATAPP = re.compile(
    r"You are banned from this server (?:until (?P<until>\S+)|for ever) by (?P<by>\S+?): ?(?P<reason>.*)",
    re.DOTALL,
)
_CHANNEL = re.compile(r"Cannot join channel until (?P<until>\S+?)(?:: (?P<reason>.*))? \(\+b\)", re.DOTALL)
_LINE = re.compile(
    r"\b[DGKZ]-?lined?: (?P<inspircd>[^\]]+)"  # Closing link: (ana@192.0.2.7) [G-lined: Spam]
    r'|"(?P<ngircd>[^"]*)" \([GK]-Line\)'  # Access denied: "Spam" (K-Line)
    r'|\b[GK]-Line by "[^"]*": "(?P<killed>[^"]*)"',  # K-Line by "ben": "Spam"
    re.IGNORECASE,
)
_BANNED = N_("You are banned from this server: {reason}")  # of a reason that only ERROR has
_CLOSED = re.compile(r"^The server (?:closed|refused) the connection: ")


@dataclass(frozen=True, slots=True)
class BanNotice:
    """A ban from a server.

    Attributes:
        by: The nick or mask of the operator; empty if that is not known.
        until: Its end in Unix seconds; None if it has none, or if that is not known.
        is_for_ever: Whether the server says that it has no end.
        reason: Why; empty if no reason is known.
    """

    reason: str
    by: str = ""
    until: float | None = None
    is_for_ever: bool = False


def ban_notice(text: str) -> BanNotice:
    """Return what the text of 465 says. Of other servers than Chatapp the whole text is the reason."""
    text = _CLOSED.sub("", text).strip()
    found = _CHATAPP.fullmatch(text)
    if found is None:
        return BanNotice(text.removeprefix(_(_BANNED).partition("{")[0]))
    reason = found["reason"].strip()
    if found["until"] is None:
        return BanNotice(reason, found["by"], is_for_ever=True)
    return BanNotice(reason, found["by"], _seconds(found["until"]))


def ban_text(numeric: str, error: str) -> str:
    """Return a sentence about a ban, from the text of 465 and that of ERROR; empty without a ban.

    InspIRCd has the reason only in ERROR, and ngIRCd sends nothing else.
    """
    found = None if _CHATAPP.fullmatch(numeric) else _LINE.search(error)
    reasons = filter(None, found.groups()) if found else ()
    return next((_(_BANNED).format(reason=each.strip()) for each in reasons), numeric)


def channel_ban_notice(text: str) -> BanNotice | None:
    """Return what the text of 474 says about the end of a ban from a channel and its reason."""
    found = _CHANNEL.fullmatch(text.strip())
    return BanNotice((found["reason"] or "").strip(), until=_seconds(found["until"])) if found else None


def _seconds(until: str) -> float | None:
    """Return a time as Unix seconds; None if it is not valid."""
    try:
        return parse_milliseconds(until) / 1000
    except ValueError:
        return None
