"""The colours of the window by role, and contrast computations. Does not import tkinter.

A role names what a colour is for ("muted" text, the "pane" behind the messages), never what it looks like.
TEXT_ON lists which text appears on which surface; the tests compute the contrast of every such pair.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache

CONTRAST_MINIMUM = 4.5  # WCAG 2.1, success criterion 1.4.3


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one theme, each `#rrggbb`."""

    name: str
    # surfaces
    sidebar: str
    chrome: str
    pane: str
    hover: str
    field: str
    select: str
    mention: str
    dangerbg: str
    # text
    text: str
    muted: str
    faint: str
    link: str
    danger: str
    ok: str
    warn: str
    # filled controls and the text on them
    primary: str
    primary_hover: str
    on_primary: str
    badge: str
    on_badge: str
    # lines
    accent: str
    mention_bar: str
    border: str
    divider: str
    nicks: tuple[str, ...]

    def role(self, name: str) -> str:
        """Return the colour of a role given by name."""
        colour: str = getattr(self, name)
        return colour

    def nick(self, index: int) -> str:
        """Return the colour of a nick; index as in `chatapp.client.text.nick_colours`."""
        return self.nicks[index % len(self.nicks)]


DARK = Palette(
    name="dark",
    sidebar="#15171b", chrome="#1b1e23", pane="#1f2227",
    hover="#272b31", field="#16181c", select="#24395f", mention="#3b331d", dangerbg="#41262a",
    text="#e8eaed", muted="#a7aeba", faint="#8f97a3",
    link="#86b7ff", danger="#ff8a80", ok="#5fd38d", warn="#f0c05a",
    primary="#2f6fe0", primary_hover="#3570d6", on_primary="#ffffff", badge="#c93a40", on_badge="#ffffff",
    accent="#4d8dff", mention_bar="#e5b84b", border="#79818f", divider="#343941",
    nicks=("#ff7e7d", "#feae92", "#f88b1c", "#feb41b", "#baaf11", "#9ada5e", "#2ec97a", "#0ae2cb",
           "#04c1d0", "#72d1fe", "#6eadfe", "#b3c0ff", "#af98fe", "#dfadfd", "#ea7dd5", "#fea6c4"),
)  # fmt: skip

LIGHT = Palette(
    name="light",
    sidebar="#eef0f3", chrome="#f7f8fa", pane="#ffffff",
    hover="#f3f5f8", field="#ffffff", select="#d5e3ff", mention="#fff2cc", dangerbg="#fde7e7",
    text="#1a1d21", muted="#565e6b", faint="#656d7a",
    link="#0b57d0", danger="#c62828", ok="#146c3f", warn="#855500",
    primary="#1f5fd6", primary_hover="#1a52bb", on_primary="#ffffff", badge="#c62828", on_badge="#ffffff",
    accent="#1f5fd6", mention_bar="#9a6700", border="#7a828f", divider="#d5d9e0",
    nicks=("#c52a38", "#8e2e00", "#a35909", "#6d4b04", "#746d04", "#385f00", "#047c46", "#036056",
           "#0d7780", "#055b79", "#0169cd", "#3b3cb8", "#774fd0", "#74209c", "#ac3599", "#970252"),
)  # fmt: skip

CONTRAST = Palette(
    name="contrast",
    sidebar="#000000", chrome="#000000", pane="#000000",
    hover="#1c1c1c", field="#000000", select="#00285f", mention="#332800", dangerbg="#3a0d0d",
    text="#ffffff", muted="#e6e6e6", faint="#d0d0d0",
    link="#8cc8ff", danger="#ffa09a", ok="#7dffb0", warn="#ffd75e",
    primary="#ffd75e", primary_hover="#ffe9a6", on_primary="#000000", badge="#ffd75e", on_badge="#000000",
    accent="#ffd75e", mention_bar="#ffd75e", border="#ffffff", divider="#8c8c8c",
    nicks=("#ff9c9b", "#feae92", "#ffa64d", "#feb41b", "#d8cc28", "#9ada5e", "#3ee08c", "#0ae2cb",
           "#14d6e6", "#72d1fe", "#8fc0ff", "#b3c0ff", "#c4b3ff", "#dfadfd", "#f29ce1", "#fea6c4"),
)  # fmt: skip

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST)}

# Text role -> surfaces it appears on. "nicks" stands for each of the sixteen.
TEXT_ON: dict[str, tuple[str, ...]] = {
    "text": ("sidebar", "chrome", "pane", "hover", "field", "select", "mention", "dangerbg"),
    "muted": ("sidebar", "chrome", "pane", "hover", "field", "select", "mention", "dangerbg"),
    "faint": ("sidebar", "chrome", "pane", "hover", "field"),
    "link": ("chrome", "pane", "hover", "select", "mention"),
    "danger": ("sidebar", "chrome", "pane", "hover", "field", "mention", "dangerbg"),
    "ok": ("sidebar", "chrome", "pane"),
    "warn": ("sidebar", "chrome", "pane"),
    "nicks": ("pane", "hover", "mention"),
    "on_primary": ("primary", "primary_hover"),
    "on_badge": ("badge",),
}


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 (black) to 1 (white).

    Source:
        WCAG 2.1, "relative luminance".
    """
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=1024)
def readable(colour: str, surface: str, ratio: float = CONTRAST_MINIMUM) -> str:
    """Return the colour, or the nearest lightness of the same hue that has this contrast on the surface."""
    if contrast(colour, surface) >= ratio:
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    steps = sorted((step / 100 for step in range(101)), key=lambda step: abs(step - lightness))
    shades = (_hex(colorsys.hls_to_rgb(hue, step, saturation)) for step in steps)
    return next(shade for shade in shades if contrast(shade, surface) >= ratio)


def _parts(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
