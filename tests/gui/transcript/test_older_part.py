"""The transcript while it shows an older part of a conversation."""

from __future__ import annotations

from chatapp.client.model.changes import Added, Prepended, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.text.occurrences import Wanted
from tests.gui.transcript.transcript_case import TranscriptCase


class OlderPartTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        self.present = self.maker.conversation
        self.past = Conversation("#general", "channel", "#general", present=self.present)
        self.past.complete = True
        self.old = [self.message(f"old {number}", number) for number in range(60)]
        self.past.insert(self.old)
        self.maker.chatter(60, minute=600)
        self.show(self.past)
        self.calls.clear()

    def message(self, text: str, minute: int) -> Entry:
        return self.maker.entry("message", "ben", text, minute)

    def receive_page(self, first: int, last: int) -> None:
        page = [self.message(f"old {number}", number) for number in range(first, last)]
        self.past.insert(page)
        self.apply((Added if first else Prepended)(self.past, tuple(page)))

    def test_its_end_is_not_the_end_of_the_conversation(self) -> None:
        self.scroll(9000)
        self.assertIsNotNone(self.y_of("old 59"))
        self.assertNotIn(("end", True), self.calls)
        self.assertIn(("newer",), self.calls)

    def test_a_newer_page_does_not_move_what_is_read(self) -> None:
        self.scroll(9000)
        place = self.y_of("old 59")
        self.receive_page(60, 120)
        self.assertEqual(place, self.y_of("old 59"))
        self.scroll(9000)
        self.assertIsNotNone(self.y_of("old 119"))

    def test_new_messages_of_the_present_are_not_inserted(self) -> None:
        self.receive(text="now", minute=700)
        self.assertNotIn("now", self.shown_text())

    def test_a_change_of_a_shown_message_is_seen(self) -> None:
        self.old[59].text = "changed"
        self.apply(Updated(self.present, self.old[59]))
        self.assertIn("changed", self.shown_text())

    def test_when_it_joins_the_present_the_row_that_is_read_stays(self) -> None:
        self.scroll(-300)
        place = self.y_of("old 40")
        self.assertIsNotNone(place)
        self.present.insert(self.old)
        self.pane.continue_in(self.present)
        self.settle()
        self.assertEqual(place, self.y_of("old 40"))
        self.scroll(99000)
        self.scroll(99000)
        self.assertIsNotNone(self.y_of("message 59"))
        self.assertIn(("end", True), self.calls)

    def test_a_short_part_asks_for_both_neighbours(self) -> None:
        short = Conversation("#general", "channel", "#general", present=self.present)
        short.insert(self.old[:3])
        self.show(short)
        self.assertIn(("newer",), self.calls)
        self.assertIn(("older",), self.calls)

    def test_a_place_is_shown_with_context_and_flashes(self) -> None:
        self.pane.show_place(self.past, self.old[5], self.maker.network)
        self.settle()
        self.assertTrue(self.pane.shows_past)
        self.assertIsNotNone(self.y_of("old 5"))
        self.assertIsNotNone(self.y_of("old 4"))
        first, last = (str(each) for each in self.text.tag_ranges("flash")[:2])
        self.assertIn("old 5", self.text.get(first, last))
        self.pane.show_place(self.present, self.present.entries[10], self.maker.network)
        self.settle()
        self.assertFalse(self.pane.shows_past)
        self.assertIsNotNone(self.y_of("message 10"))

    def test_a_visible_hit_is_marked_without_scrolling_and_a_far_one_is_scrolled_to(self) -> None:
        self.pane.hits.show(Wanted.of("old").exact)
        top = self.pane.view.top_row()
        self.pane.show_hit(self.old[58].key, 0)
        self.assertEqual(top, self.pane.view.top_row())
        self.pane.show_hit(self.old[3].key, 0)
        self.settle()
        self.assertTrue(self.pane.hits.is_current_visible())
