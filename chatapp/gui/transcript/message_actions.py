"""What can be done to a message: one table for action bar, menu and keys. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.text.file_links import without_files
from chatapp.client.text.formatting import spans
from chatapp.gui.transcript.message_handlers import Ability, MessageHandlers
from chatapp.languages.translation import N_, _

ActionName = Literal[
    "react",
    "reply",
    "copy",
    "mark_unread",
    "edit",
    "delete",
    "undo_delete",
    "retry",
    "edit_failed",
    "discard",
    "cancel",
]


@dataclass(frozen=True, slots=True)
class MessageAction:
    """One action.

    Attributes:
        label: As in the menu, marked for translation.
        icon: A name of the theme's icons.
        key: The key as shown to the user; empty if it has none.
        tip: The name in a tooltip, marked for translation.
        dangerous: Whether it destroys something.
    """

    name: ActionName
    label: str
    icon: str
    key: str = ""
    tip: str = ""
    dangerous: bool = False


ACTIONS: dict[ActionName, MessageAction] = {
    action.name: action
    for action in (
        MessageAction("react", N_("React…"), "smile", "E", N_("React")),
        MessageAction("reply", N_("Reply"), "reply", "R", N_("Reply")),
        MessageAction("copy", N_("Copy text"), "copy", "Ctrl+C", N_("Copy text")),
        MessageAction("mark_unread", N_("Mark unread from here"), "bell", "U"),
        MessageAction("edit", N_("Edit"), "pencil", "T", N_("Edit")),
        MessageAction("retry", N_("Try again"), "send"),
        MessageAction("edit_failed", N_("Edit"), "pencil"),
        MessageAction("discard", N_("Discard"), "trash", "Del", dangerous=True),
        MessageAction("cancel", N_("Cancel sending"), "x", "Del"),
        MessageAction("undo_delete", N_("Undo"), "undo"),
        MessageAction("delete", N_("Delete"), "trash", "Del", dangerous=True),
    )
}
"""Every action, in the order of the menu."""

BAR_ACTIONS: tuple[ActionName, ...] = ("react", "edit", "reply", "copy")
"""The actions with a button of their own in the action bar, of which it has no more than three."""

KEYS: dict[str, tuple[ActionName, ...]] = {
    "e": ("react",),
    "r": ("reply",),
    "t": ("edit",),
    "u": ("mark_unread",),
    "Delete": ("delete", "discard", "cancel"),
}
"""Key on a chosen message -> the actions it stands for, of which at most one is possible."""


_REFUSED: dict[ActionName, str] = {
    "react": N_("You cannot react to this message."),
    "reply": N_("You cannot reply to this message."),
    "edit": N_("You cannot edit this message."),
    "mark_unread": N_("You cannot mark this message as unread."),
    "delete": N_("You cannot delete this message."),
}
_REFUSED_FOR_LINE: dict[ActionName, str] = {
    "react": N_("You cannot react to this line."),
    "reply": N_("You cannot reply to this line."),
    "edit": N_("You cannot edit this line."),
    "mark_unread": N_("You cannot mark this line as unread."),
    "delete": N_("You cannot delete this line."),
}


def actions_of(entry: Entry, abilities: AbstractSet[Ability]) -> list[ActionName]:
    """Return the actions to offer for an entry, in the order of the menu."""
    offered: set[ActionName] = set()
    if entry.can_undo_deletion:
        offered.add("undo_delete")
    elif entry.kind in MESSAGE_KINDS and not entry.deleted_by:
        offered.add("copy")
        if entry.state == "failed":
            offered |= {"retry", "edit_failed", "discard"}
        elif entry.attachments:
            offered.add("cancel")
        elif entry.state == "sent":
            offered |= abilities
    return [name for name in ACTIONS if name in offered]


def bar_actions(actions: Collection[ActionName]) -> list[ActionName]:
    """Return those actions that have a button: of an own message it is Edit in place of Reply."""
    left_out = "reply" if "edit" in actions else ""
    return [name for name in BAR_ACTIONS if name in actions and name != left_out]


def last_own(conversation: Conversation) -> Entry | None:
    """Return the last message of the user that the server has and that is not deleted."""
    own = (entry for entry in reversed(conversation.entries) if entry.own and entry.is_confirmed_message)
    return next((entry for entry in own if not entry.deleted_by), None)


def copied_text(entry: Entry, file_prefix: str = "") -> str:
    """Return the text of a message as it is copied alone: as it is shown, without the name.

    Its files are left out, unless there is nothing else: then it is their links.

    Args:
        file_prefix: With which the ids of the server's files begin; empty if it keeps none.
    """
    words, _files = without_files(entry.text, file_prefix)
    text, after_code = "", False
    for span in spans(words or entry.text):
        is_code = span.kind == "block"
        shown = span.text.removeprefix("\n") if after_code else span.text
        if (is_code or after_code) and text and shown and not text.endswith("\n"):
            text += "\n"
        text, after_code = text + shown, is_code
    return text.removesuffix("\n")


def refusal(name: ActionName, entry: Entry) -> str:
    """Return a sentence that says that something cannot be done to an entry."""
    return _((_REFUSED if entry.kind in MESSAGE_KINDS else _REFUSED_FOR_LINE)[name])


def perform(name: ActionName, entry: Entry, handlers: MessageHandlers) -> None:
    """Call the handler of an action that needs nothing but the message."""
    {
        "reply": handlers.on_reply,
        "mark_unread": handlers.on_mark_unread,
        "edit": handlers.on_edit,
        "delete": handlers.on_delete,
        "undo_delete": handlers.on_undo_delete,
        "retry": handlers.on_retry,
        "edit_failed": handlers.on_edit_failed,
        "discard": handlers.on_discard,
        "cancel": handlers.on_cancel,
    }[name](entry)
