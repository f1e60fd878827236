"""Makes text from other users safe to print: without characters that control a terminal or reorder text.

Terminals execute control characters. Escape sequences begin with ESC, or with one character from 80 to 9F.
Bidirectional overrides and isolates make text look like other text. The directional marks that right-to-left
text needs between words are harmless and stay.

Source: ECMA-48 section 5.3 and 5.4, Unicode technical report 36 section 2.5, modern.ircdocs.horse/formatting
"""

from __future__ import annotations

import re

NOT_SHOWN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Characters that are never shown, as part of a regular expression class; without tab and LF."""

_FORMATS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?")
_NOT_SHOWN = re.compile(f"[{NOT_SHOWN}]")
_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")
_ESCAPED = re.compile(f"[{NOT_SHOWN}\n\t\u2028\u2029]")


def strip_controls(text: str) -> str:
    """Return the text as one line for users: without formatting codes, control characters and line ends."""
    if text.isprintable():
        return text
    return _NOT_SHOWN.sub("", _ENDS.sub(" ", _FORMATS.sub("", text)))


def escape_controls(text: str) -> str:
    """Return the text as one line for administrators: control characters become escapes such as `\\x1b`."""
    if text.isprintable():
        return text
    return _ESCAPED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
