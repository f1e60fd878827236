"""Files on their way into the composer, and what the user does with those in it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.files.saved_names import safe_name
from chatapp.client.files.thumbnails import SmallPictures, make_thumbnails
from chatapp.client.local.settings import Settings
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import FileLink
from chatapp.gui.main import attachment_texts, pasted_files
from chatapp.gui.main.attachment_texts import FileOffer
from chatapp.gui.main.composer import Composer
from chatapp.gui.main.pasted_files import PastedFiles
from chatapp.gui.widgets import file_dialogs, tk_process
from chatapp.gui.widgets.background_work import BackgroundWork
from chatapp.gui.widgets.file_drop import accept_files
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import N_, _
from chatapp.system.picture_tools import converters

TITLE = N_("Send files")
DROP_MILLISECONDS = 2000  # after which the window begins to take dropped files; Tk looks for the extension
MOST_PICTURES = 50  # small ones that are kept for the rows


class AttachmentController:
    """Passes files of the user to the client, and shows those of the conversation in the composer.

    Args:
        conversation: Returns the shown conversation.
        composer: Returns the composer, which is made after this.
        now: Returns Unix seconds.
    """

    def __init__(
        self,
        master: tk.Misc,
        client: Client,
        settings: Settings,
        conversation: Callable[[], Conversation | None],
        composer: Callable[[], Composer],
        now: Callable[[], float],
    ) -> None:
        self._master = master
        self._client = client
        self._settings = settings
        self._conversation = conversation
        self._composer = composer
        self._now = now
        self._work = BackgroundWork(master)
        self._progress: dict[int, tuple[int, bool]] = {}  # of the messages that wait for files, by their keys
        self._pictures: dict[Attachment, tk.PhotoImage] = {}
        client.files.options.converters = lambda: [tk_process.shrink]  # see `DECODED_UNASKED`
        WidgetTimers(master).start("drop", DROP_MILLISECONDS, lambda: accept_files(master, self._drop))

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
            self._attach(conversation, path)
        self.paint()

    def restore(self) -> None:
        """Put the files that were in the composer at the end of the program into it again."""
        conversation = self._conversation()
        if conversation is not None and conversation.kept_files:
            paths, conversation.kept_files = conversation.kept_files, []
            for path in paths:
                self._attach(conversation, path)

    def paste(self, text: str) -> None:
        """Send the files or the picture of the clipboard, after its text was pasted.

        Args:
            text: What was pasted; if the clipboard has files, that were only their names. Empty for none.
        """
        conversation = self._conversation()
        if conversation is None or not pasted_files.may_be_files(text):
            return
        self._work.run(
            partial(pasted_files.find, text, tk_process.read_clipboard),
            partial(self._pasted, conversation, text),
        )

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
        composer = self._composer()
        composer.show_files(attachment_texts.rows(self._client.network, files))
        for attachment in list(composer.files.rows):  # also those of a message that is edited
            if attachment in self._pictures:
                composer.files.show_picture(attachment, self._pictures[attachment])

    def of_message(self, network: Network, text: str) -> tuple[str, tuple[Attachment, ...]]:
        """Return the text of a message that was sent, and its files as rows of the composer show them."""
        words, links = self._client.files.split(network, text)
        files = [self._sent_file(network, each) for each in links]
        for each in files:
            if each.thumbnail:
                self._make_pictures(each, each.thumbnail, self._made_row)
        return words, tuple(files)

    def _sent_file(self, network: Network, link: FileLink) -> Attachment:
        card = self._client.files.known_card(network, link)
        size = (card.size if card else None) or 0
        name, thumbnail = (card.name, card.thumbnail) if card else (safe_name(link.name), b"")
        return Attachment(b"", name, size, "ready", url=link.url, thumbnail=thumbnail)

    def stale_messages(self) -> list[Entry]:
        """Return the messages of the shown conversation that wait for files which have made progress."""
        conversation = self._conversation()
        waiting = [each for each in conversation.pending() if each.attachments] if conversation else []
        progress = {
            each.key: (
                sum(file.sent * 100 // max(file.total, 1) for file in each.attachments),
                any(file.is_stalled for file in each.attachments),
            )
            for each in waiting
        }
        before, self._progress = self._progress, progress
        return [each for each in waiting if before.get(each.key) != progress[each.key]]

    def _pasted(self, conversation: Conversation, text: str, found: PastedFiles) -> None:
        """Put what was pasted into the composer of the conversation, in place of its name or path."""
        is_shown = conversation is self._conversation()
        if is_shown and not self._composer().takes_files:
            if found.paths or found.picture:
                self._composer().refuse_files()
            return
        if (found.paths or found.picture) and is_shown and text:
            self._composer().take_out(text)
        if found.paths:
            self.attach(found.paths, conversation)
        elif found.picture and self._is_open(conversation):
            names = (each.name for each in self._client.files.attachments(conversation))
            name = pasted_files.picture_name(self._now(), names)
            self._attach(conversation, found.picture, name)
            self.paint()
        elif found.named and is_shown:
            label = pasted_files.offer_label(found.named)
            self._composer().offer_file(label, partial(self._take_offer, conversation, text, found.named))

    def _take_offer(self, conversation: Conversation, text: str, paths: Sequence[Path]) -> None:
        """Send the files of a pasted path in place of the text."""
        composer = self._composer()
        if conversation is self._conversation() and composer.take_out(text):
            self.attach(paths, conversation)
        composer.field.focus_set()

    def _drop(self, paths: Sequence[Path]) -> None:
        conversation = self._conversation()
        if conversation is None:
            return
        if self._composer().takes_files:
            self.attach(paths, conversation)
        else:
            self._composer().refuse_files()
        self._composer().field.focus_set()

    def _attach(self, conversation: Conversation, source: Path | bytes, name: str = "") -> None:
        """Attach a file, and make its thumbnail meanwhile."""
        files = self._client.files
        attachment = files.attach(conversation, source, name, awaits_thumbnail=True)
        if attachment.is_over:
            files.set_thumbnail(attachment, b"")
        self._make_pictures(
            attachment, source, self._made_row if attachment.is_over else self._made_thumbnails
        )

    def _make_pictures(
        self,
        attachment: Attachment,
        source: Path | bytes,
        made: Callable[[Attachment, SmallPictures], object],
    ) -> None:
        """Make the small pictures of a file; `made` gets them."""
        self._work.run(
            partial(_thumbnails_of, source, self._composer().files.picture_side), partial(made, attachment)
        )

    def _made_thumbnails(self, attachment: Attachment, made: SmallPictures) -> None:
        self._client.files.set_thumbnail(attachment, made.shared)
        self._made_row(attachment, made)

    def _made_row(self, attachment: Attachment, made: SmallPictures) -> None:
        if made.row:
            self.show_picture(attachment, tk.PhotoImage(master=self._master, data=made.row))

    def show_picture(self, attachment: Attachment, picture: tk.PhotoImage) -> None:
        """Show a small picture of a file in its row, now and whenever its conversation is shown."""
        while len(self._pictures) >= MOST_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[attachment] = picture
        self._composer().files.show_picture(attachment, picture)

    def _is_open(self, conversation: Conversation) -> bool:
        return any(conversation in each.conversations.values() for each in self._client.networks)


def _thumbnails_of(source: Path | bytes, row_side: int) -> SmallPictures:
    """Make the thumbnails of a file; for another thread than that of the window."""
    return make_thumbnails(source, [*converters(), tk_process.shrink], row_side)
