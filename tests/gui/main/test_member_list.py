"""The people pane: members and filter."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import NetworkState
from chatapp.gui.main import member_list
from chatapp.gui.main.member_list import MemberList
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import add_members, make_network


class RowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "@ben", "ana", "(chen)", "dee", "+eve")

    def texts(self, wanted: str = "") -> list[str]:
        return [row.text for row in member_list.member_rows(self.network, self.general, wanted)]

    def test_people_are_sorted_by_rank_and_name_and_away_people_come_last(self) -> None:
        self.assertEqual(
            self.texts(),
            ["OPERATORS — 1", "ben", "WITH VOICE — 1", "eve", "ONLINE — 3", "ana", "dee", "chen"],
        )

    def test_the_ranks_come_from_the_server(self) -> None:
        self.network.isupport = {"PREFIX": "(qoy)~@!"}
        self.general.members["ben"].ranks = "~@"
        self.general.members["dee"].ranks = "!"
        self.assertEqual(
            [text for text in self.texts() if "—" in text], ["OWNERS — 1", "Y — 1", "ONLINE — 3"]
        )

    def test_the_user_and_people_who_are_away_are_marked_by_more_than_a_colour(self) -> None:
        rows = {row.key: row for row in member_list.member_rows(self.network, self.general)}
        self.assertEqual(rows["ana"].note, "(you)")
        self.assertEqual(
            (rows["chen"].note, rows["chen"].presence, rows["chen"].role), ("· away", "away", "muted")
        )
        self.assertEqual((rows["dee"].note, rows["dee"].presence), ("", "online"))

    def test_ignored_people_are_marked(self) -> None:
        self.network.ignored.add("dee")
        rows = {row.key: row for row in member_list.member_rows(self.network, self.general)}
        self.assertEqual(rows["dee"].note, "· ignored")

    def test_the_filter_takes_any_part_of_a_name_in_any_case(self) -> None:
        self.assertEqual(
            self.texts("E"), ["OPERATORS — 1", "ben", "WITH VOICE — 1", "eve", "ONLINE — 2", "dee", "chen"]
        )
        self.assertEqual(self.texts("nobody"), [])


class MemberListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.menus: list[str] = []
        self.people = MemberList(
            self.root, self.theme, self.chosen.append, lambda nick, x, y: self.menus.append(nick)
        )
        self.people.pack(fill="both", expand=True)
        self.network = make_network("#general", "#help")
        self.general = add_members(self.network, "#general", "@ben", "ana", "dee")
        self.people.show(self.network, self.general)
        self.settle()

    def drawn(self) -> list[str]:
        return list(drawn_texts(self.people.rows.canvas))

    def test_typing_into_the_filter_shows_only_matches(self) -> None:
        self.people.filter.insert(0, "de")
        self.settle()
        self.assertEqual(self.drawn(), ["ONLINE — 1", "dee"])

    def test_without_a_match_the_list_says_so(self) -> None:
        self.people.filter.insert(0, "nobody")
        self.settle()
        self.assertEqual(self.drawn(), ["No matches"])

    def test_escape_clears_the_filter(self) -> None:
        self.people.filter.insert(0, "de")
        self.focus(self.people.filter)
        self.press(self.people.filter, "<Escape>")
        self.assertEqual(self.people.filter.get(), "")
        self.assertIn("ben", self.drawn())

    def test_an_empty_member_list_says_why(self) -> None:
        states: list[tuple[NetworkState, bool, list[str]]] = [
            ("online", False, ["You are not in this channel"]),
            ("waiting", False, ["You are not connected"]),
            ("online", True, []),
        ]
        self.general.members.clear()
        for state, joined, expected in states:
            with self.subTest(expected):
                self.network.state, self.general.joined = state, joined
                self.people.show(self.network, self.general)
                self.settle()
                self.assertEqual(self.drawn(), expected)

    def test_enter_chooses_the_first_match_and_clears_the_filter(self) -> None:
        for key in ("<Return>", "<KP_Enter>"):
            self.people.filter.insert(0, "e")
            self.focus(self.people.filter)
            self.press(self.people.filter, key)
            self.assertEqual(self.people.filter.get(), "")
        self.assertEqual(self.chosen, ["ben", "ben"])

    def test_enter_chooses_no_member_without_a_filter_or_a_match(self) -> None:
        self.focus(self.people.filter)
        self.press(self.people.filter, "<Return>")
        self.people.filter.insert(0, "nobody")
        self.press(self.people.filter, "<Return>")
        self.assertEqual((self.chosen, self.people.filter.get()), ([], "nobody"))

    def test_another_channel_starts_without_a_filter(self) -> None:
        self.people.filter.insert(0, "de")
        self.people.show(self.network, add_members(self.network, "#help", "ana", "ben"))
        self.settle()
        self.assertEqual(self.people.filter.get(), "")
        self.assertIn("ben", self.drawn())

    def test_every_member_can_be_reached_with_the_keyboard(self) -> None:
        canvas = self.people.rows.canvas
        self.focus(canvas)
        self.press(canvas, "<Home>", "<Return>", "<Down>", "<Shift-F10>")
        self.assertEqual((self.chosen, self.menus), (["ben"], ["ana"]))


if __name__ == "__main__":
    unittest.main()
