"""The page "Messages" of the settings."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.main.conversation_pane import PRACTISED
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.gui.widgets.switch import Switch

TEXTS = (
    SettingText(
        "enter_sends", "Enter sends the message",
        "If this is off, Enter begins a new line and Ctrl+Enter sends.", "return key newline",
    ),
    SettingText(
        "short_names", "Turn :joy: into 😂", "Short names of emoji are replaced when you send.",
        "shortcode emoji smiley convert",
    ),
    SettingText(
        "hints", "Show hints below the field", "Which key sends, and which begins a new line.", "help tips",
    ),
    SettingText(
        "fold_joins", "Fold joins and leaves", "Several in a row become one line; a click unfolds it.",
        "join part quit events group",
    ),
    SettingText(
        "ask_links", "Ask before opening links", "A link that hides where it leads always asks.", "url",
    ),
    SettingText(
        "reopen", "Reopen the conversations of the last time", keywords="channels restore session start",
    ),
    SettingText(
        "connect_at_start", "Connect when the window opens",
        "To the server that you used last.", "start automatic log in login",
    ),
)  # fmt: skip


class MessagesPage(PageView):
    """How messages are written and shown, and what happens at the start."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "Messages", TEXTS)
        writing = self.section("Writing")
        self.add_switch(writing, "enter_sends")
        self.add_switch(writing, "short_names")
        row = self.add(writing, "hints")
        self.hints = row.attach(Switch(row, self.theme, on_change=self._set_hints))
        reading = self.section("Reading")
        self.add_switch(reading, "fold_joins")
        self.add_switch(reading, "ask_links")
        start = self.section("When the window opens")
        self.add_switch(start, "reopen")
        self.add_switch(start, "connect_at_start")

    def show(self) -> None:
        """Show the settings."""
        super().show()
        self.hints.show(self.tools.settings.messages_sent < PRACTISED)

    def _set_hints(self, is_on: bool) -> None:
        """Begin to count sent messages again, or act as if there were enough of them."""
        self.tools.set("messages_sent", 0 if is_on else PRACTISED)


MESSAGES = SettingsPage("messages", "Messages", "chat", TEXTS, MessagesPage)
