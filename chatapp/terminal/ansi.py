"""Styled text and the escape sequences that show it. Text from others cannot control the terminal.

A style is the parameters of SGR, between `ESC [` and `m`: "1;31" is bold and red.

Source:
    ECMA-48 section 8.3.117 (SGR).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from chatapp.client.text.formatting import Span, plain, spans

BOLD, FAINT, ITALIC, UNDERLINE, REVERSE, STRIKE = "1", "2", "3", "4", "7", "9"
DANGER, WARNING, CODE = "31", "33", "36"
MENTION = "1;7"
TAB = "    "

# Readable on black and on white: the contrast with either is at least three to one.
NICK_COLOURS = (167, 166, 136, 100, 64, 28, 29, 31, 33, 69, 99, 135, 133, 170, 162, 168)

# The nearest of a terminal's 256 colours to the mIRC colours 0 to 98.
# Source: modern.ircdocs.horse, "IRC Formatting"
_PALETTE = (
    15, 0, 4, 2, 9, 1, 5, 3, 11, 10, 6, 14, 12, 13, 8, 7,
    52, 94, 100, 58, 22, 29, 23, 24, 17, 54, 53, 89,
    88, 130, 142, 64, 28, 35, 30, 25, 18, 91, 90, 125,
    124, 166, 184, 106, 34, 49, 37, 33, 19, 129, 127, 161,
    196, 208, 226, 154, 46, 86, 51, 75, 21, 171, 201, 198,
    203, 215, 227, 191, 83, 122, 87, 111, 63, 177, 207, 205,
    217, 223, 229, 193, 157, 158, 159, 153, 147, 183, 219, 212,
    16, 233, 235, 237, 239, 241, 244, 247, 250, 254, 231,
)  # fmt: skip
_BLACK_OR_WHITE = (0, 1)
_FOREGROUND, _BACKGROUND = 38, 48

# C0 and C1 control codes except the line feed, bidirectional controls, lone surrogates.
_DANGEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class StyledText(NamedTuple):
    """A run of text in one style."""

    text: str
    style: str = ""


StyledLine = tuple[StyledText, ...]


def clean(text: str) -> str:
    """Remove everything that could control the terminal; line feeds stay, tabs become spaces."""
    return _DANGEROUS.sub("", text.replace("\t", TAB))


def rendered(line: Iterable[StyledText], colours: bool) -> str:
    """Return a line as text to write to the terminal."""
    if not colours:
        return "".join(piece.text for piece in line)
    return "".join(f"\x1b[{piece.style}m{piece.text}\x1b[m" if piece.style else piece.text for piece in line)


def styled_nick(nick: str, colour: int) -> StyledText:
    """Return a nick in a colour, a number in NICK_COLOURS."""
    return StyledText(clean(nick), f"{BOLD};{_FOREGROUND};5;{NICK_COLOURS[colour]}")


def styled_message(text: str, nick: str, colours: bool) -> list[StyledText]:
    """Return the text of a message in its formatting. Without colours, marks such as `**` stay as typed.

    Args:
        nick: Mentions of this nick are highlighted.
    """
    if not colours:
        return [StyledText(clean(plain(text)))]
    return [StyledText(clean(span.text), _style(span)) for span in spans(text, nick)]


def _style(span: Span) -> str:
    kind = {"link": UNDERLINE, "mention": MENTION, "code": CODE, "block": CODE}.get(span.kind, "")
    styles = (
        BOLD if span.bold else "",
        ITALIC if span.italic else "",
        UNDERLINE if span.underline else "",
        STRIKE if span.strike else "",
        REVERSE if span.reverse else "",
        kind,
        # Black or white may be invisible on the terminal's background, which is unknown.
        "" if span.back is None and span.colour in _BLACK_OR_WHITE else _colour(_FOREGROUND, span.colour),
        _colour(_BACKGROUND, span.back),
    )
    return ";".join(dict.fromkeys(filter(None, styles)))


def _colour(ground: int, colour: int | str | None) -> str:
    if colour is None:
        return ""
    if isinstance(colour, int):
        return f"{ground};5;{_PALETTE[colour]}"
    return f"{ground};2;" + ";".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
