"""Sentences that are said again in another language."""

from __future__ import annotations

import unittest

from chatapp.client.model.sentences import Sentence
from chatapp.languages import translation


class SentenceTest(unittest.TestCase):
    def test_a_sentence_is_in_the_language_that_is_chosen_now(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        said = Sentence("You invited {other} to {channel}.", {"other": "Cem {x}", "channel": "#a"}, " (why)")
        self.assertEqual("You invited Cem {x} to #a. (why)", said.text)
        translation.use("de")
        self.assertIn("eingeladen", said.text)
        self.assertIn("Cem {x}", said.text)


if __name__ == "__main__":
    unittest.main()
