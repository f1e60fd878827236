"""JOIN: permissions, and what the new member gets.

Source:
    modern IRC JOIN
"""

from __future__ import annotations

import unittest
from dataclasses import replace

from tests.server.base import ServerTest


class Joining(ServerTest):
    def test_the_first_member_creates_the_channel_and_is_operator(self) -> None:
        self.enter("ann")
        self.assertAnswer(
            "ann",
            "JOIN #c",
            ":ann JOIN #c",
            "353 ann = #c :@ann",
            "366 ann #c :End of /NAMES list",
        )
        self.assertEqual(set(self.channel("#c").modes), {"n", "t"})

    def test_members_are_notified_and_the_new_member_gets_topic_and_names(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("ann", "TOPIC #c :All about C")
        self.text("ann")
        self.assertAnswer(
            "bob",
            "JOIN #C",
            ":bob JOIN #c",
            "332 bob #c :All about C",
            "333 bob #c " + self.user("ann").source + " 1773316800",
            "353 bob = #c :@ann bob",
            "366 bob #c :End of /NAMES list",
        )
        self.assertGot("ann", ":bob JOIN #c")

    def test_a_second_join_is_ignored(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.assertAnswer("bob", "JOIN #c")
        self.assertGot("ann")

    def test_each_of_several_channels_has_its_own_answer(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "JOIN #locked", "MODE #locked +k secret")
        codes = [line.split()[0] for line in self.answer("bob", "JOIN #a,bad,#locked,#b")]
        self.assertEqual(codes, [":bob", "353", "366", "403", "475", ":bob", "353", "366"])

    def test_keys_belong_to_the_channels_in_their_order(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "JOIN #a,#b,#c", "MODE #a +k one", "MODE #b +k two")
        self.say("bob", "JOIN #a,#b,#c one,two")
        self.assertEqual({channel.name for channel in self.user("bob").channels}, {"#a", "#b", "#c"})

    def test_zero_leaves_all_channels(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("bob", "JOIN #d")
        self.forget()
        self.assertAnswer("bob", "JOIN 0", ":bob PART #c", ":bob PART #d")
        self.assertGot("ann", ":bob PART #c")

    def test_an_invalid_channel_name(self) -> None:
        self.enter("ann")
        table = {
            "c": "c",
            "#": "#",
            ":#two words": "#two_words",
            "#a*": "#a*",
            "#a:b": "#a:b",
            "#a\x07": "#a\x07",
            "#a\u200bb": "#a\u200bb",
            "#" + "c" * 64: "#" + "c" * 64,
        }
        for typed, shown in table.items():
            with self.subTest(typed):
                self.assertAnswer("ann", f"JOIN {typed}", f"403 ann {shown} :No such channel")
        self.assertEqual(self.answer("ann", f"JOIN #{'c' * 63}")[0], f":ann JOIN #{'c' * 63}")
        self.assertEqual(self.answer("ann", "JOIN #Καφές")[0], ":ann JOIN #Καφές")

    def test_without_parameters(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "JOIN", "461 ann JOIN :Not enough parameters")

    def test_clients_with_extended_join_get_account_and_real_name(self) -> None:
        self.enter("ann", channel="#c", caps="extended-join")
        self.enter("bob", "dan", realname="Somebody New")
        self.log_in("dan", "daniel")
        self.say("bob", "JOIN #c")
        self.assertGot("ann", ":bob JOIN #c * :Somebody New")
        self.say("dan", "JOIN #c")
        self.assertGot("ann", ":dan JOIN #c daniel :Somebody New")

    def test_with_no_implicit_names_the_names_come_only_on_request(self) -> None:
        for name, caps in (("ann", "no-implicit-names"), ("bob", "draft/no-implicit-names")):
            with self.subTest(caps):
                self.enter(name, caps=caps)
                self.assertAnswer(name, f"JOIN #{name}", f":{name} JOIN #{name}")
                self.assertEqual(self.answer(name, f"NAMES #{name}")[0], f"353 {name} = #{name} :@{name}")

    def test_a_default_channel_that_refuses_the_user_does_not_prevent_registration(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "MODE #c +k secret")
        channels = replace(self.world.config.channels, default=("#c", "#d"))
        self.world.config = replace(self.world.config, channels=channels)
        self.connect("bob")
        self.say("ann", "MONITOR + bob")
        self.forget()
        codes = [line.split()[0] for line in self.answer("bob", "NICK bob", "USER bob 0 * :Bob")]
        self.assertEqual(codes[-5:], ["422", "475", ":bob", "353", "366"])
        self.assertEqual(self.codes("ann"), ["730"])

    def test_clients_with_away_notify_learn_that_the_new_member_is_away(self) -> None:
        self.enter("ann", channel="#c", caps="away-notify")
        self.enter("bob", channel="#c")
        self.enter("dan")
        self.say("dan", "AWAY :lunch", "JOIN #c")
        self.assertGot("ann", ":dan JOIN #c", ":dan AWAY :lunch")
        self.assertGot("bob", ":dan JOIN #c")
        self.assertNotIn("AWAY", self.codes("dan"))

    def test_a_former_operator_with_an_account_regains_the_rank_and_all_are_notified(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.log_in("bob", "robert")
        self.say("ann", "MODE #c +o bob")
        self.say("bob", "PART #c")
        self.forget()
        lines = self.answer("bob", "JOIN #c")
        self.assertIn("353 bob = #c :@ann @bob", lines)
        self.assertGot("ann", ":bob JOIN #c", "MODE #c +o bob")


if __name__ == "__main__":
    unittest.main()
