"""The row of one file in the composer."""

from __future__ import annotations

import tkinter as tk

from chatapp.client.model.files import Attachment
from chatapp.gui.main.attachment_row import PICTURE, AttachmentRowView, fitted, picture_side
from chatapp.gui.main.attachment_texts import AttachmentRow
from tests.gui.base import WindowTest

NAME = "photograph of the board with the exercises for next week.jpeg"


class AttachmentRowTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.row = AttachmentRowView(
            self.root, self.theme, lambda: self.done.append("remove"), lambda: self.done.append("retry")
        )
        self.row.pack(fill="x")
        self.file = Attachment(b"", NAME)
        self.settle()

    def show(self, name: str = "report.pdf", **options: object) -> None:
        self.row.show(AttachmentRow(self.file, name, **options))  # type: ignore[arg-type]
        self.settle()

    def text(self, label: str) -> str:
        return str(getattr(self.row, label).cget("text"))

    def test_progress_changes_the_bar_in_place(self) -> None:
        for percent in (10, 90):
            self.show(detail=f"{percent} %", short_detail="", fraction=percent / 100)
            self.assertEqual(self.text("detail"), f"{percent} %")
            self.assertAlmostEqual(self.row.bar.filled, self.row.bar.winfo_width() * percent / 100, delta=1)
        self.assertFalse(self.row.note.winfo_ismapped())

    def test_what_is_over_has_a_note_in_place_of_the_bar(self) -> None:
        self.show(detail="10 %", fraction=0.1)
        self.show(note="Not sent.", role="danger", can_retry=True)
        self.assertEqual((self.text("note"), self.text("detail")), ("Not sent.", ""))
        self.assertEqual(str(self.row.note.cget("style")), "Danger.Field.TLabel")
        self.assertFalse(self.row.bar.winfo_ismapped())
        self.row.retry.invoke()
        self.row.remove.invoke()
        self.assertEqual(self.done, ["retry", "remove"])

    def test_only_what_can_be_tried_again_has_the_button(self) -> None:
        self.show(note="Not sent.", can_retry=True)
        self.assertTrue(self.row.retry.winfo_ismapped())
        self.show(note="Waiting")
        self.assertFalse(self.row.retry.winfo_ismapped())

    def test_the_button_says_what_is_sent_with_metadata(self) -> None:
        self.show(note="Not sent.", can_retry=True)
        self.assertEqual(self.text("retry"), "Try again")
        self.show(note="Not sent.", can_retry=True, has_metadata=True)
        self.assertEqual(self.text("retry"), "Send anyway")

    def test_a_long_name_fits_into_its_label(self) -> None:
        for options in ({"note": "Ready"}, {"detail": "62 %", "fraction": 0.62}):
            for width in range(330, 340):
                self.size(width, 300)
                self.show("L" * 200 + ".txt", **options)
                self.assertLessEqual(self.row.name.winfo_reqwidth(), self.row.name.winfo_width())

    def test_a_long_name_keeps_its_start_and_its_end(self) -> None:
        self.size(330, 300)
        self.show(NAME, detail="1.1 of 1.8 MB · 62 %", short_detail="62 %", fraction=0.62)
        self.assertRegex(self.text("name"), r"^phot.*….*\.jpeg$")
        self.assertEqual(self.text("detail"), "62 %")
        self.size(800, 300)
        self.settle()
        self.assertEqual((self.text("name"), self.text("detail")), (NAME, "1.1 of 1.8 MB · 62 %"))

    def test_no_text_is_cut_by_its_place(self) -> None:
        self.size(330, 300)
        self.show(NAME, note="Not sent. The connection was lost. " * 3, can_retry=True)
        for label in (self.row.name, self.row.note):
            self.assertLessEqual(label.winfo_x() + label.winfo_reqwidth(), self.row.retry.winfo_x())

    def test_it_is_forty_pixels_high_and_grows_with_the_text(self) -> None:
        self.show(note="Waiting")
        self.assertEqual(self.row.winfo_height(), self.theme.px(40))
        self.theme.zoom(24)
        self.settle()
        self.assertGreaterEqual(
            self.row.winfo_height(), self.row.name.winfo_reqheight() + self.row.note.winfo_reqheight()
        )

    def test_a_small_picture_takes_the_place_of_the_icon(self) -> None:
        picture = self.theme.icon("image", "text", 20)
        self.row.show_picture(picture)
        self.assertEqual(self.row._icon.cget("image"), (str(picture),))
        self.assertTrue(self.row.has_picture)

    def test_it_grows_with_the_text(self) -> None:
        self.row.show_picture(tk.PhotoImage(master=self.root, width=128, height=80))
        for size in (11, 24):
            self.theme.zoom(size)
            shown, side = self.row._shown_picture, picture_side(self.theme)
            assert shown is not None
            self.assertTrue(side / 2 < shown.width() <= side, (shown.width(), side))
        self.assertGreater(side, self.theme.px(PICTURE) * 3 // 2)

    def test_a_picture_is_never_larger_than_the_side(self) -> None:
        for width, height in ((128, 128), (1, 128), (5, 3), (128, 1)):
            for side in (1, 28, 61, 122, 500):
                with self.subTest(width=width, height=height, side=side):
                    shown = fitted(tk.PhotoImage(master=self.root, width=width, height=height), side)
                    self.assertLessEqual(max(shown.width(), shown.height()), side)
                    self.assertLessEqual(shown.width(), width)
