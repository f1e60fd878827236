"""Files on their way into the composer, and what the user does with those in it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.gui.main import attachment_texts
from chatapp.gui.main.attachment_texts import FileOffer
from chatapp.gui.main.composer import Composer
from chatapp.gui.widgets import file_dialogs
from chatapp.languages.translation import N_, _

TITLE = N_("Send files")


class AttachmentController:
    """Passes files of the user to the client, and shows those of the conversation in the composer.

    Args:
        conversation: Returns the shown conversation.
        composer: Returns the composer, which is made after this.
    """

    def __init__(
        self,
        master: tk.Misc,
        client: Client,
        settings: Settings,
        conversation: Callable[[], Conversation | None],
        composer: Callable[[], Composer],
    ) -> None:
        self._master = master
        self._client = client
        self._settings = settings
        self._conversation = conversation
        self._composer = composer

    def offer(self) -> FileOffer:
        """Return whether files can be sent to the shown conversation."""
        conversation = self._conversation()
        return attachment_texts.file_offer(self._client.network, conversation)

    def choose(self) -> None:
        """Let the user choose files; they go to the conversation in which that was begun."""
        conversation = self._conversation()
        paths = file_dialogs.files_to_open(self._master, _(TITLE), self._settings.file_folder)
        if not paths or conversation is None:
            return
        self._settings.file_folder = str(paths[0].parent)
        self.attach(paths, conversation)
        self._composer().field.focus_set()

    def attach(self, paths: Iterable[Path], conversation: Conversation) -> None:
        """Put files into the composer of a conversation, unless that was closed meanwhile."""
        if not self._is_open(conversation):
            return
        for path in paths:
            self._client.files.attach(conversation, path)
        self.paint()

    def remove(self, attachment: Attachment) -> None:
        """Take a file out of the composer."""
        conversation = self._conversation()
        if conversation is not None:
            self._client.files.detach(conversation, attachment)
            self.paint()

    def retry(self, attachment: Attachment) -> None:
        """Send a file again that has failed."""
        conversation = self._conversation()
        if conversation is not None:
            self._client.files.retry(conversation, attachment)
            self.paint()

    def paint(self) -> None:
        """Show the files of the shown conversation as they are now."""
        conversation = self._conversation()
        files = self._client.files.attachments(conversation) if conversation is not None else ()
        self._composer().show_files(attachment_texts.rows(self._client.network, files))

    def _is_open(self, conversation: Conversation) -> bool:
        return any(conversation in each.conversations.values() for each in self._client.networks)
