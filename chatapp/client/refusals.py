"""What a server refuses, in plain words. What is not in the table is shown in the server's own."""

from __future__ import annotations

from chatapp.client.events import Refused

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

FAILS_TALK = frozenset({"401", "403", "404", "407", "412", "413", "415", "417", "439", "477", "489", "531"})
"""Numerics by which a PRIVMSG is refused, if it is one that we sent."""


def words_for(refused: Refused) -> str:
    """A sentence for people."""
    words = _WORDS.get(refused.code)
    about = [item for item in refused.about if item]
    if words and len(about) > words.count("{1}"):
        return words.format(*about)
    return f"{' '.join(about)}: {refused.words}" if about else refused.words
