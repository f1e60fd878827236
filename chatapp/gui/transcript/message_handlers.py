"""The functions that the transcript calls when the user does something to a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.text.file_links import FileLink
from chatapp.gui.transcript.file_deeds import FileDeed

Ability = Literal["reply", "react", "edit", "delete", "mark_unread"]


class MessageHandlers(NamedTuple):
    """Functions of the pane around the transcript. An action that is not possible is not offered."""

    abilities: Callable[[Entry], frozenset[Ability]]
    """Return what the server offers for a message, and the user may do to it."""
    on_reply: Callable[[Entry], object]
    on_react: Callable[[Entry, str], object]
    """Add one's own reaction to a message, or take it back."""
    on_pick_reaction: Callable[[Entry, int, int], object]
    """Let the user choose a reaction to a message; the picker opens at these screen coordinates."""
    on_mark_unread: Callable[[Entry], object]
    """Mark this message and those below it as unread."""
    on_edit: Callable[[Entry], object]
    """Put the text of a message into the composer to change it."""
    on_delete: Callable[[Entry], object]
    on_undo_delete: Callable[[Entry], object]
    on_retry: Callable[[Entry], object]
    """Send a failed message again."""
    on_edit_failed: Callable[[Entry], object]
    """Discard a failed message and put its text into the composer."""
    on_discard: Callable[[Entry], object]
    """Discard a failed message."""
    on_cancel: Callable[[Entry], object]
    """Do not send a message that waits for its files; they go back into the composer with its text."""
    on_parent: Callable[[Entry], object]
    """Show the message that this one replies to."""
    on_quote_text: Callable[[str], object]
    """Put a selected text into the composer as a quotation."""
    on_link: Callable[[str], object]
    on_copy_link: Callable[[str], object]
    on_person: Callable[[str, int, int], object]
    """Called with a clicked nick and the screen coordinates of the click."""
    on_person_menu: Callable[[str, int, int], object]
    """Open the menu of a person at these screen coordinates."""
    on_quote_seen: Callable[[Entry], object]
    """A message is in sight that replies to one that is not here."""
    on_mark_read: Callable[[], object]
    """Mark the whole conversation as read."""
    on_type: Callable[[str], object]
    """Called with a character typed while the transcript has the focus."""
    on_refusal: Callable[[str], object]
    """Tell the user why a key on the chosen message does nothing; "" when that is over."""
    on_leave: Callable[[], object]
    """Give the keyboard back to the composer."""
    file_card: Callable[[FileLink], FileCard | None]
    """Return what is known of a file in sight; the server is asked for the rest."""
    check_file: Callable[[FileCard], object]
    """Ask the server whether it still has this file, whose time is over."""
    file_deeds: Callable[[Entry, FileCard], list[FileDeed]]
    """Return what the user can do to a file that a message links to."""
    on_file: Callable[[FileCard, FileDeed], object]
    """Do something to a file."""
