"""Makes ttk styles, layouts and image elements in the colours of one palette."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tkinter import ttk
from typing import Any

from chatapp.gui.theme.masks import patch_size
from chatapp.gui.theme.palette import Palette
from chatapp.gui.theme.pictures import BoxLayer, Pictures

Pixels = Callable[[float], int]
ImageState = tuple[str, tk.PhotoImage]  # ttk states such as "pressed !disabled", and the image shown in them

RADIUS = 6  # corner of buttons and fields, in pixels at 96 dpi
SET_STYLES = """styles {
    foreach {name options maps} $styles {
        ttk::style configure $name {*}$options
        ttk::style map $name {*}$maps
    }
}"""
"""A function of Tcl. The methods of `ttk.Style` take five times as long."""
STRETCH = (120, 40)  # width and height added to the middle of a box, in pixels at 96 dpi


class StyleBuilder:
    """Fills one ttk theme. Colours are given as roles of the palette.

    Args:
        px: Converts pixels at 96 dpi to pixels of this display.
    """

    def __init__(self, root: tk.Misc, palette: Palette, px: Pixels, pictures: Pictures) -> None:
        self._root = root
        self._pictures = pictures
        self._palette = palette
        self._style = ttk.Style(root)
        self._images: list[tk.PhotoImage] = []  # Tk deletes an image when Python drops its reference
        self._waiting: list[Any] = []  # name, options and maps of each style that is to be set
        self._collects = False
        self.px = px

    def set(self, name: str, states: dict[str, list[tuple[str, str]]] | None = None, **options: Any) -> None:
        """Configure a style and replace all of its state maps.

        Args:
            states: Option -> (ttk state, value) pairs; values of colour options are roles.
            options: Options of the style; those that end in "ground" or "color" are roles.
        """
        values: list[Any] = []
        maps: list[Any] = []
        states = states or {}
        for key, value in options.items():
            is_colour = _is_colour(key)
            values += f"-{key}", self.colour(value) if is_colour else value
            if is_colour and key not in states:
                maps += f"-{key}", ()
        for key, rows in states.items():
            is_colour = _is_colour(key)
            pairs = ((state, self.colour(value) if is_colour else value) for state, value in rows)
            maps += f"-{key}", tuple(part for pair in pairs for part in pair)
        self._add(name, values, maps)

    def change(self, name: str, **sizes: Any) -> None:
        """Change options of a style that are no colours; the others and the state maps stay."""
        self._add(name, [part for key, value in sizes.items() for part in (f"-{key}", value)], [])

    @contextmanager
    def together(self) -> Iterator[None]:
        """Set all styles of this block with one call of Tk."""
        self._collects = True
        try:
            yield
        finally:
            self._collects = False
            self._set_waiting()

    def _add(self, name: str, values: list[Any], maps: list[Any]) -> None:
        self._waiting += name, values, maps
        if not self._collects:
            self._set_waiting()

    def _set_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._root.tk.call("apply", SET_STYLES, waiting)

    def layout(self, name: str, *elements: Any) -> None:
        """Set the layout of a style."""
        self._style.layout(name, list(elements))

    def element(self, name: str, image: tk.PhotoImage, *states: ImageState, **options: Any) -> None:
        """Create an element that shows an image, and other images in some states."""
        self._style.element_create(name, "image", image, *states, **options)

    def has_element(self, name: str) -> bool:
        """Return whether an element was created in this theme, which must be in use."""
        return name in self._style.element_names()

    def stretched(self, name: str, image: tk.PhotoImage, *states: ImageState, radius: float = RADIUS) -> None:
        """Create an element from a box with round corners whose middle is stretched."""
        corner = self.px(radius) + 2
        self.element(
            name, image, *states, border=corner, width=2 * corner, height=2 * corner, padding=0, sticky="nswe"
        )

    def round_top(self, name: str, fill: str, radius: float) -> None:
        """Create an element from a box of which only the upper corners are round."""
        corner, whole = self.px(radius) + 2, self.rounded_box(fill, radius=radius)
        width, height = whole.width(), whole.height() - corner
        image = self._keep(tk.PhotoImage(master=self._root, width=width, height=height))
        image.tk.call(image, "copy", whole, "-from", 0, 0, width, height)
        self.element(name, image, border=(corner, corner, corner, 0), padding=0, sticky="nswe")

    def rounded_box(
        self, fill: str = "", border: str = "", width: float = 1, ring: str = "", radius: float = RADIUS
    ) -> tk.PhotoImage:
        """Return a box with round corners. Colours are roles, sizes pixels at 96 dpi.

        It has a large middle: Tk tiles a widget with the middle of an image, and each tile is slow.

        Args:
            fill: Inside, "" for none.
            border: "" for none.
            width: Of the border.
            ring: A second line inside the border, for the focus of a filled button; "" for none.
        """
        line = max(1, self.px(width))
        layers = [BoxLayer(self.colour(fill))] if fill else []
        if border:
            layers.append(BoxLayer(self.colour(border), line=line))
        if ring:
            layers.append(BoxLayer(self.colour(ring), inset=line, line=line))
        return self.large_box(radius, *layers)

    def large_box(self, radius: float, *layers: BoxLayer) -> tk.PhotoImage:
        """Return a box of these layers that is large enough for most widgets."""
        corners = patch_size(self.px(radius))
        width, height = (corners + self.px(middle) for middle in STRETCH)
        return self._keep(self._pictures.box(width, height, self.px(radius), *layers))

    def icon(self, name: str, role: str, size: float) -> tk.PhotoImage:
        """Return an icon, or a part of a control."""
        return self._keep(self._pictures.part(name, self.colour(role), self.px(size)))

    def stack(self, size: float, *parts: tuple[str, str]) -> tk.PhotoImage:
        """Return shapes of `masks.SHAPES` over one another: name and colour role of each."""
        roles = ((name, self.colour(role)) for name, role in parts)
        return self._keep(self._pictures.stack(self.px(size), *roles))

    def switch_image(
        self, fill: str, border: str, knob: str, knob_size: int, is_on: bool, ring: str, growth: float
    ) -> tk.PhotoImage:
        """Return a switch of 36 by 20 with a margin of 3 for its focus ring; colours are roles.

        Args:
            growth: How many times as large it is.
        """
        width, height, margin = self.px(36 * growth), self.px(20 * growth), self.px(3)
        line = max(1, self.px(1))
        image = self._keep(
            self._pictures.box(
                width + 2 * margin,
                height + 2 * margin,
                height // 2 + margin,
                BoxLayer(self.colour(ring) if ring else "", line=self.px(2)),
            ).copy()
        )
        layers = [BoxLayer(self.colour(fill))]
        if border:
            layers.append(BoxLayer(self.colour(border), line=line))
        body = self._pictures.box(width, height, height // 2, *layers)
        image.tk.call(image, "copy", body, "-to", margin, margin)
        disc = self._pictures.part("knob", self.colour(knob), self.px(knob_size * growth))
        gap = (height - disc.height()) // 2
        left = margin + (width - gap - disc.width() if is_on else gap)
        image.tk.call(image, "copy", disc, "-to", left, margin + gap)
        return image

    def _keep(self, image: tk.PhotoImage) -> tk.PhotoImage:
        self._images.append(image)
        return image

    def colour(self, role: str) -> str:
        """Return the colour of a role."""
        return self._palette.role(role)


def _is_colour(option: str) -> bool:
    return option.endswith(("ground", "color"))
