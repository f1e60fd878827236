"""How a line is parsed and written, according to the modern IRC description and IRCv3 message-tags."""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.message import (
    MalformedMessage,
    Message,
    cut,
    escape_tag,
    format_tags,
    middle,
    pack,
    parse_tags,
)


class Parameters(unittest.TestCase):
    def test_a_line_has_a_command_and_any_number_of_parameters(self) -> None:
        """Source: modern IRC, Parameters. Clients accept any number of them, separated by spaces."""
        for line, command, *params in (
            ("QUIT", "QUIT"),
            ("NICK ann", "NICK", "ann"),
            ("MODE #c +ov ann ben", "MODE", "#c", "+ov", "ann", "ben"),
            ("X " + " ".join("abcdefghijklmnopqrst"), "X", *"abcdefghijklmnopqrst"),
            ("KICK   #c    ann", "KICK", "#c", "ann"),
            ("KICK #c ann   ", "KICK", "#c", "ann"),
            ("  KICK #c ann", "KICK", "#c", "ann"),
            ("QUIT ", "QUIT"),
        ):
            with self.subTest(line):
                self.assertEqual(Message.parse(line), Message(command, params))

    def test_the_text_after_a_colon_is_one_parameter(self) -> None:
        """Source: modern IRC, Parameters. With or without the colon, the last one means the same."""
        for line, *params in (
            ("X a :b", "a", "b"),
            ("X a b", "a", "b"),
            ("X :", ""),
            ("X a :", "a", ""),
            ("X a ::-)", "a", ":-)"),
            ("X a : ", "a", " "),
            ("X a :  b  c  ", "a", "  b  c  "),
            ("X a :b :c", "a", "b :c"),
            ("X a   :b", "a", "b"),
            ("X  a  :b  c", "a", "b  c"),
            ("X a:b c:d:", "a:b", "c:d:"),
            ("X a: :b", "a:", "b"),
        ):
            with self.subTest(line):
                self.assertEqual(Message.parse(line).params, tuple(params))

    def test_only_the_ascii_space_separates(self) -> None:
        for text in ("\x1fline\x1f", "a\u00a0b", "a\u2003b", "a\tb", "a\x1cb", "\u3000", "a\x0bb", "a\x85b"):
            for line in (f"X {text} c", f"X  {text}  c"):
                with self.subTest(line):
                    self.assertEqual(Message.parse(line).params, (text, "c"))


class Command(unittest.TestCase):
    def test_the_case_of_a_command_does_not_matter(self) -> None:
        for typed, command in (("join", "JOIN"), ("PrivMsg", "PRIVMSG"), ("001", "001"), ("Nope", "NOPE")):
            with self.subTest(typed):
                self.assertEqual(Message.parse(f"{typed} x").command, command)

    def test_letters_beyond_ascii_never_become_a_command(self) -> None:
        """Source: modern IRC, Command: letters or three digits."""
        for typed in ("joın", "\ufb01nger", "paß", "привет"):  # upper() would give JOIN, FINGER, PASS
            with self.subTest(typed):
                self.assertEqual(Message.parse(typed).command, typed)

    def test_a_line_without_a_command_is_malformed(self) -> None:
        sources = (":", ":source", ":source ", ":source  :text", " :text")
        tags = ("@", "@ ", "@tag", "@tag ", "@tag :source", "@tag :source  ")
        for line in ("", " ", "   ", *sources, *tags):
            with self.subTest(line), self.assertRaises(MalformedMessage):
                Message.parse(line)


class Source(unittest.TestCase):
    def test_the_source_precedes_the_command(self) -> None:
        for line, source, nick in (
            ("PING x", "", ""),
            (":irc.example.com PING x", "irc.example.com", "irc.example.com"),
            (":ann PING x", "ann", "ann"),
            (":ann!a PING x", "ann!a", "ann"),
            (":ann@host PING x", "ann@host", "ann"),
            (":ann!a@host PING x", "ann!a@host", "ann"),
            (":ann!a@b@host!c PING x", "ann!a@b@host!c", "ann"),
            (":ann!a@host    PING x", "ann!a@host", "ann"),
            (":ann!a@2001:db8::1 PING x", "ann!a@2001:db8::1", "ann"),
            ("@a=b :ann PING x", "ann", "ann"),
            ("@a=b   :ann   PING x", "ann", "ann"),
            (":@x PING x", "@x", ""),
        ):
            with self.subTest(line):
                message = Message.parse(line)
                self.assertEqual((message.command, message.params), ("PING", ("x",)))
                self.assertEqual((message.source, message.nick), (source, nick))


