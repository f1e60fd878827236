"""The colour of a nick: one of sixteen, the same everywhere and in every run, unless the user chooses one."""

from __future__ import annotations

import re
from colorsys import rgb_to_hsv
from math import cos, sin, tau
from zlib import crc32

COLOURS = 16  # in the palette of a front-end
CODES = (
    "#ff7e7d", "#feae92", "#f88b1c", "#feb41b", "#baaf11", "#9ada5e", "#2ec97a", "#0ae2cb",
    "#04c1d0", "#72d1fe", "#6eadfe", "#b3c0ff", "#af98fe", "#dfadfd", "#ea7dd5", "#fea6c4",
)  # fmt: skip
"""What others are told about a colour that the user has chosen; each palette has its own shade of it."""

_CODE = re.compile(r"#[0-9a-fA-F]{6}")


def nick_colour(nick: str) -> int:
    """Return an index from 0 to 15. It does not depend on letter case, nor on the run as `hash()` does."""
    return crc32(nick.casefold().encode(errors="replace")) % COLOURS


def colour_code(index: int) -> str:
    """Return the colour as it is told to others: `#rrggbb`."""
    return CODES[index % COLOURS]


def colour_of_code(code: str) -> int | None:
    """Return the index of the colour that is most like `#rrggbb`; None for any other text.

    So a colour from elsewhere is as easy to read on every background as the sixteen.
    """
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    wanted = _rgb(code.strip())
    return min(range(COLOURS), key=lambda index: _distance(wanted, _rgb(CODES[index])))


def _rgb(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _distance(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Return how different two colours are: first in hue and saturation, less in brightness."""
    return sum((a - b) ** 2 for a, b in zip(_chroma(one), _chroma(other), strict=True))


def _chroma(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    hue, saturation, value = rgb_to_hsv(*(part / 255 for part in rgb))
    return saturation * cos(tau * hue), saturation * sin(tau * hue), value / 3
