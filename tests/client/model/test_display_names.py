"""Display names in the model."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model import display_names
from chatapp.client.model.changes import ConversationChanged, MembersChanged, StatusChanged
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network
from chatapp.protocol.display_names import KEY


class DisplayNames(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick, self.network.state = "ana", "online"
        self.general = self.network.add("#general", "channel")
        for nick in ("ana", "ben_okafor"):
            self.general.members[nick] = Member(self.network.person(nick))

    def receive(self, nick: str, name: str | None, key: str = KEY) -> list[object]:
        return [*display_names.received(self.network, MetadataReceived(nick, key, name), 0.0)]

    def test_the_name_of_a_member_is_shown_in_every_list_that_has_it(self) -> None:
        direct = self.network.add("Ben_Okafor", "direct")
        changes = self.receive("ben_okafor", "Ben Okafor")
        self.assertEqual([MembersChanged(self.general), ConversationChanged(direct)], changes)
        self.assertEqual("Ben Okafor", self.network.display_name("BEN_Okafor"))

    def test_without_a_name_the_nick_is_shown(self) -> None:
        self.assertEqual("dee", self.network.display_name("dee"))
        self.receive("ben_okafor", "Ben Okafor")
        self.receive("ben_okafor", None)
        self.assertEqual("ben_okafor", self.network.display_name("ben_okafor"))

    def test_our_own_name_changes_the_status(self) -> None:
        self.assertIn(StatusChanged(self.network), self.receive("*", "Ana María"))
        self.assertEqual("Ana María", self.network.display_name("ana"))

    def test_the_name_of_a_user_who_has_left_stays_until_another_user_has_the_nick(self) -> None:
        self.receive("ben_okafor", "Ben Okafor")
        display_names.forget_person(self.network, "ben_okafor")
        self.assertEqual("Ben Okafor", self.network.display_name("ben_okafor"))
        self.network.person("ben_okafor")
        self.assertEqual("ben_okafor", self.network.display_name("ben_okafor"))

    def test_that_a_server_knows_no_name_of_somebody_who_has_left_does_not_remove_it(self) -> None:
        self.receive("ben_okafor", "Ben Okafor")
        display_names.forget_person(self.network, "ben_okafor")
        self.assertEqual([], self.receive("ben_okafor", ""))
        self.assertEqual("Ben Okafor", self.network.display_name("ben_okafor"))

    def test_the_nick_of_another_user_is_not_shown_as_a_name(self) -> None:
        for name in ("ana", "ANA", "ａｎａ"):
            with self.subTest(name):
                self.receive("ben_okafor", name)
                self.assertEqual("ben_okafor", self.network.display_name("ben_okafor"))

    def test_invisible_characters_and_excess_length_are_removed(self) -> None:
        cases = {
            "  Ana\tMaría ": "Ana María",
            "Ana\u202e\u200b\x00María": "AnaMaría",
            "\u200b\u2066": "",
            "x" * 500: "x" * 64,
            "👩\u200d🚀 Ana": "👩\u200d🚀 Ana",
        }
        for raw, shown in cases.items():
            with self.subTest(raw):
                self.assertEqual(shown, display_names.cleaned(raw))

    def test_other_keys_and_channels_are_ignored(self) -> None:
        self.assertEqual([], self.receive("ben_okafor", "red", "color"))
        self.assertEqual([], self.receive("#general", "The lounge"))

    def test_names_of_people_who_are_not_there_are_bounded(self) -> None:
        for number in range(display_names.MAX_PAST_NAMES + 5):
            display_names.remember(self.network, f"n{number}", "Name")
        self.assertEqual(display_names.MAX_PAST_NAMES, len(self.network.past_names))
        self.assertNotIn("n0", self.network.past_names)

    def test_an_at_sign_with_our_display_name_mentions_us(self) -> None:
        self.receive("ana", "Ana María")
        display_names.forget_person(self.network, "ana")
        self.network.nick = "am"
        self.network.person("am").display_name = "Ana María"
        self.assertTrue(self.network.is_mention("thanks @ana maría!"))
        self.assertFalse(self.network.is_mention("where is ana maría? not @ana_maría"))
