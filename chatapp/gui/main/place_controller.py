"""Shows an older part of a conversation, and leads back to the newest messages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.model.changes import Added, Change, PlaceLeft, PlaceOpened, PlaceUnavailable
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.transcript import Transcript


class PlaceHandlers(NamedTuple):
    """Functions of the pane that are called from here."""

    on_change: Callable[[], object]
    """Another part of the conversation is shown."""
    on_present: Callable[[], object]
    """Show the newest messages."""
    on_problem: Callable[[str], object]
    """Show why a place cannot be opened."""


class PlaceController:
    """Connects the transcript with the client where the user reads something old.

    Args:
        conversation: Returns the shown conversation.
        twelve_hours: Returns how times are written.
    """

    def __init__(
        self,
        transcript: Transcript,
        client: Client,
        conversation: Callable[[], Conversation | None],
        twelve_hours: Callable[[], bool],
        handlers: PlaceHandlers,
    ) -> None:
        self._transcript = transcript
        self._client = client
        self._conversation = conversation
        self._twelve_hours = twelve_hours
        self._handlers = handlers
        self._words: re.Pattern[str] | None = None  # that are marked, see `open`
        self._words_in: Conversation | None = None

    def open(self, conversation: Conversation, hit: Entry, words: re.Pattern[str] | None) -> None:
        """Show a message that was found, with marks on these words."""
        self._words, self._words_in = words, conversation
        self._client.open_at(conversation, hit)

    def forget_words(self, unless_in: Conversation | None = None) -> None:
        """Remove the marks on the words of a search.

        Args:
            unless_in: A conversation in which they stay.
        """
        if self._words is not None and (unless_in is None or unless_in is not self._words_in):
            self._words = self._words_in = None
            self._transcript.hits.show(None)

    def leave(self) -> None:
        """Show the newest messages again, if an older part is shown."""
        conversation = self._conversation()
        if conversation is not None and conversation.past is not None:
            self._client.back_to_now(conversation)
            self.forget_words()
            self._handlers.on_present()

    def follow(self, change: Change) -> None:
        """Follow a change of the shown conversation."""
        transcript = self._transcript
        match change:
            case PlaceOpened(conversation, entry):
                shown = conversation.past or conversation
                transcript.show_place(shown, entry, self._client.network, self._twelve_hours())
                if self._words is not None:
                    transcript.hits.show(self._words)
                    transcript.hits.show_current(entry.key)
                self._handlers.on_change()
            case PlaceLeft(conversation, joined):
                if joined:
                    transcript.continue_in(conversation)
                elif transcript.shows_past:
                    self._handlers.on_present()
                self._handlers.on_change()
            case PlaceUnavailable(_, reason):
                self._handlers.on_problem(reason)
            case Added(_, entries) if any(entry.state == "pending" or entry.label for entry in entries):
                self.leave()  # the user has sent a message, and wants to see it
