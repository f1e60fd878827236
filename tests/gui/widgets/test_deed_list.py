"""A card with bans."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.deed_list import MOST, DeedList, DeedText
from chatapp.gui.widgets.setting_row import SettingRow, SettingText
from tests.gui.base import WindowTest


def bans(count: int) -> list[DeedText]:
    return [
        DeedText(SettingText(f"tom{each}!*@*", f"tom{each}", "Insults · by you · for ever"))
        for each in range(count)
    ]


class Bans(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.lifted: list[str] = []
        self.part = DeedList(self.root, self.theme, "Nobody is banned.", self.lifted.append)
        self.part.pack(fill="x")

    def test_each_ban_can_be_lifted(self) -> None:
        self.part.show(bans(2))
        self.settle()
        row = self.part.rows["tom1!*@*"]
        self.assertEqual((row.label, row.note), ("tom1", "Insults · by you · for ever"))
        assert row.control is not None
        self.assertEqual(row.control.cget("text"), "Lift the ban")
        self.root.tk.call(row.control, "invoke")
        self.assertEqual(self.lifted, ["tom1!*@*"])

    def test_a_long_reason_can_be_read_completely(self) -> None:
        self.size(420, 400)
        reason = "Insults in the evening " * 8
        self.part.show([DeedText(SettingText("tom!*@*", "tom", reason))])
        self.settle()
        row = self.part.rows["tom!*@*"]
        self.assertEqual(row.note, reason)
        self.assertGreater(row.winfo_height(), 3 * self.theme.fonts["ChatSmall"].metrics("linespace"))

    def test_a_refusal_stands_below_its_ban(self) -> None:
        self.part.show(bans(2))
        self.part.show_problem("tom1!*@*", "There is no such ban")
        self.part.show_problem("gone", "There is no such ban")
        self.assertEqual([row.problem for row in self.part.rows.values()], ["", "There is no such ban"])

    def test_many_are_folded(self) -> None:
        self.part.show(bans(MOST + 5))
        self.assertEqual(len(self.part.rows), MOST)
        self.part.show_all()
        self.assertEqual(len(self.part.rows), MOST + 5)

    def test_a_sentence_or_the_words_for_nobody_stand_in_place_of_bans(self) -> None:
        self.part.show(bans(1))
        self.part.show([])
        self.assertEqual(
            [each.label for each in self.part.card.rows if isinstance(each, SettingRow)],
            ["Nobody is banned."],
        )
        self.part.show_sentence("Loading…")
        self.assertEqual(
            [each.note for each in self.part.card.rows if isinstance(each, SettingRow)], ["Loading…"]
        )
        self.part.show(bans(1))
        self.assertEqual(list(self.part.rows), ["tom0!*@*"])

    def test_who_may_not_lift_has_no_button(self) -> None:
        part = DeedList(self.root, self.theme, "Nobody is banned.", None)
        part.show(bans(1))
        self.assertIsNone(part.rows["tom0!*@*"].control)


if __name__ == "__main__":
    unittest.main()
