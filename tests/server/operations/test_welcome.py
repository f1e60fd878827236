"""What a client gets when its registration is complete."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Welcome(ServerTest):
    def test_the_first_three_numerics_have_two_parameters(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann")
        messages = self.messages("ann")
        self.assertEqual([len(message.params) for message in messages[:3]], [2, 2, 2])
        self.assertIn("Welcome", messages[0].text)

    def test_every_numeric_is_followed_by_the_nick_or_a_star(self) -> None:
        self.connect("ann")
        self.say("ann", "JOIN #c", "CAP WHAT", "NICK ann", "JOIN #c", "USER a 0 * :Ann", "WHAT")
        for message in self.messages("ann"):
            with self.subTest(str(message)):
                self.assertIn(message.params[0], ("*", "ann"))

    def test_features_are_split_into_lines_of_fifteen_parameters(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann")
        rows = [message for message in self.messages("ann") if message.command == "005"]
        self.assertTrue(all(len(row.params) <= 15 for row in rows))
        tokens = [token for row in rows for token in row.params[1:-1]]
        self.assertIn("PREFIX=(qaohv)~&@%+", tokens)
        self.assertTrue(all(token.count("=") <= 1 for token in tokens), tokens)


if __name__ == "__main__":
    unittest.main()
