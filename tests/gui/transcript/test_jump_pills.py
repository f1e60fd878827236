"""The pills that lead to the first unread and to the newest message."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from chatapp.client.model.changes import Added
from tests.gui.transcript.transcript_case import TranscriptCase


class JumpPillsTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        self.pills = self.pane.pills
        self.is_focused = True
        call = self.pane.tk.call

        def focused_call(*arguments: object) -> object:
            if arguments == ("focus",):
                return str(self.text) if self.is_focused else ""
            return call(*arguments)

        self.pane.tk = mock.Mock(wraps=self.pane.tk, call=focused_call)

    def arrive_unnoticed(self, count: int) -> None:
        """Receive messages while another program has the focus, so that the first scrolls out of view."""
        self.is_focused = False
        for minute in range(count):
            entry = self.maker.say("ben", f"news {minute}", 62 + minute)
            if not minute:
                self.maker.conversation.first_unread = entry.key
            self.apply(Added(self.maker.conversation, (entry,)))
        self.is_focused = True

    def test_at_the_end_there_is_none(self) -> None:
        self.maker.chatter(60)
        self.show()
        for pill in (self.pills.newest, self.pills.unread):
            self.assertEqual(pill.winfo_manager(), "")

    def test_the_upper_pill_leads_to_the_first_unread_message(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.arrive_unnoticed(50)
        self.assertEqual(self.pills.unread.cget("text").strip(), "New messages since 10:02")
        self.pills.unread.invoke()
        self.settle()
        self.assertIsNotNone(self.y_of("news 0"))
        self.assertEqual(self.pills.unread.winfo_manager(), "")

    def test_it_does_not_return_after_the_user_has_seen_the_message(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.arrive_unnoticed(50)
        self.pills.unread.invoke()
        self.settle()
        self.pane.scroll_to_newest()
        self.settle()
        self.assertEqual(self.pills.unread.winfo_manager(), "")
        self.assertIn("New messages", self.shown_text())

    def test_dismissed_it_is_gone_and_the_line_stays(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.arrive_unnoticed(50)
        self.pane.dismiss_unread()
        self.settle()
        self.assertEqual(self.pills.unread.winfo_manager(), "")
        self.assertIn("New messages", self.shown_text())

    def test_a_conversation_that_opens_at_its_first_unread_message_has_none(self) -> None:
        entries = self.maker.chatter(60)
        self.maker.conversation.first_unread = entries[20].key
        self.show()
        self.assertEqual(self.pills.unread.winfo_manager(), "")
        self.assertNotEqual(self.pills.newest.winfo_manager(), "")

    def test_in_a_narrow_pane_with_large_text_the_upper_pill_has_a_short_text(self) -> None:
        self.theme.zoom(24)
        self.pills.show_unread("12 March")
        self.pane.update()
        pill = self.pills.unread
        self.assertLessEqual(pill.winfo_reqwidth(), self.pane.winfo_width())
        self.theme.zoom(11)
        self.pane.update()
        self.assertEqual(pill.cget("text").strip(), "New messages since 12 March")

    def test_unread_messages_of_another_day_are_dated(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.arrive_unnoticed(50)
        self.time += 86400
        self.pane._update_end_state()
        self.assertEqual(self.pills.unread.cget("text").strip(), "New messages since 12 March")

    def test_the_lower_one_is_small_and_stands_in_the_right_margin(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.scroll(-300)
        self.settle()
        pill: tk.Misc = self.pills.newest
        self.assertEqual((pill.winfo_width(), pill.winfo_height()), (self.theme.px(36), self.theme.px(36)))
        right = self.pane.winfo_width() - pill.winfo_x() - pill.winfo_width()
        self.assertEqual(right, self.theme.px(16))

    def test_the_arrow_alone_is_in_the_middle_of_its_pill(self) -> None:
        pill = self.pills.newest
        for count, is_padded in ((0, False), (5, True), (0, False)):
            self.pills.show_newest(True, count)
            self.assertEqual(str(pill.cget("padding")) == "", is_padded)
            self.settle()
            image = self.pane.tk.call("image", "width", pill.cget("image"))
            if not count:
                self.assertLessEqual(image, pill.winfo_width())
                self.assertLessEqual(pill.winfo_reqwidth(), pill.winfo_width())
