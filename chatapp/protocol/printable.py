"""Makes text from other users safe to print: without characters that control a terminal or reorder text.

A terminal obeys control characters. Escape sequences begin with ESC, or with one character from 80 to 9F.
Bidirectional overrides and isolates make text look like other text; the marks that right-to-left text needs
between words are harmless and stay.

Source: ECMA-48 section 5.3 and 5.4, Unicode technical report 36 section 2.5, modern.ircdocs.horse/formatting
"""

from __future__ import annotations

import re

UNSHOWN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""Characters that are never shown, for a character class; tab and LF are not among them."""

_FORMATS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04(?:[0-9A-Fa-f]{6}(?:,[0-9A-Fa-f]{6})?)?")
_UNSHOWN = re.compile(f"[{UNSHOWN}]")
_ENDS = re.compile("\r\n|[\r\n\u2028\u2029]")
_ESCAPED = re.compile(f"[{UNSHOWN}\n\t\u2028\u2029]")


def strip_controls(text: str) -> str:
    """Return one line for a user: without formatting codes, control characters and line ends."""
    if text.isprintable():
        return text
    return _UNSHOWN.sub("", _ENDS.sub(" ", _FORMATS.sub("", text)))


def escape_controls(text: str) -> str:
    """Return one line for an administrator: characters that are not shown become escapes such as `\\x1b`."""
    if text.isprintable():
        return text
    return _ESCAPED.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
