"""The colours of the window by role, and contrast computations. Does not import tkinter.

A role names what a colour is for ("muted" text, the "pane" behind the messages), never what it looks like.
TEXT_ON and SHAPES_ON list what appears on which surface; the tests compute the contrast of every such pair.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from functools import lru_cache

CONTRAST_MINIMUM = 4.5  # of text. Source: WCAG 2.1, success criterion 1.4.3
SHAPE_CONTRAST_MINIMUM = 3.0  # Source: WCAG 2.1, success criterion 1.4.11


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
    rail: str
    side_hover: str
    raised: str
    code: str
    codehead: str
    chip: str
    chip_mine: str
    hit: str
    hit_now: str
    notice: str
    warnbg: str
    dangerbg: str
    okbg: str
    # text
    text: str
    muted: str
    faint: str
    link: str
    danger: str
    ok: str
    warn: str
    owner: str
    avatar_ink: str
    on_hit_now: str
    # filled controls and the text on them
    primary: str
    primary_hover: str
    on_primary: str
    badge: str
    on_badge: str
    danger_fill: str
    danger_fill_hover: str
    # lines
    accent: str
    mention_bar: str
    border: str
    divider: str
    edge: str
    thumb: str
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
    hover="#272b31", field="#16181c", select="#24395f", mention="#3b331d",
    rail="#0f1114", side_hover="#22262c", raised="#2a2f36", code="#171a1e", codehead="#2a2f36",
    chip="#2d333b", chip_mine="#24395f", hit="#5a4a12", hit_now="#e5b84b",
    notice="#22304a", warnbg="#3b331d", dangerbg="#41262a", okbg="#1d3529",
    text="#e8eaed", muted="#a7aeba", faint="#8f97a3",
    link="#86b7ff", danger="#ff8a80", ok="#5fd38d", warn="#f0c05a",
    owner="#f0c05a", avatar_ink="#15171b", on_hit_now="#1a1d21",
    primary="#2f6fe0", primary_hover="#3570d6", on_primary="#ffffff", badge="#c93a40", on_badge="#ffffff",
    danger_fill="#c93a40", danger_fill_hover="#c22f36",
    accent="#4d8dff", mention_bar="#e5b84b", border="#79818f", divider="#343941",
    edge="#434a54", thumb="#79818f",
    nicks=("#ff7e7d", "#feae92", "#f88b1c", "#feb41b", "#baaf11", "#9ada5e", "#2ec97a", "#0ae2cb",
           "#04c1d0", "#72d1fe", "#6eadfe", "#b3c0ff", "#af98fe", "#dfadfd", "#ea7dd5", "#fea6c4"),
)  # fmt: skip

LIGHT = Palette(
    name="light",
    sidebar="#eef0f3", chrome="#f7f8fa", pane="#ffffff",
    hover="#f6f8fb", field="#ffffff", select="#d5e3ff", mention="#fff2cc",
    rail="#dfe3e9", side_hover="#e1e5eb", raised="#ffffff", code="#edf0f4", codehead="#e4e8ed",
    chip="#eceff3", chip_mine="#d5e3ff", hit="#ffe69a", hit_now="#9a4f00",
    notice="#e3edff", warnbg="#fff2cc", dangerbg="#fde7e7", okbg="#e0f3e8",
    text="#1a1d21", muted="#565e6b", faint="#656d7a",
    link="#0b57d0", danger="#c62828", ok="#146c3f", warn="#855500",
    owner="#855500", avatar_ink="#ffffff", on_hit_now="#ffffff",
    primary="#1f5fd6", primary_hover="#1a52bb", on_primary="#ffffff", badge="#c62828", on_badge="#ffffff",
    danger_fill="#c62828", danger_fill_hover="#b02020",
    accent="#1f5fd6", mention_bar="#9a6700", border="#7a828f", divider="#d5d9e0",
    edge="#c3c9d2", thumb="#7a828f",
    nicks=("#c52a38", "#8e2e00", "#a35909", "#6d4b04", "#746d04", "#385f00", "#047c46", "#036056",
           "#0d7780", "#055b79", "#0169cd", "#3b3cb8", "#774fd0", "#74209c", "#ac3599", "#970252"),
)  # fmt: skip

CONTRAST = Palette(
    name="contrast",
    sidebar="#000000", chrome="#000000", pane="#000000",
    hover="#1c1c1c", field="#000000", select="#00285f", mention="#332800",
    rail="#000000", side_hover="#1c1c1c", raised="#000000", code="#0f0f0f", codehead="#2b2b2b",
    chip="#2b2b2b", chip_mine="#00285f", hit="#4a3c00", hit_now="#ffd75e",
    notice="#00285f", warnbg="#332800", dangerbg="#3a0d0d", okbg="#06351c",
    text="#ffffff", muted="#e6e6e6", faint="#d0d0d0",
    link="#8cc8ff", danger="#ffa09a", ok="#7dffb0", warn="#ffd75e",
    owner="#ffd75e", avatar_ink="#000000", on_hit_now="#000000",
    primary="#ffd75e", primary_hover="#ffe9a6", on_primary="#000000", badge="#ffd75e", on_badge="#000000",
    danger_fill="#ffa09a", danger_fill_hover="#ffc2be",
    accent="#1aebff", mention_bar="#ffd75e", border="#ffffff", divider="#8c8c8c",
    edge="#8c8c8c", thumb="#ffffff",
    nicks=("#ff9c9b", "#feae92", "#ffa64d", "#feb41b", "#d8cc28", "#9ada5e", "#3ee08c", "#0ae2cb",
           "#14d6e6", "#72d1fe", "#8fc0ff", "#b3c0ff", "#c4b3ff", "#dfadfd", "#f29ce1", "#fea6c4"),
)  # fmt: skip

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST)}

SURFACES = (
    *("sidebar", "chrome", "pane", "hover", "field", "select", "mention", "rail", "side_hover", "raised"),
    *("code", "codehead", "chip", "chip_mine", "hit", "notice", "warnbg", "dangerbg", "okbg"),
)
"""What text and shapes appear on."""

# Role -> the role to use in its place, and the surfaces on which its contrast is too low.
# "nicks" stands for each of the sixteen.
REPLACEMENTS: dict[str, tuple[str, frozenset[str]]] = {
    "faint": (
        "muted",
        frozenset(SURFACES) - {"sidebar", "chrome", "pane", "hover", "field", "raised", "code"},
    ),
    "muted": ("text", frozenset({"hit"})),
    "link": ("text", frozenset({"hit"})),
    "danger": ("text", frozenset({"select", "rail", "side_hover", "chip_mine", "hit"})),
    "nicks": (
        "text",
        frozenset(
            {"select", "rail", "side_hover", "codehead", "chip_mine", "hit", "notice", "dangerbg", "okbg"}
        ),
    ),
}

# Text role -> surfaces it appears on
TEXT_ON: dict[str, tuple[str, ...]] = {
    role: tuple(surface for surface in SURFACES if surface not in REPLACEMENTS.get(role, ("", ()))[1])
    for role in ("text", "muted", "faint", "link", "danger", "ok", "warn", "owner", "nicks")
} | {
    "on_primary": ("primary", "primary_hover"),
    "on_badge": ("badge", "danger_fill", "danger_fill_hover"),
    "on_hit_now": ("hit_now",),
    "avatar_ink": ("nicks",),
}

# Role of a shape without text (lines, icons, filled controls) -> surfaces it appears on.
# `edge` and `divider` are decoration; the badge on other surfaces is told by the number in it.
SHAPES_ON: dict[str, tuple[str, ...]] = {
    "accent": tuple(surface for surface in SURFACES if surface != "hit"),
    "border": (
        "sidebar",
        "chrome",
        "pane",
        "hover",
        "field",
        "raised",
        "notice",
        "warnbg",
        "dangerbg",
        "okbg",
    ),
    "thumb": ("sidebar", "chrome", "pane", "field", "raised", "code"),
    "primary": ("sidebar", "chrome", "pane", "field"),
    "danger_fill": ("sidebar", "chrome", "pane", "field"),
    "badge": ("sidebar", "rail"),
    "mention_bar": ("pane", "mention"),
    "hit_now": ("pane",),
    **dict.fromkeys(("ok", "warn", "owner", "muted", "nicks"), ("sidebar", "rail", "pane", "select", "chip")),
    "faint": ("sidebar", "rail", "side_hover", "pane", "select"),
}


def readable_role(role: str, surface: str) -> str:
    """Return the role of text on a surface: the given one, or a stronger one where that cannot be read."""
    while role in REPLACEMENTS and surface in REPLACEMENTS[role][1]:
        role = REPLACEMENTS[role][0]
    return role


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
