"""Whom a ban mask means."""

from __future__ import annotations

from chatapp.client.model import mask_matches
from tests.client.base import ClientTest


class MaskMatches(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online()
        self.network = self.client.network
        self.receive(
            ":tom!t@far.example JOIN #general TomAccount :Tom", ":eve!e@near.example JOIN #general * :E"
        )

    def test_a_mask_that_matches_one_person_means_that_person(self) -> None:
        for mask in (
            "tom!*@*",
            "*!*@far.example",
            "*!t@*",
            "~account:TomAccount",
            "~a:tomaccount",
            "$a:TomAccount",
        ):
            with self.subTest(mask):
                self.assertEqual(mask_matches.nick_of(self.network, mask), "tom")

    def test_a_mask_for_several_people_or_nobody_means_no_person(self) -> None:
        for mask in ("*!*@*.example", "*!*@elsewhere", "~account:Nobody", "~r:tom", ""):
            with self.subTest(mask):
                self.assertEqual(mask_matches.nick_of(self.network, mask), "")

    def test_we_are_meant_by_our_nick_host_or_account(self) -> None:
        self.network.account = "AnaAccount"
        for mask in ("ana!*@*", "*!*@home.example", "~a:anaaccount"):
            with self.subTest(mask):
                self.assertTrue(mask_matches.is_me(self.network, ["nobody!*@*", mask]))
        self.assertFalse(mask_matches.is_me(self.network, ["~m:ana!*@*", "+q ana!*@*", "tom!*@*"]))

    def test_what_makes_a_mask_a_mute_is_split_off(self) -> None:
        self.assertEqual(mask_matches.split_mute("~m:tom!*@*"), ("~m:", "tom!*@*"))
        self.assertEqual(mask_matches.split_mute("tom!*@*"), ("", "tom!*@*"))
