"""Emoji in the colour font, and a substitute where colour fonts cannot be drawn.

Text fonts have grey glyphs for some emoji, so every run of emoji gets the tag `em`, which names the colour
font.

libXft before 2.3.5 ends the whole process when a colour font is used. There the first window is created
without such fonts, and the transcript shows emoji as text: `:thumbs_up_sign:`.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import tkinter as tk
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tkinter import font as tkfont

SAFE_VERSION = 20305  # libXft 2.3.5, as XftGetVersion returns it
FONTCONFIG_FILE = "FONTCONFIG_FILE"  # environment variable that names fontconfig's configuration
FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <selectfont>
    <rejectfont><pattern><patelt name="color"><bool>true</bool></patelt></pattern></rejectfont>
  </selectfont>
</fontconfig>
"""
log = logging.getLogger(__name__)

FAMILIES = ("Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji")
EmojiPart = tuple[str, tuple[str, ...]]  # text and tags
HIDDEN = "hidden"  # tag of what is in the text but not shown
EM, EM_SMALL, EM_BIG = "em", "em-small", "em-big"  # tags in body text, in small text, and of emoji alone
SMALL_TAGS = frozenset({"note", "quote", "chips", "time", "faint"})  # tags of small text

_EMOJI = re.compile("[\U0001f000-\U0001faff]")
_EMOJI_BY_DEFAULT = (  # in colour without a variation selector. Source: emoji-data.txt, Emoji_Presentation
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff"
)
_EMOJI_RUN = re.compile(  # without U+200D, wide in the colour font, and without keycap digits
    f"(?:[{_EMOJI_BY_DEFAULT}](?!\ufe0e)\ufe0f?|[\u00a9\u00ae\u203c-\u3299]\ufe0f|(?<=\u200d)[\u2600-\u27bf])+"
)
_TONES = re.compile("([\U0001f3fb-\U0001f3ff]+)")  # skin tones
_INVISIBLE = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]")  # variation selector, joiner, skin tones


def find_colour_font(root: tk.Misc) -> str:
    """Return the family of the colour font for emoji; "" if there is none or it cannot be used."""
    if not can_be_drawn():
        return ""
    known = (str(root.tk.call("font", "actual", (name, -12), "-family")) for name in FAMILIES)
    return next((name for name, found in zip(FAMILIES, known, strict=True) if name == found), "")


def emoji_runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each run of emoji in a text."""
    if not text.isascii():
        for match in _EMOJI_RUN.finditer(text):
            yield match.span()


def split_emoji(pieces: Iterable[EmojiPart]) -> Iterator[EmojiPart]:
    """Yield the same text with each run of emoji separate, with the tag for its size added.

    Tk does not combine a skin tone with the emoji before it, but draws it as a square: it is hidden.
    """
    for text, tags in pieces:
        if text and text.isascii():
            yield text, tags
            continue
        at = 0
        for start, end in emoji_runs(text):
            if start > at:
                yield text[at:start], tags
            sized = (*tags, _tag_for(tags))
            shown, *rest = _TONES.split(text[start:end])
            if not shown and rest:
                shown, rest = rest[0], rest[1:]  # a tone alone
            yield shown, sized
            for part in rest:
                if part:
                    yield part, (*sized, HIDDEN) if _TONES.match(part) else sized
            at = end
        if at < len(text):
            yield text[at:], tags


def is_emoji(cluster: str) -> bool:
    """Return whether one character, as users see it, is an emoji that is drawn in colour."""
    return next(emoji_runs(cluster), (1, 0))[0] == 0


@cache
def can_be_drawn() -> bool:
    """Return whether colour emoji can be drawn safely on this system."""
    if sys.platform in ("win32", "darwin"):
        return True
    import ctypes  # elsewhere it would only delay the window

    try:
        return bool(ctypes.CDLL("libXft.so.2").XftGetVersion() >= SAFE_VERSION)
    except (OSError, AttributeError):
        return True  # then Tk does not use libXft


@contextmanager
def without_colour_fonts(folder: Path) -> Iterator[None]:
    """Create the first window of the process inside this context; where needed, it gets no colour fonts.

    Args:
        folder: Where a configuration file for fontconfig can be written.
    """
    file = folder / "fonts.conf"
    if can_be_drawn() or FONTCONFIG_FILE in os.environ or not _write_config(file):
        yield
        return
    os.environ[FONTCONFIG_FILE] = str(file)
    try:
        yield
        tkfont.nametofont("TkDefaultFont").measure("x")  # makes fontconfig read the file
    finally:
        del os.environ[FONTCONFIG_FILE]  # a browser started from here may use colour fonts


def as_shortcodes(text: str) -> str:
    """Replace each emoji by its Unicode name as a shortcode, `:thumbs_up_sign:`."""
    return _EMOJI.sub(_shortcode, _INVISIBLE.sub("", text))


def _tag_for(tags: tuple[str, ...]) -> str:
    return EM_BIG if "big" in tags else EM if SMALL_TAGS.isdisjoint(tags) else EM_SMALL


def _write_config(file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FONTCONFIG, encoding="utf-8")
    except OSError as error:
        log.warning("cannot write %s, emoji may crash the window: %s", file, error.strerror)
        return False
    return True


def _shortcode(match: re.Match[str]) -> str:
    name = unicodedata.name(match[0], "emoji").lower()
    return f":{name.replace(' ', '_').replace('-', '_')}:"
