"""What the user does to messages of the shown conversation, passed on to the client and the composer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from chatapp.client.client import Client
from chatapp.client.model import abilities
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry, Reference
from chatapp.gui.main.composer import Composer
from chatapp.gui.main.message_files import MessageFiles
from chatapp.gui.transcript.message_handlers import Ability, MessageHandlers
from chatapp.gui.transcript.transcript import Transcript
from chatapp.languages.translation import N_, _

TOO_LATE = N_("It was too late: the message is deleted.")


class MessageCommands:
    """Carries out the actions of the transcript.

    Args:
        conversation: Returns the shown conversation.
        transcript: Returns the transcript, which is made after this.
        composer: Returns the composer, which is made after this.
        show_problem: Shows why something is not possible.
        files: Carries out what the cards of files offer.
        on_link: Called with the target of a clicked link.
        on_person: Called with a clicked nick and the screen coordinates of the click.
        on_person_menu: The same for a right click.
        on_emoji: Called to pick an emoji: screen coordinates, and what is called with it.
    """

    def __init__(
        self,
        client: Client,
        conversation: Callable[[], Conversation | None],
        transcript: Callable[[], Transcript],
        composer: Callable[[], Composer],
        *,
        show_problem: Callable[[str], object],
        files: MessageFiles,
        on_link: Callable[[str], object],
        on_person: Callable[[str, int, int], object],
        on_person_menu: Callable[[str, int, int], object],
        on_emoji: Callable[[int, int, Callable[[str], object]], object],
    ) -> None:
        self._client = client
        self._conversation = conversation
        self._transcript = transcript
        self._composer = composer
        self._show_problem = show_problem
        self._files = files
        self._on_link = on_link
        self._on_person = on_person
        self._on_person_menu = on_person_menu
        self._on_emoji = on_emoji

    def handlers(self) -> MessageHandlers:
        """Return the functions for the transcript."""
        return MessageHandlers(
            abilities=self._abilities,
            on_reply=lambda entry: self._composer().reply_to(entry),
            on_react=self._react,
            on_pick_reaction=lambda entry, x, y: self._on_emoji(x, y, partial(self._react, entry)),
            on_mark_unread=self._mark_unread,
            on_edit=lambda entry: self._composer().edit(entry),
            on_delete=self._delete,
            on_undo_delete=self._undo_delete,
            on_retry=self._retry,
            on_edit_failed=self._edit_failed,
            on_discard=self._discard,
            on_cancel=self._cancel,
            on_parent=self._show_parent,
            on_quote_text=lambda text: self._composer().quote(text),
            on_link=lambda link: self._on_link(self._files.own_link(link)),
            on_copy_link=self._files.copy_link,
            on_person=self._on_person,
            on_person_menu=self._on_person_menu,
            on_quote_seen=self._fetch_quoted,
            on_mark_read=self._mark_read,
            on_type=lambda text: self._composer().insert(text),
            on_refusal=self._show_problem,
            on_leave=lambda: self._composer().field.focus_set(),
            file_card=self._files.card,
            check_file=self._files.check,
            file_deeds=self._files.deeds,
            on_file=self._files.do,
        )

    def reply_to_neighbour(self, step: int) -> None:
        """Reply to the last message of somebody else; again, to the one before it or after it.

        A reply to what is newer than the last one ends. The message is shown; what was typed stays.

        Args:
            step: -1 for an older message, 1 for a newer one.
        """
        conversation, composer = self._conversation(), self._composer()
        entries = conversation.entries if conversation is not None else []
        able = [each for each in entries if not each.own and "reply" in self._abilities(each)]
        current = composer.draft.reply_to
        if current in able:
            place = max(able.index(current) + step, 0)
        else:
            place = len(able) - 1 if step < 0 else len(able)
        if 0 <= place < len(able):
            composer.reply_to(able[place])
            self._transcript().jump_to(able[place].key, flash=True)
        elif current in able:
            composer.cancel()

    def _abilities(self, entry: Entry) -> frozenset[Ability]:
        conversation = self._conversation()
        if conversation is None or not entry.is_confirmed_message:
            return frozenset()
        network = self._client.network_of(conversation)
        possible: dict[Ability, bool] = {
            "reply": bool(entry.msgid) and abilities.may_reply(network, conversation),
            "react": bool(entry.msgid) and abilities.may_react(network, conversation),
            "edit": abilities.may_edit(network, conversation, entry),
            "delete": abilities.may_delete(network, conversation, entry),
            "mark_unread": conversation.kind != "server",
        }
        return frozenset(ability for ability, is_possible in possible.items() if is_possible)

    def _react(self, entry: Entry, reaction: str) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.react(conversation, entry, reaction)

    def _mark_unread(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.mark_unread_from(conversation, entry)

    def _mark_read(self) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.mark_read(conversation, by_command=True)

    def _fetch_quoted(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.fetch_quoted(conversation, entry)

    def _delete(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._client.delete(conversation, entry)

    def _undo_delete(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None and not self._client.undo_delete(conversation, entry):
            self._show_problem(_(TOO_LATE))

    def _retry(self, entry: Entry) -> None:
        conversation = self._conversation()
        if conversation is not None:
            self._show_problem(self._client.retry(conversation, entry) or "")

    def _discard(self, entry: Entry) -> None:
        """Discard a failed message, or a change of a message that the server has refused."""
        conversation = self._conversation()
        if conversation is not None and entry.state == "failed":
            self._client.discard(conversation, entry)
        elif conversation is not None:
            self._client.discard_edit(conversation, entry)

    def _cancel(self, entry: Entry) -> None:
        """Put a message that waits for its files back into the composer."""
        conversation = self._conversation()
        if conversation is not None and entry.attachments:
            parent = conversation.by_msgid(entry.reply_to)
            self._composer().give_back(self._client.take_back(conversation, entry))
            if parent is not None:
                self._composer().reply_to(parent)

    def _edit_failed(self, entry: Entry) -> None:
        """Move the text of a failed message into the composer, in front of what is being written there."""
        conversation, composer = self._conversation(), self._composer()
        parent = conversation.by_msgid(entry.reply_to) if conversation is not None else None
        self._discard(entry)
        composer.give_back(f"/me {entry.text}" if entry.kind == "action" else entry.text)
        if parent is not None:
            composer.reply_to(parent)

    def _show_parent(self, entry: Entry) -> None:
        """Go to the message that this one replies to; the server is asked for it if it is not here."""
        conversation = self._conversation()
        if conversation is not None:
            parent = conversation.by_msgid(entry.reply_to)
            if parent is None or not self._transcript().jump_to(parent.key, flash=True):
                self._client.open_at(conversation, Reference(entry.reply_to, entry.time))
