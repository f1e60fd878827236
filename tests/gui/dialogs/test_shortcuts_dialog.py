"""The card with all keyboard shortcuts."""

from __future__ import annotations

from chatapp.gui.dialogs.shortcuts_dialog import ShortcutsDialog, shortcut_rows
from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class ShortcutsDialogTest(WindowTest):
    def test_every_shortcut_has_a_row(self) -> None:
        listed = {row.text for row in shortcut_rows() if isinstance(row, ListRow)}
        self.assertEqual(listed, {each.description for each in shortcuts.SHORTCUTS})

    def test_f1_shows_the_list(self) -> None:
        events = {event: action for each in shortcuts.SHORTCUTS for event, action in each.events.items()}
        self.assertEqual(events["<F1>"], "shortcuts")

    def test_no_label_is_cut(self) -> None:
        self.size(1000, 800)
        dialog = ShortcutsDialog(self.root, self.theme)
        self.settle()
        canvas, drawn = dialog.rows.canvas, set(drawn_texts(dialog.rows.canvas))
        for _ in range(10):
            self.press(canvas, "<Next>")
            self.settle()
            drawn |= set(drawn_texts(canvas))
        self.assertEqual({each.description for each in shortcuts.SHORTCUTS} - drawn, set())

    def test_arrow_keys_scroll_and_escape_closes(self) -> None:
        self.size(520, 360)
        self.settle()
        dialog = ShortcutsDialog(self.root, self.theme)
        self.focus(dialog.rows.canvas)
        before = dialog.rows.canvas.canvasy(0)
        self.press(dialog.rows.canvas, "<End>")
        self.assertGreater(dialog.rows.canvas.canvasy(0), before)
        self.press(dialog.rows.canvas, "<Escape>")
        self.assertFalse(dialog.winfo_exists())
