"""Opening the settings."""

from __future__ import annotations

from tests.gui.settings.settings_case import SettingsCase


class SettingsControllerTest(SettingsCase):
    def test_there_is_one_window_which_a_second_opening_shows_again(self) -> None:
        self.open("about")
        first = self.window
        self.open("appearance")
        self.assertIs(self.window, first)
        self.assertEqual(first.shown, "appearance")

    def test_a_result_of_jump_to_opens_its_page_at_the_row(self) -> None:
        target = next(each for each in self.controller.targets() if each.label == "24-hour clock")
        target.run()
        self.assertEqual(self.window.shown, "appearance")
        row = self.window.view.rows["clock24"]
        self.assertEqual(row.cget("style"), "Notice.TFrame")
        self.settle()
        self.assertTrue(str(self.window.focus_lastfor()).startswith(str(row)))
        top = row.winfo_rooty() - self.window.winfo_rooty()
        self.assertLessEqual(top + row.winfo_height(), self.window.winfo_height())

    def test_what_is_not_offered_on_this_network_is_no_result(self) -> None:
        self.assertNotIn("This server", [each.label for each in self.controller.targets()])

    def test_without_a_name_the_page_stays_or_is_the_last_one(self) -> None:
        self.open("shortcuts")
        self.open()
        self.assertEqual(self.window.shown, "shortcuts")
        self.controller.close()
        self.assertIsNone(self.controller.window)
        self.open()
        self.assertEqual(self.window.shown, "shortcuts")

    def test_a_page_that_does_not_exist_gives_the_first_one(self) -> None:
        self.settings.settings_page = "plugins"
        self.open()
        self.assertEqual(self.window.shown, self.window.offered[0].key)
