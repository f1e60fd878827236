"""Emoji in one look, and emoji where they cannot be drawn.

Fonts for text have some emoji of their own, in grey: all are tagged `em`, which names the colour font.

libXft before 2.3.5 ends the whole program when a font in colour is used. There the first window is made
without such fonts, and the transcript spells emoji out: `:thumbs_up_sign:`.
"""

from __future__ import annotations

import ctypes
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

SAFE = 20305  # libXft 2.3.5
VARIABLE = "FONTCONFIG_FILE"
FONTS = """<?xml version="1.0"?>
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
EM, EM_SMALL = "em", "em-small"  # tags: beside body text, beside small text

_EMOJI = re.compile("[\U0001f000-\U0001faff]")
_ALWAYS = (  # shown as emoji without a variation selector. Source: emoji-data.txt, Emoji_Presentation
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693\u26a1\u26aa\u26ab"
    "\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd\u2705\u270a\u270b\u2728\u274c\u274e"
    "\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf\u2b1b\u2b1c\u2b50\u2b55\U0001f000-\U0001faff"
)
_COLOURED = re.compile(  # not U+200D, which has a width in the colour font, nor the digits of keycaps
    f"(?:[{_ALWAYS}](?!\ufe0e)\ufe0f?|[\u00a9\u00ae\u203c-\u3299]\ufe0f|(?<=\u200d)[\u2600-\u27bf])+"
)
_SILENT = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]")  # how a sign looks, and that two are one


def family(root: tk.Misc) -> str:
    """Return the family of the colour font for emoji; nothing if there is none that can be used."""
    if not can_be_drawn():
        return ""
    known = (str(root.tk.call("font", "actual", (name, -12), "-family")) for name in FAMILIES)
    return next((name for name, found in zip(FAMILIES, known, strict=True) if name == found), "")


def runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where emoji stand in a text, as beginnings and ends."""
    if not text.isascii():
        for match in _COLOURED.finditer(text):
            yield match.span()


def parted(pieces: Iterable[EmojiPart]) -> Iterator[EmojiPart]:
    """Yield the same pieces, but each run of emoji apart, with the tag EM or EM_SMALL besides."""
    for text, tags in pieces:
        at = 0
        for start, end in runs(text):
            if start > at:
                yield text[at:start], tags
            yield text[start:end], (*tags, EM_SMALL if tags[:1] == ("note",) or "time" in tags else EM)
            at = end
        if at < len(text):
            yield text[at:], tags


@cache
def can_be_drawn() -> bool:
    """Whether colour emoji can be shown on this system."""
    if sys.platform in ("win32", "darwin"):
        return True
    try:
        return bool(ctypes.CDLL("libXft.so.2").XftGetVersion() >= SAFE)
    except (OSError, AttributeError):
        return True  # Tk does without it then


@contextmanager
def left_out(folder: Path) -> Iterator[None]:
    """The first window of the program is to be made within; where needed, it will know no font in colour.

    Takes   folder: where a file for fontconfig can be written
    """
    file = folder / "fonts.conf"
    if can_be_drawn() or VARIABLE in os.environ or not _written(file):
        yield
        return
    os.environ[VARIABLE] = str(file)
    try:
        yield
        tkfont.nametofont("TkDefaultFont").measure("x")  # now the file has been read
    finally:
        del os.environ[VARIABLE]  # a browser that is started from here may draw what it can


def spelled(text: str) -> str:
    """A text with words for its emoji, as they are written in other chats."""
    return _EMOJI.sub(_spelled, _SILENT.sub("", text))


def _written(file: Path) -> bool:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FONTS, encoding="utf-8")
    except OSError as error:
        log.warning("%s could not be written, so emoji may end the program: %s", file, error.strerror)
        return False
    return True


def _spelled(match: re.Match[str]) -> str:
    name = unicodedata.name(match[0], "emoji").lower()
    return f":{name.replace(' ', '_').replace('-', '_')}:"
