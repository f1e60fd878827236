"""What the user writes and clicks, while connected and while not."""

from __future__ import annotations

from chatapp.protocol.invite_links import Invite
from tests.client.base import ClientTest


class Writing(ClientTest):
    def test_what_was_under_way_has_failed_and_nothing_is_lost(self) -> None:
        general = self.online()
        self.client.run(general, "under way")
        self.loses()
        entry = general.entries[-1]
        self.assertEqual(("under way", "failed"), (entry.text, entry.state))
        self.assertIn("connection was lost", entry.problem)

    def test_what_is_said_meanwhile_waits_and_is_sent_when_we_are_back(self) -> None:
        general = self.online()
        self.client.run(None, "/msg ben one")
        self.loses()
        ben = self.conversation("ben")
        self.assertIsNone(self.client.run(general, "said while away"))
        self.assertIsNone(self.client.run(ben, "psst"))
        self.assertEqual(("pending", ""), (general.entries[-1].state, general.entries[-1].label))
        self.passes(1)
        self.linked()
        self.welcome()
        self.assertEqual(["psst"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line])
        self.enter("#general")
        self.assertEqual(
            ["said while away"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line]
        )
        label = general.entries[-1].label
        self.hears(f"@label={label};msgid=m :ana!a@h PRIVMSG #general :said while away")
        self.assertEqual("sent", general.entries[-1].state)

    def test_what_waits_for_a_channel_that_does_not_take_us_back_has_failed(self) -> None:
        general = self.online()
        self.loses()
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.passes(1)
        self.linked()
        self.welcome()
        self.hears(":srv 474 ana #general :Cannot join channel (+b)")
        words = "You cannot join #general: you are banned."
        self.assertEqual([words] * 2, [entry.problem for entry in general.entries if entry.state == "failed"])
        self.assertEqual([], list(general.pending()))

    def test_nothing_can_be_said_once_it_is_given_up(self) -> None:
        general = self.online()
        self.loses()
        self.client.run(general, "waits")
        self.client.disconnect()
        self.assertEqual("failed", general.entries[-1].state)
        self.assertEqual("You are not connected.", self.client.run(general, "more"))
        self.passes(300)
        self.assertEqual(1, len(self.links))


class Links(ClientTest):
    def test_a_link_to_where_we_are_leads_into_its_channels(self) -> None:
        self.online()
        pin = "1" * 64
        for link_, followed in (
            (Invite("chat.example", 5000, ("#help", "#general")), True),
            (Invite("chat.example", 5001, ("#help",)), False),
            (Invite("other.example", 5000, ("#help",)), False),
            (Invite("chat.example", 5000, ("#help",), pin), False),
        ):
            with self.subTest(link_):
                self.assertIs(followed, self.client.follow_invite(link_))
                self.assertEqual(["JOIN #help"] if followed else [], self.sent())
        self.trusted.trust("chat.example", 5000, pin)
        self.assertTrue(self.client.follow_invite(Invite("chat.example", 5000, pin=pin)))
        self.loses()
        self.assertFalse(self.client.follow_invite(Invite("chat.example", 5000)))

    def test_a_channel_that_is_clicked_is_shown_or_joined(self) -> None:
        self.online()
        general = self.client.network.find("#general")
        for name, sent in (
            ("#GENERAL", []),
            ("#general에서", []),  # a particle, for we are in #general
            ("#general频道", []),
            ("#help", ["JOIN #help"]),
            ("#公告", ["JOIN #公告"]),
        ):
            with self.subTest(name):
                self.client.network.current = None
                self.assertIsNone(self.client.follow_channel(name))
                self.assertEqual(sent, self.sent())
                self.assertIs(self.client.network.current, None if sent else general)
        self.loses()
        self.assertIsNone(self.client.follow_channel("#general"))
        self.assertIs(self.client.network.current, general)
        self.assertEqual("You are not connected.", self.client.follow_channel("#elsewhere"))
