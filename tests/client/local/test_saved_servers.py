"""The servers of the window in the settings."""

from __future__ import annotations

import tempfile
import unittest
from dataclasses import asdict, replace
from pathlib import Path

from chatapp.client.local import saved_servers, settings
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login

ROOM = SavedServer("192.0.2.7:5000", Login("192.0.2.7", 5000, "ana", display_name="Ana Kaur"), "Room 12")
CLUB = SavedServer(
    "[::1]:6697",
    Login("::1", 6697, "anna", account="ana", encrypt="always", pin="ab" * 32, remember=True, proxy="system"),
    "Chess Club",
    is_muted=True,
    is_local=True,
    is_for_lan=True,
)


class SavedServersTest(unittest.TestCase):
    def setUp(self) -> None:
        self.settings = Settings()

    def test_they_come_back_in_their_order_from_the_file(self) -> None:
        saved_servers.store(self.settings, [CLUB, ROOM])
        with tempfile.TemporaryDirectory() as folder:
            settings.save(self.settings, Path(folder) / "settings.json")
            again = settings.load(Path(folder) / "settings.json")
        self.assertEqual(saved_servers.load(again), [CLUB, ROOM])

    def test_nothing_secret_is_stored(self) -> None:
        secrets = Login(
            "192.0.2.7", 5000, "ana", password="hunter2", code="K7QX-29FM", server_password="open sesame",
            channels=("#hidden",), new_account=True, proxy="http://ana:tunnel-word@h:1",
        )  # fmt: skip
        saved_servers.store(self.settings, [SavedServer("192.0.2.7:5000", secrets)])
        text = repr(asdict(self.settings))
        for each in ("hunter2", "K7QX", "sesame", "#hidden", "new_account", "tunnel-word"):
            self.assertNotIn(each, text)

    def test_a_server_that_is_gone_is_stored_no_longer(self) -> None:
        saved_servers.store(self.settings, [ROOM, CLUB])
        saved_servers.store(self.settings, [CLUB])
        self.assertEqual(saved_servers.load(self.settings), [CLUB])
        self.assertEqual(list(self.settings.logins), [CLUB.key])

    def test_a_server_of_this_computer_takes_its_address_and_its_password_along(self) -> None:
        here = SavedServer("127.0.0.1:5000", Login("127.0.0.1", 5000, "ana"), "Tea Club", is_local=True)
        moved = replace(here, login=replace(here.login, port=5001))
        other = SavedServer("ben@127.0.0.1:5000", Login("127.0.0.1", 5000, "ben"), "Chess")
        for others, expected in (
            ((), ["192.0.2.7:5000", "127.0.0.1:5001"]),
            ((other,), ["192.0.2.7:5000", "127.0.0.1:5000"]),
        ):
            with self.subTest(others):
                self.settings.servers = ["192.0.2.7:5000", "127.0.0.1:5000"]
                self.settings.remembered = ["127.0.0.1:5000 ana", "127.0.0.1:5000 ben"]
                saved_servers.store(self.settings, [here, *others])
                saved_servers.store(self.settings, [moved, *others])
                self.assertEqual(expected, self.settings.servers)
                self.assertEqual(["127.0.0.1:5001 ana", "127.0.0.1:5000 ben"], self.settings.remembered)

    def test_the_chat_of_this_computer_is_found_by_its_port(self) -> None:
        guest = SavedServer("127.0.0.1:5000", Login("127.0.0.1", 5000, "ana"))
        own = SavedServer("ben@127.0.0.1:5000", Login("127.0.0.1", 5000, "ben"), is_local=True)
        saved_servers.store(self.settings, [ROOM, guest, own])
        self.assertEqual(own, saved_servers.of_this_computer(self.settings, Login("", 5000, "ana")))
        self.assertIsNone(saved_servers.of_this_computer(self.settings, Login("", 5001, "ana")))

    def test_damaged_entries_are_left_out(self) -> None:
        saved_servers.store(self.settings, [ROOM, CLUB])
        self.settings.chats += ["unknown:1"]
        for damage in ({"nick": 3}, {"server": ""}, {"server": ["a"]}, {"server": ":5000"}):
            with self.subTest(damage):
                before = dict(self.settings.logins[ROOM.key])
                self.settings.logins[ROOM.key] |= damage
                self.assertEqual(saved_servers.load(self.settings), [CLUB])
                self.settings.logins[ROOM.key] = before
        self.settings.logins[CLUB.key] |= {"encrypt": "perhaps", "muted": "yes", "name": 12}
        [_, club] = saved_servers.load(self.settings)
        self.assertEqual((club.login.encrypt, club.is_muted, club.name), ("auto", False, ""))

    def test_one_user_on_one_server_is_the_same_in_any_letter_case(self) -> None:
        login = Login("Chat.Example", 5000, "Ana")
        cases = [
            (Login("chat.example", 5000, "ana"), True),
            (Login("chat.example", 5000, "ana_", account="ana"), True),
            (Login("chat.example", 5001, "ana"), False),
            (Login("chat.example", 5000, "ben"), False),
            (Login("other.example", 5000, "ana"), False),
        ]
        for other, expected in cases:
            with self.subTest(other=other):
                self.assertIs(saved_servers.is_same(login, other), expected)

    def test_a_second_login_on_a_server_has_a_key_of_its_own(self) -> None:
        login = Login("chat.example", 5000, "Ana")
        self.assertEqual(saved_servers.free_key(login, []), "chat.example:5000")
        self.assertEqual(saved_servers.free_key(login, ["chat.example:5000"]), "ana@chat.example:5000")

    def test_the_key_of_another_chat_at_the_same_address_has_digits_of_its_certificate(self) -> None:
        login = Login("chat.example", 5000, "ana")
        key = saved_servers.free_key(login, [], "2a2b")
        self.assertEqual((key, saved_servers.chat_of(key)), ("chat.example:5000/2a2b", "2a2b"))
        second = saved_servers.free_key(login, [key], "2a2b")
        self.assertEqual((second, saved_servers.chat_of(second)), (f"ana@{key}", "2a2b"))
        self.assertEqual(saved_servers.chat_of("a/b@chat.example:5000"), "")

    def test_another_chat_gets_neither_the_account_nor_the_password(self) -> None:
        login = Login("h", 1, "ana", account="ana", password="x", remember=True, display_name="Ana Lima")
        self.assertEqual(saved_servers.as_stranger(login), Login("h", 1, "ana", display_name="Ana Lima"))

    def test_forgetting_deletes_only_what_belongs_to_this_server(self) -> None:
        here, there = "chat.example:5000", "chat.example:50001"
        both = [f"{here} #a", f"{there} #a"]
        stored = Settings(
            drafts=dict.fromkeys(both, "text"), read=dict.fromkeys(both, 1), keys=dict.fromkeys(both, "k"),
            notify=dict.fromkeys(both, "nothing"), marked_unread=dict.fromkeys(both, 1), muted=list(both),
            favourites=list(both), folded=list(both), ignored=list(both), conversations=list(both),
            current={here: "#a", there: "#a"}, seen={here: 1, there: 1},
        )  # fmt: skip
        saved_servers.forget(stored, here)
        for name, value in asdict(stored).items():
            if name in ("drafts", "read", "keys", "notify", "marked_unread", "muted", "favourites", "folded"):
                self.assertEqual(list(value), [f"{there} #a"], name)
        self.assertEqual((stored.conversations, stored.ignored), ([f"{there} #a"], [f"{there} #a"]))
        self.assertEqual((list(stored.current), list(stored.seen)), ([there], [there]))
