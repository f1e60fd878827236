"""Mentions of a nick in texts of any script."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import mentions, spans
from chatapp.client.text.mentions import find, find_people


class Mentions(unittest.TestCase):
    def test_a_whole_word_that_equals_the_nick_is_a_mention(self) -> None:
        for text in ("ana", "ANA: look", "hi @ana!", "(ana)", "it is ana's", "ana, ben", "**ana**", "ana."):
            with self.subTest(text):
                self.assertTrue(mentions(text, "ana"))

    def test_a_part_of_a_word_a_link_or_code_is_not_a_mention(self) -> None:
        for text in (
            "banana",
            "ana_2",
            "ana-maria",
            "maria-ana",
            "https://x.example/ana",
            "`ana`",
            "me@ana.example",
        ):
            with self.subTest(text):
                self.assertFalse(mentions(text, "ana"))

    def test_nicks_with_special_characters_or_other_scripts_are_found(self) -> None:
        for nick in ("[ben]", "a^b|c", "Жанна", "李"):
            with self.subTest(nick):
                self.assertTrue(mentions(f"hello {nick.lower()}: yes", nick))

    def test_in_a_script_without_spaces_a_word_may_continue_after_the_nick(self) -> None:
        for nick, text in (
            ("小明", "@小明你好"),
            ("小明", "你好@小明，"),
            ("小明", "请问@小明你好"),
            ("민수", "@민수님"),
            ("민수", "@민수야 안녕"),
            ("สมชาย", "@สมชายครับ"),
            ("ana", "@ana님"),
            ("ana", "ana님 안녕"),
            ("ana", "你好ana你好"),
            ("ana", "สวัสดีana"),
            ("[ben]", "@[ben]さん"),
            ("小明", "hello小明!"),
        ):
            with self.subTest(text):
                self.assertTrue(mentions(text, nick))

    def test_a_part_of_a_word_is_not_a_mention_in_any_script(self) -> None:
        for nick, text in (
            ("राम", "रामायण"),
            ("राम", "@रामायण"),
            ("राम", "रामि"),
            ("ann", "@anne"),
            ("ann", "ann\u0303"),
            ("สมชา", "@สมชาี"),
            ("小明", "小明你好"),
            ("李", "李子"),
            ("小明", "@小明2"),
            ("Жан", "@Жанна"),
            ("ana", "me@ana"),
            ("민수", "민수정"),
        ):
            with self.subTest(text):
                self.assertFalse(mentions(text, nick))

    def test_a_nick_is_found_in_any_case_and_composed_or_not(self) -> None:
        for nick, text, found in (
            ("José", "hi jose\u0301!", "jose\u0301"),
            ("jose\u0301", "hi JOSÉ!", "JOSÉ"),
            ("Straße", "@STRASSE: hi", "@STRASSE"),
            ("민수", "@\u1106\u1175\u11ab\u1109\u116e님", "@\u1106\u1175\u11ab\u1109\u116e"),
            ("ΣΙΣΥΦΟΣ", "σισυφος", "σισυφος"),
            ("ann", "ﬃ e\u0301 ANN", "ANN"),
            ("a[b]-c\\", "@A[B]-C\\: hi", "@A[B]-C\\"),
            ("-ana-", "hi -ana-", "-ana-"),
            ("ana", "😀@ana", "@ana"),
        ):
            with self.subTest(text):
                self.assertEqual([found], [s.text for s in spans(text, nick) if s.kind == "mention"])

    def test_a_channel_of_the_same_name_is_not_a_mention(self) -> None:
        self.assertFalse(mentions("see #ana", "ana"))

    def test_without_a_nick_there_are_no_mentions(self) -> None:
        self.assertFalse(mentions("hello", ""))

    def test_a_mention_includes_the_at_sign(self) -> None:
        for text, places in (("hi @Ana, ana!", [(3, 7), (9, 12)]), ("banana", []), ("", [])):
            with self.subTest(text):
                self.assertEqual(places, find(text, "ana"))

    def test_of_the_known_nicks_after_an_at_sign_the_longest_counts(self) -> None:
        known = {"ben": "Ben Okafor", "ben.x": "Other Ben"}
        for text, expected in (
            ("@ben.x, @ben.y @bent a@ben @ben", ["@ben.x", "@ben", "@ben"]),
            ("@ben@ben", []),
            ("@ @", []),
            ("@" + "-" * 5000 + "ben", []),
        ):
            with self.subTest(text[:40]):
                found = list(find_people(text, lambda nick: known.get(nick, "")))
                self.assertEqual(expected, [text[start:end] for start, end, _ in found])
                self.assertEqual([known[each[1:]] for each in expected], [name for *_, name in found])

    def test_positions_count_characters_of_the_text_and_not_of_its_folded_form(self) -> None:
        self.assertEqual([(7, 10)], find("Straße ana", "ana"))
        self.assertEqual([(3, 6)], find("ﬃ, ANA", "ana"))
