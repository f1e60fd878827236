"""Events change the model through one table; so do a lost connection and a changed clock."""

from __future__ import annotations

import unittest

from chatapp.client.incoming import events
from chatapp.client.model.apply import apply, clock_set_back, connection_abandoned, connection_lost
from chatapp.client.model.changes import Change, ChannelsListed, ConversationChanged, StatusChanged
from chatapp.client.model.network import Network
from tests.client.base import NOON, entry


class Applying(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick, self.network.state = "ana", "online"
        self.general = self.network.add("#general", "channel")
        self.general.joined = True

    def apply(self, event: events.Event) -> list[Change]:
        return apply(self.network, event, NOON)

    def last(self) -> tuple[str, str]:
        """Return kind and text of the last entry in the server's conversation."""
        found = self.network.server()
        assert found is not None
        return found.entries[-1].kind, found.entries[-1].text

    def test_the_welcome_sets_the_nick_and_the_server_clock(self) -> None:
        self.network.is_server_operator = self.network.away = True
        changes = self.apply(events.Registered("ana_", NOON + 5))
        self.assertEqual(("ana_", 5.0), (self.network.nick, self.network.clock_offset))
        self.assertFalse(self.network.is_server_operator or self.network.away)
        self.assertIn(StatusChanged(self.network), changes)

    def test_a_pong_without_a_time_does_not_change_the_clock(self) -> None:
        self.apply(events.PongReceived("x", NOON + 3))
        self.apply(events.PongReceived("x"))
        self.assertEqual(3.0, self.network.clock_offset)

    def test_the_program_of_the_server_is_kept(self) -> None:
        self.apply(events.ServerSoftware("ngircd-26.1"))
        self.assertEqual("ngircd-26.1", self.network.server_software)

    def test_a_login_and_a_logout_change_the_account(self) -> None:
        for account in ("ana", ""):
            self.assertEqual([StatusChanged(self.network)], self.apply(events.LoggedIn(account)))
            self.assertEqual(account, self.network.account)

    def test_the_name_of_the_network_is_the_title_of_the_server(self) -> None:
        self.assertEqual([], self.apply(events.FeaturesReceived({"NICKLEN": "20"})))
        self.network.add("", "server")
        self.apply(events.FeaturesReceived({"NETWORK": "Room", "NICKLEN": "20"}))
        server = self.network.server()
        assert server is not None
        self.assertEqual(("Room", "Room", 20), (self.network.name, server.title, self.network.longest_nick))
        self.assertEqual([], self.apply(events.FeaturesReceived({"NETWORK": "Room"})))

    def test_an_owner_is_told_in_plain_words_that_there_is_no_room_for_files(self) -> None:
        self.network.current = self.general
        text = "There is no more room for files: delete some with FILES, or raise total_bytes in [files]"
        changes = self.apply(events.ServerText(text, is_reply=True, code="FILES FULL", params=(text,)))
        self.assertTrue(self.network.lacks_room)
        self.assertIn(ConversationChanged(self.general), changes)
        self.assertNotIn("total_bytes", self.general.entries[-1].text)

    def test_text_of_the_server_is_shown_in_the_right_conversation(self) -> None:
        self.apply(events.ServerText("Be kind"))
        self.assertEqual(("system", "Be kind"), self.last())
        self.apply(events.ServerText("slowly", "#general"))
        self.assertEqual("slowly", self.general.entries[-1].text)
        self.network.current = self.general
        self.apply(events.ServerText("done", is_reply=True))
        self.assertEqual("done", self.general.entries[-1].text)

    def test_a_refused_nick_is_explained_in_the_current_conversation(self) -> None:
        self.network.current = self.general
        self.apply(events.NickRefused("ben", True, "in use"))
        self.assertEqual("The name ben is already in use.", self.general.entries[-1].text)

    def test_the_reason_of_an_error_line_is_stored_and_shown(self) -> None:
        self.apply(events.ServerClosing("Restarting"))
        self.assertEqual("Restarting", self.network.problem)
        self.assertEqual(("error", "The server closed the connection: Restarting"), self.last())
        self.network.state = "registering"
        self.assertEqual([], self.apply(events.ServerClosing("Banned")))

    def test_a_list_of_channels_is_reported(self) -> None:
        channels = (events.ListedChannel("#c", 3, "topic"),)
        self.assertEqual([ChannelsListed(self.network, channels)], self.apply(events.ChannelList(channels)))

    def test_a_lost_connection_fails_sent_messages_and_preserves_waiting_ones(self) -> None:
        sent, waiting = entry(1, NOON), entry(2, NOON)
        sent.label = "1"
        for each in (sent, waiting):
            self.general.add_pending(each)
        self.general.typing = {"ben": NOON}
        self.general.modes = frozenset("nt")
        self.general.fetching = "after"
        changes = connection_lost(self.network, NOON)
        self.assertEqual(("failed", "pending"), (sent.state, waiting.state))
        self.assertEqual("The connection was lost before it was sent.", sent.problem)
        self.assertFalse(self.general.joined or self.general.typing or self.general.fetching)
        self.assertTrue(self.general.behind)
        self.assertIsNone(self.general.modes)
        self.assertEqual(NOON, self.network.disconnected_at)
        self.assertIn(ConversationChanged(self.general), changes)
        connection_abandoned(self.network)
        self.assertEqual(
            ("failed", "You were disconnected before it was sent."), (waiting.state, waiting.problem)
        )

    def test_a_clock_that_is_set_back_shifts_all_deadlines(self) -> None:
        self.network.retry_at = NOON + 10
        self.general.typing = {"ben": NOON + 6}
        before = self.network.time(NOON)
        clock_set_back(self.network, 3600.0)
        self.assertEqual(before, self.network.time(NOON - 3600))
        self.assertEqual(NOON + 10 - 3600, self.network.retry_at)
        self.assertEqual({"ben": NOON + 6 - 3600}, self.general.typing)
