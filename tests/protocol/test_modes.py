"""The tables of modes: what is read out of a MODE command, and how changes are written."""

from __future__ import annotations

import unittest

from chatapp.protocol import modes
from chatapp.protocol.modes import ModeChange, parse, write


class ReadingChanges(unittest.TestCase):
    def test_letters_signs_and_parameters(self) -> None:
        table = {
            ("m",): [("+", "m", None)],
            ("+m-t",): [("+", "m", None), ("-", "t", None)],
            ("+o-v", "ann", "bob"): [("+", "o", "ann"), ("-", "v", "bob")],
            ("+mo", "ann"): [("+", "m", None), ("+", "o", "ann")],
            ("+lk", "10", "key"): [("+", "l", "10"), ("+", "k", "key")],
            ("-lk", "key"): [("-", "l", None), ("-", "k", "key")],
            ("-kl",): [("-", "k", None), ("-", "l", None)],
            ("b",): [("+", "b", None)],
            ("+b", ""): [("+", "b", "")],
            ("+?o", "ann"): [("+", "?", None), ("+", "o", "ann")],
            ("+-+",): [],
            ("",): [],
            ("+o", "ann", "bob"): [("+", "o", "ann")],
        }
        for (letters, *parameters), changes in table.items():
            with self.subTest(letters, parameters=parameters):
                self.assertEqual(parse(letters, parameters), changes)


class WritingChanges(unittest.TestCase):
    def test_a_sign_is_written_when_it_changes(self) -> None:
        table = {
            (("+", "o", "ann"), ("+", "v", "bob"), ("-", "m", None)): ["+ov-m", "ann", "bob"],
            (("-", "k", "*"), ("+", "i", None)): ["-k+i", "*"],
            (("+", "n", None),): ["+n"],
        }
        for changes, written in table.items():
            with self.subTest(written):
                self.assertEqual(write(ModeChange(*change) for change in changes), written)

    def test_what_is_written_reads_as_the_same(self) -> None:
        changes = [
            ModeChange("+", "b", "x!*@*"),
            ModeChange("-", "l", None),
            ModeChange("-", "k", "*"),
            ModeChange("+", "q", "ann"),
        ]
        letters, *parameters = write(changes)
        self.assertEqual(parse(letters, parameters), changes)


class Tables(unittest.TestCase):
    def test_prefixes_come_highest_first(self) -> None:
        self.assertEqual(modes.prefixes("voq"), "~@+")
        self.assertEqual(modes.prefixes(""), "")

    def test_no_letter_means_two_things(self) -> None:
        letters = (
            "".join(modes.RANKS) + modes.LISTS + modes.ALWAYS_PARAMETER + modes.SET_PARAMETER + modes.FLAGS
        )
        self.assertEqual(len(letters), len(set(letters)))

    def test_chanmodes_has_the_four_types_that_clients_expect(self) -> None:
        """CHANMODES=A,B,C,D: lists; always a parameter; a parameter when set; never one."""
        self.assertEqual(modes.chanmodes(), "Ibe,k,Sfl,CMRUimnstu")

    def test_nobody_may_give_a_rank_above_the_own(self) -> None:
        for letter, rank in modes.RANKS.items():
            with self.subTest(letter):
                self.assertGreaterEqual(rank.giver, rank.level)


if __name__ == "__main__":
    unittest.main()
