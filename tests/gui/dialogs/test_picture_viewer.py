"""A picture is fetched, decoded if that is safe, and shown with its neighbours."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.dialogs.picture_viewer import PictureViewer, ViewerHandlers
from chatapp.system.picture_parts import PicturePart
from tests.gui.base import WindowTest
from tests.gui.transcript.files import card, picture


def png_start(width: int, height: int) -> bytes:
    """Return a PNG that says it is so large."""
    data = picture(8, 8)
    return data[:16] + struct.pack(">II", width, height) + data[24:]


def ppm(width: int, height: int) -> bytes:
    """Return a grey PPM."""
    return b"P6 %d %d 255\n" % (width, height) + b"\x80" * (3 * width * height)


class PictureViewerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.calls: list[tuple[str, object]] = []
        self.cuts: list[tuple[PicturePart, Callable[[bytes], object]]] | None = None
        self.contents: dict[str, bytes] = {}

    def handlers(self) -> ViewerHandlers:
        return ViewerHandlers(
            on_fetch=self.fetch,
            on_cancel=lambda each: self.calls.append(("cancel", each.name)),
            on_save=lambda each: self.calls.append(("save", each.name)),
            on_open=lambda path: self.calls.append(("open", path.name)),
            cut=self.cut,
        )

    def fetch(self, shown: FileCard) -> None:
        if shown.name in self.contents:
            path = self.folder / shown.name
            path.write_bytes(self.contents[shown.name])
            shown.picture = FileDownload(self.folder, state="done", path=path)
        elif shown.picture is None:
            shown.picture = FileDownload(self.folder, state="running", received=900_000)

    def cut(self, path: Path, media_type: str, part: PicturePart, done: Callable[[bytes], object]) -> bool:
        if self.cuts is not None:
            self.cuts.append((part, done))
        return self.cuts is not None

    def view(self, *names: str, at: int = 0) -> PictureViewer:
        cards = [card(name, number, media_type="image/png") for number, name in enumerate(names)]
        viewer = PictureViewer(self.root, self.theme, cards, cards[at], self.handlers())
        self.addCleanup(viewer.destroy)
        self.settle()
        return viewer

    @staticmethod
    def is_damaged(viewer: PictureViewer) -> bool:
        return viewer.note.startswith("This picture is damaged")

    def test_a_picture_is_shown_at_its_size(self) -> None:
        self.contents["a.png"] = picture(64, 40)
        viewer = self.view("a.png")
        self.until(lambda: viewer._image is not None)
        self.assertEqual(viewer.note, "")
        self.assertEqual(viewer._facts.cget("text"), "1.8 MB · 64 × 40 · 100 %")

    def test_its_download_says_how_far_it_is_and_ends_with_the_viewer(self) -> None:
        viewer = self.view("a.png")
        self.assertEqual(viewer.note, "900 kB of 1.8 MB · 50 %")
        viewer.close()
        self.assertEqual(self.calls, [("cancel", "a.png")])

    def test_the_arrows_lead_to_the_other_pictures(self) -> None:
        self.contents = {name: picture(20, 20) for name in ("a.png", "b.png", "c.png")}
        viewer = self.view("a.png", "b.png", "c.png", at=1)
        self.focus(viewer.canvas)
        for key, name in (
            ("<Left>", "a.png"),
            ("<Left>", "a.png"),
            ("<Right>", "b.png"),
            ("<Right>", "c.png"),
        ):
            self.press(viewer.canvas, key)
            self.assertEqual(viewer.card.name, name)
        self.until(lambda: viewer._image is not None)
        self.assertIn("3 of 3", str(viewer._facts.cget("text")))
        self.assertTrue(viewer.buttons["chevron-right"].instate(["disabled"]))

    def test_keys_zoom_and_save_and_close(self) -> None:
        self.contents["a.png"] = picture(64, 40)
        viewer = self.view("a.png")
        self.until(lambda: viewer._image is not None)
        self.focus(viewer.canvas)
        self.press(viewer.canvas, "<plus>")
        self.assertIn("150 %", str(viewer._facts.cget("text")))
        self.press(viewer.canvas, "<Key-0>", "<Control-s>")
        self.assertIn("100 %", str(viewer._facts.cget("text")))
        self.assertIn(("save", "a.png"), self.calls)
        self.press(viewer.canvas, "<Escape>")
        self.assertFalse(viewer.winfo_exists())

    def test_a_huge_picture_is_not_decoded(self) -> None:
        self.contents["a.png"] = png_start(10_000, 5_000)
        viewer = self.view("a.png")
        self.until(lambda: viewer.note.startswith("This picture has 50 million pixels."))
        self.assertIsNone(viewer._image)
        viewer._elsewhere.invoke()
        self.assertEqual(self.calls, [("open", "a.png")])

    def test_a_damaged_picture_says_so(self) -> None:
        for name, data in (("a.png", b"no picture"), ("b.png", picture(8, 8)[:40])):
            with self.subTest(name=name):
                self.contents[name] = data
                viewer = self.view(name)
                self.until(partial(self.is_damaged, viewer))
                viewer.close()

    JPEG = b"\xff\xd8\xff\xc0" + struct.pack(">HBHH", 11, 8, 40, 64) + bytes(10)

    def test_a_picture_that_nothing_converts_can_be_opened_elsewhere(self) -> None:
        self.contents["a.jpg"] = self.JPEG
        viewer = self.view("a.jpg")
        self.until(lambda: viewer.note == "This computer cannot show JPEG pictures here.")

    def test_a_picture_that_the_system_converts_is_shown(self) -> None:
        viewer = self.view_cut("a.jpg", self.JPEG)
        part, done = self.latest_cut()
        self.assertEqual(
            (part.box, part.width, part.height),
            (None, self.root.winfo_screenwidth(), self.root.winfo_screenheight()),
        )
        done(picture(64, 40))
        self.assertIsNotNone(viewer._image)

    def latest_cut(self) -> tuple[PicturePart, Callable[[bytes], object]]:
        assert self.cuts
        return self.cuts[-1]

    def view_cut(self, name: str, data: bytes) -> PictureViewer:
        """View a picture of which a copy is made, as far as the request for that."""
        self.cuts = []
        self.contents[name] = data
        viewer = self.view(name)
        self.until(lambda: bool(self.cuts))
        return viewer

    def test_a_large_picture_is_not_decoded_by_the_window(self) -> None:
        viewer = self.view_cut("a.png", png_start(7000, 5000))
        _part, done = self.latest_cut()
        done(ppm(140, 100))
        self.until(lambda: viewer._image is not None)
        self.assertEqual(viewer.note, "")
        self.assertIn("7000 × 5000 · 2 %", str(viewer._facts.cget("text")))

    def test_the_part_in_sight_of_a_large_picture_is_shown_in_detail(self) -> None:
        viewer = self.view_cut("a.png", png_start(7000, 5000))
        assert self.cuts is not None
        self.cuts[0][1](ppm(1400, 1000))
        self.until(lambda: viewer._image is not None)
        self.settle()
        self.focus(viewer.canvas)
        viewer.canvas.show_at(Fraction(2))
        self.until(lambda: len(self.cuts or ()) == 2)
        part, done = self.cuts[1]
        assert part.box is not None
        left, top, width, height = part.box
        self.assertEqual(Fraction(width, part.width), Fraction(5, 2), "a pixel of the copy is five here")
        self.assertLess(part.width, viewer.canvas.winfo_width() + 10)
        self.assertTrue(0 < left < left + width <= 7000, part.box)
        self.assertTrue(0 < top < top + height <= 5000, part.box)
        done(ppm(part.width, part.height))
        self.until(lambda: len(viewer.canvas.find_all()) == 2)
        viewer.canvas.pan(40, 0)
        self.until(lambda: len(self.cuts or ()) == 3)
        self.assertEqual(1, len(viewer.canvas.find_all()), "another part is in sight")

    def test_only_one_part_is_made_at_a_time(self) -> None:
        viewer = self.view_cut("a.png", png_start(7000, 5000))
        assert self.cuts is not None
        self.cuts[0][1](ppm(1400, 1000))
        self.until(lambda: viewer._image is not None)
        viewer.canvas.show_at(Fraction(2))
        self.until(lambda: len(self.cuts or ()) == 2)
        viewer.canvas.show_at(Fraction(3))
        self.until(lambda: viewer._wanted is not None)
        self.assertEqual(2, len(self.cuts))
        self.cuts[1][1](ppm(10, 10))
        self.assertEqual(3, len(self.cuts))
        self.assertEqual(1, len(viewer.canvas.find_all()))

    def test_a_part_of_a_picture_that_is_not_shown_any_more_is_dropped(self) -> None:
        self.contents["b.png"] = picture(20, 20)
        self.cuts = []
        self.contents["a.png"] = png_start(7000, 5000)
        viewer = self.view("a.png", "b.png")
        self.until(lambda: bool(self.cuts))
        viewer.step(1)
        self.cuts[0][1](ppm(140, 100))
        self.until(lambda: viewer._image is not None)
        self.assertIn("20 × 20", str(viewer._facts.cget("text")))

    def test_what_nothing_can_cut_is_damaged(self) -> None:
        for data in (b"", b"P6 9 9 255\n", b"no picture"):
            with self.subTest(data):
                viewer = self.view_cut("a.jpg", self.JPEG)
                _part, done = self.latest_cut()
                done(data)
                self.assertTrue(self.is_damaged(viewer))
                viewer.close()

    def test_a_failed_download_says_why(self) -> None:
        shown = card("a.png", picture=FileDownload(self.folder, state="failed", problem="No connection."))
        viewer = PictureViewer(self.root, self.theme, [shown], shown, self.handlers())
        self.assertEqual(viewer.note, "No connection.")
        viewer.close()

    def test_a_picture_that_is_gone_says_so(self) -> None:
        shown = card("a.png", state="gone")
        viewer = PictureViewer(self.root, self.theme, [shown], shown, self.handlers())
        self.assertEqual(viewer.note, "This picture is no longer kept on the server.")
        viewer.close()
