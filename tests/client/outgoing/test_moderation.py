"""Measures of moderators: what is offered, the commands, and what undoes them."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ServerText
from chatapp.client.model.model import ChannelBan, Member
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.moderation import Measure, MeasureKind, NoMask

OURS = {"chatapp/TBAN": "", "EXTBAN": "~,am", "ACCOUNTEXTBAN": "a,account", "PREFIX": "(qaohv)~&@%+"}
INSPIRCD = {"EXTBAN": ",ACORUacjmnoprsz", "CHANMODES": "b,k,l,imnpst", "PREFIX": "(ov)@+"}
SOLANUM = {"EXTBAN": "$,acjorsxz", "CHANMODES": "eIbq,k,flj,CFPcgimnprstuz", "PREFIX": "(ov)@+"}
NGIRCD = {"CHANMODES": "beI,k,l,imMnOPQRstVz", "PREFIX": "(qaohv)~&@%+"}


class ModerationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick, self.network.state, self.network.source = "ana", "online", "ana!a@home.example"
        self.network.isupport = OURS
        self.channel = self.network.add("#general", "channel")
        self.channel.joined = True
        for nick, ranks in (("ana", "@"), ("tom", ""), ("ben", "~")):
            self.channel.members[nick] = Member(self.network.person(nick), ranks)
        self.tom = self.network.person("tom")
        self.tom.host = "bad.example"

    def lines(self, order: Order) -> list[str]:
        return [str(step.message).replace(" :", " ") for step in order.steps]

    def order(self, kind: MeasureKind, duration: str = "", reason: str = "") -> Order:
        return moderation.order(self.network, self.channel, Measure(kind, "tom", duration, reason))

    def undone(self, order: Order, *answers: ServerText) -> list[str]:
        order.done += order.steps
        order.answers += answers
        return self.lines(moderation.undoing(order))

    def test_each_server_offers_what_it_has(self) -> None:
        for isupport, expected in (
            (OURS, ["mute", "remove", "ban"]),
            (INSPIRCD, ["mute", "remove", "ban"]),
            (SOLANUM, ["mute", "remove", "ban"]),
            (NGIRCD, ["remove", "ban"]),
        ):
            with self.subTest(isupport):
                self.network.isupport = isupport
                self.assertEqual(moderation.offered(self.network, self.channel, "tom"), expected)
                self.assertEqual(moderation.has_durations(self.network, "ban"), isupport is OURS)

    def test_only_server_operators_can_ban_from_the_server(self) -> None:
        self.network.is_server_operator = True
        self.assertEqual(moderation.offered(self.network, self.channel, "tom")[-1], "server_ban")
        self.network.isupport = NGIRCD
        self.assertNotIn("server_ban", moderation.offered(self.network, self.channel, "tom"))

    def test_nothing_is_offered_against_oneself_or_a_higher_rank_or_without_a_rank(self) -> None:
        for nick in ("ana", "ben"):
            self.assertEqual(moderation.offered(self.network, self.channel, nick), [])
        self.channel.members["ana"].ranks = "+"
        self.assertEqual(moderation.offered(self.network, self.channel, "tom"), [])

    def test_who_has_left_can_be_banned_but_not_removed(self) -> None:
        del self.channel.members["tom"]
        self.assertEqual(moderation.offered(self.network, self.channel, "tom"), ["mute", "ban"])
        self.assertEqual(self.lines(self.order("ban")), ["MODE #general +b *!*@bad.example"])

    def test_who_sees_the_reason(self) -> None:
        cases: list[tuple[dict[str, str], MeasureKind, str, set[str]]] = [
            (OURS, "remove", "", {"channel", "log"}),
            (OURS, "mute", "15m", {"person", "channel", "log"}),
            (OURS, "mute", "", {"person", "channel", "log"}),
            (OURS, "ban", "1h", {"person", "channel", "log"}),
            (OURS, "ban", "", {"person", "channel", "log"}),
            (OURS, "server_ban", "", {"person", "log"}),
            (INSPIRCD, "remove", "", {"channel"}),
            (INSPIRCD, "mute", "", set()),
            (NGIRCD, "ban", "", {"channel"}),
        ]
        for isupport, kind, duration, readers in cases:
            with self.subTest(isupport=isupport, kind=kind, duration=duration):
                self.network.isupport = isupport
                measure = Measure(kind, "tom", duration)
                self.assertEqual(moderation.reason_readers(self.network, self.channel, measure), readers)

    def test_deleted_messages_show_the_reason_in_the_channel(self) -> None:
        self.network.isupport = INSPIRCD
        mute = Measure("mute", "tom")
        readers = moderation.reason_readers(self.network, self.channel, mute, deletes=True)
        self.assertEqual(readers, {"channel"})

    def test_elsewhere_nobody_sees_why_a_person_who_has_left_is_banned(self) -> None:
        self.network.isupport = INSPIRCD
        del self.channel.members["tom"]
        self.assertEqual(moderation.reason_readers(self.network, self.channel, Measure("ban", "tom")), set())

    def test_the_commands_of_each_measure(self) -> None:
        cases: list[tuple[MeasureKind, str, str, list[str]]] = [
            ("remove", "", "", ["KICK #general tom"]),
            ("remove", "", "Insults", ["KICK #general tom Insults"]),
            ("mute", "", "", ["MODE #general +b ~m:*!*@bad.example"]),
            ("mute", "", "Too loud", ["TBAN #general 0 ~m:*!*@bad.example Too loud"]),
            ("mute", "15m", "Too loud", ["TBAN #general 15m ~m:*!*@bad.example Too loud"]),
            ("ban", "", "", ["MODE #general +b *!*@bad.example", "KICK #general tom"]),
            (
                "ban", "1h", "Insults",
                ["TBAN #general 1h *!*@bad.example Insults", "KICK #general tom Insults"],
            ),
            ("server_ban", "7d", "Spam", ["BAN tom 7d Spam"]),
            ("server_ban", "", "", ["BAN tom"]),
        ]  # fmt: skip
        for kind, duration, reason, expected in cases:
            with self.subTest(kind=kind, duration=duration):
                self.assertEqual(self.lines(self.order(kind, duration, reason)), expected)

    def test_a_reason_that_the_server_does_not_take_is_not_sent(self) -> None:
        self.network.isupport = INSPIRCD
        self.assertEqual(self.lines(self.order("mute", "", "Spam")), ["MODE #general +b m:*!*@bad.example"])

    def test_a_lifted_ban_that_comes_back_has_its_reason(self) -> None:
        order = moderation.lifting(self.network, self.channel, [ChannelBan("~m:x!*@*", reason="Too loud")])
        self.assertEqual(self.undone(order), ["TBAN #general 0 ~m:x!*@* Too loud"])

    def test_mutes_of_other_servers(self) -> None:
        for isupport, expected in (
            (INSPIRCD, "MODE #general +b m:*!*@bad.example"),
            (SOLANUM, "MODE #general +q *!*@bad.example"),
        ):
            self.network.isupport = isupport
            self.assertEqual(self.lines(self.order("mute")), [expected])

    def test_a_ban_is_lifted_and_who_was_removed_is_invited(self) -> None:
        self.assertEqual(
            self.undone(self.order("ban", "1h")), ["MODE #general -b *!*@bad.example", "INVITE tom #general"]
        )
        self.assertEqual(self.undone(self.order("remove")), ["INVITE tom #general"])
        self.assertEqual(self.undone(self.order("mute")), ["MODE #general -b ~m:*!*@bad.example"])

    def test_a_ban_from_the_server_is_lifted_by_the_mask_that_the_server_has_told(self) -> None:
        added = ServerText("Banned", code="BAN ADDED", params=("192.0.2.7", "Banned for ever"))
        self.assertEqual(self.undone(self.order("server_ban"), added), ["UNBAN 192.0.2.7"])

    def test_without_account_and_host_a_ban_is_not_possible(self) -> None:
        self.tom.host = ""
        with self.assertRaises(NoMask):
            self.order("ban")
        self.assertEqual(self.lines(self.order("remove")), ["KICK #general tom"])

    def test_bans_of_a_list_are_lifted(self) -> None:
        self.network.isupport = SOLANUM
        order = moderation.lifting(self.network, self.channel, [ChannelBan("*!*@a"), ChannelBan("+q *!*@b")])
        self.assertEqual(self.lines(order), ["MODE #general -b *!*@a", "MODE #general -q *!*@b"])


if __name__ == "__main__":
    unittest.main()
