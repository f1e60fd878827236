"""The application on macOS, with programs of the test in place of those of the system."""

from __future__ import annotations

import plistlib
import tempfile
import unittest
from collections.abc import Sequence
from pathlib import Path

from chatapp.system.mac_desktop import MacDesktop

ICONS = {16: b"small"}
SCHEMES = ("chat", "irc")


class MacDesktopTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.applications = Path(folder.name, "Applications")
        self.bundle = self.applications / "Chatapp.app"
        self.programs: list[str] = []
        self.missing = ""
        self.desktop = MacDesktop(
            self.applications, ("/a b/python3", "run_gui.py"), Path("/a b"), SCHEMES, self.run_program
        )

    def run_program(self, command: Sequence[str]) -> None:
        """Do what the programs of macOS do."""
        name = Path(command[0]).name
        self.programs.append(name)
        if name == self.missing:
            raise FileNotFoundError(name)
        if name == "osacompile":
            (self.bundle / "Contents/Resources").mkdir(parents=True)
            (self.bundle / "Contents/Info.plist").write_bytes(
                plistlib.dumps({"CFBundleExecutable": "applet"})
            )

    def information(self) -> dict[str, object]:
        found = plistlib.loads((self.bundle / "Contents/Info.plist").read_bytes())
        assert isinstance(found, dict)
        return found

    def test_the_application_starts_the_window(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.assertEqual((True, False), (self.desktop.is_in_menu, self.desktop.opens_links))
        starter = (self.bundle / "Contents/Resources/start.sh").read_text()
        self.assertEqual("cd '/a b' && exec '/a b/python3' run_gui.py \"$@\"\n", starter)
        self.assertEqual("applet", self.information()["CFBundleExecutable"])
        self.assertEqual(["osacompile", "codesign", "lsregister"], self.programs)

    def test_links_are_named_in_its_property_list(self) -> None:
        self.desktop.open_links(True, ICONS)
        self.assertTrue(self.desktop.opens_links)
        expected = [{"CFBundleURLName": "Chat link", "CFBundleURLSchemes": list(SCHEMES)}]
        self.assertEqual(expected, self.information()["CFBundleURLTypes"])
        self.desktop.put_in_menu(ICONS)
        self.assertTrue(self.desktop.opens_links)
        self.desktop.open_links(False, ICONS)
        self.assertEqual((True, False), (self.desktop.is_in_menu, self.desktop.opens_links))

    def test_it_is_removed_completely(self) -> None:
        self.desktop.put_in_menu(ICONS)
        self.desktop.remove_from_menu()
        self.assertFalse(self.bundle.exists())
        self.desktop.open_links(False, ICONS)
        self.assertFalse(self.bundle.exists())

    def test_without_signing_it_still_works(self) -> None:
        self.missing = "codesign"
        self.desktop.put_in_menu(ICONS)
        self.assertTrue(self.desktop.is_in_menu)

    def test_without_osacompile_it_is_an_error(self) -> None:
        self.missing = "osacompile"
        self.assertRaises(OSError, self.desktop.put_in_menu, ICONS)
        self.assertFalse(self.desktop.is_in_menu)


if __name__ == "__main__":
    unittest.main()
