"""Work of Tk in a process of its own."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chatapp.gui.theme.png import from_rgba
from chatapp.gui.widgets import tk_process
from chatapp.gui.widgets.background_work import BackgroundWork
from chatapp.system.picture_parts import PicturePart
from tests.gui.base import WindowTest


class ClipboardTest(WindowTest):
    def read(self, *kinds: str) -> tuple[str, bytes]:
        """Read the clipboard, which the window has, so that it has to answer meanwhile."""
        done: list[tuple[str, bytes]] = []
        BackgroundWork(self.root).run(lambda: tk_process.read_clipboard(kinds), done.append)
        self.until(lambda: bool(done), 20_000)
        return done[0]

    def test_the_first_type_that_the_clipboard_has(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("file:///tmp/a", type="text/uri-list")
        self.root.clipboard_append("a")
        self.assertEqual(
            self.read("image/png", "text/uri-list", "UTF8_STRING"), ("text/uri-list", b"file:///tmp/a")
        )

    def test_nothing_of_these_types(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("a")
        self.assertEqual(self.read("image/png"), ("", b""))


class ShrinkTest(WindowTest):
    def shrink(self, size: Sequence[int], media_type: str = "image/png") -> bytes:
        width, height = size
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "board.png"
            path.write_bytes(from_rgba(width, height, (b"\0" + b"\x80\x40\x20\xff" * width) * height))
            return tk_process.shrink(path, media_type, 20, 10, 0)

    def test_a_picture_is_made_smaller_than_the_box(self) -> None:
        for size, shown in (((40, 40), (10, 10)), ((41, 10), (14, 4)), ((7, 5), (7, 5))):
            with self.subTest(size):
                self.assertEqual(struct.unpack(">II", self.shrink(size)[16:24]), shown)

    def cut(self, part: PicturePart, colour: bytes = b"\x80\x40\x20\xff") -> tuple[bytes, bytes]:
        """Cut a part of a picture of 40x20 whose right half is white; return a PPM."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "board.png"
            path.write_bytes(from_rgba(40, 20, (b"\0" + colour * 20 + b"\xff\xff\xff\xff" * 20) * 20))
            data = tk_process.cut(path, "image/png", part)
        head, _line, pixels = data.partition(b"255\n")
        return b" ".join(head.split()), pixels

    def test_a_whole_picture_becomes_a_ppm_that_is_not_too_large(self) -> None:
        head, pixels = self.cut(PicturePart(None, 20, 20, "#000000"))
        self.assertEqual((head, pixels[:3], pixels[-3:]), (b"P6 20 10", b"\x80\x40\x20", b"\xff\xff\xff"))
        self.assertEqual(b"P6 40 20", self.cut(PicturePart(None, 400, 400, "#000000"))[0])

    def test_a_part_is_cut_out_and_enlarged(self) -> None:
        head, pixels = self.cut(PicturePart((18, 5, 4, 2), 16, 8, "#000000"))
        self.assertEqual(b"P6 16 8", head)
        self.assertEqual((b"\x80\x40\x20" * 8 + b"\xff\xff\xff" * 8) * 8, pixels)

    def test_what_is_transparent_shows_the_background(self) -> None:
        _head, pixels = self.cut(PicturePart(None, 40, 20, "#102030"), b"\xff\xff\xff\x00")
        self.assertEqual(b"\x10\x20\x30", pixels[:3])

    def test_what_tk_cannot_read_gives_nothing(self) -> None:
        self.assertEqual(self.shrink((4, 4), "image/webp"), b"")
        self.assertEqual(tk_process.shrink(Path("/no/such/file"), "image/png", 20, 10, 0), b"")
