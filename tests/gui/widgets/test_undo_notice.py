"""The notice with which something can be taken back."""

from __future__ import annotations

from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.undo_notice import Undo, UndoNotice
from tests.gui.base import WindowTest


class UndoNoticeTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.time = 100.0
        self.done: list[str] = []
        self.pointer = (-1, -1)
        self.notice = UndoNotice(self.root, self.theme, now=lambda: self.time)
        patch = mock.patch.object(self.notice, "winfo_pointerxy", lambda: self.pointer)
        patch.start()
        self.addCleanup(patch.stop)
        self.notice.grid(row=0, column=0, sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.show("a")
        self.focus(self.root)

    def show(self, name: str, detail: str = "") -> None:
        self.notice.show(
            Undo(
                f"Done {name}",
                lambda: self.done.append(f"undo {name}"),
                lambda: self.done.append(f"end {name}"),
                detail,
            )
        )
        self.settle()

    def wait(self, seconds: float) -> None:
        self.time += seconds
        self.notice.tick()
        self.settle()

    def texts(self) -> list[str]:
        labels = [each for each in self.notice.winfo_children() if isinstance(each, ttk.Label)]
        return [str(each.cget("text")) for each in labels if each.cget("text")]

    def test_it_counts_down_and_ends_after_eight_seconds(self) -> None:
        self.assertEqual(self.texts(), ["Done a", "8 s to undo"])
        self.wait(3.5)
        self.assertEqual(self.texts()[1], "5 s to undo")
        self.wait(4.4)
        self.assertTrue(self.notice.winfo_viewable())
        self.wait(0.2)
        self.assertFalse(self.notice.winfo_viewable())
        self.assertEqual(self.done, ["end a"])

    def test_a_notice_of_what_cannot_be_undone_any_more_goes(self) -> None:
        is_possible = True
        undo = Undo("Done", lambda: self.done.append("undo"), is_possible=lambda: is_possible)
        self.notice.show(undo)
        self.wait(0.2)
        self.assertTrue(self.notice.winfo_viewable())
        is_possible = False
        self.wait(0.2)
        self.assertFalse(self.notice.winfo_viewable())
        self.notice.show(undo)
        self.assertFalse(self.notice.take_back())
        self.assertNotIn("undo", self.done)

    def test_the_button_names_its_key(self) -> None:
        self.assertEqual(str(self.notice.button.cget("text")).split(), ["Undo", shown_keys("Ctrl+Z")])

    def test_the_button_takes_it_back_once(self) -> None:
        self.notice.button.invoke()
        self.notice.button.invoke()
        self.wait(20)
        self.assertEqual(self.done, ["undo a"])
        self.assertFalse(self.notice.winfo_viewable())

    def test_what_is_undone_is_told_to_wait_while_the_time_stands_still(self) -> None:
        held: list[str] = []
        self.notice.show(Undo("Deleted", lambda: None, on_hold=lambda: held.append("held")))
        self.settle()
        self.wait(1)
        self.assertEqual(held, [])
        self.pointer = (self.notice.winfo_rootx() + 5, self.notice.winfo_rooty() + 5)
        self.wait(1)
        self.assertEqual(held, ["held"])

    def test_the_time_stops_under_the_pointer(self) -> None:
        self.pointer = (self.notice.winfo_rootx() + 5, self.notice.winfo_rooty() + 5)
        self.wait(60)
        self.assertEqual(self.texts()[1], "8 s to undo")
        self.pointer = (-1, -1)
        self.wait(9)
        self.assertEqual(self.done, ["end a"])

    def test_it_goes_on_under_a_pointer_that_was_there_before(self) -> None:
        self.pointer = (self.notice.winfo_rootx() + 5, self.notice.winfo_rooty() + 5)
        self.show("b")
        self.wait(4)
        self.assertEqual(self.texts()[1], "4 s to undo")
        self.pointer = (self.pointer[0] + 1, self.pointer[1])
        self.wait(60)
        self.assertEqual(self.texts()[1], "4 s to undo")
        self.pointer = (self.pointer[0] - 1, self.pointer[1])
        self.wait(60)
        self.assertEqual(self.done, ["end a"])

    def test_the_time_stops_with_the_keyboard_in_it(self) -> None:
        self.focus(self.notice.button)
        self.wait(60)
        self.assertEqual(self.done, [])
        self.focus(self.root)
        self.wait(9)
        self.assertEqual(self.done, ["end a"])

    def test_the_next_notice_ends_the_one_before(self) -> None:
        self.show("b", "6 messages deleted")
        self.assertEqual(self.done, ["end a"])
        self.assertEqual(self.texts(), ["Done b", "6 messages deleted · 8 s to undo"])

    def test_it_is_56_high_and_shrinks_gracefully(self) -> None:
        self.assertEqual(self.notice.winfo_height(), self.theme.px(56))
        self.theme.zoom(24)
        self.size(400, 700)
        self.show("something with a rather long sentence")
        self.assertEqual(" ".join(self.texts()[0].split()), "Done something with a rather long sentence")
        right = self.notice.button.winfo_x() + self.notice.button.winfo_width()
        self.assertLessEqual(right, self.notice.winfo_width())

    def test_it_can_be_destroyed_while_it_counts(self) -> None:
        self.notice.destroy()
        self.settle()
        self.assertEqual(self.done, [])
