"""The messages of an export, before its file is written."""

from __future__ import annotations

import tracemalloc
import unittest
from collections.abc import Iterator

from chatapp.client.local.export_file import OwnMessage
from chatapp.client.local.export_spool import IN_MEMORY, ExportSpool


def page(conversation: str, first: int, count: int = 2, text: str = "mine") -> list[OwnMessage]:
    return [
        OwnMessage(conversation, float(number), "message", f"{text} {number}")
        for number in range(first, first + count)
    ]


class Spool(unittest.TestCase):
    def setUp(self) -> None:
        self.spool = ExportSpool(str.casefold)
        self.addCleanup(self.spool.close)

    def test_the_oldest_message_of_each_conversation_comes_first(self) -> None:
        for conversation, first in (("Zoe", 8), ("#lab", 6), ("#lab", 4), ("Zoe", 1)):
            self.spool.add(conversation, page(conversation, first))
        self.assertEqual([each.time for each in self.spool], [4, 5, 6, 7, 1, 2, 8, 9])
        self.assertEqual([each.conversation for each in self.spool], ["#lab"] * 4 + ["Zoe"] * 4)
        self.assertEqual(len(self.spool), 8)

    def test_every_field_comes_back(self) -> None:
        row = OwnMessage("#lab", 1.5, "action", "waves\n\x02much\x02 \udc80 \U0001f600", "m2", "m1")
        self.spool.add("#lab", [row])
        self.assertEqual(list(self.spool), [row])

    def test_an_empty_page_is_nothing(self) -> None:
        self.spool.add("#lab", [])
        self.assertEqual((len(self.spool), list(self.spool)), (0, []))

    def test_many_messages_are_not_in_memory(self) -> None:
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        for number in range(100):
            self.spool.add(
                "#lab", page("#lab", number * 500, 500, "a text of some length, as people write it")
            )
        self.assertEqual(sum(1 for each in self.spool), 50_000)
        self.assertLess(tracemalloc.get_traced_memory()[1], 4 * IN_MEMORY)

    def test_it_can_be_read_page_by_page(self) -> None:
        self.spool.add("#lab", page("#lab", 1))
        rows: Iterator[OwnMessage] = iter(self.spool)
        self.assertEqual(next(rows).text, "mine 1")


if __name__ == "__main__":
    unittest.main()
