"""Nicks, channel names, masks and sources (`nick!user@host`): which are valid, and which are equal.

Letters of all scripts are allowed. Names are compared after folding: NFC, then `str.casefold`. For ASCII that
is the `ascii` case mapping that the server announces.

Source: modern IRC "Clients", "Channels"; RFC 2812 section 2.5 (masks).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from chatapp.languages.translation import _
from chatapp.protocol.glob import glob

CHANNEL_TYPES = "#"

_NICK_CATEGORIES = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"})
_NICK_SPECIALS = frozenset("_[]\\`^{}|-")
NICK_CHARACTERS = "- _ [ ] { } \\ | ^ `"

_NOT_FIRST = frozenset("-0123456789")
LONGEST_CHANNEL = 64  # characters of a name, including the `#`
_CHANNEL_FORBIDDEN = frozenset(" ,\x07:*?!@")
_INVISIBLE = ("C", "Z")  # Unicode categories: controls, formats, surrogates, unassigned; separators
_LOOKALIKE_SCRIPTS = frozenset({"GREEK", "CYRILLIC"})


class Source(NamedTuple):
    """The source of a message in its parts; user and host are empty for a server."""

    nick: str
    user: str = ""
    host: str = ""

    @classmethod
    def parse(cls, text: str) -> Source:
        """Read `nick!user@host`."""
        nick, _, rest = text.partition("!")
        user, _, host = rest.partition("@")
        return cls(nick, user, host)

    def __str__(self) -> str:
        return f"{self.nick}!{self.user}@{self.host}" if self.user or self.host else self.nick


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Return the form in which names are compared and looked up."""
    if name.isascii():
        return name.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def normalize(name: str) -> str:
    """Return the form in which a name is stored and shown: NFC."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def is_nick(name: str, longest: int = 32) -> bool:
    """Return whether a nick is valid.

    Args:
        longest: The largest number of characters.
    """
    if not 0 < len(name) <= longest or name[0] in _NOT_FIRST:
        return False
    if name.isascii():
        return all(character.isalnum() or character in _NICK_SPECIALS for character in name)
    return (
        unicodedata.category(name[0])[0] == "L"
        and all(is_nick_character(character) for character in name)
        and not _imitates_another_name(name)
    )


def is_nick_character(character: str) -> bool:
    """Return whether a nick may contain this character."""
    return character in _NICK_SPECIALS or unicodedata.category(character) in _NICK_CATEGORIES


def why_no_nick(name: str, longest: int = 32) -> str:
    """Return why a nick is not valid, for the user; empty if it is valid.

    Args:
        longest: The largest number of characters.
    """
    if is_nick(name, longest):
        return ""
    if any(character.isspace() for character in name):
        return _("A name cannot contain spaces. It may have letters, digits and {characters}.").format(
            characters=NICK_CHARACTERS
        )
    wrong = next((character for character in name if not is_nick_character(character)), "")
    if wrong:
        shown = f"“{wrong}”"
        if not wrong.isprintable():
            shown = _("the character {code}").format(code=f"U+{ord(wrong):04X}")
        text = _(
            "A name cannot contain {character}. It may have letters, digits and {characters}; no spaces."
        )
        return text.format(character=shown, characters=NICK_CHARACTERS)
    if len(name) > longest:
        return _("A name can have at most {most} characters; this one has {count}.").format(
            most=longest, count=len(name)
        )
    if not name:
        return _("A name must have at least one letter.")
    variant = next((each for each in name if _is_ascii_variant(each)), "")
    if variant:
        plain = unicodedata.normalize("NFKC", variant)
        return _("“{character}” looks like “{plain}” but is another character. Type “{plain}”.").format(
            character=variant, plain=plain
        )
    if _imitates_another_name(name):
        return _("A name can have letters of one alphabet only, so that it cannot imitate another name.")
    return _("A name cannot begin with “{character}”. Begin with a letter.").format(character=name[0])


def is_channel(name: str, longest: int = LONGEST_CHANNEL) -> bool:
    """Return whether a channel name is valid.

    Args:
        longest: The largest number of characters, including the `#`.
    """
    if not 1 < len(name) <= longest or name[0] not in CHANNEL_TYPES:
        return False
    if not _CHANNEL_FORBIDDEN.isdisjoint(name):
        return False
    return all(unicodedata.category(character)[0] not in _INVISIBLE for character in name)


def why_no_channel(name: str, longest: int = LONGEST_CHANNEL) -> str:
    """Return why a channel name is not valid, as a sentence for the user; empty if it is valid.

    Args:
        longest: The largest number of characters, including the `#`.
    """
    if is_channel(name, longest):
        return ""
    if any(each.isspace() for each in name):
        return _("The name of a channel has no spaces. You can write {name}.").format(
            name="-".join(name.split())
        )
    bad = next((each for each in name if each in _CHANNEL_FORBIDDEN), "")
    if bad:
        if not bad.isprintable():
            return _("The name of a channel cannot contain control characters.")
        return _("The name of a channel cannot contain “{character}”.").format(character=bad)
    if len(name) > longest:
        return _("The name of a channel can have at most {most} characters; this one has {count}.").format(
            most=longest, count=len(name)
        )
    return _("The name of a channel cannot contain invisible characters.")


def looks_like_channel(name: str) -> bool:
    """Return whether a target is meant as a channel rather than a user, valid or not."""
    return name[:1] in CHANNEL_TYPES and name != ""


def as_channel(text: str) -> str:
    """Add the `#` to a channel name that the user typed without it."""
    return text if text[:1] in ("#", "&") else f"#{text}"


def full_mask(mask: str) -> str:
    """Complete a mask: `ben` to `ben!*@*`, `a.example` to `*!*@a.example`, `u@h` to `*!u@h`."""
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
    """Return whether a text matches a mask with `*` and `?`, ignoring case."""
    return glob(fold(mask)).matches(fold(text))


def _imitates_another_name(name: str) -> bool:
    """Return whether a name can be confused with another one.

    This is so for Latin letters mixed with Greek or Cyrillic ones (`аna` with a Cyrillic а looks like `ana`),
    and for variants of ASCII letters (`ａｎａ`, `𝐚𝐧𝐚`).
    """
    scripts = {unicodedata.name(character, "").partition(" ")[0] for character in name}
    if "LATIN" in scripts and not _LOOKALIKE_SCRIPTS.isdisjoint(scripts):
        return True
    return any(map(_is_ascii_variant, name))


def _is_ascii_variant(character: str) -> bool:
    return not character.isascii() and unicodedata.normalize("NFKC", character).isascii()
