"""Texts of several lines as one message: how they are divided, and that nothing is lost."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import Network
from chatapp.client.outgoing.multiline_sending import texts_of, to_lines
from chatapp.protocol.message import Message
from chatapp.protocol.multiline import CONCAT, MultilineDraft


class Dividing(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.nick, self.network.source = "ana", "ana!ana@home.example"
        self.offer("max-bytes=4096,max-lines=100")

    def offer(self, value: str) -> None:
        """Let the server offer multiline with this value."""
        self.network.capabilities = frozenset({"batch", "draft/multiline"})
        self.network.capability_values = {"draft/multiline": value}

    def texts(self, text: str) -> list[str]:
        return texts_of(self.network, "message", "#c", text)

    def lines(self, text: str) -> list[Message]:
        return to_lines(self.network, "message", "#c", text, "m1")

    def received(self, text: str) -> str:
        """Return a text as a server puts it together from the lines that are sent."""
        lines = self.lines(text)
        if len(lines) == 1:
            return lines[0].text
        draft = MultilineDraft("m1", "#c", {}, None, 0.0)
        for line in lines[1:-1]:
            self.assertEqual("m1", line.tags["batch"])
            self.assertLessEqual(len(f":{self.network.source} {line.body()}\r\n".encode()), 512)
            draft.add(line)
        return draft.message().text.replace("\r", "")

    def test_a_text_of_several_lines_is_one_message(self) -> None:
        text = "  def f():\n\n    return 1"
        self.assertEqual([text], self.texts(f"\n{text}\r\n \n"))
        self.assertEqual(
            [
                "BATCH +m1 draft/multiline #c",
                "@batch=m1 PRIVMSG #c :  def f():",
                "@batch=m1 PRIVMSG #c :",
                "@batch=m1 PRIVMSG #c :    return 1",
                "BATCH -m1",
            ],
            [str(each) for each in self.lines(text)],
        )
        self.assertEqual(text, self.received(text))

    def test_a_long_line_is_sent_in_pieces_without_losing_a_space(self) -> None:
        for text in (
            "word " * 300,
            "x" * 1000,
            "  " + "é" * 700,
            "👍🏽" * 100,
            "a" * 400 + "   " + "b" * 400,
        ):
            with self.subTest(text=text[:10]):
                self.assertEqual([text], self.texts(text))
                self.assertEqual(text, self.received(text))
        self.assertTrue(any(CONCAT in each.tags for each in self.lines("x" * 999)))

    def test_a_short_line_is_an_ordinary_message(self) -> None:
        self.assertEqual([Message("PRIVMSG", ["#c", "hello"])], self.lines("hello"))

    def test_a_text_beyond_the_limits_becomes_several_messages(self) -> None:
        self.offer("max-bytes=500,max-lines=3")
        self.assertEqual(["1\n2\n3", "4\n5"], self.texts("1\n2\n3\n4\n5"))
        long = "\n".join("x" * 200 for _ in range(5))
        self.assertEqual([2, 2, 1], [each.count("\n") + 1 for each in self.texts(long)])
        for each in self.texts("y" * 3000):
            self.assertLessEqual(len(each.encode()), 500)
        self.assertEqual("y" * 3000, "".join(self.texts("y" * 3000)))

    def test_a_block_of_code_is_closed_and_opened_again(self) -> None:
        self.offer("max-bytes=4096,max-lines=4")
        self.assertEqual(["```py\na\nb\n```", "```py\nc\n```"], self.texts("```py\na\nb\nc\n```"))

    def test_without_multiline_each_line_is_a_message(self) -> None:
        for capabilities, value in (
            ({"batch"}, "max-bytes=4096"),
            ({"draft/multiline"}, "max-bytes=4096"),
            ({"batch", "draft/multiline"}, ""),
        ):
            self.network.capabilities = frozenset(capabilities)
            self.network.capability_values = {"draft/multiline": value}
            self.assertEqual(["one", "two"], self.texts("one\n\ntwo"))

    def test_an_action_is_never_a_batch(self) -> None:
        self.assertEqual(["waves", "smiles"], texts_of(self.network, "action", "#c", "waves\nsmiles"))

    def test_blank_texts_are_not_sent(self) -> None:
        self.assertEqual([], self.texts(" \n\n\t"))
