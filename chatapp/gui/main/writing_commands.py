"""What the user does in the composer, passed on to the client."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chatapp.client.client import Client
from chatapp.client.model.abilities import may_edit
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import with_file_names
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry
from chatapp.client.outgoing import slash_commands, written_text
from chatapp.client.outgoing.completion import MENU_LETTERS, Completion, TabCompletion, suggest
from chatapp.client.outgoing.mention_names import with_display_names
from chatapp.client.text.file_links import with_files
from chatapp.gui.main.attachment_controller import AttachmentController
from chatapp.gui.main.composer import Composer, ComposerHandlers
from chatapp.gui.transcript.message_actions import last_own
from chatapp.gui.widgets.undo_notice import Undo
from chatapp.languages.translation import N_, _

LEFT_OUT = N_("“{name}” is taken out of the message")


class WritingCommands:
    """Carries out the actions of the composer.

    Args:
        conversation: Returns the shown conversation.
        composer: Returns the composer, which is made after this.
        on_sent: Called after a message or a command was sent.
        on_edit: Called with the text after every change by the user.
        on_emoji: Called with the screen coordinates above which the emoji picker opens.
        on_choose: Called to give the keyboard to the messages, with one of them chosen.
        on_undo: Called for Undo in an empty field; returns whether anything was undone.
        on_undoable: Called with what can be undone for some seconds.
        on_scroll: Called with the number of pages by which the messages scroll.
        on_end: Called to go to the first message that is loaded, or with True to the newest one.
        attachments: Has the files of the composer.
        enter_sends: Returns whether Enter sends.
    """

    def __init__(
        self,
        client: Client,
        conversation: Callable[[], Conversation | None],
        composer: Callable[[], Composer],
        *,
        on_sent: Callable[[], object],
        on_edit: Callable[[str], object],
        on_emoji: Callable[[int, int], object],
        on_choose: Callable[[], object],
        on_undo: Callable[[], bool],
        on_undoable: Callable[[Undo], object],
        on_scroll: Callable[[int], object],
        on_end: Callable[[bool], object],
        attachments: AttachmentController,
        enter_sends: Callable[[], bool] = lambda: True,
    ) -> None:
        self._client = client
        self._conversation = conversation
        self._composer = composer
        self._on_sent = on_sent
        self._on_edit = on_edit
        self._on_emoji = on_emoji
        self._on_choose = on_choose
        self._on_undo = on_undo
        self._on_undoable = on_undoable
        self._on_scroll = on_scroll
        self._on_end = on_end
        self._attachments = attachments
        self._enter_sends = enter_sends
        self._tab = TabCompletion()

    def handlers(self) -> ComposerHandlers:
        """Return the functions for the composer."""
        return ComposerHandlers(
            on_send=self._send,
            on_save=self._save,
            on_delete=self._delete,
            on_edit=self._on_edit,
            on_remove_file=self._attachments.remove,
            on_retry_file=self._attachments.retry,
            on_file=self._attachments.choose,
            on_clipboard=self._attachments.paste,
            file_offer=self._attachments.offer,
            on_edit_last=self.edit_last,
            on_tab=self._complete,
            on_emoji=self._on_emoji,
            on_choose=self._on_choose,
            on_undo=self._on_undo,
            on_scroll=self._on_scroll,
            on_end=self._on_end,
            suggest=self._suggest,
            usage=slash_commands.usage,
            confirmation=lambda text, key: self._client.long_text_question(self._conversation(), text, key),
            name_of=lambda nick: self._client.network_of(self._conversation()).display_name(nick),
            with_file_names=lambda text: with_file_names(self._client.network_of(self._conversation()), text),
            parts_of=self._parts_of,
            on_file_left_out=self._left_out,
            enter_sends=self._enter_sends,
        )

    def _send(self, text: str, reply_to: Entry | None) -> str | None:
        problem = self._client.run(self._conversation(), text, reply_to)
        if problem is None:
            self._on_sent()
        return problem

    def _save(self, entry: Entry, text: str, files: Sequence[Attachment]) -> str | None:
        conversation = self._conversation()
        if conversation is None:
            return None
        network = self._client.network_of(conversation)
        words = written_text.message_to_send(network, conversation, text)
        return self._client.edit(conversation, entry, with_files(words, (each.url for each in files)))

    def _delete(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.delete(conversation, entry)

    def undo_delete(self) -> bool:
        """Undo the last deletion in this conversation; return whether one could be undone."""
        conversation = self._conversation()
        if conversation is None:
            return False
        due = {
            entry.pending_deletion.due: entry
            for entry in conversation.entries
            if entry.pending_deletion is not None and entry.can_undo_deletion
        }
        return bool(due) and self._client.undo_delete(conversation, due[max(due)])

    def edit_last(self) -> bool:
        """Begin to edit the last own message; return whether it can be edited."""
        conversation = self._conversation()
        if conversation is None:
            return False
        last = last_own(conversation)
        if last is None or not may_edit(self._client.network_of(conversation), conversation, last):
            return False
        self._composer().edit(last)
        return True

    def _parts_of(self, entry: Entry) -> tuple[str, tuple[Attachment, ...]]:
        """Return the text to edit, with names as they are shown, and the files beside it.

        Of a change that was refused the new ones come back.
        """
        conversation = self._conversation()
        text = entry.pending_edit.text if entry.pending_edit else entry.text
        if conversation is None:
            return text, ()
        network = self._client.network_of(conversation)
        text, files = self._attachments.of_message(network, text)
        return with_display_names(network, conversation, text), files

    def _left_out(
        self, attachment: Attachment, put_back: Callable[[], object], is_possible: Callable[[], bool]
    ) -> None:
        """Offer to put a file back that was taken out of the edited message."""
        text = _(LEFT_OUT).format(name=attachment.name)
        self._on_undoable(Undo(text, put_back, is_possible=is_possible))

    def _complete(self, text: str, cursor: int, back: bool) -> tuple[str, int] | None:
        conversation = self._conversation()
        if conversation is None:
            return None
        return self._tab.next(self._client.network_of(conversation), conversation, text, cursor, back)

    def _suggest(self, text: str, cursor: int, is_open: bool) -> Completion | None:
        conversation = self._conversation()
        if conversation is None:
            return None
        letters = 0 if is_open else MENU_LETTERS
        return suggest(self._client.network_of(conversation), conversation, text, cursor, letters)
