"""MODE: the modes of channels and users.

Source:
    modern IRC MODE; RFC 2812 sections 3.1.5, 3.2.3
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class ShowingModes(ServerTest):
    def test_letters_are_sorted_and_their_parameters_follow(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "MODE #c +lk 10 secret")
        self.assertEqual(
            self.answer("ann", "MODE #c"), ["324 ann #c +klnt secret 10", "329 ann #c 1773316800"]
        )

    def test_a_channel_without_modes_shows_a_single_plus(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "MODE #c -nt")
        self.assertEqual(self.answer("ann", "MODE #c")[0], "324 ann #c +")

    def test_non_members_do_not_see_the_key(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("ann", "MODE #c +lk 10 secret")
        self.assertEqual(self.answer("bob", "MODE #c")[0], "324 bob #c +klnt * 10")

    def test_non_members_do_not_see_the_modes_of_a_secret_channel(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("ann", "MODE #c +s")
        self.assertAnswer("bob", "MODE #c", "442 bob #c :You're not on that channel")
        self.assertAnswer("bob", "MODE #c b", "442 bob #c :You're not on that channel")

    def test_an_unknown_channel_or_nick(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "MODE #nowhere", "403 ann #nowhere :No such channel")
        self.assertAnswer("ann", "MODE nobody", "401 ann nobody :No such nick or channel")


class UserModes(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob")

    def test_modes_are_shown_and_set(self) -> None:
        self.assertAnswer("ann", "MODE ann", "221 ann +")
        self.assertAnswer("ann", "MODE ann +wB-w+i", ":ann MODE ann +wB-w+i")
        self.assertAnswer("ann", "MODE Ann", "221 ann +Bi")
        self.assertGot("bob")

    def test_a_mode_that_is_already_set_is_not_announced(self) -> None:
        self.assertAnswer("ann", "MODE ann -i")
        self.assertAnswer("ann", "MODE ann +i", ":ann MODE ann +i")
        self.assertAnswer("ann", "MODE ann +i")

    def test_unknown_letters_are_reported_once(self) -> None:
        self.assertAnswer("ann", "MODE ann +xiy", "501 ann :Unknown MODE flag", ":ann MODE ann +i")

    def test_some_modes_are_set_only_by_the_server(self) -> None:
        self.assertAnswer("ann", "MODE ann +oZ")
        self.assertAnswer("ann", "MODE ann", "221 ann +")

    def test_an_operator_can_give_up_the_role(self) -> None:
        self.make_operator("ann")
        self.assertAnswer("ann", "MODE ann -o", ":ann MODE ann -o")
        self.assertAnswer("ann", "MODE ann +o")

    def test_modes_of_other_users_are_refused(self) -> None:
        self.assertAnswer("ann", "MODE bob", "502 ann :Can't change mode for other users")
        self.assertAnswer("ann", "MODE bob +i", "502 ann :Can't change mode for other users")


if __name__ == "__main__":
    unittest.main()
