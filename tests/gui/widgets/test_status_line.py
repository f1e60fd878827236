"""A sentence with or without a check."""

from __future__ import annotations

from chatapp.gui.widgets.status_line import StatusLine
from tests.gui.base import WindowTest


class Lines(WindowTest):
    def test_a_long_sentence_wraps_and_a_good_one_has_a_check(self) -> None:
        line = StatusLine(self.root, self.theme)
        line.pack(fill="x")
        line.show("short", is_good=True)
        self.settle()
        self.assertTrue(line.is_good)
        before = line.winfo_reqheight()
        line.show("word " * 100, "Danger.TLabel")
        self.settle()
        self.settle()
        self.assertFalse(line.is_good)
        self.assertGreater(line.winfo_reqheight(), 2 * before)
        self.assertLessEqual(line.winfo_reqwidth(), self.root.winfo_width())
