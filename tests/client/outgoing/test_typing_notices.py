"""Typing notifications: sent not too often, and only where the server relays them."""

from __future__ import annotations

from tests.client.base import ClientTest


def typing(state: str, number: int) -> str:
    """Return the notification. Its label distinguishes its refusal from others."""
    return f"@+typing={state};label=background-{number} TAGMSG #general"


class Composing(ClientTest):
    def test_others_are_notified_at_most_every_three_seconds(self) -> None:
        general = self.online()
        for text in ("h", "he", "hel"):
            self.client.notify_typing(general, text)
        self.assertEqual([typing("active", 1)], self.sent())
        self.pass_time(3)
        self.client.notify_typing(general, "hell")
        self.assertEqual([typing("active", 2)], self.sent())

    def test_an_emptied_composer_sends_done_and_a_message_needs_none(self) -> None:
        general = self.online()
        self.client.notify_typing(general, "h")
        self.client.notify_typing(general, "")
        self.client.notify_typing(general, "")
        self.assertEqual([typing("active", 1), typing("done", 2)], self.sent())
        self.client.notify_typing(general, "hello")
        self.client.run(general, "hello")
        self.client.notify_typing(general, "")
        self.assertEqual([typing("active", 3), "@label=1 PRIVMSG #general :hello"], self.sent())

    def test_typing_a_command_sends_nothing(self) -> None:
        general = self.online()
        self.client.notify_typing(general, "/ignore ben")
        self.assertEqual([], self.sent())

    def test_without_a_recipient_no_notification_is_sent(self) -> None:
        for isupport in ("CLIENTTAGDENY=*", "CLIENTTAGDENY=typing", "CLIENTTAGDENY=*,-react"):
            with self.subTest(isupport):
                general = self.online(isupport=f"CHANTYPES=# {isupport}")
                self.client.notify_typing(general, "h")
                self.assertEqual([], self.sent())
        general = self.online(isupport="CHANTYPES=# CLIENTTAGDENY=*,-typing")
        self.client.notify_typing(general, "h")
        self.assertEqual(1, len(self.sent()))
        general = self.online(capabilities="batch")
        self.client.notify_typing(general, "h")
        self.assertEqual([], self.sent())

    def test_after_a_refusal_nothing_is_sent_until_the_next_message_there(self) -> None:
        general = self.online()
        self.client.notify_typing(general, "h")
        self.receive("@label=background-1 :srv 404 ana #general :Cannot send to channel (+m)")
        self.sent()
        self.pass_time(30)
        self.client.notify_typing(general, "he")
        self.assertEqual([], self.sent())
        self.client.run(general, "hello")
        self.sent()
        self.client.notify_typing(general, "h")
        self.assertEqual([typing("active", 2)], self.sent())
