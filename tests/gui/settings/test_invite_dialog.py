"""The card "Invite people" as a dialog."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.first_chat_cards import Invitation
from chatapp.gui.settings.invite_dialog import InviteDialog
from tests.gui.base import WindowTest


class Dialogs(WindowTest):
    def test_escape_closes_it(self) -> None:
        closed: list[bool] = []
        copied: list[str] = []
        self.root.deiconify()
        dialog = InviteDialog(
            self.root, self.theme, copied.append, copied.append, lambda: closed.append(True)
        )
        dialog.card.show(Invitation("ircs://192.0.2.7:5000"))
        dialog.open(dialog.card.copy)
        dialog.card.copy.invoke()
        self.assertEqual(["ircs://192.0.2.7:5000"], copied)
        dialog.close()
        self.assertEqual([True], closed)


if __name__ == "__main__":
    unittest.main()
