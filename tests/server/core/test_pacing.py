"""When talk may gather: after a turn of a little talk, if there was talk shortly before."""

from __future__ import annotations

import unittest

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, NumericError
from chatapp.server.core.inbound import InvalidLine, Item, MessageBurst
from chatapp.server.core.inbox import Disconnected, Received
from chatapp.server.core.pacing import FEW_LINES, QUIET_SECONDS, Pacing, can_wait, lines_of_talk
from chatapp.server.state.connection import NullConnection

LINK = NullConnection()
LINE = MessageBurst("#c", "hello")
DIRECT = Message("PRIVMSG", ("ann", "hello"))
TYPING = Message("TAGMSG", ("#c",), tags={"+typing": "active"})
PING = Message("PING", ("1",))
INVALID = InvalidLine(NumericError(ERR_INPUTTOOLONG), {})


def burst(lines: int) -> MessageBurst:
    """Return a burst of this many lines."""
    made = MessageBurst("#c", "0")
    made.texts += [str(number) for number in range(1, lines)]
    return made


class Talk(unittest.TestCase):
    def test_messages_are_counted_and_anything_else_is_no_talk(self) -> None:
        cases: list[tuple[list[Item], int]] = [
            ([], 0),
            ([LINE, DIRECT, TYPING], 3),
            ([burst(5), LINE], 6),
            ([LINE, PING], -1),
            ([INVALID], -1),
        ]
        for items, expected in cases:
            with self.subTest(items=items):
                self.assertEqual(lines_of_talk(items), expected)

    def test_a_little_talk_and_parts_of_lines_can_wait(self) -> None:
        self.assertTrue(can_wait(Received(LINK, [LINE])))
        self.assertTrue(can_wait(Received(LINK, [])))
        self.assertFalse(can_wait(Received(LINK, [burst(FEW_LINES + 1)])))
        self.assertFalse(can_wait(Received(LINK, [LINE, PING])))
        self.assertFalse(can_wait(Disconnected(LINK, "Connection closed")))


class Rests(unittest.TestCase):
    def setUp(self) -> None:
        self.pacing = Pacing()

    def after(self, tick: float, *items: Item) -> bool:
        """Return whether a rest is allowed after a turn with these items, each from another connection."""
        return self.pacing.allows_rest([Received(LINK, [item]) for item in items], tick)

    def test_there_is_none_after_a_lone_line(self) -> None:
        self.assertFalse(self.after(100.0, LINE))
        self.assertFalse(self.after(100.0 + 2 * QUIET_SECONDS, LINE))

    def test_there_is_one_while_lines_follow_each_other(self) -> None:
        self.after(100.0, LINE)
        self.assertTrue(self.after(100.01, LINE))
        self.assertTrue(self.after(100.02, DIRECT, LINE, TYPING))

    def test_there_is_none_after_a_turn_with_anything_but_talk(self) -> None:
        self.after(100.0, LINE)
        self.assertFalse(self.after(100.01, LINE, PING))
        self.assertFalse(self.pacing.allows_rest([Received(LINK, [LINE]), Disconnected(LINK, "")], 100.01))
        self.assertFalse(self.after(100.01))

    def test_there_is_none_after_a_turn_with_many_lines(self) -> None:
        self.after(100.0, LINE)
        self.assertTrue(self.after(100.01, burst(FEW_LINES)))
        self.assertFalse(self.after(100.02, burst(FEW_LINES), LINE))
