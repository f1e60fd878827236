"""Settings are written soon after they change, also by several windows and when the disk is full."""

from __future__ import annotations

import errno
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatapp.client import json_file
from chatapp.client.local.settings import Settings, load, merged, save
from chatapp.client.local.settings_writer import SettingsWriter
from tests.errors import Quiet


class SettingsWriterTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "deep" / "settings.json"
        self.now = 100.0

    def open(self) -> tuple[Settings, SettingsWriter]:
        """Load the settings as a window does."""
        settings = load(self.file)
        return settings, SettingsWriter(settings, self.file, lambda: self.now)

    def wait_for_write(self, window: SettingsWriter, seconds: float) -> str:
        """Let time pass and return the message of the window after writing."""
        message = window.save_if_due()
        self.now += seconds
        message = window.save_if_due() or message
        if window._thread:
            window._thread.join()
        return window.save_if_due() or message


class Writing(SettingsWriterTest):
    def test_a_change_is_written_some_seconds_later(self) -> None:
        settings, window = self.open()
        settings.drafts["h:5000 #c"] = "half a"
        self.assertEqual("", self.wait_for_write(window, 1.9))
        self.assertFalse(self.file.exists())
        self.assertEqual("", self.wait_for_write(window, 0.2))
        self.assertEqual({"h:5000 #c": "half a"}, load(self.file).drafts)

    def test_constant_changes_do_not_delay_writing_for_ever(self) -> None:
        settings, window = self.open()
        for length in range(1, 9):
            settings.drafts["h:5000 #c"] = "x" * length
            self.wait_for_write(window, 0.5)
        self.assertTrue(load(self.file).drafts)

    def test_without_a_change_nothing_is_written(self) -> None:
        _, window = self.open()
        self.wait_for_write(window, 10)
        window.save()
        self.assertFalse(self.file.parent.exists())

    def test_closing_writes_at_once(self) -> None:
        settings, window = self.open()
        settings.theme = "light"
        self.assertEqual("", window.save())
        self.assertEqual("light", load(self.file).theme)


class Failing(SettingsWriterTest):
    def test_a_full_disk_is_reported_once_and_the_old_file_stays(self) -> None:
        save(Settings(name="Ana", theme="dark"), self.file)
        settings, window = self.open()
        settings.theme = "light"
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch("os.fsync", side_effect=full), self.assertLogs("chatapp", "WARNING"):
            message = self.wait_for_write(window, 3)
            self.assertEqual("", self.wait_for_write(window, 10))
            self.assertIn("No space left on device", window.save())
        self.assertIn(
            f"Your settings cannot be saved in {self.file.parent}: No space left on device.", message
        )
        self.assertEqual("dark", load(self.file).theme)
        self.assertEqual([self.file], list(self.file.parent.iterdir()))
        self.assertEqual("", self.wait_for_write(window, 40))
        self.assertEqual("light", load(self.file).theme)

    def test_a_folder_that_cannot_be_written_is_reported(self) -> None:
        self.file.parent.write_text("a file where the folder should be")
        settings, window = self.open()
        settings.theme = "light"
        with self.assertLogs("chatapp", "WARNING"):
            self.assertIn("Your settings cannot be saved", self.wait_for_write(window, 3))

    def test_a_deleted_file_is_written_completely(self) -> None:
        save(Settings(name="Ana"), self.file)
        settings, window = self.open()
        settings.theme = "light"
        self.file.unlink()
        window.save()
        self.assertEqual(("Ana", "light"), (load(self.file).name, load(self.file).theme))


class TwoWindows(SettingsWriterTest):
    def change(self, change: Callable[[Settings], object], other: Callable[[Settings], object]) -> Settings:
        """Change something in each of two windows and return the stored settings after both are closed."""
        (ours, first), (theirs, second) = self.open(), self.open()
        change(ours)
        other(theirs)
        first.save()
        second.save()
        return load(self.file)

    def test_a_window_does_not_overwrite_changes_of_the_other(self) -> None:
        save(Settings(name="Ana", muted=["h:1 #a", "h:1 #b"], drafts={"h:1 #a": "old"}), self.file)

        def ours(settings: Settings) -> None:
            settings.theme = "light"
            settings.muted.append("h:1 #c")
            settings.drafts["h:1 #b"] = "ours"

        def theirs(settings: Settings) -> None:
            settings.font_size = 14
            settings.muted.remove("h:1 #a")
            del settings.drafts["h:1 #a"]

        stored = self.change(ours, theirs)
        self.assertEqual(("light", 14, "Ana"), (stored.theme, stored.font_size, stored.name))
        self.assertEqual((["h:1 #b", "h:1 #c"], {"h:1 #b": "ours"}), (stored.muted, stored.drafts))

    def test_for_one_setting_the_last_writer_wins(self) -> None:
        stored = self.change(
            lambda settings: setattr(settings, "theme", "light"),
            lambda settings: setattr(settings, "theme", "contrast"),
        )
        self.assertEqual("contrast", stored.theme)

    def test_repeated_writes_of_one_window_do_not_revert_the_other(self) -> None:
        save(Settings(), self.file)
        (ours, first), (theirs, second) = self.open(), self.open()
        for number in range(3):
            ours.drafts[f"h:1 #{number}"] = "ours"
            first.save()
            theirs.muted.append(f"h:1 #{number}")
            second.save()
        first.save()
        stored = load(self.file)
        self.assertEqual((3, 3), (len(stored.drafts), len(stored.muted)))

    def test_lists_keep_their_order(self) -> None:
        before = Settings(servers=["a", "b"])
        for ours, theirs, expected in [
            (["c", "a", "b"], ["a", "b"], ["c", "a", "b"]),
            (["a", "b"], ["d", "a", "b"], ["d", "a", "b"]),
            (["b", "a"], ["a", "b", "d"], ["b", "a", "d"]),
            (["b"], ["a", "b", "d"], ["b", "d"]),
            (["c", "a", "b"], ["b"], ["c", "b"]),
        ]:
            with self.subTest(ours=ours, theirs=theirs):
                found = merged(before, Settings(servers=ours), Settings(servers=theirs))
                self.assertEqual(expected, found.servers)

    def test_one_writer_waits_for_the_other(self) -> None:
        _, window = self.open()
        window._settings.theme = "light"
        with json_file.locked(self.file):
            self.now += 1
            window.save_if_due()
            self.now += 3
            window.save_if_due()
            thread = window._thread
            assert thread
            self.assertFalse(self.file.exists())
        thread.join(20)
        self.assertEqual("light", load(self.file).theme)


if __name__ == "__main__":
    unittest.main()