class Tags(unittest.TestCase):
    VALUES = (
        ("", ""),
        ("plain", "plain"),
        (";", "\\:"),
        (" ", "\\s"),
        ("\\", "\\\\"),
        ("\r", "\\r"),
        ("\n", "\\n"),
        ("raw+:=,escaped; \\", "raw+:=,escaped\\:\\s\\\\"),
        ("\\:", "\\\\:"),
        ("\\\\s", "\\\\\\\\s"),
        ("\\;", "\\\\\\:"),
        ("größe\u3000\t", "größe\u3000\t"),
    )

    def test_tags_come_first_in_a_line(self) -> None:
        for line, tags in (
            ("X", {}),
            ("@a X", {"a": ""}),
            ("@id=123AB;rose X", {"id": "123AB", "rose": ""}),
            ("@url=;netsplit=tur,ty X", {"url": "", "netsplit": "tur,ty"}),
            ("@aaa=bbb;ccc;example.com/ddd=eee X", {"aaa": "bbb", "ccc": "", "example.com/ddd": "eee"}),
            ("@+example.com/foo=bar X", {"+example.com/foo": "bar"}),
            ("@a=:b X", {"a": ":b"}),
            ("@a=b=c X", {"a": "b=c"}),
            ("@a=1   X", {"a": "1"}),
            ("@ X", {}),
            ("@;;a;=lost; X", {"a": ""}),
        ):
            with self.subTest(line):
                message = Message.parse(line)
                self.assertEqual((message.command, message.tags), ("X", tags))

    def test_the_last_of_equal_keys_counts(self) -> None:
        """Source: IRCv3 message-tags, Format."""
        self.assertEqual(parse_tags("a=1;b=2;a=3;b"), {"a": "3", "b": ""})

    def test_keys_are_opaque(self) -> None:
        self.assertEqual(parse_tags("a=1;A=2;+a=3;x/a=4"), {"a": "1", "A": "2", "+a": "3", "x/a": "4"})

    def test_values_are_escaped_in_lines(self) -> None:
        for value, wire in self.VALUES:
            with self.subTest(value):
                self.assertEqual(escape_tag(value), wire)
                self.assertEqual(parse_tags(f"k={wire}"), {"k": value})

    def test_a_backslash_before_anything_else_is_dropped(self) -> None:
        for wire, value in (("a\\bc", "abc"), ("test\\", "test"), ("\\", ""), ("\\\\\\", "\\"), ("\\=", "=")):
            with self.subTest(wire):
                self.assertEqual(parse_tags(f"k={wire}"), {"k": value})

    def test_tags_are_written_in_order_and_empty_values_without_an_equals_sign(self) -> None:
        self.assertEqual(format_tags({"time": "now", "bot": "", "+x": "a b;c"}), "time=now;bot;+x=a\\sb\\:c")

    def test_adding_tags_does_not_change_the_original_message(self) -> None:
        plain = Message("TAGMSG", ["#c"], tags={"a": "1", "b": "2"})
        self.assertEqual(plain.tagged(b="3", label="x").tags, {"a": "1", "b": "3", "label": "x"})
        self.assertEqual(plain.tags, {"a": "1", "b": "2"})


