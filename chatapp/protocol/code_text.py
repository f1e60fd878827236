"""How invite codes are written: `K7QX-29FM`, without characters that look alike."""

from __future__ import annotations

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1
GROUPS, GROUP = 2, 4  # groups of a code, characters of a group
_SEPARATORS = frozenset("- \u2010\u2011\u2012\u2013\u2014\u2212")
"""What people type between the groups: hyphens, dashes, spaces."""


def letters(typed: str) -> str:
    """Return the letters of a code: without hyphens, spaces and capitals, which users add."""
    return "".join(letter for letter in typed.casefold() if letter in LETTERS)


def shown(code: str) -> str:
    """Return a code as people read it: in capitals, in groups."""
    found = letters(code).upper()
    return "-".join(found[start : start + GROUP] for start in range(0, len(found), GROUP))


def typed_code(text: str) -> str:
    """Return what was typed as a code is shown; empty if it is none.

    Without a separator a word could also be the name of a computer: it counts as a code if it has a digit, or
    is in capitals.
    """
    text = text.strip()
    bare = "".join(each for each in text if each not in _SEPARATORS)
    if len(bare) != GROUPS * GROUP or any(each not in LETTERS for each in bare.casefold()):
        return ""
    is_clear = bare != text or bare.isupper() or any(each.isdigit() for each in bare)
    return shown(bare) if is_clear else ""
