"""Opens the window of the settings, one at a time, and keeps it up to date.

The window and its pages are imported when it is opened, so that the main window is there sooner.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model.changes import Change
from chatapp.gui.dialogs.jump_targets import CommandTarget
from chatapp.gui.main.notification_controller import NotificationController
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.theme.theme import Theme

if TYPE_CHECKING:
    from chatapp.gui.settings.setting_search import Found
    from chatapp.gui.settings.settings_window import SettingsWindow


class SettingsController:
    """Connects the window of the settings with the main window.

    Args:
        on_setting: Called with the name of a setting that was changed.
        folder: The folder of settings and logs; None if nothing is stored.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        client: Client,
        settings: Settings,
        on_setting: Callable[[str], object],
        notifications: NotificationController,
        folder: Path | None = None,
    ) -> None:
        self._root = root
        self._settings = settings
        self._on_setting = on_setting
        self.tools = PageTools(theme, client, settings, self._set, self.open, notifications, folder)
        self.window: SettingsWindow | None = None

    def open(self, page: str = "") -> None:
        """Show the settings.

        Args:
            page: The key of the page; empty for the one that was shown last.
        """
        from chatapp.gui.settings.pages import PAGES
        from chatapp.gui.settings.settings_window import SettingsWindow

        if self.window is None:
            self.window = SettingsWindow(
                self._root, self.tools, PAGES, on_page=self._note_page, on_close=self._forget
            )
        self.window.open(page or self.window.shown or self._settings.settings_page)

    def protect(self) -> None:
        """Show where the user gives the own name a password."""
        from chatapp.gui.settings.account_page import ACCOUNT
        from chatapp.gui.settings.setting_search import Found

        self._open_found(Found(ACCOUNT, next(each for each in ACCOUNT.texts if each.key == "password")))

    def rebuild(self) -> None:
        """Show the window, if it is open, in the language that is chosen now."""
        if self.window is not None:
            self.window.rebuild()

    def targets(self) -> Iterator[CommandTarget]:
        """Yield what of the settings "Jump to" offers now."""
        from chatapp.gui.settings.pages import PAGES
        from chatapp.gui.settings.setting_targets import setting_targets

        network = self.tools.client.network
        yield from setting_targets(
            (page.on(network) for page in PAGES if page.is_offered(network)), self._open_found
        )

    def apply(self, change: Change) -> None:
        """Follow a change of the client."""
        if self.window is not None:
            self.window.apply(change)

    def setting_changed(self) -> None:
        """Show a setting that was changed elsewhere, such as by a shortcut."""
        if self.window is not None:
            self.window.show_settings()

    def close(self) -> None:
        """Close the window."""
        if self.window is not None:
            self.window.close()

    def _open_found(self, found: Found) -> None:
        """Show the settings at a row, or at the beginning of a page."""
        self.open(found.page.key)
        if self.window is not None:
            self.window.open_found(found)

    def _set(self, name: str, value: object) -> None:
        if getattr(self._settings, name) != value:
            setattr(self._settings, name, value)
            self._on_setting(name)

    def _note_page(self, key: str) -> None:
        self._settings.settings_page = key

    def _forget(self) -> None:
        self.window = None
