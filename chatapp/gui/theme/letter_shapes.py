"""The letters of avatars, as strokes on a box 10 high, and their other parts. Does not import tkinter."""

from __future__ import annotations

import unicodedata

from chatapp.gui.theme.shapes import GRID, Point, Shape, arc, box, disc, intersection, rim, stroke, union

Glyph = tuple[float, tuple[list[Point], ...]]  # width and strokes; y is 0 at the top and 10 at the base

SINGLE, PAIR = 7.0, 5.4  # height of a letter that stands alone, and of one of two; on the grid of 16
GAP = 1.9  # between two letters
MARGIN = 2.0  # left of a letter of two in its own picture, for half the width of a stroke
THICK, THIN = 1.5, 1.2  # width of strokes in small and in larger avatars

_ROUND = arc(4.4, 5, 4.4, 0, 360, 28, 5)
GLYPHS: dict[str, Glyph] = {
    "A": (8.4, ([(0, 10), (4.2, 0), (8.4, 10)], [(1.4, 6.7), (7, 6.7)])),
    "B": (
        6.6,
        (
            [(0, 0), (0, 10)],
            [(0, 0), (3.6, 0), *arc(3.6, 2.4, 2.4, 270, 450, 8), (0, 4.8)],
            [(0, 4.8), (4, 4.8), *arc(4, 7.4, 2.6, 270, 450, 8), (0, 10)],
        ),
    ),
    "C": (8, (arc(4.6, 5, 4.6, -42, -318, 24, 5),)),
    "D": (7.8, ([(0, 0), (2.8, 0), *arc(2.8, 5, 5, 270, 450, 16), (0, 10), (0, 0)],)),
    "E": (5.8, ([(5.8, 0), (0, 0), (0, 10), (5.8, 10)], [(0, 4.9), (5, 4.9)])),
    "F": (5.6, ([(5.6, 0), (0, 0), (0, 10)], [(0, 4.9), (4.8, 4.9)])),
    "G": (8.6, ([*arc(4.6, 5, 4.6, -42, -330, 24, 5), (8.6, 5.4), (5.2, 5.4)],)),
    "H": (7.2, ([(0, 0), (0, 10)], [(7.2, 0), (7.2, 10)], [(0, 4.9), (7.2, 4.9)])),
    "I": (0.4, ([(0.2, 0), (0.2, 10)],)),
    "J": (4.6, ([(4.6, 0), (4.6, 7.4), *arc(2.3, 7.6, 2.3, 0, 165, 10, 2.4)],)),
    "K": (6.8, ([(0, 0), (0, 10)], [(6.4, 0), (0, 6.2)], [(2.4, 4), (6.8, 10)])),
    "L": (5.4, ([(0, 0), (0, 10), (5.4, 10)],)),
    "M": (9, ([(0, 10), (0, 0), (4.5, 7), (9, 0), (9, 10)],)),
    "N": (7.4, ([(0, 10), (0, 0), (7.4, 10), (7.4, 0)],)),
    "O": (8.8, (_ROUND,)),
    "P": (6.4, ([(0, 10), (0, 0), (3.6, 0), *arc(3.6, 2.7, 2.7, 270, 450, 8), (0, 5.4)],)),
    "Q": (8.8, (_ROUND, [(5.6, 7.4), (8.4, 10.4)])),
    "R": (
        6.8,
        (
            [(0, 10), (0, 0), (3.6, 0), *arc(3.6, 2.6, 2.6, 270, 450, 8), (0, 5.2)],
            [(3.6, 5.2), (6.8, 10)],
        ),
    ),
    "S": (6.4, ([*arc(3.2, 2.6, 2.9, -25, -270, 12, 2.6), *arc(3.2, 7.5, 3.1, 270, 515, 14, 2.5)],)),
    "T": (7, ([(0, 0), (7, 0)], [(3.5, 0), (3.5, 10)])),
    "U": (7, ([(0, 0), (0, 6.4), *arc(3.5, 6.4, 3.5, 180, 0, 12, 3.6), (7, 0)],)),
    "V": (8.2, ([(0, 0), (4.1, 10), (8.2, 0)],)),
    "W": (11, ([(0, 0), (2.8, 10), (5.5, 1), (8.2, 10), (11, 0)],)),
    "X": (7.4, ([(0, 0), (7.4, 10)], [(7.4, 0), (0, 10)])),
    "Y": (7.6, ([(0, 0), (3.8, 4.8), (7.6, 0)], [(3.8, 4.8), (3.8, 10)])),
    "Z": (6.8, ([(0, 0), (6.8, 0), (0, 10), (6.8, 10)],)),
    "0": (6.6, (arc(3.3, 5, 3.3, 0, 360, 24, 5),)),
    "1": (3, ([(0, 2), (2.6, 0), (2.6, 10)],)),
    "2": (6, ([*arc(3, 2.9, 2.9, 190, 380, 12, 2.9), (0, 10), (6, 10)],)),
    "3": (6, ([*arc(3, 2.5, 2.7, 200, 450, 12, 2.5), *arc(2.9, 7.5, 3.1, 270, 520, 14, 2.5)],)),
    "4": (7, ([(5.2, 10), (5.2, 0), (0, 7), (7, 7)],)),
    "5": (6, ([(5.4, 0), (0.6, 0), (0.3, 4.6), *arc(2.8, 6.8, 3.2, 230, 515, 16, 3.2)],)),
    "6": (6.4, (arc(3.2, 6.8, 3.2, 0, 360, 20, 3.2), [(5, 0), (1.6, 3.6), *arc(3.2, 6.8, 3.2, 230, 180, 4)])),
    "7": (6, ([(0, 0), (6, 0), (2, 10)],)),
    "8": (6, (arc(3, 2.5, 2.5, 0, 360, 20, 2.5), arc(3, 7.5, 3, 0, 360, 20, 2.5))),
    "9": (6.4, (arc(3.2, 3.2, 3.2, 0, 360, 20, 3.2), [(1.4, 10), (4.8, 6.4), *arc(3.2, 3.2, 3.2, 50, 0, 4)])),
}
LIKE = str.maketrans(  # letters that Unicode does not decompose -> how they are drawn
    {"Æ": "A", "Œ": "O", "Ø": "O", "Đ": "D", "Ð": "D", "Ł": "L", "Þ": "T", "Ħ": "H", "Ŋ": "N", "Ŧ": "T"}
)
WORD_BREAKS = str.maketrans("_-.|", "    ")


