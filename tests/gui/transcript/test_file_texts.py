"""The words on the card of a file."""

from __future__ import annotations

import time
import unittest
from datetime import date
from pathlib import Path
from typing import Any

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.transcript import file_texts
from chatapp.gui.transcript.runs import Target, TargetKind
from tests.gui.transcript.files import card

TODAY = date(2026, 3, 12)
JUNE = time.mktime((2026, 6, 12, 12, 0, 0, 0, 0, -1))


class FactsTest(unittest.TestCase):
    def facts(self, until: float | None = None, **more: Any) -> list[str]:
        return file_texts.facts(card(**more), TODAY, until)[0]

    def test_the_card_says_size_kind_and_until_when_the_file_is_kept(self) -> None:
        self.assertEqual(
            self.facts(until=JUNE),
            ["1.8 MB · PDF · kept until 12 June", "1.8 MB · kept until 12 June", "1.8 MB"],
        )
        self.assertEqual(self.facts()[0], "1.8 MB · PDF")

    def test_until_the_server_has_answered_there_is_only_the_kind(self) -> None:
        self.assertEqual(self.facts(state="unknown", size=None)[0], "PDF")

    def test_a_file_of_which_nothing_is_known_is_called_a_file(self) -> None:
        self.assertEqual(
            file_texts.facts(card("notes", state="unknown", size=None), TODAY), (["File"], False)
        )

    def test_a_file_that_is_gone_is_no_longer_kept(self) -> None:
        self.assertEqual(self.facts(state="gone", until=JUNE), ["No longer kept"])

    def test_a_download_says_how_far_it_is(self) -> None:
        running = FileDownload(Path("x"), state="running", received=1_116_000)
        self.assertEqual(self.facts(download=running), ["1.1 of 1.8 MB · 62 %", "62 %"])
        self.assertEqual(file_texts.percent(card(download=running)), 62)
        self.assertEqual(self.facts(download=running, size=None)[0], "1.1 MB")

    def test_a_failure_is_told_as_one(self) -> None:
        failed = FileDownload(Path("x"), state="failed", problem="The disk is full.")
        self.assertEqual(file_texts.facts(card(download=failed), TODAY), (["The disk is full."], True))
        self.assertTrue(file_texts.facts(card(state="failed", problem="No connection."), TODAY)[1])

    def test_a_time_that_no_calendar_knows_is_left_out(self) -> None:
        self.assertEqual(self.facts(until=1e20)[0], "1.8 MB · PDF")


class KindTest(unittest.TestCase):
    def test_the_kind_is_a_short_ending_of_the_name(self) -> None:
        for name, kind in (
            ("plan.pdf", "PDF"), ("a.tar.gz", "GZ"), ("README", ""), (".bashrc", ""), ("a.numbers", ""),
            ("a.ä", ""), ("song.mp3", "MP3"), ("end.", ""),
        ):  # fmt: skip
            with self.subTest(name=name):
                self.assertEqual(file_texts.kind(card(name)), kind)


class TipTest(unittest.TestCase):
    def test_the_tooltip_has_the_whole_name_and_second_line_and_what_a_click_does(self) -> None:
        expected: tuple[tuple[FileCard, TargetKind, str], ...] = (
            (card(until=JUNE), "file", "plan.pdf\n1.8 MB · PDF · kept until 12 June\nDownload"),
            (card(), "file-deed", "Download"),
            (card(), "picture", "plan.pdf\nShow the picture"),
            (card(state="gone"), "file", "plan.pdf\nNo longer kept"),
        )
        for shown, kind, text in expected:
            with self.subTest(kind=kind, state=shown.state):
                self.assertEqual(file_texts.tip(shown, Target(kind, "x"), TODAY, shown.until), text)
