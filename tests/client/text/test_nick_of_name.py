"""Nicks that are made from names."""

from __future__ import annotations

import unittest

from chatapp.client.text.nick_of_name import FALLBACK, latin_nick, nick_of_name
from chatapp.protocol import names

MADE = {
    "ana": "ana",
    "José": "José",
    "李雷": "李雷",
    "Ana María López": "Ana_Maria_Lopez",
    "  Ana   Ruiz ": "Ana_Ruiz",
    "O'Neil, Jr.": "O_Neil_Jr",
    "Борис Щербаков": "Boris_Shcherbakov",
    "Мария-Луиза Ким": "Mariya-Luiza_Kim",
    "Ελένη Παππά": "Eleni_Pappa",
    "राम कुमार": "Raama_Kumaara",
    "김 민수": "Gim_Minsu",
    "さくら もも": "Sakura_Momo",
    "Łukasz Żółć": "Lukasz_Zolc",
    "Größe Nr. 5": "Grosse_Nr_5",
    "李雷 Li": "Li",
    "李 雷": "李_雷",
    "9 lives": "lives",
    "😀 😀": FALLBACK,
    "": FALLBACK,
    "a\x02b\u202ec d": "abc_d",
}


class NickOfName(unittest.TestCase):
    def test_a_name_becomes_a_nick_that_resembles_it(self) -> None:
        for name, nick in MADE.items():
            with self.subTest(name):
                self.assertEqual(nick, nick_of_name(name))

    def test_every_result_is_a_valid_nick_within_the_length_of_the_server(self) -> None:
        for name in [*MADE, "x " * 200, "Щ" * 90, "क" * 90, "-_-", "\ud800 a", "ab cd ef gh"]:
            with self.subTest(name):
                self.assertTrue(names.is_nick(nick_of_name(name, 9), 9), nick_of_name(name, 9))

    def test_a_server_that_accepts_only_the_letters_a_to_z_gets_those(self) -> None:
        self.assertEqual("Jose", latin_nick("José"))
        self.assertEqual("", latin_nick("李雷"))
