"""The colours of IRC codes."""

from __future__ import annotations

import unittest

from chatapp.gui.theme import irc_colours


class IrcColoursTest(unittest.TestCase):
    def test_a_number_is_a_palette_colour_and_a_hex_colour_stays(self) -> None:
        table = {"0": "#ffffff", "4": "#ff0000", "12": "#0000fc", "98": "#ffffff", "#ABcdef": "#abcdef"}
        for code, colour in table.items():
            self.assertEqual(irc_colours.colour(code), colour)
        self.assertEqual(len(irc_colours.COLOURS), 99)
