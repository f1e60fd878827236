"""What the window says about a network in a few words: its title, who is typing."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network

NAME = "Chatapp"
NAMED = 2  # people typing who are named; more are "several"


def title(network: Network) -> str:
    """`(3) #general`: what is unread in all that is not muted, and where we are."""
    unread = sum(each.mentions if each.muted else each.unread for each in network.conversations.values())
    where = (network.current.title if network.current else "") or network.name or NAME
    return f"({unread}) {where}" if unread else where


def prompt(conversation: Conversation) -> str:
    """What the empty field under a conversation says."""
    if conversation.kind == "server":
        return "Type a command, such as /help"
    if conversation.removal is not None:
        return f"You are not in {conversation.title} any more"
    return f"Write to {conversation.title}"


def typing(conversation: Conversation) -> str:
    """`Ben and Dee are typing…`"""
    names = list(conversation.typing)
    if not names:
        return ""
    if len(names) > NAMED:
        return "Several people are typing…"
    return f"{' and '.join(names)} {'is' if len(names) == 1 else 'are'} typing…"
