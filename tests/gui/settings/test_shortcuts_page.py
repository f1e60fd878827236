"""The page "Shortcuts"."""

from __future__ import annotations

from chatapp.gui.widgets import shortcuts
from chatapp.gui.widgets.setting_row import SettingRow
from tests.gui.settings.settings_case import SettingsCase


class ShortcutsPageTest(SettingsCase):
    def test_every_shortcut_has_a_row(self) -> None:
        view = self.open("shortcuts")
        listed = {row.label for row in view.rows.values() if isinstance(row, SettingRow)}
        self.assertEqual(listed, {each.description for each in shortcuts.SHORTCUTS})

    def test_f1_shows_the_list(self) -> None:
        events = {event: action for each in shortcuts.SHORTCUTS for event, action in each.events.items()}
        self.assertEqual(events["<F1>"], "shortcuts")
