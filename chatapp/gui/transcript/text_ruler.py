"""Measures text as the transcript draws it: emoji in the fonts of emoji. Widths are kept."""

from __future__ import annotations

from chatapp.gui.theme.emoji import emoji_runs
from chatapp.gui.theme.theme import Theme

EMOJI_FONTS = {"ChatSmall": "ChatEmojiSmall", "ChatSmallBold": "ChatEmojiSmall"}  # beside these fonts
MAX_KEPT = 5000  # widths


class TextRuler:
    """Measures texts, and remembers the results until a font changes.

    Thread:
        Tk.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._widths: dict[tuple[str, str], int] = {}

    def forget(self) -> None:
        """Forget all widths: the fonts have changed."""
        self._widths.clear()

    def measure(self, text: str, font: str) -> int:
        """Return the width of a text in pixels."""
        key = (text, font)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= MAX_KEPT:
                self._widths.clear()
            width = self._widths[key] = self._measure(text, font)
        return width

    def _measure(self, text: str, font: str) -> int:
        fonts, width, at = self._theme.fonts, 0, 0
        for start, end in emoji_runs(text):
            width += fonts[font].measure(text[at:start])
            width += fonts[EMOJI_FONTS.get(font, "ChatEmoji")].measure(text[start:end])
            at = end
        return width + fonts[font].measure(text[at:])