class Writing(unittest.TestCase):
    def test_a_message_is_written_as_a_line(self) -> None:
        """Source: modern IRC, Parameters: a colon before a parameter that contains a space, is empty, or
        begins with a colon."""
        for message, line in (
            (Message("QUIT"), "QUIT"),
            (Message("NICK", ["ann"]), "NICK ann"),
            (Message("X", ["a", ""]), "X a :"),
            (Message("X", ["a", "b c"]), "X a :b c"),
            (Message("X", ["a", ":-)"]), "X a ::-)"),
            (Message("X", ["a", "b:c"]), "X a b:c"),
            (Message("X", ["a", "\u00a0"]), "X a \u00a0"),
            (Message("001", ["ann", "Hello ann"], "irc.host"), ":irc.host 001 ann :Hello ann"),
            (Message("X", ["a"], "ann!a@host", {"b": "", "c": "d e"}), "@b;c=d\\se :ann!a@host X a"),
            (Message("X", tags={"b": "1"}), "@b=1 X"),
        ):
            with self.subTest(line):
                self.assertEqual(str(message), line)
                self.assertEqual(Message.parse(line), message)
                self.assertIn(line, repr(message))

    def test_the_body_is_the_line_without_tags(self) -> None:
        self.assertEqual(Message("X", ["a b"], "ann", {"t": "1"}).body(), ":ann X :a b")

    def test_the_text_is_the_last_parameter(self) -> None:
        for line, text in (("PRIVMSG #c :a b", "a b"), ("TOPIC #c", "#c"), ("AWAY", ""), ("TOPIC #c :", "")):
            with self.subTest(line):
                self.assertEqual(Message.parse(line).text, text)


class Comparing(unittest.TestCase):
    def test_messages_are_equal_by_their_parts(self) -> None:
        line = "@a=1 :ann X p q"
        self.assertEqual(Message.parse(line), Message.parse(line))
        for other in ("@a=2 :ann X p q", "@a=1 :ben X p q", "@a=1 :ann Y p q", "@a=1 :ann X p", ":ann X p q"):
            with self.subTest(other):
                self.assertNotEqual(Message.parse(line), Message.parse(other))
        self.assertNotEqual(Message.parse(line), line)

    def test_a_message_is_not_hashable(self) -> None:
        with self.assertRaises(TypeError):
            hash(Message("X"))


class MiddleParameters(unittest.TestCase):
    def test_a_text_is_made_valid_as_a_middle_parameter(self) -> None:
        for text, fit in (
            ("ann", "ann"),
            ("a b", "a_b"),
            (":x", "x"),
            ("", "*"),
            ("::", "*"),
            ("a:b", "a:b"),
        ):
            with self.subTest(text):
                self.assertEqual(middle(text), fit)


class Truncating(unittest.TestCase):
    def test_a_text_is_truncated_between_characters(self) -> None:
        for text, size, stored in (
            ("abc", 3, "abc"),
            ("abc", 2, "ab"),
            ("abc", 0, ""),
            ("aé", 3, "aé"),
            ("aé", 2, "a"),
            ("€", 2, ""),
            ("a😀b", 5, "a😀"),
            ("a😀b", 4, "a"),
        ):
            with self.subTest(text, size=size):
                self.assertEqual(cut(text, size), stored)


class Packing(unittest.TestCase):
    def test_words_are_packed_into_as_few_texts_as_possible(self) -> None:
        for words, size, texts in (
            ((), 10, []),
            (("a",), 10, ["a"]),
            (("ann", "ben", "eve"), 7, ["ann ben", "eve"]),
            (("ann", "ben", "eve"), 6, ["ann", "ben", "eve"]),
            (("é", "é"), 5, ["é é"]),
            (("é", "é"), 4, ["é", "é"]),
            (("much-longer-than-that", "b"), 3, ["much-longer-than-that", "b"]),
        ):
            with self.subTest(words, size=size):
                self.assertEqual(list(pack(words, size)), texts)
        self.assertEqual(list(pack(("a", "b"), 10, ",")), ["a,b"])


class OneLine(unittest.TestCase):
    def test_a_message_is_always_one_line(self) -> None:
        text = "a\r\nb\nc\rd\0e"
        for message in (
            Message("PRIVMSG", ("#c", text)),
            Message("FAIL", (text, "words")),
            Message("NICK", ("ann",), text),
            Message("TAGMSG", ("#c",), tags={"+note": text}),
        ):
            with self.subTest(message=message.params):
                self.assertNotRegex(str(message), "[\r\n\0]")
                self.assertEqual(len(LineBuffer(0, 0, 0).feed(f"{message}\r\n".encode())), 1)

    def test_a_middle_parameter_is_always_one_word(self) -> None:
        cases = {"a b": "a_b", "a\r\nb\0": "a__b_", ":x": "x", "": "*", " ": "_", "\n": "_"}
        for text, expected in cases.items():
            with self.subTest(text=text):
                self.assertEqual(middle(text), expected)


if __name__ == "__main__":
    unittest.main()
