"""Bytes become complete lines, however they arrive."""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import LineBuffer, TooLong

TOO_LONG = TooLong()


class Lines(unittest.TestCase):
    def test_every_line_end_is_accepted_and_empty_lines_are_skipped(self) -> None:
        """Source: RFC 1459 section 2.3.1 for empty lines."""
        for wire, *lines in (
            (b"a\r\n", b"a"),
            (b"a\n", b"a"),
            (b"a\r", b"a"),
            (b"a\r\nb\nc\rd\r\n", b"a", b"b", b"c", b"d"),
            (b"\r\n\n\n\r\r\na\r\r\n\r\n", b"a"),
            (b" \r\n", b" "),
            (b"",),
            (b"a",),
            (b"a\nb", b"a"),
        ):
            with self.subTest(wire):
                self.assertEqual(LineBuffer().feed(wire), lines)

    def test_a_line_cannot_contain_a_second_one(self) -> None:
        self.assertEqual(LineBuffer().feed(b"PRIVMSG #c :hi\rQUIT\n"), [b"PRIVMSG #c :hi", b"QUIT"])

    def test_nul_is_dropped(self) -> None:
        """Source: RFC 854: telnet sends CR NUL for a carriage return without a line feed."""
        self.assertEqual(LineBuffer().feed(b"NICK ann\r\0US\0ER a\r\0\0\n"), [b"NICK ann", b"USER a"])

    def test_an_incomplete_line_waits_for_its_end(self) -> None:
        buffer = LineBuffer()
        self.assertEqual(buffer.feed(b"NICK an"), [])
        self.assertEqual(buffer.pending, 7)
        self.assertEqual(buffer.feed(b"n\r\nUS"), [b"NICK ann"])
        self.assertEqual(buffer.pending, 2)
        self.assertEqual(buffer.feed(b"ER a\r\n"), [b"USER a"])
        self.assertEqual(buffer.pending, 0)

    def test_empty_lines_are_counted(self) -> None:
        """They cost time as other lines do. The LF of a CR LF does not count."""
        for wire, blank in (
            (b"\n" * 1000, 1000),
            (b"\r\n" * 1000, 2000),
            (b"a\r\n" * 1000, 0),
            (b"a\n" * 1000, 0),
            (b"a\r\n\n\n", 2),
        ):
            with self.subTest(wire=wire[:8]):
                buffer = LineBuffer()
                buffer.feed(wire)
                self.assertEqual(buffer.blank, blank)

    def test_bytes_that_are_not_utf_8_are_accepted(self) -> None:
        self.assertEqual(LineBuffer().feed(b"\xff\xfe\r\n"), [b"\xff\xfe"])


