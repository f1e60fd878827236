"""What can be chosen for the filters of a search."""

from __future__ import annotations

import unittest
from datetime import date

from chatapp.client.model.network import Network
from chatapp.gui.main.search_pickers import conversation_rows, day_rows, people_rows

TODAY = date(2026, 3, 12)


class Pickers(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick = "ana"
        self.network.add("", "server")
        self.network.add("#lab", "channel")
        self.network.add("ben", "direct")
        for nick in ("ana", "dee", "ben"):
            self.network.person(nick)
        self.network.person("ben").display_name = "Ben Okafor"

    def test_conversations_are_found_by_any_of_their_names(self) -> None:
        self.assertEqual(["#lab", "ben"], [row.key for row in conversation_rows(self.network, "")])
        for wanted, expected in (("LA", ["#lab"]), ("okafor", ["ben"]), ("ben", ["ben"]), ("x", [])):
            with self.subTest(wanted):
                self.assertEqual(expected, [row.key for row in conversation_rows(self.network, wanted)])

    def test_people_begin_with_ourselves(self) -> None:
        self.assertEqual(["ana", "ben", "dee"], [row.key for row in people_rows(self.network, "")])
        self.assertEqual(["Ben Okafor"], [row.text for row in people_rows(self.network, "ben")])

    def test_a_name_that_is_not_here_can_be_chosen_too(self) -> None:
        self.assertEqual([("zoe", "From “zoe”")], [(r.key, r.text) for r in people_rows(self.network, "zoe")])
        self.assertEqual([], people_rows(self.network, "two words"))

    def test_days_are_offered_or_read(self) -> None:
        self.assertEqual(("2026-03-12", "Today"), (day_rows(TODAY, "")[0].key, day_rows(TODAY, "")[0].text))
        for wanted, key, text in (
            ("1 march", "2026-03-01", "1 March (Sunday)"),
            ("yesterday", "2026-03-11", "Yesterday (Wednesday)"),
            ("7", "2026-03-05", "The last 7 days"),
        ):
            with self.subTest(wanted):
                (row,) = day_rows(TODAY, wanted)
                self.assertEqual((key, text), (row.key, row.text))

    def test_what_is_no_day_is_explained(self) -> None:
        (row,) = day_rows(TODAY, "soon")
        self.assertEqual("", row.key)
        self.assertIn("“soon” is not a day.", row.text)
