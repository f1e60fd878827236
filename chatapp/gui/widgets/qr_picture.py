"""A QR code: black on white in every theme, with the quiet zone that readers need."""

from __future__ import annotations

import tkinter as tk
from contextlib import suppress

from chatapp.gui.theme.theme import Theme
from chatapp.protocol.qr_code import Modules, TooLongForQrCode, encode

QUIET_ZONE = 4  # modules. Source: ISO/IEC 18004, 6.3.8
LIGHT, DARK = "#ffffff", "#000000"


class QrPicture(tk.Label):
    """Shows a text as a QR code, as large as fits, with modules of a whole number of pixels.

    Args:
        side: The greatest width and height, in pixels at 96 dpi.
    """

    def __init__(self, master: tk.Misc, theme: Theme, side: float) -> None:
        super().__init__(master, background=LIGHT, borderwidth=0, highlightthickness=0)
        self._theme = theme
        self._side = side
        self._text = ""
        self._is_blank = False
        self._image: tk.PhotoImage | None = None

    def show(self, text: str, is_blank: bool = False) -> None:
        """Show this text; a text that is too long, or none, shows nothing.

        Args:
            is_blank: Whether the place of the code stays white: the text is not known, only how long it is.
        """
        if (text, is_blank) != (self._text, self._is_blank):
            self._text, self._is_blank = text, is_blank
            self._paint()

    def resize(self, side: float) -> None:
        """Change the greatest width and height."""
        self._side = side
        self._paint()

    @property
    def is_shown(self) -> bool:
        """Whether there is a code to see."""
        return self._image is not None and not self._is_blank

    def _paint(self) -> None:
        self._image = None
        if self._text:
            with suppress(TooLongForQrCode):
                self._image = self._painted(encode(self._text))
        self.configure(image=self._image or "")

    def _painted(self, modules: Modules) -> tk.PhotoImage:
        """Paint one pixel for each module, and enlarge that."""
        count = len(modules) + 2 * QUIET_ZONE
        small = tk.PhotoImage(master=self, width=count, height=count)
        small.put(LIGHT, to=(0, 0, count, count))
        rows = (" ".join(DARK if dark else LIGHT for dark in row) for row in modules)
        if not self._is_blank:
            small.put(" ".join(f"{{{row}}}" for row in rows), to=(QUIET_ZONE, QUIET_ZONE))
        return small.zoom(max(self._theme.px(self._side) // count, 1))
