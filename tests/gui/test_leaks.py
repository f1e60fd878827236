"""Menus and dialogs leave nothing behind when they are gone."""

from __future__ import annotations

import gc
from collections.abc import Callable

from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.context_menus import MenuItem
from tests.gui.window_case import WindowCase


class LeakTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def kept(self) -> dict[str, int]:
        """How many commands, images, widgets and watchers of the theme there are."""
        gc.collect()
        tk = self.root.tk
        return {
            "commands": len(tk.splitlist(tk.call("info", "commands"))),
            "images": len(self.root.image_names()),
            "widgets": sum(1 for _ in self.widgets()),
            "watchers": len(self.theme._watchers),
        }

    def widgets(self) -> list[str]:
        """The paths of all widgets."""
        found = ["."]
        for path in found:
            found += map(str, self.root.tk.splitlist(self.root.tk.call("winfo", "children", path)))
        return found

    def assert_keeps(self, opened: Callable[[], object], times: int) -> None:
        """The second and the last time leave as much behind as the first."""
        opened()
        self.settle()
        before = self.kept()
        for _ in range(times):
            opened()
        self.settle()
        self.assertEqual(self.kept(), before)

    def test_many_menus_leave_what_one_leaves(self) -> None:
        items = [MenuItem("One"), MenuItem(), MenuItem("Two")]
        self.assert_keeps(lambda: context_menus.pop_up(self.root, self.theme, items, 10, 10).unpost(), 100)

    def test_menus_of_the_transcript_leave_what_one_leaves(self) -> None:
        self.say("ben", "see https://a.example")
        self.sees("https://a.example")
        text = self.window.pane.transcript.view.text
        index = text.search("https", "1.0")
        self.assert_keeps(lambda: self.window.pane.transcript.input.menu(1, index), 100)

    def test_dialogs_leave_what_one_leaves(self) -> None:
        overlays = self.window.overlays
        for opened in (overlays.jump, overlays.join, overlays.settings):
            with self.subTest(opened.__name__):

                def open_and_close(opened: Callable[[], None] = opened) -> None:
                    opened()
                    assert overlays.dialog is not None
                    overlays.dialog.close()

                self.assert_keeps(open_and_close, 10)

    def test_so_does_the_dialog_to_connect(self) -> None:
        def open_and_close() -> None:
            self.window.connect_controller.open().destroy()
            self.window.connect_controller.dialog = None

        self.assert_keeps(open_and_close, 5)
