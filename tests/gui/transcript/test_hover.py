"""The highlight and the action bar follow the pointer."""

from __future__ import annotations

import tkinter as tk

from tests.gui.transcript.transcript_case import TranscriptCase


class HoverTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        self.hover = self.pane.input.hover
        self.maker.chatter(60)
        self.show()

    def point_at(self, text: str) -> None:
        """Move the pointer to a text."""
        box = self.text.bbox(f"{self.text.search(text, '1.0')} +1c")
        assert box is not None, f"{text!r} is not visible"
        self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + box[3] // 2, warp=True)
        self.settle()

    def highlighted(self) -> str:
        ranges = self.text.tag_ranges("hover")
        return self.text.get(*ranges) if ranges else ""

    def test_the_message_under_the_pointer_is_highlighted_with_its_head(self) -> None:
        self.point_at("message 58")
        self.assertIn("message 58", self.highlighted())
        self.assertIn("ben", self.highlighted())
        self.assertNotIn("message 57", self.highlighted())
        self.assertTrue(self.hover.bar.winfo_ismapped())

    def test_bar_and_highlight_move_with_the_pointer(self) -> None:
        self.point_at("message 58")
        above = self.hover.bar.winfo_y()
        self.point_at("message 59")
        self.assertIn("message 59", self.highlighted())
        self.assertNotIn("message 58", self.highlighted())
        self.assertGreater(self.hover.bar.winfo_y(), above)

    def test_the_text_does_not_move(self) -> None:
        before = self.y_of("message 58")
        self.point_at("message 58")
        self.assertEqual(self.y_of("message 58"), before)

    def test_day_and_new_messages_lines_do_not_belong_to_a_message(self) -> None:
        self.maker.conversation.first_unread = self.maker.conversation.entries[-1].key
        self.show()
        self.point_at("message 59")
        self.assertNotIn("New messages", self.highlighted())
        self.point_at("New messages")
        self.assertEqual(self.highlighted(), "")
        self.assertFalse(self.hover.bar.winfo_ismapped())

    def test_below_the_last_message_nothing_is_highlighted(self) -> None:
        other = type(self.maker)("#short")
        other.say("ben", "only this")
        self.show(other.conversation)
        self.point_at("only this")
        self.assertIn("only this", self.highlighted())
        self.text.event_generate("<Motion>", x=100, y=self.text.winfo_height() - 5, warp=True)
        self.settle()
        self.assertEqual(self.highlighted(), "")

    def test_on_the_bar_the_message_stays_highlighted(self) -> None:
        self.point_at("message 58")
        bar = self.hover.bar
        bar.event_generate("<Motion>", x=5, y=5, warp=True)
        self.settle()
        self.assertIn("message 58", self.highlighted())
        self.assertTrue(bar.winfo_ismapped())

    def test_outside_of_the_messages_both_are_hidden(self) -> None:
        other = tk.Frame(self.root, height=50)
        other.pack(side="bottom", fill="x", before=self.pane)
        self.settle()
        self.point_at("message 58")
        other.event_generate("<Motion>", x=5, y=25, warp=True)
        self.settle()
        self.assertEqual(self.highlighted(), "")
        self.assertFalse(self.hover.bar.winfo_ismapped())

    def test_both_are_hidden_while_scrolling_and_return_when_the_text_rests(self) -> None:
        self.point_at("message 55")
        self.scroll(-200)
        self.assertEqual(self.highlighted(), "")
        self.assertFalse(self.hover.bar.winfo_ismapped())
        self.until(lambda: bool(self.highlighted()))
        self.assertNotIn("message 55", self.highlighted())
        self.settle()
        self.assertTrue(self.hover.bar.winfo_ismapped())

    def test_messages_that_arrive_out_of_sight_do_not_hide_the_bar(self) -> None:
        self.scroll(-1000)
        self.until(lambda: not self.hover._timer)
        self.point_at("message 50" if self.y_of("message 50") else self.visible())
        before = self.highlighted()
        self.receive(text="one more")
        self.assertEqual(self.highlighted(), before)
        self.assertTrue(self.hover.bar.winfo_ismapped())

    def visible(self) -> str:
        """Return the text of a message in the middle of the view."""
        return self.text.get("@100,200 linestart", "@100,200 lineend").split("\t")[-1]

    def test_while_typing_both_are_hidden_until_the_pointer_moves(self) -> None:
        self.point_at("message 58")
        self.hover.pause()
        self.settle()
        self.assertEqual(self.highlighted(), "")
        self.receive(text="one more")
        self.assertEqual(self.highlighted(), "")
        self.point_at("one more")
        self.assertIn("one more", self.highlighted())

    def test_while_dragging_both_are_hidden(self) -> None:
        self.point_at("message 58")
        self.text.event_generate("<Button-1>", x=100, y=100)
        self.text.event_generate("<B1-Motion>", x=140, y=140)
        self.settle()
        self.assertFalse(self.hover.bar.winfo_ismapped())
        self.text.event_generate("<ButtonRelease-1>", x=140, y=140)
        self.settle()
        self.assertTrue(self.hover.bar.winfo_ismapped())

    def test_a_message_that_changes_stays_highlighted(self) -> None:
        self.point_at("message 58")
        entry = self.maker.conversation.entries[58]
        entry.text = "message 58, better"
        self.pane.view.refresh(entry.key)
        self.pane.input.refresh()
        self.assertIn("message 58, better", self.highlighted())

    def test_a_button_of_the_bar_acts_on_the_highlighted_message(self) -> None:
        self.point_at("message 58")
        self.hover.bar.press("edit")
        self.hover.bar.press("copy")
        self.assertEqual(self.calls[-1], ("edit", "message 58"))
        self.assertEqual(self.root.clipboard_get(), "message 58")

    def test_the_chosen_message_has_the_bar_until_the_pointer_moves(self) -> None:
        self.point_at("message 55")
        self.keys("<Up>", "<Up>")
        self.assertIn("message 58", self.highlighted())
        self.point_at("message 56")
        self.assertIn("message 56", self.highlighted())

    def test_code_keeps_its_surface_in_a_highlighted_message(self) -> None:
        self.maker.say("ben", "see\n```python\nimport socket\n```", 61)
        self.show()
        self.point_at("import")
        self.assertIn("import", self.highlighted())
        self.assertEqual(self.colours_at("import")[1], self.theme.colours.code)
        self.assertEqual(self.colours_at("python")[1], self.theme.colours.codehead)

    def test_lines_that_change_by_themselves_stay_highlighted(self) -> None:
        entry = self.maker.say("ben", "see\n```python\nimport socket\n```", 61)
        self.show()
        self.point_at("import")
        self.pane.view.show_copied(entry.key, "import socket")
        self.assertIn("Copied", self.highlighted())

    def test_the_wheel_scrolls_over_the_bar_too(self) -> None:
        self.point_at("message 58")
        before = self.text.index("@0,0")
        if self.root.tk.call("tk", "windowingsystem") == "x11":
            self.hover.bar.event_generate("<Button-4>")
        else:
            self.hover.bar.event_generate("<MouseWheel>", delta=120)
        self.settle()
        self.assertTrue(self.text.compare("@0,0", "<", before))

    def test_the_bar_does_not_cover_the_copy_button_of_code(self) -> None:
        self.maker.say("ben", "words")
        self.maker.say("ben", "```python\nx = 1\n```", 1)
        self.show()
        self.keys("<Up>")
        copy = self.text.bbox(self.text.search("Copy", "1.0"))
        bar = self.pane.input.hover.bar
        assert copy is not None
        self.assertTrue(bar.winfo_ismapped())
        self.assertLess(bar.winfo_x() + bar.winfo_width(), copy[0])

    def test_joins_have_no_bar(self) -> None:
        self.maker.conversation.entries.append(self.maker.entry("join", "eve", minute=61))
        self.show()
        self.point_at("eve joined")
        self.assertIn("eve joined", self.highlighted())
        self.assertFalse(self.hover.bar.winfo_ismapped())
