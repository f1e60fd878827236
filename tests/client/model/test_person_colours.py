"""Colours that people have chosen."""

from __future__ import annotations

from itertools import pairwise

from chatapp.client.model.changes import MembersChanged, Reset
from chatapp.client.text.nick_colours import nick_colour
from tests.client.base import EVERYTHING, ClientTest


class Colours(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=f"{EVERYTHING} draft/metadata-2")
        self.receive("@msgid=m1;time=2026-03-12T12:00:00.000Z :ben!b@h PRIVMSG #general :hello")

    def colour(self, value: str) -> int:
        self.receive(f":srv METADATA ben color * :{value}")
        return self.client.network.colour("Ben")

    def test_a_chosen_colour_replaces_that_of_the_nick(self) -> None:
        self.assertEqual(self.colour("#2ec97a"), 6)
        self.assert_changed(MembersChanged)
        self.assertIs(self.assert_changed(Reset).conversation, self.general)

    def test_the_nearest_colour_is_shown_for_one_from_elsewhere(self) -> None:
        for code, index in (("#FF8800", 2), ("#00c020", 6), ("#000088", 11)):
            with self.subTest(code):
                self.assertNotEqual(self.colour("nonsense"), None)
                self.assertIn(self.colour(code), {index, index - 1})

    def test_nonsense_and_a_removed_colour_give_that_of_the_nick(self) -> None:
        for value in ("", "red", "#12345", "#1234567", "#ｆｆ0000"):
            self.colour("#2ec97a")
            with self.subTest(value):
                self.assertEqual(self.colour(value), nick_colour("ben"))

    def test_whoever_changes_the_nick_keeps_the_colour(self) -> None:
        names = ["ben", *(f"ben{number}" for number in range(12))]
        for before, after in pairwise(names):
            self.receive(f":{before}!b@h NICK {after}")
            self.assertEqual(self.client.network.colour(after), nick_colour("ben"))
        me = self.client.network.nick
        self.receive(f":{me}!a@h NICK somebody")
        self.assertEqual(self.client.network.colour("somebody"), nick_colour(me))

    def test_a_channel_or_a_stranger_changes_nothing(self) -> None:
        self.receive(":srv METADATA #general color * :#2ec97a", ":srv METADATA zoe color * :#2ec97a")
        self.assert_not_changed(MembersChanged)
        self.assertEqual(self.client.network.colour("zoe"), nick_colour("zoe"))
