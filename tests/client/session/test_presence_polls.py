"""Servers without MONITOR are asked whether the partners of direct messages are there."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.session.presence_polls import POLL_SECONDS
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest

ANCIENT = ""


class PresencePollsTest(ClientTest):
    def open(self, nick: str) -> Conversation:
        self.client.open_direct(nick)
        return self.conversation(nick)

    def polls(self, seconds: float = 1.0) -> list[str]:
        """Let time pass, and return the USERHOST that were sent."""
        self.pass_time(seconds)
        return [line for line in self.sent() if "USERHOST" in line]

    def reply(self, *items: str) -> None:
        self.receive(f":srv 302 ana :{' '.join(items)}")

    def presence(self, nick: str) -> str:
        return self.client.network.presence(nick)

    def ancient(self) -> None:
        self.online(capabilities=ANCIENT, isupport="CHANTYPES=#")
        self.receive(":ben!b@h PRIVMSG ana :hi", ":zoe!z@h PRIVMSG ana :hello")

    def test_it_is_asked_at_once_and_again_and_again(self) -> None:
        self.ancient()
        self.assertEqual(self.polls(), ["USERHOST ben zoe"])
        self.assertEqual(self.presence("zoe"), "unknown")
        self.reply("ben=+~b@h")
        self.assertEqual((self.presence("ben"), self.presence("zoe")), ("online", "offline"))
        self.assertEqual(self.polls(POLL_SECONDS), ["USERHOST ben zoe"])
        self.reply("zoe=-~z@h", "ben*=+~b@h")
        self.assertEqual((self.presence("ben"), self.presence("zoe")), ("online", "away"))

    def test_somebody_who_has_returned_is_no_longer_away(self) -> None:
        self.ancient()
        self.polls()
        self.reply("zoe=-z@h")
        self.receive(":srv 301 ana zoe :at lunch")
        self.assertEqual(self.client.network.people["zoe"].away_text, "at lunch")
        self.polls(POLL_SECONDS)
        self.reply("zoe=+z@h")
        self.assertEqual((self.presence("zoe"), self.client.network.people["zoe"].away_text), ("online", ""))

    def test_why_somebody_is_away_is_requested(self) -> None:
        self.ancient()
        self.polls()
        self.reply("zoe=-z@h")
        self.pass_time(1)
        self.assertIn("WHOIS zoe", self.sent())

    def test_the_reply_is_not_shown(self) -> None:
        self.ancient()
        self.polls()
        self.reply("zoe=+z@h")
        shown = [entry.text for each in self.client.network.conversations.values() for entry in each.entries]
        self.assertFalse([text for text in shown if "=+" in text])

    def test_a_reply_about_somebody_else_belongs_to_the_user(self) -> None:
        self.ancient()
        self.polls()
        self.reply("eve=+e@h")
        self.reply("zoe=+z@h")
        self.assertEqual(self.presence("zoe"), "online")
        self.assertNotIn("eve", self.client.network.people)

    def test_a_server_that_does_not_answer_is_not_asked_again(self) -> None:
        self.ancient()
        self.polls()
        self.receive(":srv 421 ana USERHOST :Unknown command")
        self.assertEqual(self.polls(3 * POLL_SECONDS), [])

    def test_after_the_conversation_is_closed_the_presence_is_unknown(self) -> None:
        self.ancient()
        self.polls()
        self.reply("zoe=+z@h", "ben=+b@h")
        self.client.leave(self.conversation("zoe"))
        self.polls()
        self.assertEqual((self.presence("zoe"), self.presence("ben")), ("unknown", "online"))

    def test_a_server_that_reports_presence_by_itself_is_not_asked(self) -> None:
        self.online(capabilities=EVERYTHING, isupport=f"{ISUPPORT} MONITOR=100")
        self.open("ben")
        self.assertEqual(self.polls(2 * POLL_SECONDS), [])

    def test_many_partners_are_asked_about_in_several_lines(self) -> None:
        self.online(capabilities=ANCIENT, isupport="CHANTYPES=#")
        for number in range(7):
            self.open(f"ben{number}")
        self.assertEqual([len(line.split()) for line in self.polls()], [6, 3])
