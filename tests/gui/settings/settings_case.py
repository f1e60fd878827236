"""The base class of tests of the settings: a controller with a client that is not connected."""

from __future__ import annotations

import tempfile
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.main.notification_controller import NotificationController, NotificationHandlers
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.settings.settings_controller import SettingsController
from chatapp.gui.settings.settings_window import SettingsWindow
from chatapp.gui.widgets.list_row import Mark
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.system.notice import Notice
from tests.gui.base import WindowTest
from tests.gui.recording_notifier import RecordingNotifier


def page(
    title: str, texts: Sequence[SettingText] = (), marks: tuple[Mark, ...] = (), is_apart: bool = False
) -> SettingsPage:
    """Return a page without rows on the screen; its key is its title."""

    def build(master: tk.Misc, tools: PageTools) -> PageView:
        return PageView(master, tools, title, texts)

    return SettingsPage(title, title, "info", texts, build, marks=marks, is_apart=is_apart)


class SettingsCase(WindowTest):
    """`changed` collects the names of the settings that were changed, `notices` the notifications."""

    def setUp(self) -> None:
        super().setUp()
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        self.client = Client(self.folder / "server.log", TrustedCertificates())
        self.settings = Settings(theme="dark")
        self.changed: list[str] = []
        self.notices: list[Notice] = []
        self.notifier = RecordingNotifier(self.notices)
        self.notifications = NotificationController(
            self.root,
            self.client,
            self.settings,
            NotificationHandlers(on_open=lambda conversation, entry: None, server_name=lambda network: ""),
            lambda on_click: self.notifier,
        )
        self.controller = SettingsController(
            self.root,
            self.theme,
            self.client,
            self.settings,
            self.changed.append,
            self.notifications,
            self.folder,
        )

    @property
    def window(self) -> SettingsWindow:
        assert self.controller.window is not None
        return self.controller.window

    def open(self, page: str = "", size: str = "") -> PageView:
        """Open the settings; return the page that is shown.

        Args:
            size: Of the window in pixels, such as "520x360".
        """
        self.controller.open(page)
        window = self.window
        self.until(lambda: bool(window.view.winfo_viewable()))
        if size:
            self.resize(size)
        self.settle()
        return window.view

    def resize(self, size: str) -> None:
        """Give the window another size, such as "520x360", and wait until its content has it too."""
        window, (width, height) = self.window, map(int, size.split("x"))
        window.geometry(size)
        self.until(lambda: (window.winfo_width(), window.winfo_height()) == (width, height))
        content = window.view.winfo_toplevel().children["!frame2"]
        self.until(lambda: content.winfo_x() + content.winfo_width() == width)
        self.settle()
