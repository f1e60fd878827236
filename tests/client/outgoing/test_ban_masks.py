"""Masks for /ban and /unban."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.outgoing.ban_masks import bans_on, is_mute, mask_of, masks_to_lift
from tests.client.base import ClientTest


class Masks(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.isupport = {"EXTBAN": "~,am", "ACCOUNTEXTBAN": "a,account"}
        ben = self.network.person("Ben")
        ben.account, ben.host = "benjamin", "ben.example"

    def test_an_incomplete_mask_is_completed(self) -> None:
        for typed, mask in (
            ("zoe!*@*", "zoe!*@*"),
            ("*@bad.example", "*!*@bad.example"),
            ("~account:zoe", "~account:zoe"),
            ("ben", "~account:benjamin"),
            ("BEN", "~account:benjamin"),
            ("zoe", ""),
        ):
            with self.subTest(typed):
                self.assertEqual(mask, mask_of(self.network, typed))

    def test_without_account_bans_the_host_is_banned(self) -> None:
        self.network.isupport = {}
        self.assertEqual("*!*@ben.example", mask_of(self.network, "ben"))

    def test_from_the_own_host_only_the_nick_is_banned(self) -> None:
        self.network.isupport, self.network.source = {}, "ana!a@ben.example"
        self.assertEqual("ben!*@ben.example", mask_of(self.network, "ben"))

    def test_the_bans_on_a_person_are_found(self) -> None:
        self.network.isupport = {"EXTBAN": "~,am", "ACCOUNTEXTBAN": "a,account", "chatapp/TBAN": ""}
        conversation = Conversation("#general", "channel")
        masks = ("*!*@ben.example", "~m:~account:benjamin", "*!*@other.example", "~account:zoe", "ben!*@*")
        conversation.bans = {each: ChannelBan(each) for each in masks}
        found = bans_on(self.network, conversation, "ben")
        self.assertEqual([each.mask for each in found], [masks[0], masks[1], masks[4]])
        self.assertEqual([is_mute(self.network, each) for each in found], [False, True, False])

    def test_every_mask_that_may_ban_a_user_is_removed_once(self) -> None:
        conversation = Conversation("#general", "channel")
        conversation.own_bans = {"ben": "*!*@ben.example"}
        masks = masks_to_lift(self.network, conversation, "ben")
        self.assertEqual(["*!*@ben.example", "~account:benjamin", "~account:ben", "ben!*@*"], masks)
        self.assertEqual(["x!*@*"], masks_to_lift(self.network, conversation, "x!*@*"))


class Commands(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def test_a_ban_is_of_the_account_or_the_host_and_never_of_the_nick(self) -> None:
        self.receive(
            ":srv 005 ana EXTBAN=~,am ACCOUNTEXTBAN=a,account :are supported",
            ":srv 352 ana #general b ben.example srv ben H :0 Ben",
            ":ben!b@ben.example ACCOUNT Benjamin",
            ":srv 352 ana #general c chen.example srv chen H :0 Chen",
        )
        for text, lines in {
            "/ban ben spam": ["MODE #general +b ~account:Benjamin", "KICK #general ben :spam"],
            "/ban chen": ["MODE #general +b *!*@chen.example", "KICK #general :chen"],
            "/ban ~account:zoe": ["MODE #general +b ~account:zoe"],
            "/unban ben": ["MODE #general -bbbb ~account:Benjamin *!*@ben.example ~account:ben ben!*@*"],
            "/unban ~account:zoe": ["MODE #general -b ~account:zoe"],
        }.items():
            with self.subTest(text):
                self.assertIsNone(self.client.run(self.general, text))
                self.assertEqual(lines, self.sent())

    def test_the_ban_on_a_user_who_has_left_can_be_removed(self) -> None:
        self.receive(":srv 352 ana #general b ben.example srv ben H :0 Ben")
        self.client.run(self.general, "/ban ben")
        self.receive(":ben!b@ben.example QUIT :bye")
        self.sent()
        self.client.run(self.general, "/unban ben")
        self.assertEqual(["MODE #general -bb *!*@ben.example ben!*@*"], self.sent())

    def test_the_account_may_be_known_only_from_a_message(self) -> None:
        self.receive(
            ":srv 005 ana EXTBAN=~,am ACCOUNTEXTBAN=a,account :are supported",
            "@account=Benjamin :ben!b@ben.example PRIVMSG #general :spam",
        )
        self.client.run(self.general, "/ban ben")
        self.assertEqual("MODE #general +b ~account:Benjamin", self.sent()[0])

    def test_a_server_without_account_bans(self) -> None:
        self.receive(
            ":srv 352 ana #general b ben.example srv ben H :0 Ben", ":ben!b@ben.example ACCOUNT Benjamin"
        )
        self.client.run(self.general, "/ban ben")
        self.assertEqual("MODE #general +b *!*@ben.example", self.sent()[0])

    def test_a_user_of_whom_only_the_nick_is_known(self) -> None:
        expected = "The host of zoe is unknown. Find it with /whois zoe, then type /ban *!*@HOST."
        self.assertEqual(expected, self.client.run(self.general, "/ban zoe"))
        self.assertEqual([], self.sent())
