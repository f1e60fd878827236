"""The page "About" of the settings: versions, the licence, folders, and details for a report."""

from __future__ import annotations

import platform
import subprocess
import sys
import tkinter as tk
from functools import partial
from pathlib import Path
from tkinter import ttk

import chatapp
from chatapp.gui.settings import desktop_section
from chatapp.gui.settings.desktop_section import DesktopSection
from chatapp.gui.settings.licence import LICENCE
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.copy_button import CopyButton
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.languages.translation import N_, _
from chatapp.system.desktop import DesktopPlace, desktop_place

TEXTS = (
    SettingText("version", f"Chatapp {chatapp.__version__}", keywords=N_("about release python tk tkinter")),
    SettingText(
        "report", N_("Details for a report"),
        N_("Versions, also of the server, and the look of the window. No names, addresses or messages."),
        N_("copy bug problem help"),
    ),
    SettingText("folder", N_("Settings and logs"), keywords=N_("open folder directory log file")),
    *desktop_section.TEXTS,
    SettingText("licence", N_("MIT licence"), keywords=N_("license copyright free open source")),
)  # fmt: skip
NOT_OPENED = N_("No program was found to open the folder.")


class AboutPage(PageView):
    """Which program this is."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("About"), TEXTS)
        card = self.section()
        self.add(card, "version").show_note(versions(self))
        report = self.add(card, "report")
        self.copy_button = report.attach(CopyButton(report, _("Copy details"), self._copy))
        if tools.folder is not None:
            self.folder_row = self.add(card, "folder")
            self.folder_row.show_note(str(tools.folder))
            open_button = ttk.Button(
                self.folder_row, text=_("Open folder"), command=partial(self._open_folder, tools.folder)
            )
            self.folder_row.attach(open_button)
        place = _place()
        self.desktop = DesktopSection(self, place) if place is not None else None
        licence = self.section()
        self.add(licence, "licence").show_note(LICENCE)

    def show(self) -> None:
        """Show the settings and the desktop as they are now."""
        super().show()
        if self.desktop is not None:
            self.desktop.show()

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(details(self, self.theme, self.tools.client.network.server_software))

    def _open_folder(self, folder: Path) -> None:
        self.folder_row.show_problem("" if open_folder(folder) else _(NOT_OPENED))


def _place() -> DesktopPlace | None:
    """Return the place on the desktop; None without a home folder."""
    try:
        return desktop_place()
    except RuntimeError:
        return None


def versions(widget: tk.Misc) -> str:
    """Return the versions of Python and Tk."""
    return f"Python {platform.python_version()} · Tk {widget.tk.call('info', 'patchlevel')}"


def details(widget: tk.Misc, theme: Theme, server: str = "") -> str:
    """Return what a report of a problem needs, in English, and nothing about people.

    Args:
        server: The program of the server with its version; empty if unknown.
    """
    windows = widget.tk.call("tk", "windowingsystem")
    return "\n".join(
        (
            f"Chatapp {chatapp.__version__}",
            f"System: {platform.system()} {platform.release()} ({platform.machine()}), {windows}",
            versions(widget),
            *([f"Server: {server}"] if server else []),
            f"Screen: {widget.winfo_screenwidth()}×{widget.winfo_screenheight()}, scale {theme.scale:g}",
            f"Theme: {theme.name} ({theme.colours.name}), text of {theme.size} points",
        )
    )


def open_folder(folder: Path) -> bool:
    """Open a folder in the file manager, without waiting for it; return whether there is one."""
    program = {"win32": "explorer", "darwin": "open"}.get(sys.platform, "xdg-open")
    try:
        subprocess.Popen(
            [program, str(folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
    except OSError:
        return False
    return True


ABOUT = SettingsPage("about", N_("About"), "info", TEXTS, AboutPage, is_apart=True)
