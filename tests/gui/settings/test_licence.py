"""The licence that the page "About" shows."""

from __future__ import annotations

import unittest
from pathlib import Path

import chatapp
from chatapp.gui.settings.licence import LICENCE


class LicenceTest(unittest.TestCase):
    def test_it_is_that_of_the_repository(self) -> None:
        stored = Path(chatapp.__file__).parents[1] / "LICENSE"
        words = stored.read_text("utf-8").split()
        self.assertEqual(["MIT", "License", *LICENCE.split()], words)
