"""Images for Tk: icons and parts in one colour, stacks of them, and boxes with round corners of any size."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from typing import NamedTuple

from chatapp.gui.theme.image_cache import ImageCache
from chatapp.gui.theme.masks import Masks, patch_size


class BoxLayer(NamedTuple):
    """One layer of a box: filled, or a line. Sizes in pixels of this display."""

    colour: str
    inset: int = 0  # from the edge of the box
    line: int = 0  # width of the line inside the edge; 0 fills the layer


BoxKey = tuple[int, int, int, tuple[BoxLayer, ...]]
Part = tuple[str, str]  # name of a shape of `masks.SHAPES`, and its colour


class Pictures:
    """Makes images and keeps them. All sizes are pixels of this display, all colours `#rrggbb`.

    Args:
        cache: A folder where masks are kept for the next start.
    """

    def __init__(self, root: tk.Misc, cache: Path | None = None) -> None:
        self._root = root
        self._masks = Masks(cache)
        self._parts: dict[tuple[str, str, int], tk.PhotoImage] = {}
        self._centred: dict[tuple[str, str, int, int], tk.PhotoImage] = {}
        self._patches: dict[tuple[int, tuple[BoxLayer, ...]], tk.PhotoImage] = {}
        self._boxes: ImageCache[BoxKey] = ImageCache(root)

    def part(self, name: str, colour: str, size: int) -> tk.PhotoImage:
        """Return a shape of `masks.SHAPES` in a colour."""
        key = (name, colour, size)
        if key not in self._parts:
            self._parts[key] = self._image(self._masks.image(name, size, colour))
        return self._parts[key]

    def app_icon(self, size: int, count: str = "") -> tk.PhotoImage:
        """Return the icon of the application, with a number in a badge; the caller keeps the reference."""
        return self._image(self._masks.app_icon(size, count))

    def centred(self, name: str, colour: str, size: int, side: int) -> tk.PhotoImage:
        """Return a part in the middle of a larger transparent square."""
        key = (name, colour, size, side)
        if key not in self._centred:
            image = tk.PhotoImage(master=self._root, width=side, height=side)
            margin = (side - size) // 2
            image.tk.call(image, "copy", self.part(name, colour, size), "-to", margin, margin)
            self._centred[key] = image
        return self._centred[key]

    def stack(self, size: int, *parts: Part) -> tk.PhotoImage:
        """Return several parts over one another as a new image."""
        image = tk.PhotoImage(master=self._root, width=size, height=size)
        for name, colour in parts:
            image.tk.call(image, "copy", self.part(name, colour, size))
        return image

    def box(self, width: int, height: int, radius: int, *layers: BoxLayer) -> tk.PhotoImage:
        """Return a box with round corners, cached while it is on screen."""
        width, height = max(width, 1), max(height, 1)
        radius = min(radius, width // 2, height // 2)
        return self._boxes.get(
            (width, height, radius, layers), lambda: self._stretched(width, height, radius, layers)
        )

    def _patch(self, radius: int, layers: tuple[BoxLayer, ...]) -> tk.PhotoImage:
        """Return the smallest box with these corners."""
        key = (radius, layers)
        if key not in self._patches:
            size = patch_size(radius)
            patch = tk.PhotoImage(master=self._root, width=size, height=size)
            for layer in layers:
                if layer.colour:
                    data = self._masks.corners(radius, layer.inset, layer.line, layer.colour)
                    patch.tk.call(patch, "copy", self._image(data))
            self._patches[key] = patch
        return self._patches[key]

    def _stretched(self, width: int, height: int, radius: int, layers: tuple[BoxLayer, ...]) -> tk.PhotoImage:
        patch = self._patch(radius, layers)
        image = tk.PhotoImage(master=self._root, width=width, height=height)
        size = patch_size(radius)
        copies = (
            f"{image} copy {patch} -from {left} {top} {right} {bottom} -to {x} {y} {x_end} {y_end}"
            for left, right, x, x_end in _thirds(size, width)
            for top, bottom, y, y_end in _thirds(size, height)
        )
        image.tk.eval("\n".join(copies))
        return image

    def _image(self, data: bytes) -> tk.PhotoImage:
        return tk.PhotoImage(master=self._root, data=data, format="png")


def _thirds(size: int, length: int) -> list[tuple[int, int, int, int]]:
    """Return begin, end, middle and end of a patch along one side, each with its place in the whole box."""
    corner = min(size // 2, length // 2)
    middle = size // 2
    thirds = [(0, corner, 0, corner), (size - corner, size, length - corner, length)]
    if length > 2 * corner:
        thirds.append((middle - 1, middle, corner, length - corner))
    return thirds
