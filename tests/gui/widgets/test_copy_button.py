"""A button that copies, and says so for a moment."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.widgets import copy_button
from chatapp.gui.widgets.copy_button import COPIED, CopyButton
from tests.gui.base import WindowTest


class CopyButtonTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.button = CopyButton(self.root, "Copy link", lambda: self.done.append("copied"))
        self.button.pack()

    def label(self) -> str:
        return str(self.button.cget("text"))

    def test_it_says_for_a_moment_that_it_has_copied(self) -> None:
        with mock.patch.object(copy_button, "COPIED_MILLISECONDS", 1):
            self.button.invoke()
        self.assertEqual((["copied"], COPIED), (self.done, self.label()))
        self.until(lambda: self.label() == "Copy link")

    def test_each_press_copies_and_one_timer_runs(self) -> None:
        self.button.invoke()
        self.button.invoke()
        self.assertEqual((["copied", "copied"], COPIED), (self.done, self.label()))
        self.assertEqual(1, len(self.button._timers))

    def test_nothing_is_left_of_a_button_that_is_gone(self) -> None:
        self.button.invoke()
        self.button.destroy()
        self.assertEqual(0, len(self.button._timers))
