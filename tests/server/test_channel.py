"""Channels: entering, leaving, topics, names, lists, invitations, kicks.

Source  modern IRC "Channel Operations"
"""

from __future__ import annotations

import unittest
from dataclasses import replace

from .base import ServerTest


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


class Auditorium(ServerTest):
    """u: who has no rank sees, and is seen by, only those who have one."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "MODE #c +u")
        self.enter("dan", channel="#c")
        self.forget()

    def test_coming_changing_and_going_is_told_to_ranks(self) -> None:
        self.enter("eve", channel="#c", caps="setname away-notify")
        self.say("eve", "NICK eva", "AWAY :lunch", "PART #c", "JOIN #c", "QUIT")
        self.assertEqual(self.codes("bob"), [])
        self.enter("kim", channel="#c")
        self.say("kim", "NICK kima", "PART #c", "JOIN #c")
        self.say("kim", "QUIT")
        self.assertEqual(self.codes("dan"), [])
        self.assertEqual(self.codes("ann"), ["NICK", "PART", "JOIN", "QUIT"])

    def test_ranks_are_seen_by_all(self) -> None:
        self.say("ann", "NICK anna")
        self.assertGot("bob", ":ann NICK anna")
        self.assertEqual(self.answer("bob", "NAMES #c")[0], "353 bob = #c :@anna bob")
        self.assertEqual(self.answer("ann", "NAMES #c")[0], "353 anna = #c :@anna bob dan")

    def test_who_and_whois_keep_it(self) -> None:
        self.assertEqual([line.split()[6] for line in self.answer("bob", "WHO #c")[:-1]], ["ann", "bob"])
        self.assertEqual(len(self.answer("ann", "WHO #c")), 4)
        self.assertNotIn("319", [line[:3] for line in self.answer("bob", "WHOIS dan")])
        self.say("dan", "MODE dan +i")
        self.assertEqual(self.answer("bob", "WHO d*"), ["315 bob d* :End of WHO list"])
        self.assertEqual(len(self.answer("ann", "WHO d*")), 2)

    def test_a_kick_is_told_to_ranks_and_to_who_is_kicked(self) -> None:
        self.say("ann", "KICK #c dan")
        self.assertGot("dan", ":ann KICK #c dan :ann")
        self.assertGot("bob")
        self.assertGot("ann", ":ann KICK #c dan :ann")


class Inviting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")
        self.enter("bob")

    def test_is_told_to_both_and_opens_the_door_once(self) -> None:
        self.say("ann", "MODE #c +i")
        self.text("ann")
        self.assertAnswer("ann", "INVITE bob #C", "341 ann bob #c")
        self.assertGot("bob", ":ann INVITE bob #c")
        self.assertEqual(self.answer("bob", "JOIN #c")[0], ":bob JOIN #c")
        self.say("bob", "PART #c")
        self.forget()
        self.assertAnswer("bob", "JOIN #c", "473 bob #c :Cannot join channel (+i)")

    def test_without_parameters_lists_what_is_open(self) -> None:
        self.say("ann", "INVITE bob #c", "JOIN #d", "INVITE bob #d")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #c", "336 bob #d", "337 bob :End of /INVITE list")
        self.say("bob", "JOIN #c")
        self.text("bob")
        self.assertAnswer("bob", "INVITE", "336 bob #d", "337 bob :End of /INVITE list")

    def test_needs_an_operator_where_it_matters(self) -> None:
        self.assertAnswer("eve", "INVITE bob #c", "341 eve bob #c")
        self.say("ann", "MODE #c +i")
        self.text("eve")
        self.assertAnswer("eve", "INVITE bob #c", "482 eve #c :You're not channel operator")

    def test_refusals(self) -> None:
        table = {
            "INVITE nobody #c": "401 ann nobody :No such nick or channel",
            "INVITE eve #c": "443 ann eve #c :is already on channel",
            "INVITE bob": "461 ann INVITE :Not enough parameters",
            "INVITE bob #nowhere": "403 ann #nowhere :No such channel",
        }
        for line, refusal in table.items():
            with self.subTest(line):
                self.assertAnswer("ann", line, refusal)
        self.assertAnswer("bob", "INVITE eve #c", "442 bob #c :You're not on that channel")

    def test_operators_with_invite_notify_are_told(self) -> None:
        self.enter("op", "member", channel="#c", caps="invite-notify")
        self.say("ann", "MODE #c +o op")
        self.forget()
        self.say("ann", "INVITE bob #c")
        self.assertGot("op", ":ann INVITE bob #c")
        self.assertGot("member")
        self.assertGot("ann", "341 ann bob #c")

    def test_who_is_away_is_told_so(self) -> None:
        self.say("bob", "AWAY :lunch")
        self.assertAnswer("ann", "INVITE bob #c", "341 ann bob #c", "301 ann bob lunch")


class Parting(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_with_and_without_a_reason(self) -> None:
        self.say("bob", "PART #c :for lunch")
        self.assertGot("bob", ":bob PART #c :for lunch")
        self.assertGot("ann", ":bob PART #c :for lunch")
        self.assertAnswer("ann", "PART #C", ":ann PART #c")

    def test_each_channel_has_its_own_answer(self) -> None:
        self.say("bob", "JOIN #d")
        self.text("bob")
        self.assertAnswer(
            "bob",
            "PART #d,#nowhere,#c",
            ":bob PART #d",
            "403 bob #nowhere :No such channel",
            ":bob PART #c",
        )
        self.assertAnswer("bob", "PART #c", "442 bob #c :You're not on that channel")

    def test_an_empty_channel_stays_with_its_topic(self) -> None:
        self.say("ann", "TOPIC #c :homework")
        self.say("bob", "PART #c")
        self.say("ann", "PART #c")
        self.restart()
        self.enter("eve")
        lines = self.answer("eve", "JOIN #c")
        self.assertIn("332 eve #c :homework", lines)

    def test_an_empty_one_that_was_closed_ends(self) -> None:
        """Nobody could enter it again, or strangers would find what was said in private."""
        self.say("ann", "MODE #c +k secret", "TOPIC #c :private", "PART #c")
        self.say("bob", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.restart()
        self.assertNotIn("#c", self.world.channels)

    def test_an_empty_one_that_an_account_operates_stays_even_closed(self) -> None:
        self.log_in("ann")
        self.say("ann", "JOIN #mine", "MODE #mine +k secret", "PART #mine")
        self.assertIn("#mine", self.world.channels)


class Topics(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.source = self.user("ann").source

    def test_set_told_and_shown(self) -> None:
        self.assertAnswer("bob", "TOPIC #c", "331 bob #c :No topic is set")
        self.say("ann", "TOPIC #c :All about C")
        self.assertGot("ann", ":ann TOPIC #c :All about C")
        self.assertGot("bob", ":ann TOPIC #c :All about C")
        self.pass_time(60)
        self.assertAnswer(
            "bob", "TOPIC #C", "332 bob #c :All about C", f"333 bob #c {self.source} 1773316800"
        )

    def test_cleared(self) -> None:
        self.say("ann", "TOPIC #c :words", "TOPIC #c :")
        self.forget()
        self.assertAnswer("bob", "TOPIC #c", "331 bob #c :No topic is set")

    def test_only_operators_while_t_is_set(self) -> None:
        self.assertAnswer("bob", "TOPIC #c :mine", "482 bob #c :You're not channel operator")
        self.say("ann", "MODE #c -t")
        self.text("bob")
        self.assertAnswer("bob", "TOPIC #c :mine", ":bob TOPIC #c :mine")

    def test_from_outside(self) -> None:
        self.enter("dan")
        self.assertAnswer("dan", "TOPIC #c :mine", "442 dan #c :You're not on that channel")
        self.assertAnswer("dan", "TOPIC #nowhere", "403 dan #nowhere :No such channel")
        self.assertAnswer("dan", "TOPIC #c", "331 dan #c :No topic is set")
        self.say("ann", "MODE #c +s")
        self.assertAnswer("dan", "TOPIC #c", "442 dan #c :You're not on that channel")

    def test_a_long_one_is_cut_between_characters(self) -> None:
        self.say("ann", f"TOPIC #c :{'é' * 220}")
        self.assertEqual(self.channel("#c").topic, "é" * 195)


class Names(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_with_prefixes(self) -> None:
        self.say("ann", "MODE #c +v ann", "MODE #c +v bob")
        self.enter("eve", channel="#c", caps="multi-prefix")
        self.forget()
        self.assertAnswer("bob", "NAMES #c", "353 bob = #c :@ann +bob eve", "366 bob #c :End of /NAMES list")
        self.assertEqual(self.answer("eve", "NAMES #c")[0], "353 eve = #c :@+ann +bob eve")

    def test_with_hosts_for_who_asked_for_them(self) -> None:
        self.enter("eve", channel="#c", caps="userhost-in-names")
        sources = " ".join(self.user(name).source for name in ("ann", "bob", "eve"))
        self.assertEqual(self.answer("eve", "NAMES #c")[0], f"353 eve = #c :@{sources}")

    def test_of_a_secret_channel_only_from_within(self) -> None:
        self.say("ann", "MODE #c +s")
        self.enter("dan")
        self.forget()
        self.assertAnswer("dan", "NAMES #c", "366 dan #c :End of /NAMES list")
        self.assertEqual(self.answer("bob", "NAMES #c")[0], "353 bob @ #c :@ann bob")

    def test_invisible_ones_only_from_within(self) -> None:
        self.say("bob", "MODE bob +i")
        self.enter("dan")
        self.assertEqual(self.answer("dan", "NAMES #c")[0], "353 dan = #c :@ann")

    def test_many_members_take_several_lines(self) -> None:
        for number in range(60):
            self.enter(f"somebody{number}", channel="#c")
        lines = self.answer("ann", "NAMES #c")
        self.assertGreater(len(lines), 2)
        self.assertTrue(all(len(line) < 460 for line in lines))
        self.assertEqual(sum(len(line.split(" :")[1].split()) for line in lines[:-1]), 62)

    def test_of_no_channel(self) -> None:
        self.assertAnswer("ann", "NAMES", "366 ann * :End of /NAMES list")
        self.assertAnswer("ann", "NAMES #nowhere", "366 ann #nowhere :End of /NAMES list")


class Lists(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#old")
        self.pass_time(80)
        self.enter("bob", channel="#old")
        self.say("ann", "JOIN #new", "TOPIC #new :fresh")
        self.forget()

    def listed(self, condition: str) -> list[str]:
        """The channels that a LIST shows."""
        lines = self.answer("bob", f"LIST {condition}")
        self.assertEqual((lines[0][:3], lines[-1][:3]), ("321", "323"))
        return [line.split()[2] for line in lines[1:-1]]

    def test_members_and_topic(self) -> None:
        self.assertAnswer(
            "bob",
            "LIST",
            "321 bob Channel :Users  Name",
            "322 bob #old 2 :",
            "322 bob #new 1 fresh",
            "323 bob :End of /LIST",
        )

    def test_conditions(self) -> None:
        table = {
            "#new": ["#new"],
            "#new,#old": ["#old", "#new"],
            "#n*": ["#new"],
            "!#n*": ["#old"],
            ">1": ["#old"],
            "<2": ["#new"],
            "C>1": ["#old"],
            "C<1": ["#new"],
            "T<1": ["#new"],
            "T>1": [],
            ">1,#n*": [],
            "#nowhere": [],
        }
        for condition, found in table.items():
            with self.subTest(condition):
                self.assertEqual(self.listed(condition), found)

    def test_secret_ones_only_for_their_members(self) -> None:
        self.say("ann", "MODE #new +s", "MODE #old +s")
        self.assertEqual(self.listed(""), ["#old"])


class Kicking(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")

    def test_is_told_to_all_with_the_comment_or_the_kickers_nick(self) -> None:
        self.say("ann", "KICK #c bob :be kind")
        for name in ("ann", "bob", "eve"):
            self.assertGot(name, ":ann KICK #c bob :be kind")
        self.assertNotIn(self.user("bob"), self.channel("#c").members)
        self.say("ann", "KICK #C EVE")
        self.assertGot("eve", ":ann KICK #c eve :ann")

    def test_several_at_once(self) -> None:
        self.assertAnswer(
            "ann",
            "KICK #c bob,nobody,eve",
            ":ann KICK #c bob :ann",
            "401 ann nobody :No such nick or channel",
            ":ann KICK #c eve :ann",
        )

    def test_refusals(self) -> None:
        self.enter("dan")
        table = {
            ("bob", "KICK #c eve"): "482 bob #c :You're not channel operator",
            ("dan", "KICK #c eve"): "442 dan #c :You're not on that channel",
            ("ann", "KICK #nowhere eve"): "403 ann #nowhere :No such channel",
            ("ann", "KICK #c dan"): "441 ann dan #c :They aren't on that channel",
            ("ann", "KICK #c"): "461 ann KICK :Not enough parameters",
        }
        for (name, line), refusal in table.items():
            with self.subTest(line):
                self.assertAnswer(name, line, refusal)

    def test_not_somebody_of_higher_rank(self) -> None:
        self.say("ann", "MODE #c +h bob")
        self.forget()
        self.assertAnswer("bob", "KICK #c ann", "482 bob #c :You're not channel operator")
        self.assertAnswer("bob", "KICK #c eve", ":bob KICK #c eve :bob")

    def test_oneself_and_then_no_more(self) -> None:
        self.assertAnswer(
            "ann", "KICK #c ann,bob", ":ann KICK #c ann :ann", "482 ann #c :You're not channel operator"
        )


if __name__ == "__main__":
    unittest.main()
