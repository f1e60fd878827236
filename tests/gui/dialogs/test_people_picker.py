"""The people that can be written to."""

from __future__ import annotations

import unittest

from chatapp.gui.dialogs.people_picker import person_rows
from tests.gui.networks import add_members, make_network


class PersonRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        add_members(self.network, "#general", "ana", "ben", "(dee)")
        self.network.person("ben").display_name = "Benjamin Dee"

    def found(self, wanted: str) -> list[tuple[str, str, str]]:
        return [(row.key, row.text, row.note) for row in person_rows(self.network, wanted)]

    def test_everybody_but_the_user_is_listed_by_name(self) -> None:
        self.network.add("zoe", "direct")
        expected = [("ben", "Benjamin Dee", "ben"), ("dee", "dee", ""), ("zoe", "zoe", "")]
        self.assertEqual(self.found(""), expected)

    def test_names_that_begin_with_the_text_come_first(self) -> None:
        self.assertEqual([key for key, _, _ in self.found("@DEE")], ["dee", "ben"])

    def test_a_nick_that_nobody_here_has_can_be_written_to(self) -> None:
        self.assertEqual(self.found("mira"), [("mira", "mira", "somebody who is not in your channels")])
        for wanted in ("two words", "#general", "ana", ""):
            with self.subTest(wanted):
                self.assertNotIn(wanted, [key for key, _, _ in self.found(wanted)])


if __name__ == "__main__":
    unittest.main()
