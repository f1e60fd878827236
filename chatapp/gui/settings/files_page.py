"""The page "Files" of the settings: downloads, pictures, and what the server takes."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk

from chatapp.client.model.changes import Change, StatusChanged
from chatapp.client.model.file_service import FileService
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets import file_dialogs
from chatapp.gui.widgets.setting_row import SettingRow, SettingText
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import N_, _, ngettext

TEXTS = (
    SettingText(
        "download_folder", N_("Download folder"),
        keywords=N_("save directory place where files downloads"),
    ),
    SettingText(
        "show_pictures", N_("Show pictures in messages"),
        N_("If this is off, pictures are shown as files."), N_("images thumbnails previews photos"),
    ),
    SettingText(
        "load_thumbnails", N_("Load them automatically"),
        N_("Only small pictures from the server that you are connected to."),
        N_("images thumbnails automatic data"),
    ),
    SettingText(
        "remove_metadata", N_("Remove location and camera data from pictures before sending"),
        N_("The picture itself stays as it is. Videos and documents are sent unchanged."),
        N_("exif gps location metadata privacy photo"),
    ),
    SettingText("stored_pictures", N_("Pictures that were shown"), keywords=N_("cache clear space disk")),
    SettingText("server_files", N_("Files on this server"), keywords=N_("limit size days kept upload")),
)  # fmt: skip
CHOOSE = N_("Choose the folder for downloads")
NO_FILES = N_("This server does not keep files.")
NOT_CONNECTED = N_("You are not connected.")


class FilesPage(PageView):
    """What happens to files and pictures on this computer, and the limits of the server."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Files"), TEXTS)
        px = self.theme.px
        downloads = self.section(_("Downloads"))
        self.folder = self.add(downloads, "download_folder")
        buttons = self.folder.attach(ttk.Frame(self.folder))
        self.usual = ttk.Button(
            buttons,
            text=_("Use the default folder"),
            style="Small.TButton",
            command=lambda: self._set_folder(""),
        )
        self.choose = ttk.Button(buttons, text=_("Choose…"), style="Small.TButton", command=self._choose)
        self.choose.pack(side="right")
        self.usual.pack(side="right", padx=(0, px(8)))
        pictures = self.section(_("Pictures"))
        self.add_switch(pictures, "show_pictures")
        self.loads = self.add_switch(pictures, "load_thumbnails")
        self.add_switch(pictures, "remove_metadata")
        stored = self.section(_("On this computer"))
        self.stored = self.add(stored, "stored_pictures")
        self.clear = self.stored.attach(
            ttk.Button(self.stored, text=_("Clear"), style="Small.TButton", command=self._clear)
        )
        server = self.section(_("This server"))
        self.server: SettingRow = self.add(server, "server_files")

    def show(self) -> None:
        """Show the settings, the space that is used, and the limits of the server."""
        super().show()
        settings, files = self.tools.settings, self.tools.client.files
        self.folder.show_note(settings.download_folder or _usual_folder(files.usual_folder))
        if settings.download_folder:
            self.usual.pack(side="right", padx=(0, self.theme.px(8)))
        else:
            self.usual.pack_forget()
        self.loads.state(["!disabled" if settings.show_pictures else "disabled"])
        size = files.stored_bytes()
        self.stored.show_note(
            _("{size}. They are removed when the window is closed.").format(size=format_size(size))
            if size
            else _("None are stored.")
        )
        self.clear.state(["!disabled" if size else "disabled"])
        network = self.tools.client.network
        is_connected = network.state == "online"
        self.server.show_note(limits(files.service(network)) if is_connected else _(NOT_CONNECTED))

    def apply(self, change: Change) -> None:
        """Follow the server: it may have other limits now."""
        if isinstance(change, StatusChanged):
            self.show()

    def _choose(self) -> None:
        folder = self.tools.settings.download_folder or str(self.tools.client.files.usual_folder or "")
        chosen = file_dialogs.folder_to_use(self, _(CHOOSE), folder)
        if chosen is not None:
            self._set_folder(str(chosen))

    def _set_folder(self, folder: str) -> None:
        self.tools.set("download_folder", folder)
        self.show()
        self.choose.focus_set()

    def _clear(self) -> None:
        self.tools.client.files.clear_pictures()
        self.show()


def limits(service: FileService | None) -> str:
    """Return what a server does with files, as sentences."""
    if service is None:
        return _(NO_FILES)
    parts = []
    if service.most_bytes:
        parts.append(_("A file can be up to {size}.").format(size=format_size(service.most_bytes)))
    if service.days:
        kept = ngettext("Files are kept for {days} day.", "Files are kept for {days} days.", service.days)
        parts.append(kept.format(days=service.days))
    else:
        parts.append(_("Files are kept until somebody deletes them."))
    return " ".join([*parts, *([service.who_may] if service.who_may else [])])


def _usual_folder(folder: Path | None) -> str:
    return str(folder) if folder is not None else _("This user has no folder for downloads. Choose one.")


FILES = SettingsPage("files", N_("Files"), "file", TEXTS, FilesPage)
