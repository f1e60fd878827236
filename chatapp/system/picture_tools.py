"""Makes smaller PNG pictures of pictures of any kind, by a program that the system has.

Each runs in a process of its own, within a time limit: a picture may be damaged on purpose.

    sips                      macOS
    PowerShell, GDI+          Windows
    magick, convert           ImageMagick
    gdk-pixbuf-thumbnailer    the desktop GNOME and others
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from chatapp.system.tools import output_of

SECONDS = 10.0  # for one picture
KINDS = {"image/png": "png", "image/gif": "gif", "image/jpeg": "jpeg", "image/webp": "webp"}

Converter = Callable[[Path, str, int, int, int], bytes]
"""Returns a PNG of a file of a media type that is at most so wide and high, with so many colours if it can
reduce them (0 for all); empty if it cannot."""

# 40 million pixels take 8 bytes each, some more than many systems let it have without a file
MAGICK_LIMITS = ("-limit", "memory", "256MiB", "-limit", "map", "768MiB", "-limit", "disk", "768MiB")

TURN_UPRIGHT = """
if ($image.PropertyIdList -contains 274) {
    switch ($image.GetPropertyItem(274).Value[0]) {
        3 { $image.RotateFlip('Rotate180FlipNone') }
        6 { $image.RotateFlip('Rotate90FlipNone') }
        8 { $image.RotateFlip('Rotate270FlipNone') }
    }
}
"""
"""Lines of a script for Windows: turn a picture as its camera was held."""

POWER_SHELL = f"""
Add-Type -AssemblyName System.Drawing
$image = [System.Drawing.Image]::FromFile($env:CHATAPP_PICTURE)
{TURN_UPRIGHT}
$scale = [Math]::Min(1.0, [Math]::Min($env:CHATAPP_WIDTH / $image.Width, $env:CHATAPP_HEIGHT / $image.Height))
$width = [Math]::Max(1, [int]($image.Width * $scale))
$height = [Math]::Max(1, [int]($image.Height * $scale))
$small = New-Object System.Drawing.Bitmap $width, $height
$canvas = [System.Drawing.Graphics]::FromImage($small)
$canvas.InterpolationMode = 'HighQualityBicubic'
$canvas.DrawImage($image, 0, 0, $width, $height)
$small.Save($env:CHATAPP_TARGET, [System.Drawing.Imaging.ImageFormat]::Png)
"""


def converters() -> Iterator[Converter]:
    """Yield those that this system has, the best first."""
    if sys.platform == "win32":
        yield by_gdi
    if shutil.which("sips"):
        yield by_sips
    if program := magick():
        yield _by_magick(program)
    if shutil.which("gdk-pixbuf-thumbnailer"):
        yield by_gdk


def magick() -> str:
    """Return the program of ImageMagick; empty if the system has none."""
    programs = ("magick",) if sys.platform == "win32" else ("magick", "convert")  # there, of disks
    return next(filter(shutil.which, programs), "")


def _by_magick(program: str) -> Converter:
    def convert(source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
        # its kind is named, so that the file cannot be read as one of another kind, such as a script;
        # the first picture of several is taken
        named = f"{KINDS[media_type]}:-[0]"
        shrink = ["-auto-orient", "-thumbnail", f"{width}x{height}>", "-strip"]
        fewer = ["-colors", str(colours)] if colours else []
        return output_of([program, *MAGICK_LIMITS, named, *shrink, *fewer, "png:-"], SECONDS, source=source)

    return convert


def by_sips(source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
    """Convert with the program of macOS, which takes one number for width and height."""
    side = str(min(width, height))
    return written(lambda target: ["sips", "-s", "format", "png", "-Z", side, str(source), "--out", target])


def by_gdk(source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
    """Convert with the program of GNOME, which takes one number for width and height."""
    side = str(min(width, height))
    return written(lambda target: ["gdk-pixbuf-thumbnailer", "-s", side, str(source), target])


def by_gdi(source: Path, media_type: str, width: int, height: int, colours: int) -> bytes:
    """Convert with a script for Windows, which gets the names as variables."""
    variables = {
        "CHATAPP_PICTURE": str(source),
        "CHATAPP_WIDTH": str(width),
        "CHATAPP_HEIGHT": str(height),
    }
    return written(lambda target: power_shell(POWER_SHELL), variables)


def power_shell(script: str) -> list[str]:
    """Return the command that runs a script on Windows."""
    return ["powershell", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command", script]


def written(command: Callable[[str], list[str]], variables: dict[str, str] | None = None) -> bytes:
    """Return what a program writes into a file; empty if it fails.

    Args:
        command: Returns the command for the path of the file.
        variables: Environment variables to add, beside CHATAPP_TARGET for the path of the file.
    """
    with tempfile.TemporaryDirectory(prefix="chatapp-") as folder:
        target = Path(folder) / "picture.png"
        output_of(command(str(target)), SECONDS, {**(variables or {}), "CHATAPP_TARGET": str(target)})
        try:
            return target.read_bytes()
        except OSError:
            return b""
