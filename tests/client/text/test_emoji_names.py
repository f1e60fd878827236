"""Names of emoji."""

from __future__ import annotations

import unittest

from chatapp.client.text import emoji_names


class EmojiNames(unittest.TestCase):
    def test_an_emoji_is_found_with_its_name_whatever_its_skin_tone(self) -> None:
        for sequence, name in {
            "😂": "face with tears of joy", "👍🏽": "thumbs up", "❤": "red heart", "❤\ufe0f": "red heart",
            "🇩🇪": "flag: Germany",
        }.items():  # fmt: skip
            found = emoji_names.find(sequence)
            assert found is not None
            self.assertEqual(name, found.name)
        self.assertIsNone(emoji_names.find("x"))

    def test_the_usual_short_name_is_shown_and_the_unicode_name_works_as_well(self) -> None:
        for name in ("joy", "JOY", "face_with_tears_of_joy"):
            found = emoji_names.by_short_name(name)
            assert found is not None
            self.assertEqual(("😂", ":joy:"), (found.sequence, found.short))
        self.assertIsNone(emoji_names.by_short_name("no_such_thing"))

    def test_every_emoji_is_found_by_each_of_its_characters_and_no_two_share_a_usual_name(self) -> None:
        every = [emoji for group in emoji_names.groups().values() for emoji in group]
        self.assertGreater(len(every), 1400)
        for emoji in every:
            self.assertEqual(emoji, emoji_names.find(emoji.sequence))
            self.assertEqual(emoji, emoji_names.by_short_name(emoji.short_names[0]), emoji.name)

    def test_a_search_finds_words_of_the_name_and_short_names_the_best_first(self) -> None:
        def first(query: str) -> str:
            return emoji_names.search(query)[0].sequence

        self.assertEqual("❤\ufe0f", first("heart"))
        self.assertEqual("👍", first("thumbs"))
        self.assertEqual("😂", first(":joy:"))
        self.assertEqual("🎉", first("tada"))
        self.assertEqual("👍", first("👍🏽"))
        self.assertIn("🎉", [emoji.sequence for emoji in emoji_names.search("party")])
        self.assertEqual([], emoji_names.search("xyzzy"))
        self.assertEqual([], emoji_names.search("  "))
        self.assertEqual(3, len(emoji_names.search("face", limit=3)))

    def test_names_that_begin_alike_are_listed_once_for_each_emoji(self) -> None:
        found = emoji_names.beginning_with("thumbs", 10)
        self.assertEqual([("thumbsup", "👍"), ("thumbsdown", "👎")], [(n, e.sequence) for n, e in found])

    def test_short_names_in_a_text_become_emoji_but_not_in_code_and_not_inside_words(self) -> None:
        for text, replaced in {
            "ok :tada::tada:!": "ok 🎉🎉!",
            "(:+1:)": "(👍)",
            "`:joy:` :joy:": "`:joy:` 😂",
            "```\n:joy:\n``` :joy:": "```\n:joy:\n``` 😂",
            "std::x::y": "std::x::y",
            "a:x:b": "a:x:b",
            "10:100:5": "10:100:5",
            "http://h:100:": "http://h:100:",
            ":no_such_thing:": ":no_such_thing:",
            "none": "none",
        }.items():
            with self.subTest(text):
                self.assertEqual(replaced, emoji_names.replace_short_names(text))

    def test_a_closing_colon_finishes_a_short_name_but_not_in_code(self) -> None:
        for before, start in {
            "hi :joy:": 3, ":+1:": 0, "a:joy:": None, "`:joy:": None, "```\n:joy:": None, ":zz:": None,
            "": None,
        }.items():  # fmt: skip
            with self.subTest(before):
                found = emoji_names.at_closing_colon(before)
                self.assertEqual(start, found[0] if found else None)
