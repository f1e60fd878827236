"""Programs that make a part of a picture."""

from __future__ import annotations

import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.theme.png import from_rgba
from chatapp.system import picture_parts, picture_tools
from chatapp.system.picture_parts import Cutter, PicturePart, cutters
from tests.system.programs import ProgramTest

SOURCE = Path("/home/ana/board 1%d.png")
WHOLE = PicturePart(None, 1280, 900, "#102030")
PART = PicturePart((100, 50, 40, 20), 80, 40, "#102030")


class CommandTest(ProgramTest):
    """What the programs are asked to do, on any system."""

    modules = (picture_parts, picture_tools)

    def installed(self, *programs: str, platform: str = "linux") -> list[Cutter]:
        with (
            mock.patch("shutil.which", lambda name: name if name in programs else None),
            mock.patch.object(sys, "platform", platform),
        ):
            return list(cutters())

    def test_image_magick_cuts_the_upright_picture(self) -> None:
        (cut,) = self.installed("magick")
        self.assertEqual(b"printed", cut(SOURCE, "image/jpeg", PART))
        command = list(self.commands.pop())
        self.assertEqual(SOURCE, self.source)
        self.assertIn("jpeg:-[0]", command)
        self.assertLess(command.index("-auto-orient"), command.index("-crop"))
        self.assertEqual("40x20+100+50", command[command.index("-crop") + 1])
        self.assertEqual("80x40!", command[command.index("-resize") + 1])
        self.assertEqual("#102030", command[command.index("-background") + 1])

    def test_a_whole_picture_is_not_enlarged(self) -> None:
        (cut,) = self.installed("convert")
        cut(SOURCE, "image/png", WHOLE)
        self.assertIn("1280x900>", self.commands[0])
        self.assertNotIn("-crop", self.commands[0])

    def test_windows_gets_the_part_as_variables(self) -> None:
        (cut,) = self.installed("convert", platform="win32")
        self.assertEqual(b"written", cut(SOURCE, "image/jpeg", PART))
        self.assertEqual("100,50,40,20", self.variables["CHATAPP_BOX"])
        self.assertNotIn(str(SOURCE), self.commands[0][-1])
        self.assertEqual(b"written", cut(SOURCE, "image/jpeg", WHOLE))
        self.assertEqual("1280", self.variables["CHATAPP_WIDTH"])

    def test_other_programs_make_whole_pictures_only(self) -> None:
        for program in ("sips", "gdk-pixbuf-thumbnailer"):
            (cut,) = self.installed(program)
            self.assertEqual(b"written", cut(SOURCE, "image/jpeg", WHOLE))
            self.assertEqual(b"", cut(SOURCE, "image/jpeg", PART))


@unittest.skipUnless(shutil.which("magick") or shutil.which("convert"), "ImageMagick is not installed")
class RealTest(unittest.TestCase):
    def cut(self, part: PicturePart) -> tuple[list[bytes], bytes]:
        """Cut a picture of 40x20 whose right half is transparent; return its head and pixels."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.png"
            path.write_bytes(from_rgba(40, 20, (b"\0" + b"\x80\x40\x20\xff" * 20 + bytes(80)) * 20))
            data = next(cutters())(path, "image/png", part)
        head, _line, pixels = data.partition(b"255\n")
        return head.split(), pixels

    def test_a_part_in_the_size_that_is_wanted(self) -> None:
        head, pixels = self.cut(PicturePart((4, 4, 8, 8), 16, 16, "#102030"))
        self.assertEqual([b"P6", b"16", b"16"], head)
        self.assertEqual(b"\x80\x40\x20" * 256, pixels)

    def test_all_of_it(self) -> None:
        head, pixels = self.cut(PicturePart(None, 20, 20, "#102030"))
        self.assertEqual(([b"P6", b"20", b"10"], 600), (head, len(pixels)))
