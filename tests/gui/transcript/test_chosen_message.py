"""The message that was chosen with the keyboard."""

from __future__ import annotations

from chatapp.client.model.changes import Removed
from tests.gui.transcript.transcript_case import TranscriptCase


class ChosenMessageTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        self.chosen = self.pane.input.chosen

    def text_of_chosen(self) -> str:
        ranges = self.text.tag_ranges("chosen")
        return self.text.get(*ranges) if ranges else ""

    def test_up_chooses_the_lowest_visible_message_and_then_the_one_above(self) -> None:
        self.maker.chatter(60)
        self.show()
        for text in ("message 59", "message 58"):
            self.keys("<Up>")
            self.assertIn(text, self.text_of_chosen())

    def test_it_is_scrolled_into_view(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.keys("<Home>")
        self.assertIsNotNone(self.y_of("message 0"))
        self.keys("<Down>")
        self.assertIn("message 1", self.text_of_chosen())

    def test_it_has_a_bar_at_its_left_and_the_action_bar(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.keys("<Up>")
        colours = [colour for _, _, colour in self.pane.view.bars.shown]
        self.assertEqual(colours, [self.theme.colours.accent])
        self.assertTrue(self.pane.input.hover.bar.winfo_ismapped())

    def test_it_stays_chosen_when_messages_arrive_or_it_changes(self) -> None:
        entry = self.maker.chatter(3)[2]
        self.show()
        self.keys("<Up>")
        self.receive(text="one more")
        self.assertIn("message 2", self.text_of_chosen())
        self.pane.view.refresh(entry.key)
        self.pane.input.refresh()
        self.assertIn("message 2", self.text_of_chosen())

    def test_nothing_is_chosen_when_it_is_gone(self) -> None:
        entries = self.maker.chatter(3)
        self.show()
        self.keys("<Up>")
        self.maker.conversation.entries.remove(entries[2])
        self.apply(Removed(self.maker.conversation, (entries[2],)))
        self.assertEqual(self.text_of_chosen(), "")
        self.keys("<Key-r>")
        self.assertEqual(self.calls, [("type", "r")])

    def test_without_messages_nothing_is_chosen(self) -> None:
        self.show()
        self.keys("<Up>", "<Home>", "<End>", "<Return>")
        self.assertIsNone(self.chosen.key)

    def test_another_conversation_has_none(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.keys("<Up>")
        other = type(self.maker)("#other")
        other.chatter(3)
        self.show(other.conversation)
        self.assertEqual(self.text_of_chosen(), "")
