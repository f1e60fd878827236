"""Decodes the thumbnails in sight, one at a time while nothing else happens: Tk stands still meanwhile.

A thumbnail has round corners: their pixels are drawn again, the outer ones transparent.
"""

from __future__ import annotations

import base64
import logging
import tkinter as tk
from collections.abc import Callable

from chatapp.client.model.files import FileCard
from chatapp.gui.theme import png
from chatapp.gui.theme.shapes import box, coverage
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.shown_files import ShownSize
from chatapp.gui.widgets.widget_timers import WidgetTimers

RADIUS = 8  # of the corners, in pixels at 96 dpi
KEPT_PIXELS = 6_000_000  # of thumbnails that are kept: 24 MB
PAUSE_MILLISECONDS = 10  # between two of them

log = logging.getLogger(__name__)


class Thumbnails:
    """The decoded thumbnails, by the ids of their files.

    Args:
        on_change: Called with the ids of files whose thumbnail can be drawn now, or not any more.

    Thread:
        Tk.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_change: Callable[[set[str]], object]) -> None:
        self._master = master
        self._theme = theme
        self._on_change = on_change
        self._timers = WidgetTimers(master)
        self._images: dict[str, tk.PhotoImage] = {}  # the one that was wanted last comes last
        self._waiting: dict[str, tuple[bytes, ShownSize]] = {}
        self._broken: set[str] = set()

    def image(self, file_id: str) -> tk.PhotoImage | None:
        """Return the thumbnail of a file if it is decoded."""
        return self._images.get(file_id)

    def want(self, card: FileCard, size: ShownSize) -> None:
        """Decode the thumbnail of a file in sight, unless that has been done."""
        image = self._images.pop(card.id, None)
        if image is not None:
            self._images[card.id] = image
            if (image.width(), image.height()) == size[:2]:
                return
        if card.thumbnail and card.id not in self._broken:
            self._waiting[card.id] = (card.thumbnail, size)
            if "decode" not in self._timers:
                self._timers.start("decode", PAUSE_MILLISECONDS, self._decode_next)

    def _decode_next(self) -> None:
        if not self._waiting:
            return
        file_id, (data, size) = self._waiting.popitem()
        try:
            whole = tk.PhotoImage(master=self._master, data=data, format="png")
        except tk.TclError as error:
            log.info("A thumbnail cannot be decoded: %s", error)
            self._broken.add(file_id)
        else:
            image = whole if size.divisor == 1 else whole.subsample(size.divisor)
            round_corners(image, self._theme.px(RADIUS))
            self._images.pop(file_id, None)
            self._images[file_id] = image
            self._on_change({file_id})
            self._drop()
        if self._waiting:
            self._timers.start("decode", PAUSE_MILLISECONDS, self._decode_next)

    def _drop(self) -> None:
        """Forget those that were not in sight for the longest time."""
        pixels = sum(image.width() * image.height() for image in self._images.values())
        kept: list[tk.PhotoImage] = []  # until they are no longer shown
        dropped: set[str] = set()
        while pixels > KEPT_PIXELS and len(self._images) > 1:
            file_id = next(iter(self._images))
            image = self._images.pop(file_id)
            pixels -= image.width() * image.height()
            kept.append(image)
            dropped.add(file_id)
        if dropped:
            self._on_change(dropped)


def round_corners(image: tk.PhotoImage, radius: int) -> None:
    """Make the corners of a picture transparent, with smooth edges."""
    width, height = image.width(), image.height()
    radius = min(radius, width // 2, height // 2)
    if radius < 1:
        return
    mask = coverage(box(0, 0, 2 * radius, 2 * radius, radius), 2 * radius, 2 * radius)
    corner = tk.PhotoImage(master=image.tk, width=radius, height=radius)
    for right in (False, True):
        for low in (False, True):
            x, y = (width - radius if right else 0), (height - radius if low else 0)
            rows = bytearray()
            for line, pixels in enumerate(_pixels(image, x, y, radius)):
                rows.append(0)  # the filter of a PNG
                for column in range(radius):
                    cover = mask[line + radius * low][column + radius * right]
                    *colour, alpha = pixels[4 * column : 4 * column + 4]
                    rows += bytes((*colour, alpha * cover // 255))
            corner = tk.PhotoImage(
                master=image.tk, data=png.from_rgba(radius, radius, bytes(rows)), format="png"
            )
            image.tk.call(image, "copy", corner, "-to", x, y, "-compositingrule", "set")


def _pixels(image: tk.PhotoImage, x: int, y: int, side: int) -> list[bytes]:
    """Return the rows of a square of a picture; `PhotoImage.get` would not tell how transparent it is."""
    data = image.tk.call(image, "data", "-format", "png", "-from", x, y, x + side, y + side)
    return png.read_rgba(data if isinstance(data, bytes) else base64.b64decode(data))
