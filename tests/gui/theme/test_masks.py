"""Masks are painted once and kept on disk, and a damaged folder costs only time."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.gui.theme import icons, masks
from chatapp.gui.theme.masks import Masks
from chatapp.gui.theme.shapes import coverage


class MasksTest(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / "cache"
        self.fresh = Masks().image("bell", 16, "#ffffff")

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def painted(self, store: Masks, name: str = "bell") -> bool:
        """Return whether a store paints a mask; fail if the picture is wrong."""
        masks._paint.cache_clear()
        with mock.patch.object(masks, "coverage", wraps=coverage) as painter:
            self.assertEqual(store.image("bell", 16, "#ffffff"), self.fresh)
        return bool(painter.called)

    def test_a_mask_is_painted_in_the_first_run_only(self) -> None:
        self.assertTrue(self.painted(Masks(self.folder)))
        self.assertFalse(self.painted(Masks(self.folder)))

    def test_the_icon_of_the_application_is_painted_in_the_first_run_only(self) -> None:
        first = Masks(self.folder).app_icon(32)
        with mock.patch.object(icons, "app_icon", side_effect=AssertionError):
            self.assertEqual(first, Masks(self.folder).app_icon(32))

    def test_another_colour_needs_no_painting(self) -> None:
        store = Masks(self.folder)
        store.image("bell", 16, "#ffffff")
        with mock.patch.object(masks, "coverage", side_effect=AssertionError):
            self.assertNotEqual(store.image("bell", 16, "#000000"), self.fresh)

    def test_broken_files_are_painted_again(self) -> None:
        for damage in (b"", b"nonsense", b"\0" * 1000):
            with self.subTest(damage=damage[:8]):
                self.painted(Masks(self.folder))
                (file,) = self.files()
                file.write_bytes(damage)
                self.assertTrue(self.painted(Masks(self.folder)))
                self.assertFalse(self.painted(Masks(self.folder)))

    def test_a_folder_that_cannot_be_made_costs_only_time(self) -> None:
        self.folder.write_text("a file where the folder would be")
        store = Masks(self.folder)
        self.assertTrue(self.painted(store))
        self.assertTrue(self.painted(store))

    def test_a_folder_that_cannot_be_written_costs_only_time(self) -> None:
        with mock.patch.object(Path, "write_bytes", side_effect=PermissionError(13, "denied")) as write:
            store = Masks(self.folder)
            self.assertTrue(self.painted(store))
            self.assertTrue(self.painted(store))
        self.assertEqual(write.call_count, 1)

    def test_a_folder_that_disappears_is_made_again(self) -> None:
        store = Masks(self.folder)
        self.painted(store)
        for file in self.files():
            file.unlink()
            file.parent.rmdir()
        self.assertTrue(self.painted(store))
        self.assertFalse(self.painted(store))

    def test_masks_of_other_versions_are_removed_and_nothing_else(self) -> None:
        old, other = self.folder / "icons-00000000", self.folder / "pictures"
        for folder in (old, other):
            folder.mkdir(parents=True)
            (folder / "bell-16").touch()
        self.painted(Masks(self.folder))
        self.assertFalse(old.exists())
        self.assertTrue((other / "bell-16").exists())
