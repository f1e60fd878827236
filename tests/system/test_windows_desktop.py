"""The shortcut and the links on Windows, with a registry and a PowerShell of the test."""

from __future__ import annotations

import tempfile
import unittest
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatapp.system.windows_desktop import WindowsDesktop

ICONS = {16: b"small"}
COMMAND = (r"C:\Program Files\Python\pythonw.exe", r"C:\Chat\run_gui.py")
OPENING = '"C:\\Program Files\\Python\\pythonw.exe" C:\\Chat\\run_gui.py "%1"'


class FakeRegistry:
    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}

    def get(self, key: str, name: str = "") -> str:
        return self.values.get((key, name), "")

    def set(self, key: str, name: str, value: str) -> None:
        self.values[key, name] = value

    def delete(self, key: str) -> None:
        for each in [each for each in self.values if each[0] == key or each[0].startswith(f"{key}\\")]:
            del self.values[each]


class WindowsDesktopTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.menu, self.local = Path(folder.name), Path(folder.name, "local")
        self.registry = FakeRegistry()
        self.scripts: list[str] = []
        self.desktop = WindowsDesktop(
            self.menu, self.local, COMMAND, Path(r"C:\Chat"), ("chat", "irc"), self.registry, self.run_script
        )

    def run_script(self, command: Sequence[str], values: Mapping[str, str]) -> None:
        self.scripts.append(command[-1])
        self.values = values
        Path(values["CHATAPP_SHORTCUT"]).write_text("shortcut")

    def test_the_shortcut_starts_the_window_without_a_console(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.assertTrue(self.desktop.is_in_menu)
        self.assertEqual(COMMAND[0], self.values["CHATAPP_TARGET"])
        self.assertEqual(COMMAND[1], self.values["CHATAPP_ARGUMENTS"])
        self.assertTrue((self.local / "chatapp.ico").read_bytes().endswith(b"small"))
        self.desktop.remove_from_menu()
        self.assertFalse(self.desktop.is_in_menu)

    def test_no_text_is_part_of_the_script(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.assertNotIn("run_gui", self.scripts[0])
        self.assertIn("$env:CHATAPP_TARGET", self.scripts[0])

    def test_links_are_registered_and_removed(self) -> None:
        self.assertFalse(self.desktop.opens_links)
        self.desktop.open_links(True, ICONS)
        self.assertTrue(self.desktop.opens_links)
        self.assertEqual(OPENING, self.registry.get(r"Software\Classes\irc\shell\open\command"))
        self.assertIn((r"Software\Classes\irc", "URL Protocol"), self.registry.values)
        self.desktop.open_links(False, ICONS)
        self.assertEqual({}, self.registry.values)

    def test_links_of_another_program_stay(self) -> None:
        self.desktop.open_links(True, ICONS)
        self.registry.set(r"Software\Classes\irc\shell\open\command", "", "other.exe")
        self.assertFalse(self.desktop.opens_links)
        self.desktop.open_links(False, ICONS)
        self.assertEqual("other.exe", self.registry.get(r"Software\Classes\irc\shell\open\command"))


if __name__ == "__main__":
    unittest.main()
