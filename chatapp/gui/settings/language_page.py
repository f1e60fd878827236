"""The page "Language" of the settings."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.translation import LANGUAGES, N_, _, choose
from chatapp.system.user_languages import preferred_languages

TEXTS = (
    SettingText(
        "language",
        N_("Language of the window"),
        N_("Messages, and what a server says, stay as they were written."),
        "language sprache idioma lengua भाषा english deutsch español हिन्दी translation",
    ),
)


class LanguagePage(PageView):
    """Which language the window speaks."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Language"), TEXTS)
        of_system = LANGUAGES[choose("", preferred_languages())]
        labels = {"": _("Same as system ({language})").format(language=of_system), **LANGUAGES}
        self.language = self.add_choice(self.section(), "language", labels)


LANGUAGE = SettingsPage("language", N_("Language"), "globe", TEXTS, LanguagePage)
