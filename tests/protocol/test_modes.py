"""The tables of modes: how a MODE command is parsed, and how changes are written."""

from __future__ import annotations

import unittest

from chatapp.protocol import modes
from chatapp.protocol.modes import ModeChange, ModeKind, parse, write


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

    def test_written_changes_are_parsed_to_the_same_changes(self) -> None:
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

    def test_no_letter_has_two_meanings(self) -> None:
        letters = "".join(modes.RANKS) + modes.LISTS + modes.STORED
        self.assertEqual(len(letters), len(set(letters)))
        self.assertEqual(set(letters), modes.CHANNEL_MODES.keys())

    def test_every_channel_mode_is_described_and_has_a_sentence_for_both_signs(self) -> None:
        for letter, mode in modes.CHANNEL_MODES.items():
            with self.subTest(letter):
                self.assertTrue(mode.description)
                self.assertNotEqual(mode.when_set, mode.when_unset)
                for sign, text in (("+", mode.when_set), ("-", mode.when_unset)):
                    self.assertRegex(text, r"^[a-z][^.]*[^. ]$")
                    needs_name = mode.kind in (ModeKind.RANK, ModeKind.LIST)
                    self.assertLessEqual(needs_name, "{}" in text)
                    self.assertLessEqual("{}" in text, modes.takes_parameter(sign, letter))

    def test_ranks_and_no_other_modes_have_a_level(self) -> None:
        for letter, mode in modes.CHANNEL_MODES.items():
            with self.subTest(letter):
                self.assertEqual(mode.rank is not None, mode.kind is ModeKind.RANK)
                self.assertEqual(mode.parameter != "", mode.kind is not ModeKind.FLAG)

    def test_the_level_of_a_member_is_that_of_the_highest_rank(self) -> None:
        for letters, level in (("", 0), ("v", modes.VOICE), ("vo", modes.OPERATOR), ("hqv", modes.OWNER)):
            self.assertEqual(modes.level(letters), level)

    def test_every_user_mode_is_described(self) -> None:
        self.assertEqual("".join(modes.USER_MODES), "BRZiow")
        self.assertTrue(all(mode.description for mode in modes.USER_MODES.values()))

    def test_chanmodes_has_the_four_types_that_clients_expect(self) -> None:
        """CHANMODES=A,B,C,D: lists; always a parameter; a parameter when set; never one."""
        self.assertEqual(modes.chanmodes(), "Ibe,k,HSfl,CMRUimnstu")
        self.assertEqual(modes.prefix(), "(qaohv)~&@%+")

    def test_advertised_modes_are_parsed_to_the_same_types(self) -> None:
        self.assertEqual(modes.kinds_of(modes.chanmodes(), modes.RANKS), modes.KINDS)

    def test_modes_of_another_server_have_the_types_that_it_advertises(self) -> None:
        kinds = modes.kinds_of("q,k,,n,X", "ov")
        changes = parse("+qnXko-k", ["ann!*@*", "key", "bob", "key"], kinds)
        self.assertEqual([each.parameter for each in changes], ["ann!*@*", None, None, "key", "bob", "key"])
        self.assertEqual(modes.kinds_of("", ""), {})

    def test_no_rank_can_be_given_by_a_lower_one(self) -> None:
        for letter, rank in modes.RANKS.items():
            with self.subTest(letter):
                self.assertGreaterEqual(rank.giver, rank.level)


if __name__ == "__main__":
    unittest.main()
