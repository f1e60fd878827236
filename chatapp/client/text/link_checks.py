"""Whether a link leads where a reader expects, and whether it may be opened at all.

http://bank.example@evil.example/     leads to evil.example: what stands before the @ is a name to log in with
https://раyраl.example/               Cyrillic letters among Latin ones, which look the same
https://a.example/\u202egpj.exe          the text runs backwards from there on
javascript:…, file:…                  not opened
"""

from __future__ import annotations

import unicodedata
from urllib.parse import SplitResult, urlsplit

SCHEMES = frozenset({"http", "https", "irc", "ircs", "mailto"})
"""The schemes of links that are opened."""


LOOK_ALIKE = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
"""Alphabets, as in the names of their characters, with letters that look like Latin ones."""


def may_open(target: str) -> bool:
    """Return whether the target of a link may be opened."""
    return _scheme(target) in SCHEMES and not any(character.isspace() for character in target)


def real_host(target: str) -> str:
    """Return the host that a link leads to if a reader may expect another one; "" if all is as it looks.

    A host with letters of other alphabets is returned as it is looked up, such as `xn--80ak6aa92e.example`.
    """
    parts = _split(target)
    if parts is None:
        return target if _scheme(target) in ("http", "https") else ""
    host = parts.hostname or ""
    looked_up = _looked_up(host)
    if parts.username is not None or _can_mislead(host) or any(map(_is_invisible, target)):
        return looked_up
    return ""


def _scheme(target: str) -> str:
    return target.partition(":")[0].lower() if ":" in target else ""


def _split(target: str) -> SplitResult | None:
    """Return the parts of a web or chat link; None for another one, or one that cannot be understood."""
    try:
        parts = urlsplit(target)
        return parts if parts.scheme in ("http", "https", "irc", "ircs") and parts.hostname else None
    except ValueError:
        return None


def _looked_up(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _can_mislead(host: str) -> bool:
    """Return whether a host has letters of other alphabets that can be taken for Latin ones."""
    labels = host.split(".")
    for label in labels:
        alphabets = {unicodedata.name(letter, "?").split()[0] for letter in label if letter.isalpha()}
        if alphabets & LOOK_ALIKE and ("LATIN" in alphabets or labels[-1].isascii()):
            return True
    return False


def _is_invisible(character: str) -> bool:
    """Return whether a character cannot be seen, or changes the direction of the text."""
    return unicodedata.category(character) in ("Cf", "Cc")
