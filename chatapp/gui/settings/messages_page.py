"""The page "Messages" of the settings."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.main.conversation_pane import PRACTISED
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.gui.widgets.switch import Switch
from chatapp.languages.translation import N_, _

TEXTS = (
    SettingText(
        "enter_sends", N_("Enter sends the message"),
        N_("If this is off, Enter begins a new line and Ctrl+Enter sends."), N_("return key newline"),
    ),
    SettingText(
        "short_names", N_("Turn :joy: into an emoji"), N_("Short names of emoji are replaced when you send."),
        N_("shortcode emoji smiley convert"),
    ),
    SettingText(
        "hints", N_("Show hints below the field"), N_("Which key sends, and which begins a new line."),
        N_("help tips"),
    ),
    SettingText(
        "fold_joins", N_("Fold joins and leaves"),
        N_("Several in a row become one line; a click unfolds it."),
        N_("join part quit events group"),
    ),
    SettingText(
        "ask_links", N_("Ask before opening links"), N_("A link that hides where it leads always asks."),
        N_("url"),
    ),
    SettingText(
        "reopen", N_("Reopen the conversations from last time"),
        keywords=N_("channels restore session start"),
    ),
    SettingText(
        "connect_at_start", N_("Connect when the window opens"),
        N_("To the server that you used last."), N_("start automatic log in login"),
    ),
)  # fmt: skip


class MessagesPage(PageView):
    """How messages are written and shown, and what happens at the start."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Messages"), TEXTS)
        writing = self.section(_("Writing"))
        self.add_switch(writing, "enter_sends")
        self.add_switch(writing, "short_names")
        row = self.add(writing, "hints")
        self.hints = row.attach(Switch(row, self.theme, on_change=self._set_hints))
        reading = self.section(_("Reading"))
        self.add_switch(reading, "fold_joins")
        self.add_switch(reading, "ask_links")
        start = self.section(_("When the window opens"))
        self.add_switch(start, "reopen")
        self.add_switch(start, "connect_at_start")

    def show(self) -> None:
        """Show the settings."""
        super().show()
        self.hints.show(self.tools.settings.messages_sent < PRACTISED)

    def _set_hints(self, is_on: bool) -> None:
        """Begin to count sent messages again, or act as if there were enough of them."""
        self.tools.set("messages_sent", 0 if is_on else PRACTISED)


MESSAGES = SettingsPage("messages", N_("Messages"), "chat", TEXTS, MessagesPage)
