"""The ban list of a channel, as servers answer it."""

from __future__ import annotations

from chatapp.client.model.changes import OrderFinished
from chatapp.client.model.model import ChannelBan
from chatapp.client.outgoing import ban_list
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest


class BanListTest(ClientTest):
    def asked(self, isupport: str, *replies: list[str]) -> list[ChannelBan]:
        """Ask for the list, receive the replies of each command, and return the bans."""
        general = self.online(capabilities=EVERYTHING, isupport=f"{ISUPPORT} {isupport}")
        order = ban_list.order(self.client.network, general)
        self.client.give(order)
        before = len(general.entries)
        for number, lines in enumerate(replies, 1):
            self.receive(*lines, f":srv PONG srv order-{number}")
        self.assert_changed(OrderFinished)
        self.assertEqual(len(general.entries), before)  # nothing of it is shown as text
        ban_list.store(general, order)
        return list(general.bans.values())

    def test_a_common_server(self) -> None:
        bans = self.asked(
            "CHANMODES=b,k,l,imnst",
            [
                ":srv 367 ana #general *!*@old.example ben!b@h 1773300000",
                ":srv 367 ana #general *!*@new.example",
                ":srv 368 ana #general :End",
            ],
        )
        self.assertEqual(
            bans, [ChannelBan("*!*@old.example", "ben", 1773300000.0), ChannelBan("*!*@new.example")]
        )

    def test_bans_with_an_end_have_time_and_reason(self) -> None:
        bans = self.asked(
            "chatapp/TBAN",
            [":srv 367 ana #general ~m:tom!*@* ben 1773300000", ":srv 368 ana #general :End"],
            [
                ":srv NOTE TBAN ENTRY #general ~m:tom!*@* 2026-03-13T08:00:00.000Z ben :Insults",
                ":srv NOTE TBAN END #general :1 ban",
            ],
        )
        self.assertEqual(bans, [ChannelBan("~m:tom!*@*", "ben", 1773300000.0, 1773388800.0, "Insults")])

    def test_a_server_with_a_list_of_mutes(self) -> None:
        bans = self.asked(
            "CHANMODES=bq,k,l,imnst",
            [":srv 368 ana #general :End"],
            [":srv 728 ana #general q *!*@loud.example ben 1773300000", ":srv 729 ana #general q :End"],
        )
        self.assertEqual(bans, [ChannelBan("+q *!*@loud.example", "ben", 1773300000.0)])

    def test_a_refusal_leaves_what_is_known(self) -> None:
        general = self.online()
        self.receive(":ben!b@h MODE #general +b x!*@*")
        order = ban_list.order(self.client.network, general)
        self.client.give(order)
        self.receive(":srv 482 ana #general :No", ":srv PONG srv order-1")
        ban_list.store(general, order)
        self.assertEqual(list(general.bans), ["x!*@*"])

    def test_an_empty_list_is_known_to_be_empty(self) -> None:
        self.assertEqual(self.asked("CHANMODES=b,k,l,imnst", [":srv 368 ana #general :End"]), [])
