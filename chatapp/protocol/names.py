"""Nicks, channels, masks and the `nick!user@host` of a source: what is one, and when two are the same.

Letters of any script are welcome. Names are compared folded: NFC, then `str.casefold`, which for ASCII is the
`ascii` casemapping that the server announces.

Source  modern IRC "Clients", "Channels"; RFC 2812 section 2.5 (masks)
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from chatapp.protocol.glob import glob

CHANNEL_TYPES = "#"

_NICK_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
_NICK_SPECIALS = frozenset("_[]\\`^{}|-")
NICK_RULE = "It may have letters, digits and - _ [ ] { } \\ | ^ `"

_NOT_FIRST = frozenset("-0123456789")
_CHANNEL_FORBIDDEN = frozenset(" ,\x07:*?!@")
_INVISIBLE = ("C", "Z")  # general categories: controls, formats, surrogates, unassigned; separators
_LOOKALIKE_SCRIPTS = frozenset({"GREEK", "CYRILLIC"})


class Source(NamedTuple):
    """Who a message comes from, in its parts; user and host are empty for a server."""

    nick: str
    user: str = ""
    host: str = ""

    @classmethod
    def parse(cls, text: str) -> Source:
        nick, _, rest = text.partition("!")
        user, _, host = rest.partition("@")
        return cls(nick, user, host)

    def __str__(self) -> str:
        return f"{self.nick}!{self.user}@{self.host}" if self.user or self.host else self.nick


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """The form under which a name is looked up."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def normal(name: str) -> str:
    """The form in which a name is kept and shown: NFC."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def is_nick(name: str, longest: int = 32) -> bool:
    """Whether this may be somebody's nick.

    Takes  longest: characters
    """
    if not 0 < len(name) <= longest or name[0] in _NOT_FIRST:
        return False
    if name.isascii():
        return all(character.isalnum() or character in _NICK_SPECIALS for character in name)
    return (
        unicodedata.category(name[0])[0] == "L"
        and all(_in_nick(character) for character in name)
        and not _passes_for_another(name)
    )


def why_no_nick(name: str, longest: int = 32) -> str:
    """Return in plain words why this may not be somebody's nick; nothing if it may.

    Args:
        longest: Characters.
    """
    if is_nick(name, longest):
        return ""
    if any(character.isspace() for character in name):
        return f"A name cannot contain spaces. {NICK_RULE}."
    wrong = next((character for character in name if not _in_nick(character)), "")
    if wrong:
        shown = f"“{wrong}”" if wrong.isprintable() else f"the character U+{ord(wrong):04X}"
        return f"A name cannot contain {shown}. {NICK_RULE}; no spaces."
    if len(name) > longest:
        return f"A name has at most {longest} characters; this one has {len(name)}."
    if not name:
        return "A name has at least one letter."
    dressed = next((each for each in name if _is_dressed_up(each)), "")
    if dressed:
        plain = unicodedata.normalize("NFKC", dressed)
        return f"“{dressed}” looks like “{plain}” but is another character: type “{plain}”."
    if _passes_for_another(name):
        return "A name has letters of one alphabet only, so that nobody can pass for somebody else."
    return f"A name cannot begin with “{name[0]}”. Begin it with a letter."


def is_channel(name: str, longest: int = 64) -> bool:
    """Whether this may be the name of a channel.

    Takes  longest: characters, the `#` among them
    """
    if not 1 < len(name) <= longest or name[0] not in CHANNEL_TYPES:
        return False
    if not _CHANNEL_FORBIDDEN.isdisjoint(name):
        return False
    return all(unicodedata.category(character)[0] not in _INVISIBLE for character in name)


def looks_like_channel(name: str) -> bool:
    """Whether a target means a channel rather than a person, valid or not."""
    return name[:1] in CHANNEL_TYPES and name != ""


def as_channel(text: str) -> str:
    """A channel as people say it: `class` is `#class`."""
    return text if text[:1] in ("#", "&") else f"#{text}"


def full_mask(mask: str) -> str:
    """What was typed as a whole mask: `ben` is `ben!*@*`, `a.example` `*!*@a.example`, `u@h` `*!u@h`."""
    if "!" in mask:
        nick, _, rest = mask.partition("!")
        user, at, host = rest.partition("@")
        return f"{nick or '*'}!{user or '*'}@{host if at and host else '*'}"
    if "@" in mask:
        user, _, host = mask.partition("@")
        return f"*!{user or '*'}@{host or '*'}"
    if "." in mask or ":" in mask:
        return f"*!*@{mask}"
    return f"{mask or '*'}!*@*"


def matches(mask: str, text: str) -> bool:
    """Whether a text fits a mask with `*` and `?`, without regard to case."""
    return glob(fold(mask)).fits(fold(text))


def _in_nick(character: str) -> bool:
    return character in _NICK_SPECIALS or unicodedata.category(character) in _NICK_CATEGORIES


def _passes_for_another(name: str) -> bool:
    """Latin mixed with Greek or Cyrillic letters: `аna` with a Cyrillic а is not to be told from `ana`. So it
    is with ASCII letters in another dress: `ａｎａ`, `𝐚𝐧𝐚`.
    """
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in name}
    if "LATIN" in scripts and not _LOOKALIKE_SCRIPTS.isdisjoint(scripts):
        return True
    return any(map(_is_dressed_up, name))


def _is_dressed_up(character: str) -> bool:
    return not character.isascii() and unicodedata.normalize("NFKC", character).isascii()
