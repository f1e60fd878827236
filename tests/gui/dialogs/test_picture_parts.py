"""What the viewer shows of a large picture."""

from __future__ import annotations

import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.dialogs.picture_parts import MOST_BY_TK, can_cut, cut_picture
from chatapp.gui.widgets import tk_process
from chatapp.system.picture_parts import PicturePart
from tests.gui.transcript.files import picture

WHOLE = PicturePart(None, 100, 100, "#000000")
PPM = b"P6 1 1 255\nabc"


class CutPictureTest(unittest.TestCase):
    def setUp(self) -> None:
        self.by_tk: list[tuple[str, PicturePart]] = []
        patch = mock.patch.object(tk_process, "cut", self.cut_by_tk)
        patch.start()
        self.addCleanup(patch.stop)

    def cut_by_tk(self, path: Path, media_type: str, part: PicturePart) -> bytes:
        self.by_tk.append((media_type, part))
        return PPM if media_type == "image/png" else b""

    def cut(self, media_type: str, *made: bytes) -> bytes:
        """Cut with programs that make this."""
        cutters = [lambda path, media_type, part, data=data: data for data in made]
        return cut_picture(Path("/no/such/file"), media_type, WHOLE, cutters)

    def test_the_first_program_that_can_do_it_does(self) -> None:
        self.assertEqual(b"P6 2", self.cut("image/jpeg", b"", b"no picture", b"P6 2", b"P6 3"))
        self.assertEqual([], self.by_tk)

    def test_without_one_a_process_of_tk_does(self) -> None:
        self.assertEqual(PPM, self.cut("image/png"))
        self.assertEqual(b"", self.cut("image/jpeg", b""))

    def test_a_small_png_stays_and_a_large_one_becomes_a_ppm(self) -> None:
        small = picture(8, 8)
        self.assertEqual(small, self.cut("image/jpeg", small))
        large = picture(2, MOST_BY_TK // 2 + 1)
        self.assertEqual(PPM, self.cut("image/jpeg", large))
        self.assertEqual([("image/png", PicturePart(None, 2, MOST_BY_TK // 2 + 1, "#000000"))], self.by_tk)

    def test_what_can_be_cut(self) -> None:
        self.assertTrue(can_cut("image/png", []))
        self.assertFalse(can_cut("image/jpeg", []))
        self.assertTrue(can_cut("image/jpeg", [lambda path, media_type, part: b""]))
