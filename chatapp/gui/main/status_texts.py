"""Short texts about a network and its conversations: window title, prompt, who is typing."""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.attachment_texts import blocked_text
from chatapp.gui.main.server_tiles import important_total
from chatapp.gui.transcript.blocks import format_time
from chatapp.languages.lists import joined
from chatapp.languages.translation import _, ngettext

NAME = "Chatapp"
MAX_NAMED = 2  # people whose names are shown while they are typing


def title(network: Network, others: Iterable[Network] = ()) -> str:
    """Return the window title, `(3) #general — Room 12`: what is new, the conversation and the chat.

    The number is that of the badges: direct messages, mentions, and every message where the user wants to be
    notified of each.

    Args:
        network: The one that is shown.
        others: The other networks of the window, whose messages count too.
    """
    unread = sum(map(important_total, (network, *others)))
    current = network.current
    parts = [_name(network, current) if current else "", network.name]
    title = " — ".join(dict.fromkeys(part for part in parts if part)) or NAME
    return f"({unread}) {title}" if unread else title


def _name(network: Network, conversation: Conversation) -> str:
    """Return the name of a channel, or that of the person in a direct message."""
    if conversation.kind == "direct":
        return network.display_name(conversation.name)
    return conversation.title


def prompt(network: Network, conversation: Conversation) -> str:
    """Return the text in the empty composer of a conversation."""
    if conversation.kind == "server":
        return _("Type a command, such as /help")
    if conversation.removal is not None:
        return _("You are not in {channel} any more").format(channel=conversation.title)
    return _("Write to {name}").format(name=_name(network, conversation))


def strip(network: Network, conversation: Conversation, twelve_hours: bool = False) -> str:
    """Return what the line below the composer says: how many messages wait, or who is typing.

    Args:
        twelve_hours: How times are written.
    """
    waiting = sum(1 for entry in conversation.pending() if not entry.label)
    if network.state != "online":
        sent = "" if network.state == "offline" else _("What you write is sent when the connection is back.")
        if not waiting:
            return sent
        them = ngettext("{count} message waits.", "{count} messages wait.", waiting).format(count=waiting)
        return f"{them} {sent}".rstrip()
    removal = conversation.removal
    if removal is not None:
        at = format_time(removal.time, twelve_hours)
        return _("You can read what was said before {time}.").format(time=at) if removal.time else ""
    blocked = blocked_text(conversation.attachments)
    if blocked:
        return blocked
    if waiting and (conversation.is_slow or conversation.held_until):
        text = ngettext("{count} message waits in turn.", "{count} messages wait in turn.", waiting)
        return text.format(count=waiting)
    return typing(network, conversation)


def typing(network: Network, conversation: Conversation) -> str:
    """Return `Ben and Dee are typing…`, or "" if no one is."""
    names = [network.display_name(nick) for nick in conversation.typing]
    if not names:
        return ""
    if len(names) > MAX_NAMED:
        return _("Several people are typing…")
    text = ngettext("{names} is typing…", "{names} are typing…", len(names))
    return text.format(names=joined(names))
