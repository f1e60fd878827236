"""RENAME: channels are renamed.

Source:
    IRCv3 channel-rename
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Renaming(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps="draft/channel-rename")
        self.enter("bob", channel="#c")
        self.say("ann", "TOPIC #c :Tea at five", "MODE #c +mv bob")
        self.forget()

    def test_clients_with_the_capability_get_one_line(self) -> None:
        """The message always has a third parameter, which may be empty."""
        self.assertAnswer("ann", "RENAME #c #d :Typo fix", ":ann RENAME #c #d :Typo fix")
        self.assertAnswer("ann", "RENAME #d #e", ":ann RENAME #d #e :")

    def test_other_clients_see_a_part_and_a_join(self) -> None:
        self.say("ann", "RENAME #c #d :Typo fix")
        received = self.got("bob")
        self.assertEqual(received[:3], [":bob PART #c :Typo fix", ":bob JOIN #d", "332 bob #d :Tea at five"])
        self.assertEqual([line.split()[0] for line in received[3:]], ["333", "353", "366"])
        self.assertEqual(received[4], "353 bob = #d :@ann +bob")

    def test_without_a_reason(self) -> None:
        self.say("ann", "RENAME #c #d")
        self.assertEqual(self.got("bob")[:2], [":bob PART #c", ":bob JOIN #d"])

    def test_a_sender_without_the_capability_gets_the_same_lines(self) -> None:
        self.say("ann", "MODE #c +o bob")
        self.text("bob")
        self.assertEqual(self.answer("bob", "RENAME #c #d")[:2], [":bob PART #c", ":bob JOIN #d"])
        self.assertGot("ann", ":ann MODE #c +o bob", ":bob RENAME #c #d :")

    def test_everything_but_the_name_stays(self) -> None:
        self.say("ann", "RENAME #c #D")
        channel = self.channel("#d")
        self.assertEqual((channel.name, channel.topic), ("#D", "Tea at five"))
        self.assertEqual(self.answer("bob", "PRIVMSG #d :hello"), [])
        self.assertIn(":bob PRIVMSG #D :hello", self.got("ann"))
        self.assertAnswer("bob", "PRIVMSG #c :hello", "403 bob #c :No such channel")

    def test_the_capitals_alone_may_change(self) -> None:
        self.assertAnswer("ann", "RENAME #c #C", ":ann RENAME #c #C :")
        self.assertGot("bob")
        self.assertEqual(self.channel("#c").name, "#C")

    def test_the_new_name_survives_a_restart(self) -> None:
        self.log_in("ann")
        self.say("ann", "MODE #c +v ann", "RENAME #c #d")
        self.restart()
        self.assertEqual(set(self.world.channels), {"#d"})
        self.assertEqual(self.channel("#d").topic, "Tea at five")

    def test_invitations_and_forwards_follow_the_new_name(self) -> None:
        self.enter("eve")
        self.say("ann", "JOIN #door", "MODE #door +f #c", "MODE #c +i", "INVITE eve #c", "RENAME #c #d")
        self.forget()
        self.assertAnswer("eve", "INVITE", "336 eve #d", "337 eve :End of /INVITE list")
        self.assertEqual(self.channel("#door").modes["f"], "#d")
        self.assertEqual(self.answer("eve", "JOIN #d")[0], ":eve JOIN #d")

    def test_each_session_gets_the_lines_that_suit_its_capabilities(self) -> None:
        self.log_in("ann")
        self.connect("phone")
        next(iter(self.world.unregistered)).account = "ann"
        self.say("phone", "NICK ann", "USER ann 0 * :Ann")
        self.forget()
        self.say("ann", "RENAME #c #d")
        self.assertGot("ann", ":ann RENAME #c #d :")
        self.assertEqual(self.got("phone")[:2], [":ann PART #c", ":ann JOIN #d"])


class Refusals(ServerTest):
    CONFIG = '[channels]\ndefault = ["#lobby"]'

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_only_operators_may_rename(self) -> None:
        self.assertAnswer("bob", "RENAME #c #d", "482 bob #c :You're not channel operator")
        self.say("ann", "MODE #c +h bob")
        self.text("bob")
        self.assertAnswer("bob", "RENAME #c #d", "482 bob #c :You're not channel operator")

    def test_only_members_may_rename(self) -> None:
        self.enter("eve")
        self.assertAnswer("eve", "RENAME #c #d", "442 eve #c :You're not on that channel")
        self.assertAnswer("eve", "RENAME #nowhere #d", "403 eve #nowhere :No such channel")
        self.assertAnswer("eve", "RENAME #c", "461 eve RENAME :Not enough parameters")

    def test_a_name_that_is_taken(self) -> None:
        self.say("ann", "JOIN #d")
        for name in ("#d", "#D", "#c"):
            with self.subTest(name):
                self.assertEqual(
                    self.answer("ann", f"RENAME #c {name}"),
                    [f"FAIL RENAME CHANNEL_NAME_IN_USE #c {name} :A channel with this name exists"],
                )

    def test_an_invalid_name(self) -> None:
        for name in ("d", "#", "#a,b", "#" + "a" * 80):
            with self.subTest(name):
                (line,) = self.answer("ann", f"RENAME #c {name}")
                self.assertTrue(line.startswith(f"FAIL RENAME CANNOT_RENAME #c {name} :"), line)

    def test_the_default_channel_cannot_be_renamed(self) -> None:
        self.make_operator("ann")
        self.world.channels["#lobby"].members[self.user("ann")].ranks = "o"
        self.assertIn("FAIL RENAME CANNOT_RENAME #lobby #d", self.answer("ann", "RENAME #lobby #d")[0])


class FormerNames(ServerTest):
    """A JOIN of the old name is redirected to the new one."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.say("ann", "RENAME #c #d")
        self.enter("bob")
        self.enter("eve", caps="draft/channel-rename")
        self.forget()

    def test_clients_with_the_capability_get_the_new_name_in_an_error(self) -> None:
        self.assertAnswer("eve", "JOIN #C", "FAIL JOIN CHANNEL_RENAMED #C #d :The channel has been renamed")

    def test_clients_without_the_capability_join_the_new_name(self) -> None:
        self.assertEqual(
            self.answer("bob", "JOIN #c")[:2], ["470 bob #c #d :The channel has been renamed", ":bob JOIN #d"]
        )
        self.assertAnswer("bob", "JOIN #c", "470 bob #c #d :The channel has been renamed")

    def test_a_member_at_the_time_of_the_renaming_creates_a_new_channel_of_the_old_name(self) -> None:
        """The redirection is for clients that "weren't present in the channel during the name change"."""
        self.enter("dan", channel="#d", caps="draft/channel-rename")
        self.say("ann", "RENAME #d #e")
        for name, answer in (
            ("dan", ":dan JOIN #d"),
            ("ann", ":ann JOIN #d"),
            ("bob", ":bob JOIN #d"),
        ):
            with self.subTest(name):
                self.forget()
                self.assertEqual(self.answer(name, "JOIN #d")[0], answer)
        self.assertIsNot(self.channel("#d"), self.channel("#e"))
        self.assertEqual(self.channel("#d").members[self.user("dan")].ranks, "o")

    def test_a_former_member_who_left_is_not_redirected_either(self) -> None:
        self.say("ann", "JOIN #x", "PART #d")
        self.assertEqual(self.answer("ann", "JOIN #c")[0], ":ann JOIN #c")

    def test_a_user_who_joined_after_the_renaming_is_redirected(self) -> None:
        self.say("bob", "JOIN #d")
        self.text("bob")
        self.assertAnswer("bob", "JOIN #c", "470 bob #c #d :The channel has been renamed")

    def test_only_the_last_former_name_is_redirected(self) -> None:
        self.say("ann", "RENAME #d #e")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.assertEqual(self.answer("bob", "JOIN #d")[0], "470 bob #d #e :The channel has been renamed")

    def test_a_former_name_may_be_taken_by_another_channel(self) -> None:
        self.say("ann", "JOIN #x", "RENAME #x #c")
        self.assertEqual(self.answer("eve", "JOIN #c")[0], ":eve JOIN #c")

    def test_a_secret_channel_is_not_revealed_by_a_redirection(self) -> None:
        self.say("ann", "MODE #d +s")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_the_redirection_ends_with_the_channel(self) -> None:
        self.say("ann", "MODE #d +k secret", "PART #d")
        self.assertEqual(self.answer("eve", "JOIN #c")[0], ":eve JOIN #c")
        self.assertEqual(self.world.former_names, {})


if __name__ == "__main__":
    unittest.main()
