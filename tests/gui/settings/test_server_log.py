"""The moderation log on the page "This server"."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.server_log import EMPTY, LOADING, OLDER, SAVE, SAVING, ServerLog
from tests.gui.base import WindowTest

LINES = [
    ("10:12", "Sofia Ricci", "deleted a message of dee in #general"),
    ("Yesterday", "Ben", "banned tom: ads"),
]


class Log(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.part = ServerLog(
            self.root, self.theme, lambda: self.done.append("older"), lambda: self.done.append("save")
        )
        self.part.pack(fill="x")

    def text(self) -> str:
        return self.part.text.get("1.0", "end-1c")

    def test_each_entry_has_two_lines(self) -> None:
        self.part.show(LINES, False, False, False)
        self.assertEqual(
            self.text(),
            "10:12\tSofia Ricci\n\tdeleted a message of dee in #general\nYesterday\tBen\n\tbanned tom: ads",
        )
        self.assertEqual(self.part.older.winfo_manager(), "")

    def test_an_empty_log_says_so(self) -> None:
        self.part.show([], False, False, False)
        self.assertEqual(self.text(), EMPTY)

    def test_older_entries_are_requested_once(self) -> None:
        self.part.show(LINES, True, False, False)
        self.assertEqual(str(self.part.older.cget("text")), OLDER)
        self.part.older.invoke()
        self.part.show(LINES, True, True, False)
        self.part.older.invoke()
        self.assertEqual((self.done, str(self.part.older.cget("text"))), (["older"], LOADING))

    def test_saving_is_shown_and_its_outcome(self) -> None:
        self.part.show(LINES, False, False, False)
        self.assertEqual(str(self.part.save.cget("text")), SAVE)
        self.part.save.invoke()
        self.part.show(LINES, False, True, True)
        self.assertEqual((self.done, str(self.part.save.cget("text"))), (["save"], SAVING))
        self.part.show_note("Saved")
        self.assertTrue(self.part.note.winfo_manager())

    def test_new_entries_leave_the_place_where_one_reads(self) -> None:
        self.part.show(LINES * 50, False, False, False)
        self.settle()
        self.part.text.yview_moveto(0.5)
        before = self.part.text.yview()[0]
        self.part.show([LINES[0], *LINES * 50], False, False, False)
        self.assertAlmostEqual(self.part.text.yview()[0], before, places=1)


if __name__ == "__main__":
    unittest.main()
