"""A tag on the lines of one message."""

from __future__ import annotations

from chatapp.gui.transcript.highlight import Highlight
from tests.gui.transcript.transcript_case import TranscriptCase


class HighlightTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        self.entries = self.maker.chatter(5)
        self.show()
        self.highlight = Highlight(self.pane.view, "flash")

    def tagged(self) -> list[str]:
        ranges = [str(each) for each in self.text.tag_ranges("flash")]
        return [self.text.get(*ranges[at : at + 2]) for at in range(0, len(ranges), 2)]

    def test_one_message_has_the_tag(self) -> None:
        for entry in self.entries[1:3]:
            self.highlight.show(entry.key)
            (tagged,) = self.tagged()
            self.assertIn(entry.text, tagged)

    def test_none_removes_it(self) -> None:
        self.highlight.show(self.entries[1].key)
        self.highlight.show(None)
        self.assertEqual(self.tagged(), [])

    def test_a_message_that_is_not_shown_is_not_tagged(self) -> None:
        self.highlight.show(self.entries[1].key)
        self.highlight.show(-5)
        self.assertEqual(self.tagged(), [])

    def test_replaced_lines_are_tagged_again(self) -> None:
        self.highlight.show(self.entries[1].key)
        self.pane.view.refresh(self.entries[1].key)
        self.highlight.refresh()
        self.assertEqual(len(self.tagged()), 1)
        self.assertIn("message 1", self.tagged()[0])

    def test_lines_that_were_inserted_inside_are_not_tagged(self) -> None:
        self.highlight.show(self.entries[1].key)
        self.receive(text="below")
        self.highlight.refresh()
        self.assertNotIn("below", "".join(self.tagged()))
