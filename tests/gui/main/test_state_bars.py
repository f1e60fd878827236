"""Which bar stands over the composer."""

from __future__ import annotations

import unittest
from dataclasses import replace
from datetime import datetime

from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Removal
from chatapp.client.model.waiting_messages import Waiting
from chatapp.gui.main.state_bars import Situation, StateBar, state_bar
from tests.gui.networks import add_members, make_network

NOTHING = Waiting(0, 0.0, False, 0)


class StateBarTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.channel = add_members(self.network, "#general", "ana", "@ben", "dee")
        self.channel.complete = True
        self.channel.entries.append(self.network.entry("message", 1.0, "ben", "hello"))
        self.situation = Situation(self.network, self.channel, NOTHING, 100.0)

    def bar(self) -> StateBar:
        found = state_bar(self.situation)
        assert found is not None
        return found

    def texts(self) -> tuple[str, str, str]:
        bar = self.bar().bar
        return bar.text, bar.reason, bar.button

    def test_while_all_is_well_there_is_none(self) -> None:
        self.assertIsNone(state_bar(self.situation))

    def test_a_lost_connection_has_a_countdown(self) -> None:
        self.network.state, self.network.retry_at = "waiting", 103.2
        self.network.problem = "Nothing answers on 192.168.1.20."
        self.assertEqual(
            self.texts(),
            ("No connection. Next try in 4 s", "Nothing answers on 192.168.1.20.", "Try now"),
        )
        self.assertEqual(self.bar().action, "retry")
        self.situation = replace(self.situation, now=104.0)
        self.assertEqual(self.texts()[0], "No connection. Next try in 0 s")

    def test_during_an_attempt_there_is_no_button(self) -> None:
        self.network.state = "connecting"
        self.assertEqual(self.texts(), ("No connection. Trying again…", "", ""))
        self.assertIsNone(self.bar().action)

    def test_a_server_that_was_stopped_on_purpose(self) -> None:
        self.network.state, self.network.retry_at, self.network.failure = "waiting", 103.0, "stopped"
        self.assertEqual(
            self.texts()[:2],
            ("The server was stopped. Next try in 3 s", "You will be reconnected when it is back."),
        )

    def test_a_server_that_this_window_has_started_can_be_started_again(self) -> None:
        self.network.state, self.situation = "waiting", replace(self.situation, can_start=True)
        self.network.problem = "The server on this computer has stopped: The disk is full."
        expected = ("The server on this computer has stopped", "The disk is full.", "Start it again")
        self.assertEqual((self.texts(), self.bar().action), (expected, "start"))

    def test_who_has_stopped_the_server_is_told_that_and_nothing_else(self) -> None:
        self.network.state, self.network.is_stopped_here = "waiting", True
        self.network.problem = "127.0.0.1 can be reached, but no server answers on port 5000."
        self.assertEqual(
            (self.texts(), self.bar().action), (("You stopped the server", "", "Connect…"), "connect")
        )
        self.situation = replace(self.situation, can_start=True)
        expected = ("You stopped the server", "", "Start it again")
        self.assertEqual((self.texts(), self.bar().action), (expected, "start"))
        self.network.state = "connecting"
        self.assertNotEqual(self.texts()[0], "You stopped the server")

    def test_after_quitting_one_can_connect(self) -> None:
        self.network.state = "offline"
        self.assertEqual(self.texts(), ("You are not connected", "", "Connect…"))
        self.assertEqual(self.bar().action, "connect")

    def test_a_changed_certificate_can_be_checked(self) -> None:
        self.network.state, self.network.failure = "offline", "certificate"
        self.assertEqual(self.texts()[0], "The certificate of Room 12 has changed")
        self.assertEqual((self.bar().bar.surface, self.bar().action), ("dangerbg", "check"))

    def test_a_ban_from_the_server(self) -> None:
        self.network.state, self.network.failure = "waiting", "banned"
        self.network.problem = "You are banned from this server for ever by ben: insults"
        self.assertEqual(
            self.texts(), ("You are banned from Room 12", "by ben for ever. Reason: insults", "Another chat…")
        )

    def test_a_removal_says_who_and_why(self) -> None:
        self.channel.removal = Removal("Sofia Ricci removed you", "Reason: off topic, third time")
        self.assertEqual(
            self.texts(), ("Sofia Ricci removed you", "Reason: off topic, third time", "Join again")
        )
        self.assertEqual((self.bar().bar.surface, self.bar().action), ("dangerbg", "join"))

    def test_a_ban_says_until_when_and_after_an_invitation_one_can_come_back(self) -> None:
        until = datetime(2026, 3, 13, 8).timestamp()
        self.situation = Situation(self.network, self.channel, NOTHING, datetime(2026, 3, 12, 12).timestamp())
        self.channel.removal = Removal("Ana Ruiz banned you", "Reason: spam", until=until)
        self.assertEqual(
            self.texts(), ("Ana Ruiz banned you until tomorrow 08:00", "Reason: spam", "Join again")
        )
        self.channel.removal = Removal("Ana Ruiz invited you to come back", is_invited=True)
        self.assertEqual(self.texts(), ("Ana Ruiz invited you to come back", "", "Join again"))
        self.assertEqual((self.bar().bar.surface, self.bar().action), ("okbg", "join"))

    def test_a_full_disk_offers_to_send_what_failed(self) -> None:
        self.network.cannot_store = True
        self.assertEqual(self.texts()[2], "")
        failed = self.network.entry("message", 2.0, "ana", "lost?")
        failed.state = "failed"
        self.channel.entries.append(failed)
        self.assertEqual((self.texts()[0], self.texts()[2]), ("The server's disk is full", "Try again"))
        self.assertEqual(self.bar().action, "resend")

    def test_a_server_without_room_for_files(self) -> None:
        self.channel.attachments = [Attachment(b"", "a.txt", 5, "failed", lacks_room=True)]
        self.assertEqual(self.texts(), ("No room for files now", "Messages still work", "Try again"))
        self.network.isupport = {"chatapp/FILES": "id:k3Xq9p"}
        self.assertIn("the owners of the server were told", self.texts()[1])
        self.assertEqual((self.bar().bar.surface, self.bar().action), ("warnbg", "files"))
        self.channel.attachments[0].lacks_room = False
        self.assertIsNone(state_bar(self.situation))

    def test_an_owner_is_led_to_the_files_of_the_server_while_it_has_no_room(self) -> None:
        self.network.lacks_room = True
        expected = "A file was refused. Delete some files, or let the server take more."
        self.assertEqual(self.texts(), ("No room for files now", expected, "This server"))
        self.assertEqual(self.bar().action, "room")

    def test_too_fast(self) -> None:
        for waiting, expected in (
            (Waiting(0, 11.3, True, 30), ("Slow mode: next message in 12 s",
                                          "Each person waits 30 s between messages here", "")),
            (Waiting(2, 5.0, True, 0), ("Slow mode: next message in 5 s", "", "")),
            (Waiting(2, 4.5, False, 0), ("Too fast: next message in 5 s",
                                         "This server limits how fast you can write", "")),
        ):  # fmt: skip
            with self.subTest(waiting):
                self.situation = replace(self.situation, waiting=waiting)
                self.assertEqual(self.texts(), expected)

    def test_the_most_important_bar_is_shown(self) -> None:
        self.situation = replace(self.situation, waiting=Waiting(0, 5.0, True, 30))
        self.assertIn("Slow mode", self.texts()[0])
        self.network.cannot_store = True
        self.assertIn("disk", self.texts()[0])
        self.channel.removal = Removal("ben removed you")
        self.assertIn("removed", self.texts()[0])
        self.network.state = "waiting"
        self.assertIn("No connection", self.texts()[0])

    def test_an_empty_channel_says_what_to_do(self) -> None:
        self.channel.entries.clear()
        self.network.capabilities = frozenset({"draft/chathistory"})
        self.assertEqual(self.texts(), ("Nothing here yet", "Write the first message.", ""))
        self.network.capabilities = frozenset()
        self.assertEqual(self.texts()[0], "No earlier messages")
        self.assertIn("This server does not store messages.", self.texts()[1])
        add_members(self.network, "#general", "@ana")
        invite = ("Nothing here yet", "Write the first message, or invite people.", "Copy invite link")
        self.assertEqual((self.texts(), self.bar().action), (invite, "invite"))

    def test_an_empty_direct_message_says_what_to_do(self) -> None:
        self.network.person("ben").display_name = "Ben Okafor"
        direct = self.network.add("ben", "direct")
        self.situation = replace(self.situation, conversation=direct)
        self.assertEqual(self.texts()[1], "Write the first message to Ben Okafor.")

    def test_a_conversation_whose_history_is_still_to_come_is_not_called_empty(self) -> None:
        self.channel.entries.clear()
        self.channel.fetching = "latest"
        self.assertIsNone(state_bar(self.situation))
        self.channel.fetching, self.channel.complete = None, False
        self.network.capabilities = frozenset({"draft/chathistory"})
        self.assertIsNone(state_bar(self.situation))
