"""The looks in which each scene is photographed."""

from __future__ import annotations

from dataclasses import dataclass

DOTS_PER_INCH = 96  # at scale 1


@dataclass(frozen=True, slots=True)
class Look:
    """A theme on a display.

    Attributes:
        scale: Of the display: 1 for 96 dpi, 2 for 192 dpi.
        size: Of the window in pixels at 96 dpi; None for the size of the scene.
        font_size: In points.
        language: A code in `LANGUAGES` of `chatapp/languages/translation.py`.
    """

    theme: str
    scale: int = 1
    size: tuple[int, int] | None = None
    font_size: int = 11
    language: str = "en"


LOOKS = {
    "dark": Look("dark"),
    "light": Look("light"),
    "contrast": Look("contrast"),
    "dark-2x": Look("dark", scale=2),
    "light-2x": Look("light", scale=2),
    "contrast-2x": Look("contrast", scale=2),
    "narrow": Look("dark", size=(520, 360)),
    "narrow-24pt": Look("dark", size=(520, 360), font_size=24),
    "24pt": Look("light", font_size=24),
    "german": Look("light", language="de"),
    "german-2x": Look("dark", scale=2, language="de"),
    "german-narrow": Look("dark", size=(520, 360), language="de"),
    "spanish": Look("dark", language="es"),
    "hindi": Look("light", language="hi"),
}
