"""The commands of "Jump to" for the current conversation: those of its menu, of its header and for writing.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from chatapp.client.model import abilities, favourites
from chatapp.client.model.conversation import Conversation, NotifyLevel
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_targets import COMMAND, CommandTarget
from chatapp.gui.main import conversation_row
from chatapp.gui.main.menu_items import ConversationActions, last_message_of_others
from chatapp.gui.transcript.message_actions import last_own
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.protocol import modes

Do = Callable[[], object]

NOTIFY: dict[NotifyLevel, str] = {
    "default": "Notify me as in the settings in {}",
    "everything": "Notify me of every message in {}",
    "mentions": "Notify me of mentions in {}",
    "nothing": "Notify me of nothing in {}",
}


class CurrentActions(NamedTuple):
    """What the commands do."""

    menu: ConversationActions
    """What the menu of the conversation does."""
    find: Do
    newest: Do
    edit_topic: Do
    choose_message: Do
    """Give the keyboard to the messages."""
    edit_last: Do
    """Edit the last own message."""
    undo: Do
    """Undo what the notice over the composer says, or the last deletion."""
    emoji: Do
    bans: Do
    """Show the bans of the channel."""
    ask_person: Callable[[str], object]
    """Open "Jump to" with this verb, to which a name is to be added."""


def current_commands(
    network: Network, current: Conversation, actions: CurrentActions
) -> Iterator[CommandTarget]:
    """Yield what can be done now in the current conversation."""
    name = conversation_row.title(network, current)
    yield CommandTarget(
        "Find in this conversation", "search", actions.find, key_note("Ctrl+F"), "search here"
    )
    yield CommandTarget("Go to the newest message", "down", actions.newest, key_note("Esc"), "bottom end")
    if current.unread or current.mentions:
        yield CommandTarget("Mark as read", "check", actions.menu.mark_read, words=name)
    elif last_message_of_others(current) is not None:
        yield CommandTarget("Mark as unread", "eye", actions.menu.mark_unread, words=name)
    if current.kind == "channel":
        yield from _channel_commands(network, current, name, actions)
    if current.kind == "direct":
        yield CommandTarget(f"Profile of {name}", "person", actions.menu.profile, words="whois note card")
    if current.kind != "server":
        yield from _list_commands(network, current, name, actions.menu)
        yield from _writing_commands(network, current, actions)
    if current.kind == "channel" and current.joined:
        yield CommandTarget(f"Leave {name}", "door", actions.menu.leave, words="part close channel")
    else:
        yield CommandTarget(f"Close {name}", "x", actions.menu.leave, words="conversation")


def _channel_commands(
    network: Network, current: Conversation, name: str, actions: CurrentActions
) -> Iterator[CommandTarget]:
    if network.state != "online":
        return
    if not current.joined:
        join = partial(actions.menu.run, f"/join {current.name}")
        yield CommandTarget(f"Join {name} again", "plus", join, words="come back enter")
        return
    yield CommandTarget(
        "Channel settings…", "gear", actions.menu.settings, key_note("Ctrl+Shift+I"),
        f"{name} topic rules bans members key invite-only",
    )  # fmt: skip
    yield CommandTarget(
        f"Bans of {current.name}…", "shield", actions.bans, words="unban unmute lift banned muted list"
    )
    if network.may_set_topic(current):
        yield CommandTarget("Change the topic…", "pencil", actions.edit_topic, words=f"{name} title subject")
    if abilities.may_moderate(network, current) or network.is_server_operator:
        yield CommandTarget(
            "Remove or ban somebody…", "shield", partial(actions.ask_person, "moderate "),
            words="moderate mute kick ban people",
        )  # fmt: skip
    if network.may(current, modes.RANKS["o"].giver):
        yield CommandTarget(
            "Make somebody a moderator…", "shield", partial(actions.ask_person, "op "),
            words="operator promote rank",
        )  # fmt: skip
    yield CommandTarget(
        f"Invite somebody to {name}…", "people", partial(actions.ask_person, "invite "), words="add people"
    )


def _list_commands(
    network: Network, current: Conversation, name: str, menu: ConversationActions
) -> Iterator[CommandTarget]:
    """Yield what changes the place of the conversation in the list, and when it notifies."""
    star = "Remove {} from favourites" if current.favourite else "Add {} to favourites"
    icon = "star-full" if current.favourite else "star"
    yield CommandTarget(star.format(name), icon, menu.favourite, key_note("Ctrl+Shift+D"), "star favorites")
    if current.favourite:
        for label, icon, step in (("Move {} up", "up", -1), ("Move {} down", "down", 1)):
            if favourites.neighbour(network, current, step) is not None:
                yield CommandTarget(
                    label.format(name), icon, partial(menu.move, step), words="order favourites"
                )
    mute, icon = ("Unmute", "bell") if current.muted else ("Mute", "bell-off")
    yield CommandTarget(f"{mute} {name}", icon, menu.mute, words="notifications silence")
    for level, label in NOTIFY.items():
        if level != current.notify or current.muted:
            yield CommandTarget(
                label.format(name), "bell", partial(menu.notify, level), words="notifications"
            )


def _writing_commands(
    network: Network, current: Conversation, actions: CurrentActions
) -> Iterator[CommandTarget]:
    own = last_own(current)
    if own is not None and abilities.may_edit(network, current, own):
        yield CommandTarget(
            "Edit my last message", "pencil", actions.edit_last, key_note("↑"), "change correct"
        )
    if current.entries:
        yield CommandTarget(
            "Choose a message", "list", actions.choose_message, key_note("Ctrl+↑"),
            "reply react copy delete quote mark",
        )  # fmt: skip
    yield CommandTarget("Undo", "undo", actions.undo, key_note("Ctrl+Z"), "restore deleted message")
    yield CommandTarget("Emoji", "smile", actions.emoji, key_note("Ctrl+Shift+E"), "smiley insert picker")
    yield CommandTarget(
        "Clear this view", "trash", partial(actions.menu.run, "/clear"), words="empty hide messages"
    )


def key_note(keys: str) -> str:
    """Return the note of a command that has keys, too."""
    return f"{COMMAND} · {shown_keys(keys)}"
