"""Makes ttk styles, layouts and image elements in the colours of one palette."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from chatapp.gui.theme import icons
from chatapp.gui.theme.palette import Palette

Pixels = Callable[[float], int]
ImageState = tuple[str, tk.PhotoImage]  # ttk states such as "pressed !disabled", and the image shown in them

RADIUS = 5  # corner of buttons and fields, in pixels at 96 dpi
STRETCH = (120, 40)  # width and height added to the middle of a box, in pixels at 96 dpi


class StyleBuilder:
    """Fills one ttk theme. Colours are given as roles of the palette.

    Args:
        px: Converts pixels at 96 dpi to pixels of this display.
    """

    def __init__(self, root: tk.Misc, palette: Palette, px: Pixels) -> None:
        self._root = root
        self._palette = palette
        self._style = ttk.Style(root)
        self._images: list[tk.PhotoImage] = []  # Tk deletes an image when Python drops its reference
        self.px = px

    def set(self, name: str, states: dict[str, list[tuple[str, str]]] | None = None, **options: Any) -> None:
        """Configure a style and replace all of its state maps.

        Args:
            states: Colour option -> (ttk state, role) pairs.
            options: Options of the style; those that end in "ground" or "color" are roles.
        """
        colours = {key: self.colour(value) if _is_colour(key) else value for key, value in options.items()}
        self._style.configure(name, **colours)
        states = {key: [] for key in options if _is_colour(key)} | (states or {})
        maps: dict[str, Any] = {
            key: [(state, self.colour(role)) for state, role in rows] for key, rows in states.items()
        }
        self._style.map(name, **maps)

    def layout(self, name: str, *elements: Any) -> None:
        """Set the layout of a style."""
        self._style.layout(name, list(elements))

    def element(self, name: str, image: tk.PhotoImage, *states: ImageState, **options: Any) -> None:
        """Create an element that shows an image, and other images in some states."""
        self._style.element_create(name, "image", image, *states, **options)

    def stretched(self, name: str, image: tk.PhotoImage, *states: ImageState, radius: float = RADIUS) -> None:
        """Create an element from a box with round corners whose middle is stretched."""
        corner = self.px(radius) + 1
        self.element(
            name, image, *states, border=corner, width=2 * corner, height=2 * corner, padding=0, sticky="nswe"
        )

    def rounded_box(
        self, fill: str = "", border: str = "", width: float = 1, ring: str = "", radius: float = RADIUS
    ) -> tk.PhotoImage:
        """Return a box as `icons.nine_patch` draws it; colours are roles, sizes pixels at 96 dpi."""
        fill, border, ring = (self.colour(role) if role else "" for role in (fill, border, ring))
        box = self.image(icons.nine_patch(self.px(radius), fill, border, self.px(width), ring))
        return self.enlarged(box, self.px(radius) + 1)

    def enlarged(self, box: tk.PhotoImage, corner: int) -> tk.PhotoImage:
        """Return the box with a larger middle: Tk tiles a widget with the middle, and each tile is slow."""
        size = box.width()
        width, height = size + self.px(STRETCH[0]), size + self.px(STRETCH[1])
        big = tk.PhotoImage(master=self._root, width=width, height=height)
        self._images.append(big)
        columns, rows = (
            (
                (0, corner, 0, corner),
                (corner, size - corner, corner, end - corner),
                (size - corner, size, end - corner, end),
            )
            for end in (width, height)
        )
        for left, right, x, x_end in columns:
            for top, bottom, y, y_end in rows:
                big.tk.call(big, "copy", box, "-from", left, top, right, bottom, "-to", x, y, x_end, y_end)
        return big

    def image(self, data: bytes) -> tk.PhotoImage:
        """Return an image from PNG data and hold a reference to it."""
        image = tk.PhotoImage(master=self._root, data=data, format="png")
        self._images.append(image)
        return image

    def colour(self, role: str) -> str:
        """Return the colour of a role."""
        return self._palette.role(role)


def _is_colour(option: str) -> bool:
    return option.endswith(("ground", "color"))
