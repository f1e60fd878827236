"""What the user does to files that messages link to, passed on to the client and the system."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.files.media_types import media_type
from chatapp.client.model import abilities
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import PICTURES, FileCard
from chatapp.client.model.model import Entry
from chatapp.client.text.file_links import FileLink
from chatapp.gui.main.file_opener import FileOpener
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.file_deeds import FileDeed, deeds_of
from chatapp.gui.transcript.selection import set_clipboard
from chatapp.gui.widgets import file_dialogs
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.languages.translation import N_, _

SAVE_TITLE = N_("Save as")
DELETED_FOR_ALL = N_("Nobody can download it any more. This cannot be undone.")


class MessageFiles:
    """Carries out what the cards of files and their menus offer.

    Args:
        conversation: Returns the shown conversation.
        show_problem: Shows why something is not possible.
        on_picture: Called with a conversation and a picture in it to show it as a whole.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        client: Client,
        conversation: Callable[[], Conversation | None],
        *,
        show_problem: Callable[[str], object],
        on_picture: Callable[[Conversation, FileCard], object],
    ) -> None:
        self._master = master
        self._theme = theme
        self._client = client
        self._conversation = conversation
        self._on_picture = on_picture
        self._opener = FileOpener(master, theme, show_problem)
        self._save_folder = ""

    def card(self, link: FileLink) -> FileCard | None:
        """Return what is known of a file in sight; the server is asked for the rest."""
        return self._client.files.card(self._client.network, link) if self._conversation() else None

    def check(self, card: FileCard) -> None:
        """Ask the server whether it still has a file whose time is over."""
        self._client.files.check(self._client.network, card)

    def deeds(self, entry: Entry, card: FileCard) -> list[FileDeed]:
        """Return what to offer for a file that a message links to."""
        conversation, network = self._conversation(), self._client.network
        may_delete = (
            conversation is not None
            and card.state == "known"
            and self._client.files.can_delete(network)
            and (entry.own or abilities.may_delete(network, conversation, entry))
        )
        return deeds_of(card, may_delete)

    def do(self, card: FileCard, deed: FileDeed) -> None:
        """Do something to a file."""
        files, network = self._client.files, self._client.network
        match deed:
            case "view":
                conversation = self._conversation()
                if conversation is not None:
                    self._on_picture(conversation, card)
            case "download":
                if files.options.folder is None and files.usual_folder is None:
                    self.save(card)
                else:
                    files.download(network, card)
            case "cancel":
                files.cancel_download(network, card)
            case "open":
                self._with_path(card, self._opener.open)
            case "folder":
                self._with_path(card, self._opener.show_in_folder)
            case "save":
                self.save(card)
            case "retry":
                files.ask_again(network, card)
            case "copy":
                self.copy_link(card.link.url)
            case "delete":
                self._ask_delete(card)

    def own_link(self, link: str) -> str:
        """Return a link of a message as other programs can open it; see `ClientFiles.with_own_links`."""
        return self._client.files.with_own_links(self._client.network, link)

    def copy_link(self, link: str) -> None:
        """Copy a link of a message, or the name of a channel."""
        set_clipboard(self._master, self.own_link(link))

    def save(self, card: FileCard) -> None:
        """Let the user choose where a file is saved, and under which name."""
        network = self._client.network
        path = file_dialogs.file_to_save(self._master, _(SAVE_TITLE), card.name, self._save_folder)
        if path is not None:
            self._save_folder = str(path.parent)
            self._client.files.save(network, card, path)

    def pictures(self, conversation: Conversation) -> list[FileCard]:
        """Return the pictures in the messages of a conversation that are loaded, the oldest one first."""
        files, network = self._client.files, self._client.network_of(conversation)
        shown = conversation.past or conversation
        links = {
            link.id: link
            for entry in shown.entries
            if not entry.deleted_by and "/files/" in entry.text
            for link in files.links(network, entry.text)
            if media_type(link.name) in PICTURES
        }
        cards = [files.card(network, link) for link in links.values()]
        return [card for card in cards if card.state != "gone"]

    def open_path(self, path: Path) -> None:
        """Open a file with the program that the system has for it."""
        self._opener.open(path)

    def _with_path(self, card: FileCard, act: Callable[[Path], object]) -> None:
        """Do something to a file that was downloaded; one that is gone can be downloaded again."""
        path = card.download.path if card.download is not None else None
        if path is None:
            return
        act(path)
        if not path.is_file():
            self._client.files.forget_download(self._client.network, card)

    def _ask_delete(self, card: FileCard) -> None:
        network = self._client.network
        ask_to_delete(self._master, self._theme, card.name, lambda: self._client.files.delete(network, card))


def ask_to_delete(master: tk.Misc, theme: Theme, name: str, delete: Callable[[], object]) -> None:
    """Ask the user whether to delete a file from the server."""
    QuestionDialog(
        master.winfo_toplevel(),
        theme,
        _("Delete “{name}”?").format(name=name),
        _(DELETED_FOR_ALL),
        {_("Cancel"): lambda: None, _("Delete the file"): delete},
        escape=_("Cancel"),
        danger=_("Delete the file"),
    )
