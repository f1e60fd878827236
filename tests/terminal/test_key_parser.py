"""Input from a terminal is parsed into keys."""

from __future__ import annotations

import unittest

from chatapp.terminal.key_parser import Input, Key, KeyParser, Text

TABLE = {
    "hello": "hello",
    "é日👋": "é日👋",
    "a\rb\n": "a<enter>b<newline>",
    "\t\x1b[Z": "<tab><backtab>",
    "\x7f\x08": "<backspace><backspace>",
    "\x01\x05\x0b\x15\x17": "<ctrl-a><ctrl-e><ctrl-k><ctrl-u><ctrl-w>",
    "\x1b[A\x1b[B\x1b[C\x1b[D": "<up><down><right><left>",
    "\x1bOA\x1bOH\x1bOF": "<up><home><end>",
    "\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~": "<home><end><home><end><home><end>",
    "\x1b[3~": "<delete>",
    "\x1b[1;5C\x1b[1;5D\x1b[1;3A\x1b[1;3B": "<ctrl-right><ctrl-left><alt-up><alt-down>",
    "\x1b1\x1bb\x1bB\x1b\x7f\x1b\r": "<alt-1><alt-b><alt-b><alt-backspace><alt-enter>",
    "\x1b[15~x\x1b[?1;2cy\x1b[[Az\x1b[200;1H": "xyz<home>",
    "\x1bOMx": "<enter>x",
    "\x1b[200~one\r\ntwo\rthree\x1b[201~!": "one\ntwo\nthree!",
    "\x1b[200~\x1b[31m\x01\x1b[201~": "\x1b[31m\x01",
}


def shown(given: list[Input]) -> str:
    """Return text as it is, neighbours joined, and keys in angle brackets."""
    return "".join(each.text if isinstance(each, Text) else f"<{each.name}>" for each in given)


class Keys(unittest.TestCase):
    def test_sequences_become_keys(self) -> None:
        for data, expected in TABLE.items():
            with self.subTest(data):
                self.assertEqual(expected, shown(KeyParser().feed(data)))

    def test_a_sequence_may_arrive_in_pieces(self) -> None:
        for data, expected in TABLE.items():
            with self.subTest(data):
                key_parser = KeyParser()
                self.assertEqual(expected, shown([each for one in data for each in key_parser.feed(one)]))
                self.assertFalse(key_parser.is_incomplete)

    def test_escape_alone_is_recognised_when_nothing_follows(self) -> None:
        key_parser = KeyParser()
        self.assertEqual([], key_parser.feed("\x1b"))
        self.assertTrue(key_parser.is_incomplete)
        self.assertEqual([Key("escape")], key_parser.flush())
        self.assertEqual([], key_parser.flush())

    def test_escape_before_another_sequence_is_a_separate_key(self) -> None:
        self.assertEqual("<escape><up>", shown(KeyParser().feed("\x1b\x1b[A")))

    def test_a_paste_is_waited_for_however_long_it_takes(self) -> None:
        key_parser = KeyParser()
        self.assertEqual([], key_parser.feed("\x1b[200~half \x1b[20"))
        self.assertFalse(key_parser.is_incomplete)
        self.assertEqual([Text("half "), Text("!")], key_parser.feed("1~!"))

    def test_an_unfinished_sequence_is_given_up(self) -> None:
        self.assertEqual("<escape>[" + "1;" * 20, shown(KeyParser().feed("\x1b[" + "1;" * 20)))
