"""The lines of cards and pictures in a message."""

from __future__ import annotations

import unittest
from pathlib import Path

from chatapp.client.model.files import FileCard, FileDownload
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.block_options import Ruler
from chatapp.gui.transcript.file_runs import left_width, right_width
from chatapp.gui.transcript.message_runs import message_runs
from chatapp.gui.transcript.runs import Run, Target
from chatapp.gui.transcript.shown_files import ShownFiles
from tests.gui.transcript.conversations import ConversationMaker, tagged
from tests.gui.transcript.files import card, offer_files, picture, url


class FileRunsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()
        offer_files(self.maker)
        self.files = ShownFiles()

    def runs(self, entry: Entry, *cards: FileCard, ruler: Ruler | None = None) -> list[Run]:
        for each in cards:
            self.files.add(each)
        return message_runs(entry, self.maker.options(files=self.files, ruler=ruler or Ruler()), "body")

    def test_a_line_with_a_link_is_a_card_and_the_link_is_not_shown(self) -> None:
        runs = self.runs(self.maker.say("ben", f"Slides:\n{url()}"), card())
        text = "".join(run.text for run in runs)
        self.assertNotIn("https", text)
        self.assertEqual(tagged(runs, "card-name"), ["plan.pdf"])
        self.assertIn("1.8 MB · PDF", tagged(runs, "small"))
        self.assertIn(Target("file-deed", card().id), [run.target for run in runs])

    def test_a_message_that_is_only_a_file_has_no_empty_line_above_it(self) -> None:
        runs = self.runs(self.maker.say("ben", url()), card())
        self.assertEqual(tagged(runs, "body"), [])

    def test_its_state_stands_above_the_card(self) -> None:
        runs = self.runs(self.maker.say("ana", url(), state="failed", problem="It is too long."), card())
        self.assertIn("Try\u00a0again", tagged(runs, "deed"))

    def test_a_link_in_a_sentence_stays_there(self) -> None:
        runs = self.runs(self.maker.say("ben", f"see {url()} first"), card())
        self.assertEqual(tagged(runs, "link"), [url()])
        self.assertEqual(tagged(runs, "card-name"), ["plan.pdf"])

    def test_links_to_other_servers_are_links(self) -> None:
        other = url().replace("k3Xa9_", "zzzzzz")
        runs = self.runs(self.maker.say("ben", other))
        self.assertEqual((tagged(runs, "link"), tagged(runs, "card-name")), ([other], []))

    def test_each_row_is_as_wide_as_the_card(self) -> None:
        long = card("a very long name " * 20 + ".pdf", download=FileDownload(Path("x"), state="running"))
        for shown, width in ((card(), 600), (long, 600), (long, 200), (card(state="gone"), 130)):
            with self.subTest(name=shown.name, width=width):
                runs = self.runs(self.maker.say("ben", url()), shown, ruler=Ruler(width=width))
                expected = min(368, width)
                px = Ruler().px
                for row in ("card-name", "small"):
                    texts = tagged(runs, row)
                    pads = [run for run in runs if run.picture and run.picture.kind == "pad"]
                    sides = left_width(20, px) + right_width(20, px)
                    total = sides + 8 * len("".join(texts))
                    self.assertLessEqual(total, max(expected, sides))
                    self.assertLessEqual(len(pads), 2)

    def test_a_quote_of_a_file_has_its_name(self) -> None:
        parent = self.maker.say("dee", url(), msgid="m1")
        self.maker.conversation.insert([parent])
        runs = self.runs(self.maker.say("ben", "thanks", reply_to="m1"))
        self.assertIn("  File: plan.pdf", tagged(runs, "quote"))

    def test_a_deleted_message_has_no_card(self) -> None:
        runs = self.runs(self.maker.say("ben", url(), deleted_by="ben"), card())
        self.assertEqual(tagged(runs, "card-name"), [])

    def test_a_picture_has_a_box_of_its_size_until_it_is_decoded(self) -> None:
        shown = card("board.png", media_type="image/png", has_thumbnail=True, thumbnail=picture(64, 40))
        entry = self.maker.say("ben", url("board.png"))
        for kind in ("no-thumbnail", "thumbnail"):
            runs = self.runs(entry, shown)
            pictures = [run.picture for run in runs if run.picture]
            self.assertEqual([(each.kind, each.size, each.height) for each in pictures], [(kind, 64, 40)])
            self.files.decoded.add(shown.id)

    def test_below_a_picture_its_download_is_a_card(self) -> None:
        shown = card("board.png", has_thumbnail=True, thumbnail=picture(64, 40))
        shown.download = FileDownload(Path("x"), state="running", received=900_000)
        runs = self.runs(self.maker.say("ben", url("board.png")), shown)
        self.assertEqual(tagged(runs, "card-name"), ["board.png"])
        self.assertIn("900 kB of 1.8 MB · 50 %", tagged(runs, "small"))
