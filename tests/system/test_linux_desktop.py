"""The menu entry and the links on Linux, in folders of the test."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from chatapp.system.linux_desktop import LinuxDesktop

SCHEMES = ("chat", "irc", "ircs")
ICONS = {16: b"small", 256: b"large"}
THEIRS = """\
# mine
[Added Associations]
x-scheme-handler/irc=hexchat.desktop;

[Default Applications]
text/html=firefox.desktop
x-scheme-handler/irc = hexchat.desktop;
"""


class LinuxDesktopTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data, self.config = Path(folder.name, "data"), Path(folder.name, "config")
        self.desktop = LinuxDesktop(
            self.data, self.config, ("/opt/a b/python", "run.py"), Path("/opt"), SCHEMES
        )
        self.entry = self.data / "applications/chatapp.desktop"
        self.defaults = self.config / "mimeapps.list"

    def lines(self) -> list[str]:
        return self.entry.read_text().splitlines()

    def state(self) -> tuple[bool, bool]:
        return self.desktop.is_in_menu, self.desktop.opens_links

    def test_at_first_there_is_nothing(self) -> None:
        self.assertEqual((False, False), self.state())
        self.desktop.remove_from_menu()
        self.desktop.open_links(False, {})
        self.assertFalse(self.defaults.exists())

    def test_the_menu_entry_starts_the_window(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.assertEqual((True, False), self.state())
        self.assertIn('Exec="/opt/a b/python" run.py %u', self.lines())
        self.assertIn("Path=/opt", self.lines())
        self.assertEqual(b"large", (self.data / "icons/hicolor/256x256/apps/chatapp.png").read_bytes())
        self.assertFalse(self.defaults.exists())

    def test_removing_it_leaves_no_file(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.desktop.remove_from_menu()
        self.assertEqual((False, False), self.state())
        self.assertEqual([], [each for each in self.data.rglob("*") if each.name.startswith("chatapp")])

    def test_links_need_no_place_in_the_menu(self) -> None:
        self.desktop.open_links(True, ICONS)
        self.assertEqual((False, True), self.state())
        self.assertIn("NoDisplay=true", self.lines())
        self.assertIn(
            "MimeType=x-scheme-handler/chat;x-scheme-handler/irc;x-scheme-handler/ircs;", self.lines()
        )
        self.desktop.open_links(False, ICONS)
        self.assertFalse(self.entry.exists())

    def test_menu_and_links_are_independent(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.desktop.open_links(True, ICONS)
        self.assertEqual((True, True), self.state())
        self.desktop.remove_from_menu()
        self.assertEqual((False, True), self.state())
        self.desktop.put_in_menu(ICONS)
        self.desktop.open_links(False, ICONS)
        self.assertEqual((True, False), self.state())

    def test_what_others_have_chosen_is_kept(self) -> None:
        self.config.mkdir()
        self.defaults.write_text(THEIRS)
        self.desktop.open_links(True, ICONS)
        self.assertTrue(self.desktop.opens_links)
        text = self.defaults.read_text()
        for line in ("# mine", "text/html=firefox.desktop", "x-scheme-handler/irc=hexchat.desktop;"):
            self.assertIn(line, text.splitlines())
        self.assertNotIn("x-scheme-handler/irc = hexchat.desktop;", text)
        self.desktop.open_links(False, ICONS)
        self.assertNotIn("chatapp", self.defaults.read_text())

    def test_another_program_that_opens_one_kind_of_link_is_noticed(self) -> None:
        self.desktop.open_links(True, ICONS)
        self.defaults.write_text(self.defaults.read_text().replace("irc=chatapp", "irc=hexchat"))
        self.assertFalse(self.desktop.opens_links)

    def test_switching_twice_changes_nothing_more(self) -> None:
        self.desktop.open_links(True, ICONS)
        before = self.defaults.read_text()
        self.desktop.open_links(True, ICONS)
        self.assertEqual(before, self.defaults.read_text())

    def test_special_characters_of_a_path_are_quoted(self) -> None:
        desktop = LinuxDesktop(self.data, self.config, ('/a"b$c`d\\e%f',), Path("/"), SCHEMES)
        desktop.put_in_menu({})
        self.assertIn(r'Exec="/a\\"b\\$c\\`d\\\\e%%f" %u', self.lines())

    def test_a_folder_that_cannot_be_written_is_an_error(self) -> None:
        self.data.write_text("a file")
        self.assertRaises(OSError, self.desktop.put_in_menu, ICONS)

    @unittest.skipUnless(shutil.which("desktop-file-validate"), "desktop-file-utils are not installed")
    def test_the_entry_follows_the_specification(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.desktop.open_links(True, ICONS)
        done = subprocess.run(
            ["desktop-file-validate", self.entry], capture_output=True, text=True, check=False, timeout=60
        )
        self.assertEqual("", done.stdout)

    @unittest.skipUnless(shutil.which("xdg-mime"), "xdg-utils are not installed")
    def test_the_system_names_this_program_for_links(self) -> None:
        self.desktop.open_links(True, ICONS)
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.config),
            "XDG_CONFIG_HOME": str(self.config),
            "XDG_DATA_HOME": str(self.data),
        }
        for scheme in SCHEMES:
            done = subprocess.run(
                ["xdg-mime", "query", "default", f"x-scheme-handler/{scheme}"],
                env=environment, capture_output=True, text=True, check=False, timeout=60,
            )  # fmt: skip
            self.assertEqual("chatapp.desktop", done.stdout.strip())


if __name__ == "__main__":
    unittest.main()
