"""The page "Notifications"."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.main.notification_controller import TEST
from chatapp.gui.settings.notifications_page import (
    BAD_TIME,
    LEVELS,
    NO_NOTIFIER,
    NO_PLAYER,
    NOTE,
    NotificationsPage,
)
from chatapp.system.sound import Sound
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

    def test_escape_restores_the_words_and_the_time_that_were_stored(self) -> None:
        self.focus(self.page.words)
        self.press(self.page.words, "<Escape>")
        self.assertEqual(self.settings.highlight_words, ["urgent", "lab report"])
        start = self.page.times[0]
        self.focus(start)
        start.put("2")
        self.press(start, "<Escape>")
        self.assertEqual((start.get(), self.page.times_row.problem), ("22:00", ""))
        self.assertEqual(self.settings.quiet_from, "22:00")

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

    def test_the_buttons_show_a_notification_and_play_the_sound(self) -> None:
        with mock.patch.object(Sound, "is_available", True), mock.patch.object(Sound, "play") as play:
            self.page.show()
            self.assertEqual(self.page.test_row.note, NOTE)
            self.page.test.invoke()
            self.page.play.invoke()
        self.assertEqual(self.notices, [TEST])
        play.assert_called_once_with()

    def test_it_says_what_this_system_cannot_do(self) -> None:
        self.notifier.answer = "absent"
        self.page.show()
        self.assertEqual(self.page.test_row.note, NO_NOTIFIER)
        self.assertEqual(self.page.sound_row.note, NO_PLAYER)
        self.assertTrue(self.page.play.instate(["disabled"]))

    def test_a_late_answer_of_the_system_is_shown(self) -> None:
        self.notifier.answer = "unknown"
        self.page.show()
        self.assertEqual(self.page.test_row.note, NOTE)
        self.notifier.state = "absent"
        self.until(lambda: self.page.test_row.note == NO_NOTIFIER)

    def test_sounds_of_direct_messages_and_mentions_are_switched(self) -> None:
        self.page.direct_sounds.invoke()
        self.page.mention_sounds.invoke()
        self.assertEqual(self.changed, ["direct_sounds", "mention_sounds"])
