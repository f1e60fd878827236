"""Display names: what people are shown as, beside their nick. Almost any text, but one line that can be seen.

Source: IRCv3 metadata, key `display-name`; Unicode technical report 36 (bidirectional overrides).
"""

from __future__ import annotations

import unicodedata

from chatapp.languages.translation import _
from chatapp.protocol.printable import strip_controls

KEY = "display-name"
"""The metadata key."""

MAX_CHARACTERS = 64
MAX_MARKS = 3  # combining marks in a row: more would reach into other lines

_JOINERS = "\u200c\u200d"  # Persian and Indic words and emoji need them
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u2800\u3164\uffa0")
"""Letters and signs that are shown as nothing."""


class InvalidDisplayName(ValueError):
    """A text cannot be a display name. The argument is the sentence for the user."""


def clean(text: str) -> str:
    """Return a text as a display name: one line, trimmed, without what is invisible or reorders text.

    Raises:
        InvalidDisplayName: Nothing visible is left, or more than MAX_CHARACTERS.
    """
    text = unicodedata.normalize("NFC", strip_controls(text.replace("\t", " ")))
    name = " ".join("".join(_kept(text)).split()).strip(_JOINERS)
    if not any(map(_is_visible, name)):
        raise InvalidDisplayName(_("A name needs a character that can be seen"))
    if len(name) > MAX_CHARACTERS:
        raise InvalidDisplayName(_("A name can have at most {most} characters").format(most=MAX_CHARACTERS))
    return name


def _kept(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category[0] == "M" else 0
        if category[0] == "Z":
            kept.append(" ")
        elif character in _JOINERS:
            if kept and kept[-1] not in _JOINERS and not kept[-1].isascii():
                kept.append(character)
        elif category[0] != "C" and character not in _BLANK and marks <= MAX_MARKS:
            kept.append(character)
    return kept


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS"
