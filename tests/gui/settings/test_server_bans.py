"""Bans on the page "This server"."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.server_bans import MOST, ServerBans
from chatapp.gui.widgets.setting_row import SettingText
from tests.gui.base import WindowTest


def bans(count: int) -> list[SettingText]:
    return [
        SettingText(f"tom{each}!*@*", f"tom{each}", "Insults · by you · for ever") for each in range(count)
    ]


class Bans(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.lifted: list[str] = []
        self.part = ServerBans(self.root, self.theme, self.lifted.append)
        self.part.pack(fill="x")

    def test_each_ban_can_be_lifted(self) -> None:
        self.part.show(bans(2))
        self.settle()
        row = self.part.rows["tom1!*@*"]
        self.assertEqual((row.label, row.note), ("tom1", "Insults · by you · for ever"))
        self.root.tk.call(row.control, "invoke")
        self.assertEqual(self.lifted, ["tom1!*@*"])

    def test_a_refusal_stands_below_its_ban(self) -> None:
        self.part.show(bans(2))
        self.part.show_problem("tom1!*@*", "There is no such ban")
        self.part.show_problem("gone", "There is no such ban")
        self.assertEqual([row.problem for row in self.part.rows.values()], ["", "There is no such ban"])

    def test_many_are_folded(self) -> None:
        self.part.show(bans(MOST + 5))
        self.assertEqual(len(self.part.rows), MOST)
        self.part._show_all()
        self.assertEqual(len(self.part.rows), MOST + 5)

    def test_without_bans_it_says_so(self) -> None:
        self.part.show(bans(1))
        self.part.show([])
        self.assertEqual(self.part.rows, {})
        self.assertEqual(len(self.part._card.rows), 1)


if __name__ == "__main__":
    unittest.main()
