"""What the user writes and clicks, online and offline."""

from __future__ import annotations

from chatapp.client.client import Client
from chatapp.client.login import Login
from chatapp.client.model.changes import ConversationsChanged, Removed
from chatapp.client.transport import link
from chatapp.protocol.invite_links import Invite
from tests.client.base import EVERYTHING, ClientTest

NO_HISTORY = EVERYTHING.replace("draft/chathistory ", "")


class Sending(ClientTest):
    def test_without_history_unconfirmed_messages_fail_at_a_loss_and_stay_visible(self) -> None:
        general = self.online(capabilities=NO_HISTORY, isupport="NETWORK=Room")
        self.client.run(general, "under way")
        self.lose_connection()
        entry = general.entries[-1]
        self.assertEqual(("under way", "failed"), (entry.text, entry.state))
        self.assertIn("connection was lost", entry.problem)

    def test_messages_written_while_disconnected_are_sent_later(self) -> None:
        general = self.online()
        self.client.run(None, "/msg ben one")
        self.receive("@label=1;msgid=m1 :ana!a@h PRIVMSG ben :one")
        self.lose_connection()
        ben = self.conversation("ben")
        self.assertIsNone(self.client.run(general, "said while away"))
        self.assertIsNone(self.client.run(ben, "psst"))
        self.assertEqual(("pending", ""), (general.entries[-1].state, general.entries[-1].label))
        self.pass_time(1)
        self.link_up()
        self.welcome()
        self.assertEqual(["psst"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line])
        self.enter("#general")
        self.assertEqual(
            ["said while away"], [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line]
        )
        label = general.entries[-1].label
        self.receive(f"@label={label};msgid=m :ana!a@h PRIVMSG #general :said while away")
        self.assertEqual("sent", general.entries[-1].state)

    def test_messages_for_a_channel_that_cannot_be_joined_again_fail(self) -> None:
        general = self.online()
        self.lose_connection()
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.pass_time(1)
        self.link_up()
        self.welcome()
        self.receive(":srv 474 ana #general :Cannot join channel (+b)")
        expected = "You cannot join #general: you are banned."
        self.assertEqual(
            [expected] * 2, [entry.problem for entry in general.entries if entry.state == "failed"]
        )
        self.assertEqual([], list(general.pending()))

    def test_nothing_can_be_sent_after_disconnecting(self) -> None:
        general = self.online()
        self.lose_connection()
        self.client.run(general, "waits")
        self.client.disconnect()
        self.assertEqual("failed", general.entries[-1].state)
        self.assertEqual("You are not connected.", self.client.run(general, "more"))
        self.pass_time(300)
        self.assertEqual(1, len(self.links))


class Links(ClientTest):
    def test_before_the_first_login_no_invite_leads_to_this_server(self) -> None:
        self.assertFalse(Client().follow_invite(Invite("chat.example", 5000)))

    def test_an_invite_link_to_this_server_joins_its_channels(self) -> None:
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
        self.lose_connection()
        self.assertFalse(self.client.follow_invite(Invite("chat.example", 5000)))

    def test_a_clicked_channel_is_shown_or_joined(self) -> None:
        self.online()
        general = self.client.network.find("#general")
        for name, sent in (
            ("#GENERAL", []),
            ("#general에서", []),  # a Korean particle, because we are in #general
            ("#general频道", []),
            ("#help", ["JOIN #help"]),
            ("#公告", ["JOIN #公告"]),
        ):
            with self.subTest(name):
                self.client.network.current = None
                self.assertIsNone(self.client.follow_channel(name))
                self.assertEqual(sent, self.sent())
                self.assertIs(self.client.network.current, None if sent else general)
        self.lose_connection()
        self.assertIsNone(self.client.follow_channel("#general"))
        self.assertIs(self.client.network.current, general)
        self.assertEqual("You are not connected.", self.client.follow_channel("#elsewhere"))

    def test_the_link_of_a_channel_names_it_and_whether_it_is_encrypted(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.welcome()
        general = self.enter()
        self.trusted.trust("chat.example", 5000, "1" * 64)
        found = Invite.parse(self.client.invite_link(general))
        self.assertEqual((("#general",), True, "1" * 64), (found.channels, found.secure, found.pin))
        self.assertEqual((), Invite.parse(self.client.invite_link(self.client.open_direct("ben"))).channels)


class Conversations(ClientTest):
    def test_a_failed_message_is_sent_again_at_the_end_or_discarded(self) -> None:
        general = self.online(capabilities=NO_HISTORY, isupport="NETWORK=Room")
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.lose_connection()
        one, two = general.entries[-2:]
        self.assertIsNone(self.client.retry(general, one))
        self.assertEqual(
            [("two", "failed"), ("one", "pending")],
            [(each.text, each.state) for each in general.entries[-2:]],
        )
        self.client.poll()
        self.client.discard(general, two)
        self.assertNotIn(two, general.entries)
        self.assertEqual((two,), self.assert_changed(Removed, self.client.poll()).entries)

    def test_a_message_that_has_not_failed_stays(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        entry = general.entries[-1]
        self.client.discard(general, entry)
        self.assertIsNone(self.client.retry(general, entry))
        self.assertEqual([entry], [each for each in general.entries if each.text == "one"])

    def test_a_message_that_cannot_be_sent_again_stays_and_the_reason_is_returned(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.lose_connection()
        self.client.disconnect()
        entry = general.entries[-1]
        self.assertEqual("You are not connected.", self.client.retry(general, entry))
        self.assertIn(entry, general.entries)

    def test_nothing_is_sent_to_a_conversation_without_recipients(self) -> None:
        self.online()
        self.receive(":srv NOTICE ana :Maintenance tonight")
        server = self.client.network.server()
        assert server is not None
        self.assertIn("Join a channel: /join #NAME.", self.client.run(server, "hello") or "")
        general = self.conversation("#general")
        self.receive(":ben!b@h KICK #general ana")
        self.assertEqual("You are not in #general.", self.client.run(general, "hello"))
        self.assertEqual([], [line for line in self.sent() if "PRIVMSG" in line])

    def test_leaving_a_channel_sends_part_and_closing_a_direct_message_removes_it(self) -> None:
        general = self.online()
        self.client.leave(general, "good night")
        self.assertEqual(["PART #general :good night"], self.sent())
        ben = self.client.open_direct("ben")
        self.client.leave(ben)
        self.assertIsNone(self.client.network.find("ben"))
        self.assert_changed(ConversationsChanged, self.client.poll())

    def test_a_long_text_needs_confirmation(self) -> None:
        general = self.online()
        self.assertEqual("", self.client.long_text_question(general, "short"))
        self.assertIn("30 messages", self.client.long_text_question(general, "\n".join(["line"] * 30)))
        self.assertEqual("", self.client.long_text_question(general, "/whois " + "\n".join(["line"] * 30)))

    def test_the_question_about_a_long_text_names_the_key_that_sends(self) -> None:
        text = "\n".join(["line"] * 30)
        question = self.client.long_text_question(self.online(), text, "Ctrl+Enter")
        self.assertIn("Press Ctrl+Enter again", question)

    def test_a_note_is_visible_to_the_user_only(self) -> None:
        general = self.online()
        self.client.note(general, "for you")
        self.assertEqual(("system", "for you"), (general.entries[-1].kind, general.entries[-1].text))
        self.assertEqual([], self.sent())
