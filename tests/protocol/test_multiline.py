"""Messages of several lines: collected, stored as one text, and sent."""

from __future__ import annotations

import unittest

from chatapp.protocol.message import Message
from chatapp.protocol.multiline import (
    CONCAT,
    MAX_BYTES,
    MAX_LINES,
    LinePart,
    MultilineDraft,
    is_multiline,
    split_lines,
    to_batch,
    to_lines,
    with_line_feeds,
)
from chatapp.protocol.numerics import FailError


def line(text: str, is_joined: bool = False, command: str = "PRIVMSG", target: str = "#c") -> Message:
    return Message(command, (target, text), tags={"batch": "1", **({CONCAT: ""} if is_joined else {})})


class LineEnds(unittest.TestCase):
    def test_every_kind_of_line_end_becomes_a_line_feed(self) -> None:
        for text, expected in {"a\r\nb\rc\nd": "a\nb\nc\nd", "\r\r\n": "\n\n", "": "", "a": "a"}.items():
            with self.subTest(text):
                self.assertEqual(expected, with_line_feeds(text))


class Collecting(unittest.TestCase):
    def setUp(self) -> None:
        self.draft = MultilineDraft("1", "#c", {"+draft/reply": "x"}, None, 0.0)

    def add(self, *lines: Message) -> None:
        for each in lines:
            self.draft.add(each)

    def refused(self, *lines: Message) -> str:
        """Return the code of the error."""
        with self.assertRaises(FailError) as refused:
            self.add(*lines)
        return refused.exception.params[1]

    def test_lines_and_concatenated_lines_become_one_text(self) -> None:
        self.add(line("one"), line("two"), line(" and a half", is_joined=True), line(""), line("three"))
        message = self.draft.message()
        self.assertEqual(message.params, ("#c", "one\ntwo\r and a half\n\nthree"))
        self.assertEqual((message.command, message.tags), ("PRIVMSG", {"+draft/reply": "x"}))

    def test_other_messages_are_refused_in_a_batch(self) -> None:
        for lines, code in (
            ((line("one", command="JOIN"),), "MULTILINE_INVALID"),
            ((line("one"), line("two", command="NOTICE")), "MULTILINE_INVALID"),
            ((line("one", target="#d"),), "MULTILINE_INVALID_TARGET"),
            ((line("one"), line("", is_joined=True)), "MULTILINE_INVALID"),
        ):
            with self.subTest(code):
                self.setUp()
                self.assertEqual(self.refused(*lines), code)

    def test_the_target_may_differ_in_letter_case(self) -> None:
        self.add(line("one", target="#C"))
        self.assertEqual(self.draft.message().params, ("#c", "one"))

    def test_a_message_has_limits(self) -> None:
        self.add(line("x" * MAX_BYTES))
        self.assertEqual(self.refused(line("")), "MULTILINE_MAX_BYTES")
        self.setUp()
        self.add(*[line("x")] * MAX_LINES)
        self.assertEqual(self.refused(line("x")), "MULTILINE_MAX_LINES")

    def test_a_batch_of_blank_lines_is_refused(self) -> None:
        self.add(line(""), line(""))
        with self.assertRaises(FailError):
            self.draft.message()

    def test_a_dropped_batch_is_empty(self) -> None:
        self.add(line("one"))
        self.draft.reject()
        self.assertEqual((self.draft.is_rejected, self.draft.pieces), (True, []))


class Sending(unittest.TestCase):
    MESSAGE = Message(
        "PRIVMSG",
        ("#c", "one\n\ntwo\r and a half"),
        "ann!a@h",
        {"msgid": "x1", "time": "T", "+draft/reply": "y"},
    )

    def test_a_text_is_split_as_it_was_sent(self) -> None:
        self.assertEqual(
            split_lines("one\n\ntwo\r and a half"),
            [
                LinePart("one", False),
                LinePart("", False),
                LinePart("two", False),
                LinePart(" and a half", True),
            ],
        )
        self.assertEqual(split_lines("one"), [LinePart("one", False)])
        self.assertTrue(is_multiline("a\nb") and is_multiline("a\rb"))
        self.assertFalse(is_multiline("a b"))

    def test_in_a_batch_the_tags_are_on_the_first_line(self) -> None:
        self.assertEqual(
            list(map(str, to_batch(self.MESSAGE))),
            [
                "@msgid=x1;time=T;+draft/reply=y :ann!a@h BATCH +mx1 draft/multiline #c",
                "@batch=mx1 :ann!a@h PRIVMSG #c :one",
                "@batch=mx1 :ann!a@h PRIVMSG #c :",
                "@batch=mx1 :ann!a@h PRIVMSG #c :two",
                "@batch=mx1;draft/multiline-concat :ann!a@h PRIVMSG #c : and a half",
                ":ann!a@h BATCH -mx1",
            ],
        )

    def test_without_a_batch_only_the_first_line_has_the_msgid(self) -> None:
        """IRCv3 multiline: "Servers MUST only include a message ID on the first message"."""
        self.assertEqual(
            list(map(str, to_lines(self.MESSAGE))),
            [
                "@msgid=x1;time=T;+draft/reply=y :ann!a@h PRIVMSG #c :one",
                "@time=T;+draft/reply=y :ann!a@h PRIVMSG #c :two",
                "@time=T;+draft/reply=y :ann!a@h PRIVMSG #c : and a half",
            ],
        )


if __name__ == "__main__":
    unittest.main()
