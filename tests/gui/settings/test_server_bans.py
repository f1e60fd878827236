"""Bans on the page "This server"."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.server_bans import ServerBans
from chatapp.gui.widgets.setting_row import SettingText
from tests.gui.base import WindowTest


class Bans(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.lifted: list[str] = []
        self.part = ServerBans(self.root, self.theme, self.lifted.append)

    def test_each_ban_can_be_lifted(self) -> None:
        self.part.show([SettingText(f"tom{each}!*@*", f"tom{each}", "Insults") for each in range(2)])
        row = self.part.list.rows["tom1!*@*"]
        self.root.tk.call(row.control, "invoke")
        self.assertEqual(self.lifted, ["tom1!*@*"])
        self.part.show_problem("tom1!*@*", "There is no such ban")
        self.assertEqual(row.problem, "There is no such ban")

    def test_the_heading_has_their_number(self) -> None:
        for bans, note in (([SettingText("tom!*@*", "tom")], "1"), ([], "")):
            self.part.show(bans)
            self.assertEqual(str(self.part._heading._note.cget("text")), note)


if __name__ == "__main__":
    unittest.main()
