"""The page "Messages"."""

from __future__ import annotations

from chatapp.gui.settings.messages_page import TEXTS, MessagesPage
from chatapp.gui.widgets.setting_row import SettingRow
from chatapp.gui.widgets.switch import Switch
from tests.gui.settings.settings_case import SettingsCase


class MessagesPageTest(SettingsCase):
    def test_hints_begin_again_or_end_now(self) -> None:
        view = self.open("messages")
        assert isinstance(view, MessagesPage)
        self.assertTrue(view.hints.is_on)
        view.hints.invoke()
        self.assertGreater(self.settings.messages_sent, 0)
        view.show()
        self.assertFalse(view.hints.is_on)
        view.hints.invoke()
        self.assertEqual(self.settings.messages_sent, 0)

    def test_each_row_switches_its_setting(self) -> None:
        view = self.open("messages")
        for text in TEXTS:
            row = view.rows[text.key]
            if text.key != "hints" and isinstance(row, SettingRow) and isinstance(row.control, Switch):
                with self.subTest(text.key):
                    before = getattr(self.settings, text.key)
                    self.assertEqual(row.control.is_on, before)
                    row.control.invoke()
                    self.assertEqual(getattr(self.settings, text.key), not before)
                    self.assertEqual(self.changed[-1], text.key)
