"""The context menu items of people and conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation, NotifyLevel
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.protocol import modes

NOTIFY_LABELS: dict[NotifyLevel, str] = {
    "everything": "Notify me of every message",
    "mentions": "Notify me of mentions",
    "nothing": "Notify me of nothing",
}
FAVOURITE_KEY = "Ctrl+Shift+D"


def person_items(
    network: Network,
    conversation: Conversation | None,
    nick: str,
    run: Callable[[str], object],
    mention: Callable[[str], object],
) -> Iterator[MenuItem]:
    """Yield the menu items of a person seen in a conversation.

    Args:
        run: Executes a slash command.
        mention: Called with the nick to mention.
    """
    if network.is_me(nick):
        yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
        return
    ignored = is_ignored(network, nick)
    yield MenuItem("Message", lambda: run(f"/msg {nick}"))
    yield MenuItem("Mention", lambda: mention(nick))
    yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
    yield MenuItem()
    yield MenuItem("Stop ignoring" if ignored else "Ignore", lambda: run(f"/ignore {nick}"))
    member = conversation.members.get(network.fold(nick)) if conversation else None
    if conversation and member and network.may(conversation, modes.KICK_LEVEL):
        yield MenuItem()
        if network.may(conversation, modes.RANKS["o"].giver):
            verb = "deop" if network.prefixes().get("o", "@") in member.ranks else "op"
            yield MenuItem(
                "Remove as operator" if verb == "deop" else "Make operator", lambda: run(f"/{verb} {nick}")
            )
        yield MenuItem(f"Kick from {conversation.title}", lambda: run(f"/kick {nick}"))
        yield MenuItem(f"Ban from {conversation.title}", lambda: run(f"/ban {nick}"))


@dataclass(frozen=True, slots=True)
class ConversationActions:
    """What the menu of a conversation can do."""

    run: Callable[[str], object]
    """Execute a slash command there."""
    mark_read: Callable[[], object]
    mark_unread: Callable[[], object]
    mute: Callable[[], object]
    """Mute the conversation, or stop muting it."""
    notify: Callable[[NotifyLevel], object]
    """Set which messages the user is notified of."""
    favourite: Callable[[], object]
    """Make it a favourite, or none."""
    move: Callable[[int], object]
    """Move it up (-1) or down (1) among the favourites."""
    copy_link: Callable[[], object]


def conversation_items(
    network: Network, conversation: Conversation, actions: ConversationActions
) -> Iterator[MenuItem]:
    """Yield the menu items of a conversation in the sidebar, and of the header."""
    if conversation.unread or conversation.mentions:
        yield MenuItem("Mark as read", actions.mark_read, icon="check")
    elif last_message_of_others(conversation) is not None:
        yield MenuItem("Mark as unread", actions.mark_unread, icon="eye")
    if conversation.kind != "server":
        yield from favourite_items(network, conversation, actions)
        yield MenuItem()
        yield from notify_items(conversation, actions)
        yield MenuItem()
    if conversation.kind == "direct":
        yield MenuItem("Who is this?", lambda: actions.run(f"/whois {conversation.name}"), icon="person")
    if conversation.kind == "channel" and network.state == "online" and not conversation.joined:
        yield MenuItem("Join again", lambda: actions.run(f"/join {conversation.name}"), icon="plus")
    if conversation.kind == "channel" and conversation.joined:
        if network.state == "online":
            yield MenuItem("Copy invite link", actions.copy_link, icon="link")
        yield MenuItem("Leave", lambda: actions.run("/part"), icon="door")
    else:
        yield MenuItem("Close", lambda: actions.run("/part"), icon="x")


def favourite_items(
    network: Network, conversation: Conversation, actions: ConversationActions
) -> Iterator[MenuItem]:
    """Yield the items that concern the favourites; one at the top cannot move up."""
    if not conversation.favourite:
        yield MenuItem("Add to favourites", actions.favourite, icon="star", key=FAVOURITE_KEY)
        return
    yield MenuItem("Remove from favourites", actions.favourite, icon="star-full", key=FAVOURITE_KEY)
    for label, icon, step in (("Move up", "up", -1), ("Move down", "down", 1)):
        if favourites.neighbour(network, conversation, step) is not None:
            yield MenuItem(label, partial(actions.move, step), icon=icon)


def notify_items(conversation: Conversation, actions: ConversationActions) -> Iterator[MenuItem]:
    """Yield the items of the bell: of which messages the user is notified, and muting."""
    for level, label in NOTIFY_LABELS.items():
        is_set = level == conversation.notify and not conversation.muted
        yield MenuItem(label, partial(actions.notify, level), icon="check" if is_set else "")
    yield (
        MenuItem("Unmute", actions.mute, icon="bell")
        if conversation.muted
        else MenuItem("Mute", actions.mute, icon="bell-off")
    )


def last_message_of_others(conversation: Conversation) -> Entry | None:
    """Return the last message that can be unread."""
    entries = reversed(conversation.entries)
    return next((each for each in entries if each.is_confirmed_message and not each.own), None)
