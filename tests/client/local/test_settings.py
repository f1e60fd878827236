"""Settings are read, written and merged."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client.local.settings import MAX_SERVERS, Settings, folder, load, save
from tests.errors import Quiet


class Storing(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "deep" / "settings.json"

    def write(self, text: str) -> None:
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(text, encoding="utf-8")

    def test_saved_settings_are_loaded(self) -> None:
        settings = Settings(name="Ana", servers=["h:5000"], font_size=14, drafts={"h:5000 #c": "half a — 🎉"})
        save(settings, self.path)
        self.assertEqual(settings, load(self.path))
        self.assertEqual(["settings.json"], os.listdir(self.path.parent))

    @unittest.skipUnless(os.name == "posix", "modes of files")
    def test_channel_keys_are_readable_by_the_user_only(self) -> None:
        self.write("{}")
        self.path.chmod(0o644)
        save(Settings(keys={"h:5000 #exam": "secret"}), self.path)
        self.assertEqual(0o600, self.path.stat().st_mode & 0o777)

    def test_the_time_until_away_is_ten_minutes_and_stays_within_a_day(self) -> None:
        for text, minutes in (("{}", 10), ('{"away_minutes": 0}', 0), ('{"away_minutes": -5}', 0)):
            self.write(text)
            self.assertEqual(load(self.path).away_minutes, minutes)
        self.write('{"away_minutes": 99999}')
        self.assertEqual(load(self.path).away_minutes, 24 * 60)

    def test_without_a_file_every_setting_has_its_default(self) -> None:
        self.assertEqual(Settings(), load(self.path))

    def test_a_broken_file_is_renamed_and_not_lost(self) -> None:
        for text in (
            "{",
            "[]",
            "",
            "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
            "[" * 100_000,
        ):
            with self.subTest(text[:10]):
                self.write(text)
                with self.assertLogs("chatapp.client", "WARNING"):
                    self.assertEqual(Settings(), load(self.path))
                self.assertFalse(self.path.exists())
                aside = self.path.with_name("settings.json.broken")
                self.assertEqual(text, aside.read_text(encoding="utf-8"))

    def test_bytes_that_are_not_utf_8_are_a_broken_file(self) -> None:
        self.write("")
        self.path.write_bytes(b"\xff\xfe{}")
        with self.assertLogs("chatapp.client", "WARNING"):
            self.assertEqual(Settings(), load(self.path))

    def test_a_value_of_the_wrong_type_becomes_the_default_and_the_others_stay(self) -> None:
        for wrong in (
            {"font_size": "large"},
            {"font_size": True},
            {"servers": "h:5000"},
            {"servers": [1]},
            {"sashes": {"people": "wide"}},
            {"drafts": {"#c": 1}},
            {"clock24": 1},
            {"theme": None},
        ):
            with self.subTest(wrong):
                self.write(json.dumps({"name": "Ana", **wrong}))
                with self.assertLogs("chatapp.client", "WARNING"):
                    self.assertEqual(Settings(name="Ana"), load(self.path))

    def test_an_unreadable_font_size_is_corrected(self) -> None:
        for size, expected in {-5: 8, 3: 8, 8: 8, 24: 24, 10_000: 24}.items():
            with self.subTest(size):
                self.write(json.dumps({"font_size": size}))
                self.assertEqual(expected, load(self.path).font_size)

    def test_unknown_keys_are_ignored(self) -> None:
        self.write(json.dumps({"name": "Ana", "hologram": True}))
        self.assertEqual(Settings(name="Ana"), load(self.path))

    def test_a_failed_write_leaves_the_old_file(self) -> None:
        save(Settings(name="Ana"), self.path)
        with mock.patch("os.replace", side_effect=OSError("disk full")), self.assertRaises(OSError):
            save(Settings(name="Ben"), self.path)
        self.assertEqual("Ana", load(self.path).name)
        self.assertEqual(["settings.json"], os.listdir(self.path.parent))

    def test_recent_servers_are_listed_once_with_the_latest_first(self) -> None:
        settings = Settings()
        for number in range(MAX_SERVERS + 2):
            settings.note_use(f"h{number}:5000")
        settings.note_use("h5:5000")
        self.assertEqual(MAX_SERVERS, len(settings.servers))
        self.assertEqual(["h5:5000", "h11:5000"], settings.servers[:2])


class Folders(unittest.TestCase):
    def test_each_platform_has_its_folder(self) -> None:
        with mock.patch.dict(os.environ, {"XDG_CONFIG_HOME": "/xdg", "APPDATA": "/roaming"}):
            for platform, parts in {
                "linux": ("/xdg", "chatapp"),
                "win32": ("/roaming", "Chatapp"),
                "darwin": (str(Path.home()), "Library", "Application Support", "Chatapp"),
            }.items():
                with self.subTest(platform), mock.patch.object(sys, "platform", platform):
                    self.assertEqual(Path(*parts), folder())

    def test_without_the_environment_variable_it_is_in_the_home_folder(self) -> None:
        with (
            mock.patch.dict(os.environ, {"XDG_CONFIG_HOME": ""}),
            mock.patch.object(sys, "platform", "linux"),
        ):
            self.assertEqual(Path.home() / ".config" / "chatapp", folder())
