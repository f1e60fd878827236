"""Pieces of text with a look, and what a terminal is told to show them. Nothing here trusts a text.

A style is what stands between `ESC [` and `m`: "1;31" is bold and red. Source  ECMA-48 section 8.3.117
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from chatapp.client.text.formatting import Span, plain, spans
from chatapp.client.text.nick_colours import nick_colour

BOLD, FAINT, ITALIC, UNDERLINE, REVERSE, STRIKE = "1", "2", "3", "4", "7", "9"
DANGER, WARNING, CODE = "31", "33", "36"
MENTION = "1;7"
TAB = "    "

# Readable on black and on white: the contrast with either is three to one at least.
NICK_COLOURS = (167, 166, 136, 100, 64, 28, 29, 31, 33, 69, 99, 135, 133, 170, 162, 168)

# What comes nearest to mIRC's colours from 0 to 98 among the 256 of a terminal.
# Source  modern.ircdocs.horse, "IRC Formatting"
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

# Both sets of control codes but the line feed, what turns the direction of writing, halves of characters.
_DANGEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class StyledText(NamedTuple):
    """A run of text in one style."""

    text: str
    style: str = ""


StyledLine = tuple[StyledText, ...]


def clean(text: str) -> str:
    """A text that can do nothing to a terminal but be shown; line feeds stay."""
    return _DANGEROUS.sub("", text.replace("\t", TAB))


def rendered(line: Iterable[StyledText], colours: bool) -> str:
    """What to write to the terminal."""
    if not colours:
        return "".join(piece.text for piece in line)
    return "".join(f"\x1b[{piece.style}m{piece.text}\x1b[m" if piece.style else piece.text for piece in line)


def name(nick: str) -> StyledText:
    """A nick in its own colour."""
    return StyledText(clean(nick), f"{BOLD};{_FOREGROUND};5;{NICK_COLOURS[nick_colour(nick)]}")


def words(text: str, nick: str, colours: bool) -> list[StyledText]:
    """What somebody wrote. Without colours the marks stay as they were typed.

    Takes  nick: whose mentions are marked
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
        # Black or white on a ground that we do not know may be invisible.
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
