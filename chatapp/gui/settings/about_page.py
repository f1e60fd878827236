"""The page "About" of the settings: versions and folders."""

from __future__ import annotations

import platform
import tkinter as tk

import chatapp
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingRow, SettingText

TEXTS = (SettingText("version", "Version", keywords="about chatapp python tk tkinter release"),)


class AboutPage(PageView):
    """Which program this is."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "About", TEXTS)
        card = self.section()
        row = SettingRow(
            card, self.theme, SettingText("version", f"Chatapp {chatapp.__version__}", versions(self))
        )
        self.rows["version"] = card.add(row)


def versions(widget: tk.Misc) -> str:
    """Return the versions of Python and Tk."""
    return f"Python {platform.python_version()} · Tk {widget.tk.call('info', 'patchlevel')}"


ABOUT = SettingsPage("about", "About", "info", TEXTS, AboutPage, is_apart=True)
