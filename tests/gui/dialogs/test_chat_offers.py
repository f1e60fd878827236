"""The chats that are offered: from the network, from earlier, from the clipboard."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.gui.dialogs.chat_offers import (
    MAX_FOUND,
    MAX_NAME,
    OWN_CHAT,
    in_stable_order,
    merged,
    of_clipboard,
    of_network,
    of_settings,
    offers_for,
)
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite

ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)
PIN = "0123456789abcdef" * 4


class NetworkTest(unittest.TestCase):
    def test_a_chat_says_what_it_announces(self) -> None:
        for offer, detail in (
            (replace(ROOM, people=12, owner="Ben Okafor"), "Ben Okafor’s chat · 12 people · encrypted"),
            (replace(ROOM, people=5, access="invite"), "5 people · asks for an invite code"),
            (replace(ROOM, people=1, access="accounts"), "1 person · members only"),
            (ROOM, "encrypted"),
            (replace(ROOM, people=0), "encrypted"),
            (replace(ROOM, fingerprint=""), "on this network"),
        ):
            with self.subTest(detail):
                (found,) = of_network([offer])
                self.assertEqual((found.name, found.detail), ("Room 12", detail))
                self.assertEqual(found.login, Login("192.168.1.20"))

    def test_nothing_announced_decides_about_a_certificate(self) -> None:
        (found,) = of_network([ROOM])
        self.assertEqual(found.login.pin, "")

    def test_an_address_that_needs_an_interface_is_not_used(self) -> None:
        for addresses, expected in (
            (("fe80::1", "fd00::7", "10.0.0.7"), ["10.0.0.7"]),
            (("fe80::1", "fd00::7"), ["fd00::7"]),
            (("fe80::1",), []),
            ((), []),
        ):
            with self.subTest(addresses=addresses):
                found = of_network([replace(ROOM, addresses=addresses)])
                self.assertEqual([each.login.host for each in found], expected)

    def test_names_of_strangers_are_cleaned_and_shortened(self) -> None:
        hostile = "Room\n\u202e 12\x00" + "x" * 5000
        (found,) = of_network([replace(ROOM, network=hostile, owner=hostile)])
        self.assertRegex(found.name, r"^Room 12 x+…$")
        self.assertLessEqual(len(found.name), MAX_NAME)
        self.assertRegex(found.detail, r"^Room 12 x+…’s chat · encrypted$")

    def test_a_name_of_nothing_but_control_characters_becomes_the_address(self) -> None:
        (found,) = of_network([replace(ROOM, network="\u200b\x1b\u202e")])
        self.assertEqual(found.name, "192.168.1.20")

    def test_chats_of_the_same_name_are_told_apart(self) -> None:
        other = replace(ROOM, addresses=("192.168.1.31",), port=5001, network="ROOM 12")
        details = [each.detail for each in of_network([ROOM, other])]
        self.assertEqual(details, ["192.168.1.20 · encrypted", "192.168.1.31:5001 · encrypted"])

    def test_the_number_of_chats_is_limited(self) -> None:
        many = [replace(ROOM, addresses=(f"10.0.{n // 250}.{n % 250}",)) for n in range(2 * MAX_FOUND)]
        self.assertEqual(len(of_network(many)), MAX_FOUND)

    def test_one_address_is_one_chat(self) -> None:
        self.assertEqual(len(of_network([ROOM, replace(ROOM, network="Impostor")])), 1)


class RecentTest(unittest.TestCase):
    def test_recent_chats_have_the_names_that_they_said(self) -> None:
        settings = Settings(servers=["chat.example:5000", "h:6667"])
        settings.logins = {
            "chat.example:5000": {"server": "chat.example:5000", "name": "Room 12", "pin": PIN}
        }
        first, second = of_settings(settings)
        self.assertEqual((first.name, first.detail), ("Room 12", "used before · chat.example"))
        self.assertEqual((first.login.pin, first.login.encrypt), (PIN, "always"))
        self.assertEqual((second.name, second.detail), ("h:6667", "used before"))

    def test_damaged_entries_of_the_file_do_no_harm(self) -> None:
        settings = Settings(servers=["h:5000"])
        settings.logins = {"h:5000": {"server": "h:5000", "name": 7, "pin": ["x"]}, "x": {}}
        (found,) = of_settings(settings)
        self.assertEqual((found.name, found.login), ("h", Login("h")))

    def test_the_own_chat_is_started_again(self) -> None:
        (found,) = of_settings(Settings(servers=["127.0.0.1:5001"]))
        self.assertEqual((found.name, found.login), (OWN_CHAT, Login("", 5001)))

    def test_the_own_chat_keeps_its_certificate_when_it_is_the_latest(self) -> None:
        row = {"server": "127.0.0.1:5001", "nick": "ana", "pin": PIN, "local": True}
        settings = Settings(servers=["127.0.0.1:5001"], logins={"127.0.0.1:5000": row})
        (found,) = offers_for(Login("", 5001, "ana"), settings)
        self.assertEqual(found.login, Login("", 5001, pin=PIN))

    def test_the_certificate_of_the_own_chat_is_known_from_its_last_start(self) -> None:
        link = Invite.parse(f"ircs://192.168.1.20:5001/general?pin=sha256:{PIN}")
        settings = Settings(servers=["127.0.0.1:5001", "127.0.0.1:5002"])
        own, other = of_settings(settings, LocalServerRecord(5001, link))
        self.assertEqual((own.login.pin, other.login.pin), (PIN, ""))

    def test_whether_it_was_unencrypted_is_remembered(self) -> None:
        (found,) = of_settings(Settings(servers=["h:5000"], unencrypted=["h:5000"]))
        self.assertEqual(found.login.encrypt, "never")

    def test_the_login_in_use_is_among_them_exactly_as_it_is(self) -> None:
        login = Login("h", 5000, "ana", "secret", channels=("#a",), encrypt="always", pin=PIN)
        server = Login("h", 5000, channels=("#a",), encrypt="always", pin=PIN)
        for servers, keys in (
            (["x:5000", "h:5000"], ["x:5000", "h:5000"]),
            (["x:5000"], ["h:5000", "x:5000"]),
        ):
            with self.subTest(servers=servers):
                offers = offers_for(login, Settings(servers=servers))
                self.assertEqual([each.key for each in offers], keys)
                self.assertEqual([each.login for each in offers if each.key == "h:5000"], [server])


class ClipboardTest(unittest.TestCase):
    def test_a_link_is_a_chat(self) -> None:
        found = of_clipboard(" chat://192.168.1.20/help?code=K7QX-29FM\n")
        assert found is not None
        self.assertEqual(
            (found.name, found.detail), ("192.168.1.20", "#help · the link that you have copied")
        )
        self.assertEqual((found.login.code, found.login.channels), ("K7QX-29FM", ("#help",)))

    def test_any_other_text_is_none(self) -> None:
        for text in ("", "hello", "https://chat.example", "chat://", "ircs://h?pin=sha256:12", "x" * 10**6):
            with self.subTest(text[:20]):
                self.assertIsNone(of_clipboard(text))


class OrderTest(unittest.TestCase):
    def test_a_recent_chat_that_is_here_says_what_it_announces_but_connects_as_before(self) -> None:
        recent = of_settings(Settings(servers=["192.168.1.20:5000"], unencrypted=["192.168.1.20:5000"]))
        (both,) = merged(recent, of_network([replace(ROOM, people=3)]))
        self.assertEqual((both.name, both.detail, both.is_here), ("Room 12", "3 people · encrypted", True))
        self.assertEqual(both.login.encrypt, "never")

    def test_an_own_chat_that_is_announced_is_not_offered_twice(self) -> None:
        recent = of_settings(Settings(servers=["127.0.0.1:5000"]))
        (both,) = merged(recent, of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((both.name, both.login.host), ("Room 12", ""))

    def test_another_chat_on_the_port_of_the_own_one_has_its_own_card(self) -> None:
        settings = self.with_own_chat("127.0.0.1:5000")
        own, other = merged(of_settings(settings), of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((own.name, own.is_here, own.login), ("Rowing Club", False, Login("", pin=PIN)))
        self.assertEqual((other.name, other.is_here, other.login), ("Room 12", True, Login("192.168.1.20")))

    def test_another_chat_on_the_port_that_the_own_one_had_is_joined_through_the_network(self) -> None:
        settings = self.with_own_chat("127.0.0.1:5001")
        _, other = merged(of_settings(settings), of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((other.key, other.login.host), ("192.168.1.20:5000", "192.168.1.20"))

    def test_another_chat_that_was_joined_before_is_offered_once(self) -> None:
        settings = self.with_own_chat("127.0.0.1:5000")
        settings.servers.append("192.168.1.20:5000")
        own, other = merged(of_settings(settings), of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((own.name, other.name, other.is_here), ("Rowing Club", "Room 12", True))

    def test_the_own_chat_is_recognised_by_its_certificate(self) -> None:
        settings = self.with_own_chat("127.0.0.1:5000")
        news = replace(ROOM, fingerprint=PIN)
        (own,) = merged(of_settings(settings), of_network([news], own_addresses={"192.168.1.20"}))
        self.assertEqual((own.name, own.login), ("Room 12", Login("", pin=PIN)))

    def with_own_chat(self, address: str) -> Settings:
        row = {"server": address, "nick": "ana", "name": "Rowing Club", "pin": PIN, "local": True}
        return Settings(servers=[address], logins={address: row})

    def test_another_chat_at_the_address_of_one_that_has_a_pin_has_its_own_card(self) -> None:
        row = {"server": "192.168.1.20:5000", "nick": "ana", "name": "Rowing Club", "pin": PIN}
        settings = Settings(servers=["192.168.1.20:5000"], logins={"192.168.1.20:5000": row})
        known, other = merged(of_settings(settings), of_network([ROOM]))
        self.assertEqual((known.name, known.is_here, known.login.pin), ("Rowing Club", False, PIN))
        self.assertEqual((other.name, other.login), ("Room 12", Login("192.168.1.20")))
        self.assertNotEqual(known.key, other.key)

    def test_a_copied_link_takes_the_place_and_name_of_its_chat(self) -> None:
        copied = of_clipboard("chat://192.168.1.20/help")
        assert copied is not None
        (both,) = merged([copied], of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((both.name, both.key, both.login.channels), ("Room 12", copied.key, ("#help",)))

    def test_a_copied_link_to_an_own_chat_is_not_offered(self) -> None:
        copied = of_clipboard("chat://192.168.1.20/help")
        assert copied is not None
        recent = of_settings(Settings(servers=["127.0.0.1:5000"]))
        (both,) = merged([copied, *recent], of_network([ROOM], own_addresses={"192.168.1.20"}))
        self.assertEqual((both.key, both.login.host), ("127.0.0.1:5000", ""))

    def test_shown_chats_keep_their_places_and_new_ones_come_below(self) -> None:
        offers = of_network([replace(ROOM, addresses=(f"10.0.0.{n}",)) for n in range(4)])
        keys = [each.key for each in offers]
        ordered = in_stable_order([keys[2], keys[1]], offers)
        self.assertEqual([each.key for each in ordered], [keys[2], keys[1], keys[0], keys[3]])


if __name__ == "__main__":
    unittest.main()
