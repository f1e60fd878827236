"""Error replies of a server as sentences for the user. Errors that are not in the table are shown as is."""

from __future__ import annotations

import re
from datetime import datetime

from chatapp.client.incoming.events import ErrorReply, NickRefused
from chatapp.languages.dates import day_and_month, time_of_day
from chatapp.languages.translation import N_, _
from chatapp.protocol import names
from chatapp.protocol.timestamps import parse_milliseconds

_TEXTS = {
    "401": N_("There is no user called {0}."),
    "403": N_("There is no channel called {0}."),
    "405": N_("You cannot join {0}: you are in too many channels."),
    "441": N_("{0} is not in {1}."),
    "442": N_("You are not in {0}."),
    "443": N_("{0} is already in {1}."),
    "471": N_("You cannot join {0}: it is full."),
    "473": N_("You cannot join {0}: you need an invitation."),
    "474": N_("You cannot join {0}: you are banned."),
    "475": N_("You cannot join {0} without its key: /join {0} KEY"),
    "482": N_("Only operators of {0} can do that."),
}

PROTECTED = re.compile(r"account|registered|reserved|protected", re.IGNORECASE)
"""Matches the text of 433 if the nick belongs to an account; else another user has it at the moment."""

KEPT = re.compile(r"\bkept for a guest\b")
"""Matches the text of 433 if a server of Chatapp reserves the nick for a guest who has left."""

KEPT_TEXT = N_("The name {nick} is kept for a guest who was here before.")

_NICK_LOCKED = "437"
_CANNOT_WRITE = frozenset({"404", "EDIT_FORBIDDEN"})
_CODES = re.compile(
    r"(?P<text>.+?)(?: until (?P<until>[0-9-]+T[0-9:.]+Z)(?P<reason>: .+?)?)?(?: \(\+\w\))?", re.DOTALL
)
"""The text of a refusal of Chatapp, with the time at which a ban or mute ends, and with the mode."""

JOIN_ERRORS = frozenset({"403", "405", "437", "471", "473", "474", "475", "476", "477", "480", "485", "489"})
"""Numerics by which a server refuses JOIN."""

MESSAGE_ERRORS = frozenset(
    {"401", "403", "404", "407", "412", "413", "415", "417", "439", "477", "489", "531"}
)
"""Numerics by which a server refuses PRIVMSG; some can also be about other commands."""


def error_text(error: ErrorReply) -> str:
    """Return a sentence for the user."""
    if error.code in _CANNOT_WRITE:
        return _without_codes(error.text)
    text = _TEXTS.get(error.code)
    about = [item for item in error.about if item]
    if text and len(about) > text.count("{1}"):
        return _(text).format(*about)
    return f"{' '.join(about)}: {error.text}" if about else error.text


def nick_error_text(refused: NickRefused, longest: int = 32) -> str:
    """Return a sentence for the user about a nick that the server refused.

    Args:
        longest: The maximum length of a nick on this server, in characters.
    """
    nick = refused.nick
    if refused.taken and PROTECTED.search(refused.reason):
        return _("The name {nick} is protected: log in with its password, or choose another name.").format(
            nick=nick
        )
    if refused.taken and KEPT.search(refused.reason):
        return _(KEPT_TEXT).format(nick=nick)
    if refused.taken:
        return _("The name {nick} is already in use.").format(nick=nick)
    if refused.code == _NICK_LOCKED:
        return _("You cannot change your name now. The server says: {reason}").format(reason=refused.reason)
    return names.why_no_nick(nick, longest) or nick_refusal_text(nick, refused.reason)


def nick_refusal_text(nick: str, reason: str) -> str:
    """Return a sentence about a nick that Chatapp allows but this server does not."""
    if nick.isascii():
        text = _("This server does not accept the name {nick}. It says: {reason}")
    else:
        text = _(
            "This server does not accept the name {nick}. It may accept only the letters a to z."
            " It says: {reason}"
        )
    return text.format(nick=nick, reason=reason)


def _without_codes(text: str) -> str:
    """Return why a message is refused without the letter of the mode, with times as clocks here show them."""
    found = _CODES.fullmatch(text)
    if found is None or found["until"] is None:
        return found["text"] if found else text
    try:
        when = datetime.fromtimestamp(parse_milliseconds(found["until"]) / 1000)
    except (ValueError, OverflowError, OSError):
        return text
    day, clock = day_and_month(when.date(), when.date()), time_of_day(when.hour, when.minute, False)
    return f"{found['text']} until {day} {clock}{found['reason'] or ''}"
