"""Programs that make smaller pictures."""

from __future__ import annotations

import shutil
import struct
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system import picture_tools
from chatapp.system.bitmap_picture import png_of_bitmap
from chatapp.system.picture_tools import by_gdi, by_gdk, by_sips, converters
from tests.system.programs import ProgramTest
from tests.system.test_bitmap_picture import bitmap

SOURCE = Path("/home/ana/board 1%d.png")


class CommandTest(ProgramTest):
    """What the programs are asked to do, on any system."""

    modules = (picture_tools,)

    def installed(self, *programs: str, platform: str = "linux") -> list[picture_tools.Converter]:
        with (
            mock.patch("shutil.which", lambda name: name if name in programs else None),
            mock.patch.object(sys, "platform", platform),
        ):
            return list(converters())

    def test_image_magick_is_told_the_kind_of_the_file(self) -> None:
        for program in ("magick", "convert"):
            (convert,) = self.installed(program)
            self.assertEqual(convert(SOURCE, "image/png", 640, 400, 256), b"printed")
            command = self.commands.pop()
            self.assertEqual(command[0], program)
            self.assertIn("png:-[0]", command)
            self.assertEqual(self.source, SOURCE)
            self.assertIn("640x400>", command)
            self.assertEqual(command[command.index("-colors") + 1], "256")
        self.installed("magick")[0](SOURCE, "image/png", 640, 400, 0)
        self.assertNotIn("-colors", self.commands.pop())

    def test_the_program_convert_of_windows_is_another_one(self) -> None:
        self.assertEqual(self.installed("convert", platform="win32"), [by_gdi])

    def test_programs_with_one_number_get_the_smaller_one(self) -> None:
        for convert, program in ((by_sips, "sips"), (by_gdk, "gdk-pixbuf-thumbnailer")):
            self.assertEqual(convert(SOURCE, "image/png", 640, 400, 0), b"written")
            command = self.commands.pop()
            self.assertEqual(command[0], program)
            self.assertIn("400", command)
            self.assertIn(str(SOURCE), command)

    def test_the_script_for_windows_gets_names_as_variables(self) -> None:
        self.assertEqual(by_gdi(SOURCE, "image/png", 640, 400, 0), b"written")
        self.assertNotIn(str(SOURCE), self.commands[0][-1])
        self.assertEqual(self.variables["CHATAPP_PICTURE"], str(SOURCE))
        self.assertEqual((self.variables["CHATAPP_WIDTH"], self.variables["CHATAPP_HEIGHT"]), ("640", "400"))

    def test_the_best_comes_first(self) -> None:
        self.assertEqual(
            self.installed("sips", "magick", "gdk-pixbuf-thumbnailer", platform="darwin")[0], by_sips
        )
        self.assertEqual(self.installed("magick", "convert", "gdk-pixbuf-thumbnailer")[-1], by_gdk)
        self.assertEqual(len(self.installed("magick", "convert", "gdk-pixbuf-thumbnailer")), 2)
        self.assertEqual(self.installed(), [])


class RealTest(unittest.TestCase):
    def test_what_is_installed_makes_a_smaller_png(self) -> None:
        if not shutil.which("convert") and not shutil.which("gdk-pixbuf-thumbnailer"):
            self.skipTest("neither ImageMagick nor gdk-pixbuf is installed")
        with tempfile.TemporaryDirectory() as folder:
            for name in ("plain.png", "a b%d:[1].png"):
                source = Path(folder) / name
                source.write_bytes(png_of_bitmap(bitmap()))
                for convert in converters():
                    with self.subTest(name, convert=convert):
                        made = convert(source, "image/png", 2, 2, 0)
                        self.assertEqual(made[1:4], b"PNG")
                        self.assertLessEqual(max(struct.unpack(">II", made[16:24])), 3)

    def test_what_cannot_be_read_gives_nothing(self) -> None:
        for convert in converters():
            self.assertEqual(convert(Path("/no/such/file.png"), "image/png", 2, 2, 0), b"")
