"""Finds the conversation that a keyboard shortcut leads to."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.sidebar import ordered_conversations


def neighbour(network: Network, step: int) -> Conversation | None:
    """Return the conversation above (-1) or below (1) the current one, None at the ends of the list."""
    shown = ordered_conversations(network)
    if network.current not in shown:
        return shown[0] if shown else None
    index = shown.index(network.current) + step
    return shown[index] if 0 <= index < len(shown) else None


def unread(network: Network, step: int) -> Conversation | None:
    """Return the next unread conversation above (-1) or below (1); at an end, go on at the other end."""
    shown = ordered_conversations(network)
    index = shown.index(network.current) if network.current in shown else -1
    following = [shown[(index + step * offset) % len(shown)] for offset in range(1, len(shown) + 1)]
    return next((each for each in following if each is not network.current and _has_count(each)), None)


def nth(network: Network, number: int) -> Conversation | None:
    """Return the conversation with this number, counted from 1."""
    shown = ordered_conversations(network)
    return shown[number - 1] if number <= len(shown) else None


def _has_count(conversation: Conversation) -> bool:
    """Return whether the sidebar shows a number for it."""
    return bool(conversation.mentions or (conversation.unread and not conversation.muted))
