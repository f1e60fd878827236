"""Emoji where they cannot be drawn: libXft before 2.3.5 ends the whole program when a font in colour is used.

There the first window is made without such fonts, and the transcript spells emoji out: `:thumbs_up_sign:`.
"""

from __future__ import annotations

import ctypes
import logging
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
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

_EMOJI = re.compile("[\U0001f000-\U0001faff]")
_SILENT = re.compile("[\ufe0f\u200d\U0001f3fb-\U0001f3ff]")  # how a sign looks, and that two are one


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
