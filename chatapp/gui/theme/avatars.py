"""Avatars: a disc in the colour of a nick with initials, or the tile of a server, composed from cached parts.

The parts are painted once per size; an avatar is a copy of a few of them.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from chatapp.gui.theme.image_cache import ImageCache
from chatapp.gui.theme.letter_shapes import GAP, MARGIN, PAIR, initials, letter_width
from chatapp.gui.theme.shapes import GRID

Part = Callable[[str, str, int], tk.PhotoImage]  # returns a shape of `masks.SHAPES` in a colour and size
Presence = Literal["", "online", "away", "offline"]

TWO_LETTERS = 26  # pixels at 96 dpi from which an avatar has two letters


@dataclass(frozen=True, slots=True)
class Avatar:
    """What an avatar looks like.

    Args:
        letters: One or two, or "" for head and shoulders.
        size: Width and height in pixels at 96 dpi.
        colour: Of the disc.
        ink: Colour of the letters.
        sign: Colour of the presence sign.
        around: Colour of the surface, which parts the sign from the avatar.
        is_tile: Whether it is a box with round corners instead of a disc.
    """

    letters: str
    size: int
    colour: str
    ink: str
    presence: Presence = ""
    sign: str = ""
    around: str = ""
    is_tile: bool = False


class Avatars:
    """Composes avatars and keeps those that are in use.

    Args:
        px: Converts pixels at 96 dpi to pixels of this display.
        part: Returns a part; the parts are cached there.
    """

    def __init__(self, root: tk.Misc, px: Callable[[float], int], part: Part) -> None:
        self._root = root
        self._px = px
        self._part = part
        self._images: ImageCache[Avatar] = ImageCache(root)

    def image(self, avatar: Avatar) -> tk.PhotoImage:
        """Return the image of an avatar."""
        return self._images.get(avatar, lambda: self._compose(avatar))

    def _compose(self, avatar: Avatar) -> tk.PhotoImage:
        size = self._px(avatar.size)
        image = tk.PhotoImage(master=self._root, width=size, height=size)

        def add(name: str, colour: str, x: int = 0) -> None:
            place = ("-from", -x, 0) if x < 0 else ("-to", x, 0)
            self._root.tk.call(image, "copy", self._part(name, colour, size), *place)

        add("tile" if avatar.is_tile else "avatar", avatar.colour)
        if not avatar.letters:
            add("avatar-person", avatar.ink)
        elif len(avatar.letters) == 1:
            stroke = "thin" if avatar.size >= TWO_LETTERS else "thick"
            add(f"{stroke}-{avatar.letters}", avatar.ink)
        else:
            for letter, x in _places(avatar.letters):
                add(f"pair-{letter}", avatar.ink, round(x * size / GRID))
        if avatar.presence:
            name = f"sign-{_sign_size(avatar.size)}"
            add(f"{name}-around", avatar.around)
            add(f"{name}-{avatar.presence}", avatar.sign)
        return image


def letters_for(name: str, size: int) -> str:
    """Return the letters that an avatar of this size shows; "" if none of the name can be drawn."""
    return initials(name)[: 2 if size >= TWO_LETTERS else 1]


def _places(letters: str) -> list[tuple[str, float]]:
    """Return each of two letters and how far its picture is moved to the right, on the grid of 16."""
    widths = [letter_width(letter, PAIR) for letter in letters]
    left = (GRID - sum(widths) - GAP) / 2
    return [(letters[0], left - MARGIN), (letters[1], left + widths[0] + GAP - MARGIN)]


def _sign_size(size: int) -> str:
    if size < 28:
        return "small"
    return "medium" if size <= 48 else "large"
