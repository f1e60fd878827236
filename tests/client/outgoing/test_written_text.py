"""From the composer to what is sent."""

from __future__ import annotations

from chatapp.client.outgoing.written_text import to_send
from tests.client.base import ClientTest


class WrittenText(ClientTest):
    def test_short_names_become_emoji_in_messages_but_not_in_other_commands(self) -> None:
        general = self.online()
        for text, sent in {
            "hi :wave:": "hi 👋",
            "/me is :tired_face:": "/me is 😫",
            "/msg ben :+1: ok": "/msg ben 👍 ok",
            "//etc :joy:": "//etc 😂",
            "/quote PRIVMSG #a :joy:": "/quote PRIVMSG #a :joy:",
            "/topic": "/topic",
            "see `:joy:`": "see `:joy:`",
        }.items():
            with self.subTest(text):
                self.assertEqual(sent, to_send(self.client.network, general, text))

    def test_short_names_stay_if_the_user_wants_that(self) -> None:
        self.client.network.short_names = False
        self.assertEqual(to_send(self.client.network, None, "so :joy:"), "so :joy:")

    def test_the_client_sends_the_nick_of_a_display_name(self) -> None:
        self.online()
        general = self.enter("#general", others="ben")
        self.client.network.person("ben").display_name = "Ben Okafor"
        self.assertIsNone(self.client.run(general, "hi @Ben Okafor :+1:"))
        self.assertIn("PRIVMSG #general :hi @ben 👍", self.sent()[-1])

    def test_without_a_conversation_names_stay(self) -> None:
        self.online()
        self.assertEqual("hi @Ben", to_send(self.client.network, None, "hi @Ben"))
