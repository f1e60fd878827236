"""The page "Notifications"."""

from __future__ import annotations

from chatapp.gui.settings.notifications_page import BAD_TIME, LEVELS, NotificationsPage
from tests.gui.settings.settings_case import SettingsCase


class NotificationsPageTest(SettingsCase):
    def setUp(self) -> None:
        super().setUp()
        self.settings.highlight_words = ["urgent", "lab report"]
        view = self.open("notifications")
        assert isinstance(view, NotificationsPage)
        self.page = view

    def test_it_shows_the_settings_without_changing_them(self) -> None:
        self.assertEqual(self.page.level.get(), LEVELS["direct"])
        self.assertEqual(self.page.words.get(), "urgent, lab report")
        self.assertEqual([entry.get() for entry in self.page.times], ["22:00", "07:00"])
        self.assertEqual(self.changed, [])

    def test_words_are_stored_while_they_are_typed_and_the_text_stays(self) -> None:
        self.page.words.delete(0, "end")
        self.page.words.insert(0, "exam,  ")
        self.page.show()
        self.assertEqual(self.settings.highlight_words, ["exam"])
        self.assertEqual(self.page.words.get(), "exam,  ")

    def test_a_wrong_time_is_refused_in_its_row_and_the_old_one_stays(self) -> None:
        start = self.page.times[0]
        start.delete(0, "end")
        start.insert(0, "late")
        self.assertEqual(self.page.times_row.problem, BAD_TIME)
        self.assertTrue(start.instate(["invalid"]))
        self.assertEqual(self.settings.quiet_from, "22:00")
        start.delete(0, "end")
        start.insert(0, "21.30")
        self.assertEqual((self.page.times_row.problem, self.settings.quiet_from), ("", "21:30"))

    def test_level_sounds_and_quiet_hours_are_switched(self) -> None:
        self.page.level.set(LEVELS["nothing"])
        self.press(self.page.level, "<<ComboboxSelected>>")
        self.page.sounds.invoke()
        self.page.quiet.invoke()
        settings = self.settings
        self.assertEqual(
            (settings.notify_of, settings.sounds, settings.quiet_hours), ("nothing", False, True)
        )