def initials(name: str) -> str:
    """Return the initials of the first two words of a name; "" if neither begins with a letter of GLYPHS."""
    flat = unicodedata.normalize("NFKD", name[:256].translate(WORD_BREAKS)).upper().translate(LIKE)
    drawn = ("".join(character for character in word if character in GLYPHS) for word in flat.split()[:2])
    return "".join(word[0] for word in drawn if word)


def letter_width(letter: str, height: float) -> float:
    """Return the width of a letter on the grid of 16."""
    return GLYPHS[letter][0] * height / 10


def _letter(letter: str, height: float, left: float, width: float) -> Shape:
    unit, top = height / 10, (GRID - height) / 2
    return union(
        *(
            stroke(width, *((left + x * unit, top + y * unit) for x, y in points))
            for points in GLYPHS[letter][1]
        )
    )


def badge(text: str, x: float, y: float, radius: float) -> tuple[Shape, Shape]:
    """Return the disc of a badge around a point of the grid, and what is written on it.

    Args:
        text: One digit, or two characters of which the second is a plus sign.
    """
    is_pair = len(text) > 1
    height, width = (radius * 0.9, radius * 0.22) if is_pair else (radius * 1.2, radius * 0.27)
    unit = height / 10
    wide = letter_width(text[0], height)
    plus = height * 0.5 if is_pair else 0.0
    gap = 1.5 * width if is_pair else 0.0
    left, top = x - (wide + gap + plus) / 2, y - height / 2
    strokes = [
        stroke(width, *((left + across * unit, top + down * unit) for across, down in points))
        for points in GLYPHS[text[0]][1]
    ]
    if is_pair:
        middle = left + wide + gap + plus / 2
        strokes.append(stroke(width, (middle - plus / 2, y), (middle + plus / 2, y)))
        strokes.append(stroke(width, (middle, y - plus / 2), (middle, y + plus / 2)))
    return disc(x, y, radius), union(*strokes)


def _in_the_middle(letter: str, width: float) -> Shape:
    return _letter(letter, SINGLE, (GRID - letter_width(letter, SINGLE)) / 2, width)


_DISC = disc(8, 8, 8)
PERSON = intersection(union(disc(8, 6.2, 2.6), disc(8, 14.2, 4.9)), _DISC)

# Class of sizes -> radius of the presence sign, and width of the ring that parts it from the avatar
SIGNS = {"small": (2.9, 1.4), "medium": (2.6, 1.4), "large": (1.9, 0.8)}
_AT = 13.4  # middle of the presence sign, from the left and from the top; nearer if it is larger


def _signs() -> dict[str, Shape]:
    shapes = {}
    for size, (radius, ring) in SIGNS.items():
        at = min(_AT, GRID - radius)  # else its edge would be cut off
        sign = disc(at, at, radius)
        shapes[f"sign-{size}-around"] = disc(at, at, radius + ring)
        shapes[f"sign-{size}-online"] = sign
        shapes[f"sign-{size}-away"] = shapes[f"sign-{size}-offline"] = rim(sign, min(1.35, radius * 0.45))
    return shapes


PARTS: dict[str, Shape] = {
    "avatar": _DISC,
    "avatar-person": PERSON,
    "tile": box(0, 0, 16, 16, 10 * 16 / 36),  # radius 10 of 36 pixels
    **_signs(),
    **{f"thick-{letter}": _in_the_middle(letter, THICK) for letter in GLYPHS},
    **{f"thin-{letter}": _in_the_middle(letter, THIN) for letter in GLYPHS},
    **{f"pair-{letter}": _letter(letter, PAIR, MARGIN, THIN) for letter in GLYPHS},
}
"""Every part of avatars by its name."""
