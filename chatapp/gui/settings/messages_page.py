"""The page "Messages" of the settings."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingText

TEXTS = (
    SettingText(
        "connect_at_start", "Connect when the window opens",
        "To the server that you used last.", "start automatic log in login",
    ),
)  # fmt: skip


class MessagesPage(PageView):
    """How messages are shown and written."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "Messages", TEXTS)
        start = self.section("When the window opens")
        self.add_switch(start, "connect_at_start")


MESSAGES = SettingsPage("messages", "Messages", "chat", TEXTS, MessagesPage)
