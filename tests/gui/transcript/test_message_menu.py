"""The items of the menus of the transcript."""

from __future__ import annotations

import unittest

from chatapp.gui.transcript.message_menu import area_items, link_items, message_items, target_items
from chatapp.gui.transcript.runs import Target


class MessageMenuTest(unittest.TestCase):
    def test_each_item_names_its_key(self) -> None:
        items = list(message_items(["react", "reply", "copy", "mark_unread", "edit", "delete"], print))
        self.assertEqual([item.key for item in items], ["E", "R", "Ctrl+C", "U", "T", "Del"])
        self.assertTrue(items[-1].dangerous)

    def test_an_item_performs_its_action(self) -> None:
        performed: list[str] = []
        for item in message_items(["reply", "delete"], performed.append):
            item.action()
        self.assertEqual(performed, ["reply", "delete"])

    def test_below_the_messages_one_can_mark_as_read_and_copy_all(self) -> None:
        called: list[str] = []
        for item in area_items(lambda: called.append("read"), lambda: called.append("copy")):
            item.action()
        self.assertEqual(called, ["read", "copy"])
        self.assertEqual(list(area_items(None, None)), [])

    def test_a_channel_is_not_called_a_link(self) -> None:
        self.assertEqual(
            [item.label for item in link_items("#help", list, list)], ["Open channel", "Copy channel name"]
        )

    def test_long_links_are_shortened_in_the_menu(self) -> None:
        activated: list[Target] = []
        target = Target("link", "https://a.example/" + "x" * 500)
        (item,) = target_items([target], activated.append)
        self.assertEqual((len(item.label), item.label[-1]), (60, "…"))
        item.action()
        self.assertEqual(activated, [target])
