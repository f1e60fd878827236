"""Mentions by display name."""

from __future__ import annotations

from chatapp.client.outgoing.mention_names import people, with_display_names, with_nicks
from tests.client.base import ClientTest


class MentionNames(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online()
        self.general = self.enter("#general", others="@ben benno chen")
        self.named(ben="Ben Okafor", benno="Ben", chen="李雷")

    def named(self, **names: str) -> None:
        for nick, name in names.items():
            self.client.network.person(nick).display_name = name

    def to_send(self, text: str) -> str:
        return with_nicks(self.client.network, self.general, text)

    def test_a_display_name_goes_to_the_server_as_the_nick(self) -> None:
        for text, sent in {
            "hi @Ben Okafor, look": "hi @ben, look",
            "@ben okafor": "@ben",
            "@Ben!": "@benno!",
            "@李雷 you": "@chen you",
            "@Bennet": "@Bennet",
            "mail me@Ben": "mail me@Ben",
            "`@Ben` and\n```\n@Ben\n```": "`@Ben` and\n```\n@Ben\n```",
            "nobody": "nobody",
        }.items():
            with self.subTest(text):
                self.assertEqual(sent, self.to_send(text))

    def test_a_message_that_is_edited_shows_the_names_again(self) -> None:
        shown = with_display_names(self.client.network, self.general, "hi @ben and @chen, @dee")
        self.assertEqual("hi @Ben Okafor and @李雷, @dee", shown)
        self.assertEqual("hi @ben and @chen, @dee", self.to_send(shown))

    def test_only_people_of_the_conversation_are_named(self) -> None:
        self.named(zoe="Zoe Low")
        self.assertEqual("@Zoe Low", self.to_send("@Zoe Low"))
        zoe = self.client.open_direct("zoe")
        self.assertEqual("@zoe", with_nicks(self.client.network, zoe, "@Zoe Low"))

    def test_without_display_names_nothing_changes(self) -> None:
        self.named(ben="", benno="", chen="")
        self.assertEqual("@Ben Okafor", self.to_send("@Ben Okafor"))

    def test_we_are_not_among_the_people_to_mention(self) -> None:
        nicks = {person.nick for person in people(self.client.network, self.general)}
        self.assertEqual({"ben", "benno", "chen"}, nicks)
