"""The files of an export."""

from __future__ import annotations

import errno
import json
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client.local.export_file import OwnMessage, format_of, write

HELLO = OwnMessage("#general", 1773309480.0, "message", "2 < 3 & “x”", "m1")
WAVE = OwnMessage("#general", 1773395880.0, "action", "waves \x02much\x02", "m2", "m1")
SECRET = OwnMessage("<script>", 1773395890.0, "message", "</p><script>alert(1)</script>\nsecond line")


class Files(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def written(self, name: str, *messages: OwnMessage) -> str:
        path = self.folder / name
        self.assertEqual(write(path, "Room <12>", "Ana & Co", messages), "")
        return path.read_text("utf-8")

    def test_data_has_every_field_of_every_message(self) -> None:
        read = json.loads(self.written("mine.json", HELLO, WAVE))
        self.assertEqual((read["chat"], read["name"]), ("Room <12>", "Ana & Co"))
        self.assertEqual(
            read["messages"][1],
            {
                "conversation": "#general",
                "time": "2026-03-13T09:58:00.000Z",
                "kind": "action",
                "text": "waves much",
                "msgid": "m2",
                "reply_to": "m1",
            },
        )

    def test_a_page_shows_text_and_never_runs_it(self) -> None:
        page = self.written("mine.html", HELLO, WAVE, SECRET)
        self.assertIn("2 &lt; 3 &amp; “x”", page)
        self.assertNotIn("<script>", page)
        self.assertIn("<h2>&lt;script&gt;</h2>", page)
        self.assertIn("<em>waves much</em>", page)
        self.assertIn("<h1>What Ana &amp; Co wrote on Room &lt;12&gt;</h1>", page)
        self.assertEqual(page.count("<h3>"), 3)

    def test_no_message_at_all_is_a_valid_file(self) -> None:
        self.assertEqual(json.loads(self.written("none.json"))["messages"], [])
        self.assertIn("0 messages", self.written("none.html"))

    def test_the_suffix_is_the_format(self) -> None:
        for name, expected in (("a.json", "json"), ("a.JSON", "json"), ("a.html", "html"), ("a", "html")):
            self.assertEqual(format_of(Path(name)), expected)

    def test_failures_are_said_in_words_and_leave_no_file(self) -> None:
        for code, words in (
            (errno.ENOSPC, "The disk is full."),
            (errno.EACCES, "You do not have permission"),
        ):
            with (
                self.subTest(words),
                mock.patch("os.fsync", side_effect=OSError(code, os.strerror(code))),
            ):
                problem = write(self.folder / "mine.html", "Room", "ana", [HELLO])
                self.assertIn(words, problem)
                self.assertEqual(list(self.folder.iterdir()), [])

    def test_a_folder_that_is_gone(self) -> None:
        problem = write(self.folder / "gone" / "mine.html", "Room", "ana", [HELLO])
        self.assertEqual(problem, "mine.html could not be written. This folder does not exist any more.")
