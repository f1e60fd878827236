"""What a server refuses, in plain words. What is not in the table is shown in the server's own."""

from __future__ import annotations

import re

from chatapp.client.incoming.events import ErrorReply, NickRefused
from chatapp.protocol import names

_WORDS = {
    "401": "There is nobody called {0}.",
    "403": "There is no channel called {0}.",
    "405": "You cannot join {0}: you are in too many channels.",
    "441": "{0} is not in {1}.",
    "442": "You are not in {0}.",
    "443": "{0} is already in {1}.",
    "471": "You cannot join {0}: it is full.",
    "473": "You cannot join {0}: it is for invited people only.",
    "474": "You cannot join {0}: you are banned from it.",
    "475": "You cannot join {0} without its key: /join {0} KEY",
    "482": "Only operators of {0} may do that.",
}

PROTECTED = re.compile(r"account|registered|reserved|protected", re.IGNORECASE)  # in words about a taken nick
NOT_NOW = "437"

JOIN_ERRORS = frozenset({"403", "405", "437", "471", "473", "474", "475", "476", "477", "480", "485", "489"})
"""Numerics by which a JOIN is refused."""

MESSAGE_ERRORS = frozenset(
    {"401", "403", "404", "407", "412", "413", "415", "417", "439", "477", "489", "531"}
)
"""Numerics by which a PRIVMSG is refused, if it is one that we sent."""


def error_text(refused: ErrorReply) -> str:
    """A sentence for people."""
    words = _WORDS.get(refused.code)
    about = [item for item in refused.about if item]
    if words and len(about) > words.count("{1}"):
        return words.format(*about)
    return f"{' '.join(about)}: {refused.text}" if about else refused.text


def nick_error_text(refused: NickRefused, longest: int = 32) -> str:
    """Return a sentence for people about a nick that cannot be had.

    Args:
        longest: Characters of a nick on this server.
    """
    nick = refused.nick
    if refused.taken and PROTECTED.search(refused.reason):
        return f"The name {nick} is protected: log in with its password, or take another name."
    if refused.taken:
        return f"Somebody else is called {nick}."
    if refused.code == NOT_NOW:
        return f"You cannot change your name now. The server says: {refused.reason}"
    return names.why_no_nick(nick, longest) or why_refused(nick, refused.reason)


def why_refused(name: str, words: str) -> str:
    """Return a sentence about a name that is right by our rules, but not by the server's."""
    hint = "" if name.isascii() else " Perhaps it takes only letters from a to z."
    return f"This server does not take the name {name}.{hint} It says: {words}"