class Limits(unittest.TestCase):
    def test_a_line_of_exactly_the_limit_is_accepted(self) -> None:
        """Body with CR LF 512, tag data 4094 between `@` and space."""
        for tags, body, fits in (
            (0, 510, True),
            (0, 511, False),
            (4094, 510, True),
            (4095, 510, False),
            (4094, 511, False),
            (400, 510, True),
            (400, 511, False),
            (4095, 1, False),
        ):
            wire = (b"@" + b"t" * tags + b" " if tags else b"") + b"x" * body
            for end in (b"\n", b"\r\n"):
                with self.subTest(tags=tags, body=body, end=end):
                    self.assertEqual(LineBuffer().feed(wire + end), [wire if fits else TOO_LONG])

    def test_tags_without_a_body_have_a_limit(self) -> None:
        self.assertEqual(LineBuffer().feed(b"@" + b"t" * 4095 + b"\n"), [b"@" + b"t" * 4095])
        self.assertEqual(LineBuffer().feed(b"@" + b"t" * 4096 + b"\n"), [TOO_LONG])

    def test_tags_and_body_each_have_their_own_limit(self) -> None:
        buffer = LineBuffer(line=12, tags=6)
        for line, fits in ((b"@abcd xxxxxxxxxx", True), (b"@abcde x", False), (b"@a xxxxxxxxxxx", False)):
            with self.subTest(line):
                self.assertEqual(buffer.feed(line + b"\n"), [line if fits else TOO_LONG])

    def test_a_line_that_is_too_long_does_not_affect_the_next_one(self) -> None:
        wire = b"a\r\n" + b"x" * 600 + b"\r\nb\r\n"
        self.assertEqual(LineBuffer().feed(wire), [b"a", TOO_LONG, b"b"])

    def test_a_line_whose_body_is_too_long_retains_its_tags(self) -> None:
        for line, tags in (
            (b"@label=L " + b"x" * 511, b"@label=L"),
            (b"@" + b"t" * 4095 + b" x", b""),
            (b"x" * 600 + b" @label=L", b""),
        ):
            with self.subTest(line):
                [long] = LineBuffer().feed(line + b"\n")
                assert isinstance(long, TooLong)
                self.assertEqual(long.tags, tags)

    def test_a_line_that_does_not_end_is_reported_once_and_skipped(self) -> None:
        buffer = LineBuffer()
        self.assertEqual(buffer.feed(b"x" * 8192), [])
        self.assertEqual(buffer.feed(b"x"), [TOO_LONG])
        for _ in range(3):
            self.assertEqual(buffer.feed(b"x" * 9000), [])
            self.assertEqual(buffer.pending, 0)
        self.assertEqual(buffer.feed(b"xxx\r\nNICK ann\r\n"), [b"NICK ann"])

    def test_zero_means_no_limit(self) -> None:
        long = b"x" * 100_000
        for buffer, line in (
            (LineBuffer(line=0, unterminated=0), long),
            (LineBuffer(tags=0, unterminated=0), b"@" + long + b" x"),
            (LineBuffer(line=0, tags=0, unterminated=0), b"@" + long + b" " + long),
        ):
            with self.subTest(line[:2]):
                self.assertEqual(buffer.feed(line), [])
                self.assertEqual(buffer.feed(b"\r\n"), [line])

    def test_the_limit_of_the_tags_applies_without_a_limit_of_the_line(self) -> None:
        buffer, long = LineBuffer(line=0, tags=6), b"@abcd " + b"x" * 999
        self.assertEqual(buffer.feed(long + b"\n@abcde x\n"), [long, TOO_LONG])


class Pieces(unittest.TestCase):
    WIRE = (
        b"NICK ann\r\n\r\nUSER a 0 * :A B\n\0PING\r\0x\rMODE\r\r\n"
        + b"x" * 511
        + b"\r\n@"
        + b"t" * 4094
        + b" "
        + b"x" * 510
        + b"\r\n@"
        + b"t" * 4095
        + b" x\n"
        + b"y" * 8192
        + b"\r\n"
        + b"z" * 8193
        + b"\r\n"
        + b"z" * 20_000
        + b"\nPRIVMSG #c :\xf0\x9f\x98\x80 end\r\nQUIT :unfini"
    )

    def test_single_bytes_give_the_same_lines_as_all_at_once(self) -> None:
        for name, limits in (
            ("as a server", {}),
            ("without a limit for the line", {"line": 0}),
            ("without limits", {"line": 0, "tags": 0, "unterminated": 0}),
            ("small", {"line": 20, "tags": 100, "unterminated": 200}),
            ("most in all below the others", {"line": 512, "tags": 4096, "unterminated": 16}),
        ):
            for size in (1, 2, 7, 511, 8192, 8193):
                with self.subTest(name, size=size):
                    whole, pieced = LineBuffer(**limits), LineBuffer(**limits)
                    lines = []
                    for start in range(0, len(self.WIRE), size):
                        lines += pieced.feed(self.WIRE[start : start + size])
                    self.assertEqual(lines, whole.feed(self.WIRE))
                    self.assertEqual(pieced.pending, whole.pending)


if __name__ == "__main__":
    unittest.main()
