"""The page "About"."""

from __future__ import annotations

import platform

from chatapp.gui.settings.about_page import versions
from tests.gui.settings.settings_case import SettingsCase


class AboutPageTest(SettingsCase):
    def test_versions_are_those_of_this_program(self) -> None:
        self.assertIn(platform.python_version(), versions(self.open("about")))
