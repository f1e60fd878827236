"""The rows about this computer."""

from __future__ import annotations

from collections.abc import Mapping
from unittest import mock

from chatapp.gui.settings.about_page import AboutPage
from chatapp.gui.settings.desktop_section import DesktopSection
from chatapp.gui.widgets.switch import Switch
from chatapp.system.desktop import SCHEMES
from chatapp.system.icon_files import ICON_SIZES
from tests.gui.settings.settings_case import SettingsCase


class FakePlace:
    """A desktop in memory."""

    def __init__(self) -> None:
        self.is_in_menu = False
        self.opens_links = False
        self.icons: Mapping[int, bytes] = {}
        self.error: OSError | None = None

    def put_in_menu(self, icons: Mapping[int, bytes]) -> None:
        if self.error:
            raise self.error
        self.is_in_menu, self.icons = True, icons

    def remove_from_menu(self) -> None:
        self.is_in_menu = False

    def open_links(self, wanted: bool, icons: Mapping[int, bytes]) -> None:
        if self.error:
            raise self.error
        self.opens_links = wanted


class DesktopSectionTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        self.place = FakePlace()
        patch = mock.patch("chatapp.gui.settings.about_page.desktop_place", lambda: self.place)
        patch.start()
        self.addCleanup(patch.stop)

    def section(self) -> DesktopSection:
        page = self.open("about")
        assert isinstance(page, AboutPage) and page.desktop
        return page.desktop

    def flip(self, switch: Switch) -> None:
        switch.focus_force()
        self.settle()
        switch.event_generate("<space>")
        self.settle()

    def test_the_kinds_of_links_are_named(self) -> None:
        note = self.section().links_row.note
        self.assertEqual([scheme for scheme in SCHEMES if f" {scheme}:" not in note], [])

    def test_the_switches_show_what_the_system_says(self) -> None:
        self.place.opens_links = True
        section = self.section()
        self.assertEqual((False, True), (section.menu.is_on, section.links.is_on))

    def test_the_menu_entry_is_added_with_all_icons_and_removed(self) -> None:
        section = self.section()
        self.flip(section.menu)
        self.assertTrue(self.place.is_in_menu)
        self.assertEqual(list(ICON_SIZES), list(self.place.icons))
        self.assertTrue(all(each.startswith(b"\x89PNG") for each in self.place.icons.values()))
        self.flip(section.menu)
        self.assertFalse(self.place.is_in_menu)

    def test_links_are_registered_and_given_back(self) -> None:
        section = self.section()
        for wanted in (True, False):
            self.flip(section.links)
            self.assertIs(wanted, self.place.opens_links)

    def test_a_failure_stands_in_the_row_and_the_switch_goes_back(self) -> None:
        section = self.section()
        self.place.error = PermissionError(13, "Permission denied")
        self.flip(section.menu)
        self.assertEqual("This was not possible: Permission denied.", section.menu_row.problem)
        self.assertFalse(section.menu.is_on)
        self.place.error = None
        self.flip(section.menu)
        self.assertEqual("", section.menu_row.problem)

    def test_without_a_home_folder_the_rows_are_absent(self) -> None:
        with mock.patch("chatapp.gui.settings.about_page.desktop_place", side_effect=RuntimeError):
            page = self.open("about")
        assert isinstance(page, AboutPage)
        self.assertIsNone(page.desktop)
