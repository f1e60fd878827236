"""Keeps images that are made from others, and drops those that are long unused and not on screen.

Tk deletes an image when Python drops the last reference to it, and what shows it turns blank. So an image on
screen is never dropped: `image inuse` tells.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)

KEPT = 512  # images that are kept though they are not on screen


class ImageCache(Generic[Key]):
    """Images by what they look like. An image lives at least until Tk is idle again."""

    def __init__(self, root: tk.Misc) -> None:
        self._root = root
        self._images: dict[Key, tk.PhotoImage] = {}  # least recently used first
        self._limit = KEPT
        self._is_trimming = False

    def get(self, key: Key, make: Callable[[], tk.PhotoImage]) -> tk.PhotoImage:
        """Return the image of a key; make it if there is none."""
        image = self._images.pop(key, None) or make()
        self._images[key] = image
        if len(self._images) > self._limit and not self._is_trimming:
            self._is_trimming = True
            self._root.after_idle(self._trim)  # when the caller has put its images on screen
        return image

    def _trim(self) -> None:
        self._is_trimming = False
        tcl = self._root.tk
        for key, image in list(self._images.items()):
            if len(self._images) <= KEPT:
                break
            if not tcl.getboolean(tcl.call("image", "inuse", image)):
                del self._images[key]
        self._limit = max(KEPT, len(self._images) * 5 // 4)  # with many on screen, look less often
