"""A message is highlighted for a moment."""

from __future__ import annotations

from unittest import mock

from tests.gui.transcript.transcript_case import TranscriptCase


class FlashTest(TranscriptCase):
    def flashing(self) -> str:
        ranges = self.text.tag_ranges("flash")
        return self.text.get(*ranges) if ranges else ""

    def test_a_message_flashes_after_a_jump_until_the_time_is_over(self) -> None:
        entries = self.maker.chatter(60)
        self.show()
        with mock.patch("chatapp.gui.transcript.flash.FLASH_MILLISECONDS", 30):
            self.assertTrue(self.pane.jump_to(entries[3].key, flash=True))
        self.settle()
        self.assertIn("message 3", self.flashing())
        self.assertIsNotNone(self.y_of("message 3"))
        self.until(lambda: not self.flashing())

    def test_a_second_jump_moves_the_flash(self) -> None:
        entries = self.maker.chatter(60)
        self.show()
        for entry in (entries[3], entries[40]):
            self.pane.jump_to(entry.key, flash=True)
            self.assertIn(entry.text, self.flashing())

    def test_it_stays_on_the_message_when_others_arrive(self) -> None:
        entries = self.maker.chatter(60)
        self.show()
        self.pane.jump_to(entries[3].key, flash=True)
        self.receive(text="one more")
        self.assertIn("message 3", self.flashing())
        self.assertNotIn("one more", self.flashing())

    def test_a_message_that_the_widget_does_not_hold_is_shown_first(self) -> None:
        entries = self.maker.chatter(600)
        self.show()
        self.assertNotIn("message 5\n", self.shown_text())
        self.assertTrue(self.pane.jump_to(entries[5].key, flash=True))
        self.settle()
        self.assertIn("message 5", self.flashing())

    def test_a_message_that_is_not_here_cannot_be_shown(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.assertFalse(self.pane.jump_to(-5, flash=True))
        self.assertEqual(self.flashing(), "")
