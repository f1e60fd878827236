"""The dialog to be away."""

from __future__ import annotations

from chatapp.gui.dialogs.away_dialog import AwayDialog
from tests.gui.base import WindowTest


class AwayDialogTest(WindowTest):
    def open(self, reason: str = "", longest: int = 0) -> AwayDialog:
        self.reasons: list[str] = []
        dialog = AwayDialog(self.root, self.theme, reason, longest, self.reasons.append)
        self.focus(dialog.field.entry)
        return dialog

    def test_enter_is_away_with_the_reason(self) -> None:
        dialog = self.open("At lunch")
        dialog.field.value = " At  the dentist "
        self.press(dialog.field.entry, "<Return>")
        self.assertEqual(self.reasons, ["At the dentist"])
        self.assertFalse(dialog.winfo_exists())

    def test_the_reason_may_be_empty(self) -> None:
        self.open().button.invoke()
        self.assertEqual(self.reasons, [""])

    def test_a_reason_that_is_too_long_is_refused_and_kept(self) -> None:
        dialog = self.open(longest=5)
        dialog.field.value = "too long"
        dialog.button.invoke()
        self.assertEqual((self.reasons, dialog.field.value), ([], "too long"))
        self.assertEqual(dialog.field.error, "At most 5 characters; these are 8.")

    def test_escape_changes_nothing(self) -> None:
        dialog = self.open("At lunch")
        self.press(dialog.field.entry, "<Escape>")
        self.assertEqual(self.reasons, [])
