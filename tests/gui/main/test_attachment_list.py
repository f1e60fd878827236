"""The rows of the files in the composer."""

from __future__ import annotations

from chatapp.client.model.files import Attachment
from chatapp.gui.main.attachment_list import AttachmentList
from chatapp.gui.main.attachment_texts import AttachmentRow
from tests.gui.base import WindowTest


class AttachmentListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[tuple[str, Attachment | None]] = []
        self.list = AttachmentList(
            self.root,
            self.theme,
            lambda each: self.done.append(("remove", each)),
            lambda each: self.done.append(("retry", each)),
            lambda: self.done.append(("left", None)),
        )
        self.list.pack(fill="x")
        self.files = [Attachment(b"", f"{number}.txt") for number in range(5)]

    def show(self, *numbers: int, note: str = "") -> None:
        self.list.show([AttachmentRow(self.files[at], self.files[at].name, note=note) for at in numbers])
        self.settle()

    def names(self) -> list[str]:
        rows = sorted(self.list.body.pack_slaves(), key=lambda row: row.winfo_y())
        return [str(row.name.cget("text")).partition(".")[0] for row in rows]  # type: ignore[attr-defined]

    def test_a_row_stays_while_its_file_changes(self) -> None:
        self.show(0, 1)
        before = list(self.list.rows.values())
        self.show(0, 1, note="Ready")
        self.assertEqual(list(self.list.rows.values()), before)
        self.assertEqual(str(before[0].note.cget("text")), "Ready")

    def test_rows_are_in_the_order_of_the_files(self) -> None:
        for numbers in ((0, 1), (0, 1, 2), (3, 0, 2), (2, 3)):
            with self.subTest(numbers):
                self.show(*numbers)
                self.assertEqual(self.names(), [str(each) for each in numbers])

    def test_more_than_three_rows_scroll_to_the_new_one(self) -> None:
        self.show(0, 1, 2)
        height = self.list.winfo_height()
        self.show(0, 1, 2, 3, 4)
        self.assertEqual(self.list.winfo_height(), height)
        last = self.list.rows[self.files[4]]
        self.assertLessEqual(last.winfo_rooty() + last.winfo_height(), self.list.winfo_rooty() + height)

    def is_in_sight(self, number: int) -> bool:
        row, top = self.list.rows[self.files[number]], self.list.winfo_rooty()
        end = top + self.list.winfo_height()
        return row.winfo_rooty() >= top and row.winfo_rooty() + row.winfo_height() <= end

    def test_of_many_files_at_once_the_first_are_in_sight(self) -> None:
        self.show(0, 1, 2, 3)
        self.assertEqual([True, True, True, False], [self.is_in_sight(number) for number in range(4)])
        self.show(0, 1, 2, 3, 4)
        self.assertEqual([False, True, True], [self.is_in_sight(number) for number in (0, 3, 4)])

    def test_in_a_low_window_with_large_text_one_row_is_in_sight(self) -> None:
        self.size(520, 360)
        self.theme.zoom(24)
        self.settle()
        for shown, in_sight in (((0, 1, 2), 0), ((0, 1, 2, 3), 3), ((0, 1, 2, 3, 4), 4)):
            self.show(*shown)
            row = self.list.rows[self.files[in_sight]]
            self.assertEqual(self.list.winfo_height(), row.winfo_height())
            self.assertEqual(row.winfo_rooty(), self.list.winfo_rooty())

    def test_the_row_that_is_left_is_in_sight(self) -> None:
        self.size(520, 360)
        self.theme.zoom(24)
        self.settle()
        self.show(0, 1)
        self.show(1)
        self.assertEqual(self.list.rows[self.files[1]].winfo_rooty(), self.list.winfo_rooty())
        self.assertFalse(self.list._bar.winfo_manager())

    def test_the_buttons_name_their_file(self) -> None:
        self.show(0, 1)
        self.list.rows[self.files[1]].remove.invoke()
        self.list.rows[self.files[0]].retry.invoke()
        self.assertEqual(self.done, [("remove", self.files[1]), ("retry", self.files[0])])

    def test_the_keyboard_goes_on_to_the_next_row_and_at_last_away(self) -> None:
        self.show(0, 1, 2)
        self.focus(self.list.rows[self.files[1]].remove)
        for left, focused in (((0, 2), 2), ((0,), 0)):
            self.show(*left)
            self.assertIs(self.root.focus_get(), self.list.rows[self.files[focused]].remove)
        self.assertEqual(self.done, [])
        self.show()
        self.assertEqual(self.done, [("left", None)])

    def test_the_keyboard_stays_if_another_row_goes_or_comes(self) -> None:
        self.show(0, 1)
        button = self.list.rows[self.files[1]].remove
        self.focus(button)
        for numbers in ((1,), (2, 1), (2, 3, 1)):
            self.show(*numbers)
            self.assertIs(self.root.focus_get(), button)

    def test_it_grows_with_the_text(self) -> None:
        self.show(0, 1)
        before = self.list.winfo_height()
        self.theme.zoom(24)
        self.settle()
        self.assertGreater(self.list.winfo_height(), before)
