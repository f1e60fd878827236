"""Grapheme clusters, which people see as one character, and words.

Source: UAX #29, section 3.1.1.
"""

from __future__ import annotations

import unittest

from chatapp.protocol import graphemes
from chatapp.protocol.message import cut

WHOLE = {  # a text that is one cluster
    "a letter": "a",
    "a letter with an accent": "e\u0301",
    "many accents": "e" + "\u0301" * 40,
    "CR LF (GB3)": "\r\n",
    "a Hangul syllable of jamo (GB6)": "\u1112\u1161\u11ab",
    "a syllable with a final jamo (GB7)": "\uac00\u11a8",
    "a Devanagari letter with a vowel sign (GB9a)": "हि",
    "a Devanagari conjunct (GB9c)": "क्ष्मि",
    "a Khmer stack": "ក្ខ",
    "Thai with a tone mark": "ที่",
    "Thai sara am": "กำ",
    "an Arabic number sign and its digit (GB9b)": "\u06001",
    "a family (GB11)": "👨\u200d👩\u200d👧\u200d👦",
    "a skin tone": "👋🏽",
    "a heart as an emoji": "❤\ufe0f",
    "a profession with a skin tone": "👩🏽\u200d🚀",
    "a keycap": "1\ufe0f\u20e3",
    "a flag (GB12)": "🇩🇪",
    "a flag of tags": "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
}
PARTS = {
    "नमस्ते": ["न", "म", "स्ते"],
    "தமிழ்": ["த", "மி", "ழ்"],
    "🇩🇪🇫🇷🇯": ["🇩🇪", "🇫🇷", "🇯"],
    "a🇩🇪": ["a", "🇩🇪"],
    "👍\u200dx": ["👍\u200d", "x"],
    "👍👍": ["👍", "👍"],
    "\r\n\r\r\n": ["\r\n", "\r", "\r\n"],
    "\n\u0301": ["\n", "\u0301"],
    "한국": ["한", "국"],
    "小明": ["小", "明"],
    "": [],
}


class Clusters(unittest.TestCase):
    def test_sequences_that_form_one_cluster(self) -> None:
        for name, text in WHOLE.items():
            with self.subTest(name):
                self.assertEqual([text, "x", text], graphemes.clusters(f"{text}x{text}"))

    def test_a_text_is_split_between_clusters(self) -> None:
        for text, parts in PARTS.items():
            with self.subTest(ascii(text)):
                self.assertEqual(parts, graphemes.clusters(text))

    def test_the_previous_and_the_next_boundary_of_a_position(self) -> None:
        for text in (*WHOLE.values(), *PARTS, "🇩🇪" * 3 + "e\u0301 \r\n" + "क्षि" + "한\u1100\u1161"):
            ends = [0]
            for cluster in graphemes.clusters(text):
                ends.append(ends[-1] + len(cluster))
            for at in range(len(text) + 1):
                with self.subTest(ascii(text), at=at):
                    self.assertEqual(max((e for e in ends if e < at), default=0), graphemes.before(text, at))
                    self.assertEqual(
                        min((e for e in ends if e > at), default=len(text)), graphemes.after(text, at)
                    )
                    self.assertEqual(max(e for e in ends if e <= at), graphemes.floor(text, at))

    def test_truncation_to_a_number_of_bytes_preserves_clusters(self) -> None:
        for name, text in WHOLE.items():
            if not text.isascii():
                size = len(text.encode())
                with self.subTest(name):
                    self.assertEqual("ab", cut(f"ab{text}", size + 1))
                    self.assertEqual(f"ab{text}", cut(f"ab{text}c", size + 2))

    def test_only_a_cluster_longer_than_the_maximum_is_truncated(self) -> None:
        self.assertEqual("e" + "\u0301" * 4, cut("e" + "\u0301" * 40, 10))


class WordBoundaries(unittest.TestCase):
    def test_word_boundaries_skip_spaces_and_punctuation(self) -> None:
        for text, before, after in (
            ("one two|", "one |two", "one two|"),
            ("one, |two", "|one, two", "one, two|"),
            ("|one two", "|one two", "one| two"),
            ("हिन्दी| भाषा", "|हिन्दी भाषा", "हिन्दी भाषा|"),
            ("cafe\u0301| x", "|cafe\u0301 x", "cafe\u0301 x|"),
            ("使用Python|编程", "使用|Python编程", "使用Python编程|"),
            ("hi 👨\u200d👩\u200d👧|", "hi |👨\u200d👩\u200d👧", "hi 👨\u200d👩\u200d👧|"),
            ("snake_case|", "|snake_case", "snake_case|"),
        ):
            at, text = text.index("|"), text.replace("|", "")
            with self.subTest(text):
                self.assertEqual(before.index("|"), graphemes.word_before(text, at))
                self.assertEqual(after.index("|"), graphemes.word_after(text, at))


if __name__ == "__main__":
    unittest.main()
