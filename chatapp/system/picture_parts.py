"""Makes of a picture what a display needs: all of it, not larger than the display, or the part in sight.

As `picture_tools`, by a program that the system has, in a process of its own. The result is a PPM, which Tk
reads much faster than a PNG and piece by piece, or a PNG where the program writes no PPM.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from chatapp.system import picture_tools
from chatapp.system.picture_tools import KINDS, MAGICK_LIMITS, SECONDS, TURN_UPRIGHT, Converter
from chatapp.system.tools import output_of

Box = tuple[int, int, int, int]
"""Left, top, width, height."""


class PicturePart(NamedTuple):
    """What is wanted of a picture.

    Attributes:
        box: The part, in pixels of the upright picture; None for all of it.
        width, height: How large it becomes, exactly. All of a picture becomes at most so large, and is not
            enlarged.
        background: The colour behind what is transparent, as `#rrggbb`.
    """

    box: Box | None
    width: int
    height: int
    background: str


Cutter = Callable[[Path, str, PicturePart], bytes]
"""Returns a PPM or PNG of a part of a file of a media type; empty if it cannot."""

POWER_SHELL = f"""
Add-Type -AssemblyName System.Drawing
$image = [System.Drawing.Image]::FromFile($env:CHATAPP_PICTURE)
{TURN_UPRIGHT}
$left, $top, $across, $down = ($env:CHATAPP_BOX -split ',' | ForEach-Object {{ [int]$_ }})
$part = New-Object System.Drawing.Bitmap ([int]$env:CHATAPP_WIDTH), ([int]$env:CHATAPP_HEIGHT)
$canvas = [System.Drawing.Graphics]::FromImage($part)
$canvas.Clear([System.Drawing.ColorTranslator]::FromHtml($env:CHATAPP_BACKGROUND))
$canvas.InterpolationMode = 'HighQualityBicubic'
$target = New-Object System.Drawing.Rectangle 0, 0, $part.Width, $part.Height
$canvas.DrawImage($image, $target, $left, $top, $across, $down, [System.Drawing.GraphicsUnit]::Pixel)
$part.Save($env:CHATAPP_TARGET, [System.Drawing.Imaging.ImageFormat]::Png)
"""


def cutters() -> Iterator[Cutter]:
    """Yield those that this system has, the best first."""
    if program := picture_tools.magick():
        yield _by_magick(program)
    if sys.platform == "win32":
        yield by_gdi
    if shutil.which("sips"):
        yield _whole_only(picture_tools.by_sips)
    if shutil.which("gdk-pixbuf-thumbnailer"):
        yield _whole_only(picture_tools.by_gdk)


def _by_magick(program: str) -> Cutter:
    def cut(source: Path, media_type: str, part: PicturePart) -> bytes:
        named = f"{KINDS[media_type]}:-[0]"
        options = ["-auto-orient", "-background", part.background, "-alpha", "remove"]
        if part.box is None:
            options += ["-thumbnail", f"{part.width}x{part.height}>"]
        else:
            left, top, width, height = part.box
            options += ["-crop", f"{width}x{height}+{left}+{top}", "+repage"]
            options += ["-resize", f"{part.width}x{part.height}!"]
        command = [program, *MAGICK_LIMITS, named, *options, "-depth", "8", "ppm:-"]
        return output_of(command, SECONDS, source=source)

    return cut


def by_gdi(source: Path, media_type: str, part: PicturePart) -> bytes:
    """Cut with a script for Windows, which gets the names as variables."""
    if part.box is None:
        return picture_tools.by_gdi(source, media_type, part.width, part.height, 0)
    variables = {
        "CHATAPP_PICTURE": str(source),
        "CHATAPP_BOX": ",".join(map(str, part.box)),
        "CHATAPP_WIDTH": str(part.width),
        "CHATAPP_HEIGHT": str(part.height),
        "CHATAPP_BACKGROUND": part.background,
    }
    return picture_tools.written(lambda target: picture_tools.power_shell(POWER_SHELL), variables)


def _whole_only(convert: Converter) -> Cutter:
    """Return a cutter that makes only whole pictures."""

    def cut(source: Path, media_type: str, part: PicturePart) -> bytes:
        return convert(source, media_type, part.width, part.height, 0) if part.box is None else b""

    return cut
