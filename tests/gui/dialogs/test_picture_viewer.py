"""A picture is fetched, decoded if that is safe, and shown with its neighbours."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.dialogs.picture_viewer import PictureViewer, ViewerHandlers
from tests.gui.base import WindowTest
from tests.gui.transcript.files import card, picture


class PictureViewerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.calls: list[tuple[str, object]] = []
        self.conversions: list[Callable[[bytes], object]] | None = None
        self.contents: dict[str, bytes] = {}

    def handlers(self) -> ViewerHandlers:
        return ViewerHandlers(
            on_fetch=self.fetch,
            on_cancel=lambda each: self.calls.append(("cancel", each.name)),
            on_save=lambda each: self.calls.append(("save", each.name)),
            on_open=lambda path: self.calls.append(("open", path.name)),
            convert=self.convert,
        )

    def fetch(self, shown: FileCard) -> None:
        if shown.name in self.contents:
            path = self.folder / shown.name
            path.write_bytes(self.contents[shown.name])
            shown.picture = FileDownload(self.folder, state="done", path=path)
        elif shown.picture is None:
            shown.picture = FileDownload(self.folder, state="running", received=900_000)

    def convert(self, path: Path, media_type: str, done: Callable[[bytes], object]) -> bool:
        if self.conversions is not None:
            self.conversions.append(done)
        return self.conversions is not None

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
        data = picture(8, 8)
        self.contents["a.png"] = data[:16] + struct.pack(">II", 10_000, 5_000) + data[24:]
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
        self.conversions = []
        self.contents["a.jpg"] = self.JPEG
        viewer = self.view("a.jpg")
        self.until(lambda: bool(self.conversions))
        self.conversions[0](picture(64, 40))
        self.assertIsNotNone(viewer._image)

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
