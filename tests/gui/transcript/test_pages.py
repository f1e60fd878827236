"""Which entries the view holds."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.pages import CONTEXT_ENTRIES, FLOOD_ENTRIES, OPENING_ENTRIES, Pages
from tests.gui.transcript.block_view_case import FIRST_LINES, BlockViewCase


class PagesTest(BlockViewCase):
    def setUp(self) -> None:
        super().setUp()
        self.pages = Pages(self.view, lambda: FIRST_LINES)
        self.pages.conversation = self.maker.conversation
        self.entries = self.maker.chatter(400)

    def shown(self) -> list[Entry]:
        return [entry for block in self.view.line_map for entry in block.entries]

    def test_it_begins_with_the_newest_ones(self) -> None:
        self.pages.fill_newest()
        self.assertEqual(self.shown(), self.entries[-OPENING_ENTRIES:])
        self.assertTrue(self.pages.reaches_end)

    def test_around_an_entry_some_context_is_shown(self) -> None:
        self.pages.fill_around(200)
        self.assertEqual(self.shown()[CONTEXT_ENTRIES], self.entries[200])
        self.assertFalse(self.pages.reaches_end)
        self.pages.fill_around(5)
        self.assertEqual(self.shown()[0], self.entries[0])

    def test_pages_are_added_at_both_ends_until_there_is_nothing_more(self) -> None:
        self.pages.fill_around(200)
        while self.pages.show_older():
            self.assertLess(len(self.shown()), len(self.entries) + 1)
        while not self.pages.reaches_end:
            self.pages.show_newer()
        self.assertEqual(self.shown(), self.entries)

    def test_added_entries_are_shown_at_the_end_if_the_view_reaches_it(self) -> None:
        self.pages.fill_newest()
        added = self.maker.say("eve", "new", 900)
        self.pages.add_below()
        self.assertIs(self.shown()[-1], added)
        self.pages.fill_around(10)
        self.maker.say("eve", "newer", 901)
        self.pages.add_below()
        self.assertFalse(self.pages.reaches_end)
        self.assertNotIn("newer", [entry.text for entry in self.shown()])

    def test_entries_below_the_view_do_not_disturb_who_reads_above(self) -> None:
        self.pages.fill_around(100)
        called = self.watch_commands(self.view.text)
        self.maker.chatter(300, 900)
        self.pages.add_below()
        self.assertEqual(called, [])

    def test_of_a_flood_only_the_last_ones_are_shown(self) -> None:
        self.pages.fill_newest()
        flood = self.maker.chatter(500, 900)
        self.pages.add_below()
        self.assertEqual(self.shown(), flood[-FLOOD_ENTRIES:])

    def test_entries_that_came_above_are_shown_above(self) -> None:
        self.pages.fill(0)
        older = [self.maker.entry("message", "eve", "older", -10)]
        self.maker.conversation.entries[0:0] = older
        self.pages.add_above(1)
        self.assertIs(self.shown()[0], older[0])

    def test_nothing_is_below_a_view_whose_last_entry_is_gone(self) -> None:
        self.pages.fill_newest()
        self.assertEqual(self.pages.below(), [])
        self.maker.conversation.entries.pop()
        self.assertIsNone(self.pages.below())
