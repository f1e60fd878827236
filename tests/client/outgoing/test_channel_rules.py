"""The rules of a channel: what they are, what the server has, and the commands that change them."""

from __future__ import annotations

import unittest
from dataclasses import fields

from chatapp.client.model.model import Member
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Refusal
from chatapp.client.outgoing import channel_rules
from chatapp.client.outgoing.channel_rules import Rules
from chatapp.protocol import modes

OURS = {"CHANMODES": modes.chanmodes(), "PREFIX": modes.prefix(), "MODES": "20", "TOPICLEN": "390"}


class ChannelRulesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.isupport = OURS
        self.channel = self.network.add("#c", "channel")
        self.channel.modes = frozenset("nt")

    def lines(self, before: Rules, after: Rules) -> list[str]:
        order = channel_rules.order(self.network, self.channel, before, after)
        return [str(step.message).replace(" :", " ") for step in order.steps]

    def test_the_present_rules(self) -> None:
        self.assertEqual(channel_rules.current(self.channel), Rules())
        self.channel.modes = frozenset("simkl")
        self.channel.topic, self.channel.channel_key = "\x02bold\x02", "secret"
        self.channel.limit, self.channel.slow_seconds, self.channel.keep_days = 20, 30, 7
        expected = Rules("bold", True, True, True, True, 30, "secret", 20, 7)
        self.assertEqual(channel_rules.current(self.channel), expected)

    def test_each_rule_has_a_name_and_a_letter(self) -> None:
        every = Rules("x", True, True, True, True, 1, "k", 1, 1)
        self.assertEqual(set(channel_rules.changed(Rules(), every)), {each.name for each in fields(Rules)})

    def test_one_line_changes_all_modes(self) -> None:
        after = Rules("Exam", True, False, True, True, 30, "secret", 20, 7)
        self.assertEqual(self.lines(Rules(), after), ["MODE #c +sm-t+SHkl 30 7 secret 20", "TOPIC #c Exam"])
        self.assertEqual(self.lines(after, Rules()), ["MODE #c -sm+t-SHkl secret", "TOPIC #c "])
        self.assertEqual(self.lines(after, after), [])

    def test_a_changed_key_replaces_the_old_one(self) -> None:
        self.assertEqual(self.lines(Rules(key="old"), Rules(key="new")), ["MODE #c -k+k old new"])

    def test_a_server_that_takes_few_changes_gets_several_lines(self) -> None:
        self.network.isupport = {**OURS, "MODES": "2"}
        after = Rules(private=True, invite_only=True, moderated=True)
        self.assertEqual(self.lines(Rules(), after), ["MODE #c +si", "MODE #c +m"])

    def test_slow_mode_is_offered_only_where_the_letter_means_it(self) -> None:
        self.assertIn("slow_seconds", channel_rules.offered(self.network))
        self.network.isupport = {"CHANMODES": "beI,k,l,imMnOPQRsStVz", "PREFIX": "(ov)@+"}
        self.assertEqual(
            channel_rules.offered(self.network),
            ["private", "invite_only", "moderated", "open_topic", "key", "limit"],
        )

    def test_only_operators_limit_how_long_messages_are_kept(self) -> None:
        self.network.state = "online"
        me = self.channel.members[self.network.fold(self.network.nick)] = Member(
            self.network.person(self.network.nick)
        )
        self.channel.joined = True
        for ranks, may_change, may_limit in (("%", True, False), ("@", True, True), ("", False, False)):
            me.ranks = ranks
            with self.subTest(ranks=ranks):
                self.assertIs(channel_rules.may_change(self.network, self.channel), may_change)
                self.assertIs(channel_rules.may_limit_keeping(self.network, self.channel), may_limit)

    def test_which_changes_delete_messages(self) -> None:
        for before, after, deletes in (
            (0, 7, True),
            (30, 7, True),
            (7, 30, False),
            (7, 0, False),
            (7, 7, False),
        ):
            with self.subTest(before=before, after=after):
                change = Rules(keep_days=before), Rules(keep_days=after)
                self.assertIs(channel_rules.deletes_messages(*change), deletes)

    def test_a_refused_rule_gets_its_reason(self) -> None:
        wanted = Rules(topic="Exam", slow_seconds=99999, private=True)
        order = channel_rules.order(self.network, self.channel, Rules(), wanted)
        mode, topic = order.steps
        order.refusals = [Refusal(mode, "Not so slow", ("#c", "S", "99999")), Refusal(topic, "No topic")]
        problems = channel_rules.problems(order, wanted, Rules(private=True))
        self.assertEqual(problems, {"topic": "No topic", "slow_seconds": "Not so slow"})

    def test_a_refused_line_is_the_reason_of_all_its_rules(self) -> None:
        wanted = Rules(moderated=True, private=True)
        order = channel_rules.order(self.network, self.channel, Rules(), wanted)
        order.refusals = [Refusal(order.steps[0], "Only operators", ("#c",))]
        problems = channel_rules.problems(order, wanted, Rules())
        self.assertEqual(problems, {"private": "Only operators", "moderated": "Only operators"})
        self.assertEqual(
            channel_rules.problems(Order(()), Rules(key="k"), Rules()),
            {"key": "The server has not changed it."},
        )

    def test_the_longest_topic(self) -> None:
        self.assertEqual(channel_rules.longest_topic(self.network), 390)
        self.network.isupport = {}
        self.assertEqual(channel_rules.longest_topic(self.network), 0)

    def test_only_members_with_a_rank_change_rules(self) -> None:
        self.assertFalse(channel_rules.may_change(self.network, self.channel))


if __name__ == "__main__":
    unittest.main()
