"""What the transcript knows of files, and how large it shows thumbnails."""

from __future__ import annotations

import unittest

from chatapp.client.model.files import FileCard
from chatapp.client.text.file_links import file_link
from chatapp.gui.transcript.shown_files import ShownFiles
from tests.gui.transcript.files import PREFIX, card, link, picture, url


class ShownFilesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.files = ShownFiles()

    def test_a_file_that_was_not_in_sight_has_the_name_of_its_link(self) -> None:
        shown = self.files.card(link("holiday plan.pdf"))
        self.assertEqual((shown.name, shown.size, shown.state), ("holiday plan.pdf", None, "unknown"))
        self.assertIsNone(self.files.find(shown.id))

    def test_a_file_that_was_in_sight_is_known(self) -> None:
        known = card()
        self.assertTrue(self.files.add(known))
        self.assertFalse(self.files.add(known))
        self.assertIs(self.files.card(link()), known)

    def test_a_thumbnail_is_made_smaller_by_a_whole_number(self) -> None:
        shown = card("board.png", has_thumbnail=True, thumbnail=picture(640, 400))
        for width, scale, size in (
            (600, 1.0, (320, 200, 2)), (1200, 2.0, (640, 400, 1)), (250, 1.0, (214, 134, 3)),
        ):  # fmt: skip
            with self.subTest(width=width, scale=scale):
                self.assertEqual(self.files.thumbnail_size(shown, width, scale), size)
        shown.thumbnail = b""
        self.assertEqual(self.files.thumbnail_size(shown, 600, 1.0), (320, 200, 2), "it stays known")

    def test_its_size_is_known_before_it_has_come(self) -> None:
        for shown in (
            FileCard(file_link(f"{url('board.png', 1)}#640x400", PREFIX) or link()),
            card("board.png", 2, has_thumbnail=True, thumbnail_size=(640, 400)),
        ):
            with self.subTest(state=shown.state):
                self.assertEqual(self.files.thumbnail_size(shown, 600, 1.0), (320, 200, 2))

    def test_a_size_is_of_no_use_if_there_is_no_thumbnail(self) -> None:
        sized = file_link(f"{url('board.png')}#640x400", PREFIX)
        assert sized is not None
        for state in ("known", "failed", "gone"):
            with self.subTest(state=state):
                self.assertIsNone(self.files.thumbnail_size(FileCard(sized, state=state), 600, 1.0))
        huge = card("board.png", has_thumbnail=True, thumbnail_size=(999, 999))
        self.assertIsNone(self.files.thumbnail_size(huge, 600, 1.0))

    def test_what_is_no_small_png_is_not_decoded(self) -> None:
        for number, data in enumerate(
            (picture(641, 40), picture(640, 401), b"GIF89a" + b"\x01\x00" * 10, b"x")
        ):
            with self.subTest(data=data[:8]):
                shown = card("a.png", number, has_thumbnail=True, thumbnail=data)
                self.assertIsNone(self.files.thumbnail_size(shown, 600, 1.0))
                self.assertFalse(self.files.may_be_picture(shown))

    def test_pictures_can_be_switched_off(self) -> None:
        self.files.shows_pictures = False
        shown = card("board.png", has_thumbnail=True, thumbnail=picture())
        self.assertIsNone(self.files.thumbnail_size(shown, 600, 1.0))
        self.assertFalse(self.files.may_be_picture(shown))

    def test_a_picture_is_expected_by_its_name(self) -> None:
        self.assertTrue(self.files.may_be_picture(card("a.jpg", state="unknown")))
        self.assertFalse(self.files.may_be_picture(card("a.pdf", state="unknown")))
        self.assertFalse(self.files.may_be_picture(card("a.jpg")), "it has no thumbnail")
        self.assertTrue(self.files.may_be_picture(card("a.jpg", has_thumbnail=True)))
