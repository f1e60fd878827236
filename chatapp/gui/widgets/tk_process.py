"""Work of Tk that may block, in a process of its own: not on the thread of the window.

For computers without the programs of `chatapp.system.x11_clipboard` and `picture_tools`. Python and Tk are
always there.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from chatapp.system.picture_parts import PicturePart
from chatapp.system.picture_tools import written
from chatapp.system.tools import output_of

SECONDS = 10.0
KINDS = frozenset({"image/png", "image/gif"})
"""Media types of pictures that Tk can read."""

READ = """
import sys, tkinter
root = tkinter.Tk()
root.withdraw()
def get(kind):
    try:
        return str(root.tk.call("selection", "get", "-selection", "CLIPBOARD", "-type", kind))
    except tkinter.TclError:
        return ""
offered = get("TARGETS").split()
kind = next((each for each in sys.argv[1:] if each in offered), "")
if kind:
    data = get(kind)
    try:
        data = bytes(int(each, 16) for each in data.split())
    except ValueError:
        data = data.encode(errors="surrogateescape")
    sys.stdout.buffer.write(kind.encode() + b"\\n" + data)
"""
"""Prints the first type that the clipboard has, and its data. Tk gives a list of numbers if it is no text."""

SHRINK = """
import sys, tkinter
source, target, width, height = sys.argv[1:]
root = tkinter.Tk()
root.withdraw()
picture = tkinter.PhotoImage(master=root, file=source)
step = max(-(-picture.width() // int(width)), -(-picture.height() // int(height)), 1)
picture.subsample(step).write(target, format="png")
"""


CUT = """
import sys, tkinter
from fractions import Fraction
source, target, background, *numbers = sys.argv[1:]
left, top, across, down, width, height = map(int, numbers)
root = tkinter.Tk()
root.withdraw()
picture = tkinter.PhotoImage(master=root, file=source)
if across:
    scale = Fraction(width, across).limit_denominator(64)
    end = (min(left + across, picture.width()), min(top + down, picture.height()))
else:
    end = (picture.width(), picture.height())
    scale = Fraction(1, max(-(-end[0] // width), -(-end[1] // height), 1))
part = tkinter.PhotoImage(master=root)
part.tk.call(part, "copy", picture, "-from", left, top, *end, "-zoom", scale.numerator, scale.numerator,
    "-subsample", scale.denominator, scale.denominator)
shown = tkinter.PhotoImage(master=root, width=part.width(), height=part.height())
shown.put(background, to=(0, 0, part.width(), part.height()))
shown.tk.call(shown, "copy", part, "-compositingrule", "overlay")
shown.write(target, format="ppm")
"""


def read_clipboard(kinds: Sequence[str]) -> tuple[str, bytes]:
    """Return the first of these types that the clipboard has, and its data; both empty if it has none."""
    kind, _line, data = output_of(_command(READ, *kinds), SECONDS).partition(b"\n")
    return kind.decode(errors="replace"), data


def shrink(source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
    """Return a PNG of a PNG or GIF that is at most so wide and high; empty for other kinds."""
    if media_type not in KINDS:
        return b""
    return written(lambda target: _command(SHRINK, str(source), target, str(width), str(height)))


def cut(source: Path, media_type: str, part: PicturePart) -> bytes:
    """Return a PPM of a part of a PNG or GIF; empty for other kinds."""
    if media_type not in KINDS:
        return b""
    numbers = (*(part.box or (0, 0, 0, 0)), part.width, part.height)
    return written(lambda target: _command(CUT, str(source), target, part.background, *map(str, numbers)))


def _command(script: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-c", script, *arguments]
