"""JOIN: who may enter, and what one who enters is told.

Source  modern IRC JOIN
"""

from __future__ import annotations

import unittest
from dataclasses import replace

from tests.server.base import ServerTest


class Joining(ServerTest):
    def test_the_first_makes_the_channel_and_is_its_operator(self) -> None:
        self.enter("ann")
        self.assertAnswer(
            "ann",
            "JOIN #c",
            ":ann JOIN #c",
            "353 ann = #c :@ann",
            "366 ann #c :End of /NAMES list",
        )
        self.assertEqual(set(self.channel("#c").modes), {"n", "t"})

    def test_the_others_are_told_and_the_newcomer_gets_topic_and_names(self) -> None:
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

    def test_twice_is_silent(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.assertAnswer("bob", "JOIN #c")
        self.assertGot("ann")

    def test_several_channels_give_each_its_own_answer(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "JOIN #locked", "MODE #locked +k secret")
        codes = [line.split()[0] for line in self.answer("bob", "JOIN #a,bad,#locked,#b")]
        self.assertEqual(codes, [":bob", "353", "366", "403", "475", ":bob", "353", "366"])

    def test_keys_go_with_the_channels_in_their_order(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "JOIN #a,#b,#c", "MODE #a +k one", "MODE #b +k two")
        self.say("bob", "JOIN #a,#b,#c one,two")
        self.assertEqual({channel.name for channel in self.user("bob").channels}, {"#a", "#b", "#c"})

    def test_zero_leaves_all(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("bob", "JOIN #d")
        self.forget()
        self.assertAnswer("bob", "JOIN 0", ":bob PART #c", ":bob PART #d")
        self.assertGot("ann", ":bob PART #c")

    def test_what_is_no_name_of_a_channel(self) -> None:
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

    def test_without_a_channel(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "JOIN", "461 ann JOIN :Not enough parameters")

    def test_account_and_real_name_for_who_knows_extended_join(self) -> None:
        self.enter("ann", channel="#c", caps="extended-join")
        self.enter("bob", "dan", realname="Somebody New")
        self.log_in("dan", "daniel")
        self.say("bob", "JOIN #c")
        self.assertGot("ann", ":bob JOIN #c * :Somebody New")
        self.say("dan", "JOIN #c")
        self.assertGot("ann", ":dan JOIN #c daniel :Somebody New")

    def test_names_come_only_when_asked_for_with_no_implicit_names(self) -> None:
        for name, caps in (("ann", "no-implicit-names"), ("bob", "draft/no-implicit-names")):
            with self.subTest(caps):
                self.enter(name, caps=caps)
                self.assertAnswer(name, f"JOIN #{name}", f":{name} JOIN #{name}")
                self.assertEqual(self.answer(name, f"NAMES #{name}")[0], f"353 {name} = #{name} :@{name}")

    def test_a_default_channel_that_does_not_let_somebody_in_spoils_no_registration(self) -> None:
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

    def test_who_is_away_when_entering_is_told_to_who_knows_away_notify(self) -> None:
        self.enter("ann", channel="#c", caps="away-notify")
        self.enter("bob", channel="#c")
        self.enter("dan")
        self.say("dan", "AWAY :lunch", "JOIN #c")
        self.assertGot("ann", ":dan JOIN #c", ":dan AWAY :lunch")
        self.assertGot("bob", ":dan JOIN #c")
        self.assertNotIn("AWAY", self.codes("dan"))

    def test_an_operator_with_an_account_gets_the_rank_back_and_all_are_told(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.log_in("bob", "robert")
        self.say("ann", "MODE #c +o bob")
        self.say("bob", "PART #c")
        self.forget()
        lines = self.answer("bob", "JOIN #c")
        self.assertIn("353 bob = #c :@ann @bob", lines)
        self.assertGot("ann", ":bob JOIN #c", "MODE #c +o bob")


class FewChannels(ServerTest):
    CONFIG = "[limits]\nchannels_per_user = 2"

    def test_so_many_and_no_more(self) -> None:
        self.enter("ann")
        self.say("ann", "JOIN #a,#b")
        self.assertEqual(self.answer("ann", "JOIN #c")[-1], "405 ann #c :You have joined too many channels")
        self.say("ann", "PART #a")
        self.forget()
        self.assertEqual(self.answer("ann", "JOIN #c")[0], ":ann JOIN #c")


class ClosedDoors(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob")

    def test_each_mode_has_its_number(self) -> None:
        table = {
            "+i": "473 bob #c :Cannot join channel (+i)",
            "+l 1": "471 bob #c :Cannot join channel (+l)",
            "+k secret": "475 bob #c :Cannot join channel (+k)",
            "+b bob": "474 bob #c :Cannot join channel (+b)",
            "+R": "477 bob #c :Only who has an account may join (+R)",
        }
        for mode, refusal in table.items():
            with self.subTest(mode):
                self.say("ann", f"MODE #c {mode}")
                self.assertAnswer("bob", "JOIN #c", refusal)
                self.assertAnswer("bob", "JOIN #c wrong", refusal)
                self.say("ann", f"MODE #c -{mode[1:]}")

    def test_the_key_opens(self) -> None:
        self.say("ann", "MODE #c +k secret")
        self.assertEqual(self.answer("bob", "JOIN #c secret")[0], ":bob JOIN #c")

    def test_an_account_opens_where_accounts_are_asked_for(self) -> None:
        self.say("ann", "MODE #c +R")
        self.log_in("bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_an_operator_by_account_always_gets_back_in_unless_banned(self) -> None:
        self.enter_as("eve", channel="#own")
        self.say("eve", "MODE #own +iklR secret 1", "PART #own")
        self.assertAnswer("bob", "JOIN #own secret", "473 bob #own :Cannot join channel (+i)")
        self.assertIn("353 eve = #own :@eve", self.answer("eve", "JOIN #own"))
        self.say("eve", "MODE #own +b eve", "PART #own")
        self.assertAnswer("eve", "JOIN #own", "474 eve #own :Cannot join channel (+b)")

    def test_a_voice_by_account_is_let_in_like_anybody(self) -> None:
        self.enter_as("eve", channel="#c")
        self.say("ann", "MODE #c +vi eve", "KICK #c eve")
        self.forget()
        self.assertAnswer("eve", "JOIN #c", "473 eve #c :Cannot join channel (+i)")

    def test_an_exception_overrides_a_ban(self) -> None:
        self.say("ann", "MODE #c +be *!*@* bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")

    def test_a_standing_invitation_overrides_invite_only(self) -> None:
        self.say("ann", "MODE #c +iI bob")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")


class Forwarding(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")
        self.say("ann", "JOIN #a,#b,#c", "MODE #a +if #b")
        self.enter("bob")

    def test_who_is_not_let_in_is_led_on(self) -> None:
        lines = self.answer("bob", "JOIN #a")
        self.assertEqual(lines[:2], ["470 bob #a #b :Forwarding to another channel", ":bob JOIN #b"])
        self.assertEqual(self.answer("bob", "JOIN #a"), ["470 bob #a #b :Forwarding to another channel"])

    def test_who_is_let_in_is_not(self) -> None:
        self.say("ann", "INVITE bob #a")
        self.text("bob")
        self.assertEqual(self.answer("bob", "JOIN #a")[0], ":bob JOIN #a")

    def test_from_door_to_door_until_one_is_open(self) -> None:
        self.say("ann", "MODE #b +kf secret #c")
        self.assertIn(":bob JOIN #c", self.answer("bob", "JOIN #a"))

    def test_a_circle_of_closed_doors_ends(self) -> None:
        self.say("ann", "MODE #b +if #a")
        self.assertEqual(self.answer("bob", "JOIN #a")[-1], "473 bob #b :Cannot join channel (+i)")
        self.assertEqual(self.user("bob").channels, {})


if __name__ == "__main__":
    unittest.main()
