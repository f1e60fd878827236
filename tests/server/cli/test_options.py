"""Options that several subcommands of `run_server.py` share."""

from __future__ import annotations

import argparse
import io
import unittest
from pathlib import Path

from chatapp.server.cli.options import add_data_option, port_number, read_key, visible_name, whole_number
from chatapp.server.storage.data_folder import CannotUse


class DataOption(unittest.TestCase):
    def parsed(self, *arguments: str) -> Path | None:
        parser = argparse.ArgumentParser()
        add_data_option(parser)
        folder: Path | None = parser.parse_args(arguments).data
        return folder

    def test_a_folder_is_given_or_the_default_is_used(self) -> None:
        self.assertEqual(self.parsed("--data", "chat"), Path("chat"))
        self.assertIsNone(self.parsed())


class Numbers(unittest.TestCase):
    def test_an_error_shows_the_allowed_values(self) -> None:
        for read, text, expected in (
            (whole_number(1, 9), "0", "must be a whole number from 1 to 9, not '0'"),
            (whole_number(1, 9), "10", "must be a whole number from 1 to 9, not '10'"),
            (whole_number(0), "-1", "must be a whole number of at least 0, not '-1'"),
            (port_number(1), "0", "must be a whole number from 1 to 65535, not '0'"),
            (port_number(0), "65536", "must be a whole number from 0 to 65535, not '65536'"),
            (port_number(0), "http", "must be a whole number from 0 to 65535, not 'http'"),
        ):
            with self.subTest(text), self.assertRaises(argparse.ArgumentTypeError) as refused:
                read(text)
            self.assertEqual(str(refused.exception), expected)

    def test_allowed_values_are_accepted(self) -> None:
        self.assertEqual((whole_number(1, 9)("9"), port_number(0)("0"), port_number(1)("5000")), (9, 0, 5000))


class Names(unittest.TestCase):
    def test_the_name_of_a_chat_is_cleaned_and_checked(self) -> None:
        self.assertEqual(visible_name("  Room \u202e12 "), "Room 12")
        for text in ("", " \t", "x" * 65):
            with self.subTest(text), self.assertRaises(argparse.ArgumentTypeError):
                visible_name(text)


class Keys(unittest.TestCase):
    def test_the_first_line_is_the_key(self) -> None:
        self.assertEqual(read_key(io.StringIO("the key of the owner\nmore\n")), "the key of the owner")

    def test_without_a_standard_input_there_is_no_key(self) -> None:
        with self.assertRaises(CannotUse):
            read_key(None)


if __name__ == "__main__":
    unittest.main()
