"""The selected text of the transcript, and what is copied of it."""

from __future__ import annotations

from tests.gui.transcript.transcript_case import TranscriptCase


class SelectionTest(TranscriptCase):
    def copied(self) -> str:
        return str(self.root.clipboard_get())

    def mark(self, first: str, last: str) -> None:
        """Select from one word through another."""
        start, end = self.text.search(first, "1.0"), self.text.search(last, "1.0")
        self.text.tag_add("sel", start, f"{end} +{len(last)}c")

    def clicks(self, text: str, count: int) -> None:
        """Click several times on a word."""
        box = self.text.bbox(f"{self.text.search(text, '1.0')} +1c")
        assert box is not None
        self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + 2)
        for _ in range(count):
            self.text.event_generate("<Button-1>", x=box[0] + 2, y=box[1] + 2)
            self.text.event_generate("<ButtonRelease-1>", x=box[0] + 2, y=box[1] + 2)
        self.settle()

    def test_a_selection_within_one_message_is_copied_verbatim(self) -> None:
        self.maker.say("ben", "one two three")
        self.show()
        self.mark("two", "two")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "two")

    def test_several_messages_are_copied_with_names(self) -> None:
        self.maker.say("ben", "one two")
        self.maker.say("ben", "three")
        self.maker.say("dee", "four five")
        self.show()
        self.mark("two", "four")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "<ben> one two\n<ben> three\n<dee> four five")

    def test_a_double_click_selects_a_word(self) -> None:
        self.maker.say("ben", "one two three")
        self.show()
        self.clicks("two", 2)
        self.assertEqual(self.pane.input.selection.text(), "two")

    def test_a_triple_click_selects_a_message_with_all_its_lines(self) -> None:
        self.maker.say("ben", "one two")
        self.maker.say("dee", "first line\nsecond line")
        self.maker.say("ben", "three")
        self.show()
        self.clicks("second", 3)
        self.assertEqual(self.pane.input.selection.text(), "first line\nsecond line")

    def test_a_quotation_is_copied_as_it_was_written(self) -> None:
        self.maker.say("dee", "> one\n> two\nthree")
        self.show()
        self.clicks("three", 3)
        self.assertEqual(self.pane.input.selection.text(), "> one\n> two\nthree")

    def test_nothing_is_copied_without_a_selection(self) -> None:
        self.maker.say("ben", "one two")
        self.show()
        self.assertEqual(self.pane.input.selection.text(), "")
