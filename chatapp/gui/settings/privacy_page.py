"""The page "Privacy" of the settings."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingText

TEXTS = (
    SettingText(
        "typing", "Show others when I am typing", "They see “… is typing” while you write.", "notifications"
    ),
)


class PrivacyPage(PageView):
    """What others learn about the user, and what is stored on this computer."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "Privacy", TEXTS)
        shared = self.section("What others see")
        self.add_switch(shared, "typing")


PRIVACY = SettingsPage("privacy", "Privacy", "eye", TEXTS, PrivacyPage)
