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
from chatapp.gui.dialogs.jump_people import typed_verb
from chatapp.gui.dialogs.jump_targets import COMMAND, CommandTarget
from chatapp.gui.main import conversation_row
from chatapp.gui.main.menu_items import ConversationActions, last_message_of_others
from chatapp.gui.transcript.message_actions import last_own
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.languages.translation import N_, _
from chatapp.protocol import modes

Do = Callable[[], object]

NOTIFY: dict[NotifyLevel, str] = {
    "default": N_("Notify me as in the settings in {name}"),
    "everything": N_("Notify me of every message in {name}"),
    "mentions": N_("Notify me of mentions in {name}"),
    "nothing": N_("Notify me of nothing in {name}"),
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
    file: Do | None
    """Choose files to send; None if that is not possible here."""
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
        _("Find in this conversation"), "search", actions.find, key_note("Ctrl+F"), _("search here")
    )
    yield CommandTarget(
        _("Go to the newest message"), "down", actions.newest, key_note("Esc"), _("bottom end")
    )
    if current.unread or current.mentions:
        yield CommandTarget(_("Mark as read"), "check", actions.menu.mark_read, words=name)
    elif last_message_of_others(current) is not None:
        yield CommandTarget(_("Mark as unread"), "eye", actions.menu.mark_unread, words=name)
    if current.kind == "channel":
        yield from _channel_commands(network, current, name, actions)
    if current.kind == "direct":
        yield CommandTarget(
            _("Profile of {name}").format(name=name),
            "person",
            actions.menu.profile,
            words=_("whois note card"),
        )
    if current.kind != "server":
        yield from _list_commands(network, current, name, actions.menu)
        yield from _writing_commands(network, current, actions)
    if current.kind == "channel" and current.joined:
        yield CommandTarget(
            _("Leave {name}").format(name=name), "door", actions.menu.leave, words=_("part close channel")
        )
    else:
        label = _("Close {name}").format(name=name)
        yield CommandTarget(label, "x", actions.menu.leave, words=_("conversation"))


def _channel_commands(
    network: Network, current: Conversation, name: str, actions: CurrentActions
) -> Iterator[CommandTarget]:
    if network.state != "online":
        return
    if not current.joined:
        join = partial(actions.menu.run, f"/join {current.name}")
        yield CommandTarget(
            _("Join {name} again").format(name=name), "plus", join, words=_("come back enter")
        )
        return
    yield CommandTarget(
        _("Channel settings…"), "gear", actions.menu.settings, key_note("Ctrl+Shift+I"),
        _("{name} topic rules bans members key invite-only").format(name=name),
    )  # fmt: skip
    yield CommandTarget(
        _("Bans of {channel}…").format(channel=current.name),
        "shield",
        actions.bans,
        words=_("unban unmute lift banned muted list"),
    )
    if network.may_set_topic(current):
        yield CommandTarget(
            _("Change the topic…"),
            "pencil",
            actions.edit_topic,
            words=_("{name} title subject").format(name=name),
        )
    if abilities.may_moderate(network, current) or network.is_server_operator:
        yield CommandTarget(
            _("Remove or ban somebody…"), "shield", partial(actions.ask_person, typed_verb("moderate")),
            words=_("moderate mute kick ban people"), asks="moderate",
        )  # fmt: skip
    if network.may(current, modes.RANKS["o"].giver):
        yield CommandTarget(
            _("Make somebody a moderator…"), "shield", partial(actions.ask_person, typed_verb("op")),
            words=_("operator promote rank"), asks="op",
        )  # fmt: skip
    yield CommandTarget(
        _("Invite somebody to {name}…").format(name=name),
        "people",
        partial(actions.ask_person, typed_verb("invite")),
        words=_("add people"),
        asks="invite",
    )


def _list_commands(
    network: Network, current: Conversation, name: str, menu: ConversationActions
) -> Iterator[CommandTarget]:
    """Yield what changes the place of the conversation in the list, and when it notifies."""
    star = _("Remove {name} from favourites") if current.favourite else _("Add {name} to favourites")
    icon = "star-full" if current.favourite else "star"
    star = star.format(name=name)
    yield CommandTarget(star, icon, menu.favourite, key_note("Ctrl+Shift+D"), _("star favorites"))
    if current.favourite:
        for label, icon, step in ((_("Move {name} up"), "up", -1), (_("Move {name} down"), "down", 1)):
            if favourites.neighbour(network, current, step) is not None:
                yield CommandTarget(
                    label.format(name=name), icon, partial(menu.move, step), words=_("order favourites")
                )
    label, icon = (_("Unmute {name}"), "bell") if current.muted else (_("Mute {name}"), "bell-off")
    label = label.format(name=name)
    yield CommandTarget(label, icon, menu.mute, words=_("notifications silence"))
    for level, label in NOTIFY.items():
        if level != current.notify or current.muted:
            yield CommandTarget(
                _(label).format(name=name), "bell", partial(menu.notify, level), words=_("notifications")
            )


def _writing_commands(
    network: Network, current: Conversation, actions: CurrentActions
) -> Iterator[CommandTarget]:
    own = last_own(current)
    if own is not None and abilities.may_edit(network, current, own):
        yield CommandTarget(
            _("Edit my last message"), "pencil", actions.edit_last, key_note("↑"), _("change correct")
        )
    if current.entries:
        yield CommandTarget(
            _("Choose a message"), "list", actions.choose_message, key_note("Ctrl+↑"),
            _("reply react copy delete quote mark"),
        )  # fmt: skip
    yield CommandTarget(_("Undo"), "undo", actions.undo, key_note("Ctrl+Z"), _("restore deleted message"))
    yield CommandTarget(
        _("Emoji"), "smile", actions.emoji, key_note("Ctrl+Shift+E"), _("smiley insert picker")
    )
    if actions.file is not None:
        yield CommandTarget(
            _("Send files…"), "file", actions.file, key_note("Ctrl+Shift+U"), _("attach upload picture photo")
        )
    yield CommandTarget(
        _("Clear this view"), "trash", partial(actions.menu.run, "/clear"), words=_("empty hide messages")
    )


def key_note(keys: str) -> str:
    """Return the note of a command that has keys, too."""
    return f"{_(COMMAND)} · {shown_keys(keys)}"
