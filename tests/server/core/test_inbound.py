"""Lines become items: bursts, messages and invalid lines."""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, FailError, NumericError
from chatapp.server.core.inbound import InvalidLine, MessageBurst, label_of, read


def shown(lines: list[bytes | TooLong]) -> list[object]:
    """Return the items of lines in a form that can be compared."""
    return [(item.target, item.texts) if isinstance(item, MessageBurst) else item for item in read(lines)]


class Reading(unittest.TestCase):
    def test_consecutive_lines_to_one_channel_are_one_burst(self) -> None:
        lines: list[bytes | TooLong] = [b"PRIVMSG #c :one", b"PRIVMSG #c :two", b"PRIVMSG #d :three"]
        self.assertEqual(shown(lines), [("#c", ["one", "two"]), ("#d", ["three"])])

    def test_any_other_line_ends_a_burst(self) -> None:
        lines: list[bytes | TooLong] = [b"PRIVMSG #c :one", b"PING x", b"PRIVMSG #c :two"]
        self.assertEqual(shown(lines), [("#c", ["one"]), Message("PING", ("x",)), ("#c", ["two"])])

    def test_lines_that_are_not_plain_messages_to_one_channel_are_messages(self) -> None:
        cases = (
            *("PRIVMSG ann :hi", "@a=b PRIVMSG #c :hi", ":ann PRIVMSG #c :hi", "PRIVMSG #c,#d :hi"),
            *("PRIVMSG #c hi", "PRIVMSG #c :", "PRIVMSG  #c :hi", "privmsg #c :hi", "NOTICE #c :hi"),
            *("PRIVMSG @#c :hi", "PRIVMSG #c", "PRIVMSG #c x :hi"),
        )
        for line in cases:
            with self.subTest(line=line):
                self.assertEqual(shown([line.encode()]), [Message.parse(line)])

    def test_an_empty_text_after_a_burst_is_a_message_of_its_own(self) -> None:
        lines: list[bytes | TooLong] = [b"PRIVMSG #c :one", b"PRIVMSG #c :"]
        self.assertEqual(shown(lines), [("#c", ["one"]), Message("PRIVMSG", ("#c", ""))])

    def test_a_text_may_look_like_a_line(self) -> None:
        self.assertEqual(shown([b"PRIVMSG #c :PRIVMSG #c : :x"]), [("#c", ["PRIVMSG #c : :x"])])

    def test_an_invalid_line_is_an_item_at_its_position(self) -> None:
        first, long, bad, last = read([b"PRIVMSG #c :1", TooLong(), b"notice #c :\xff", b"PRIVMSG #c :2"])
        self.assertIsInstance(first, MessageBurst)
        assert isinstance(long, InvalidLine) and isinstance(long.error, NumericError)
        self.assertEqual(long.error.numeric, ERR_INPUTTOOLONG)
        assert isinstance(bad, InvalidLine) and isinstance(bad.error, FailError)
        self.assertEqual(bad.error.params, ("NOTICE", "INVALID_UTF8", "Not UTF-8 text"))
        self.assertIsInstance(last, MessageBurst)

    def test_the_command_of_a_line_with_bad_utf8_is_named_only_if_it_looks_like_one(self) -> None:
        cases = {b"@a=\xff :x PRIVMSG y": "PRIVMSG", b"\xff\xfe": "*", b"\xff": "*", b"@\xff": "*"}
        for line, command in cases.items():
            with self.subTest(line=line):
                [item] = read([line])
                assert isinstance(item, InvalidLine) and isinstance(item.error, FailError)
                self.assertEqual(item.error.params[0], command)

    def test_an_invalid_line_keeps_its_label(self) -> None:
        for raw in (TooLong(b"@label=L;+a=b"), b"@label=L PRIVMSG #c :\xff", b"@a=\xff;label=L PING"):
            with self.subTest(raw=raw):
                [item] = read([raw])
                self.assertEqual(label_of(item), "L")

    def test_a_label_counts_only_in_the_tags(self) -> None:
        lines: list[bytes | TooLong] = [TooLong(), b"PRIVMSG #c :\xff @label=L", b"PRIVMSG #c :@label=L"]
        self.assertEqual(list(map(label_of, read(lines))), [None] * len(lines))

    def test_a_line_without_a_command_is_skipped(self) -> None:
        self.assertEqual(read([b":ann", b"@a=b", b"   "]), [])
