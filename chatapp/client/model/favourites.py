"""Favourite conversations, which the user keeps at the top of the list, in an order of their own.

`Network.favourites` holds their folded names; a closed conversation keeps its place until it is opened again.
`Conversation.favourite` says the same of one conversation.
"""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network


def set_favourite(network: Network, conversation: Conversation, favourite: bool) -> None:
    """Make a conversation the last favourite, or none."""
    name = network.fold(conversation.name)
    conversation.favourite = favourite
    if favourite and name not in network.favourites:
        network.favourites.append(name)
    elif not favourite and name in network.favourites:
        network.favourites.remove(name)


def in_order(network: Network) -> list[Conversation]:
    """Return the favourites that are open, in the order of the user."""
    opened = network.conversations
    return [opened[name] for name in network.favourites if name in opened]


def neighbour(network: Network, conversation: Conversation, step: int) -> Conversation | None:
    """Return the open favourite above (-1) or below (1) this one; None if there is none."""
    shown = in_order(network)
    if conversation not in shown:
        return None
    index = shown.index(conversation) + step
    return shown[index] if 0 <= index < len(shown) else None


def move(network: Network, conversation: Conversation, step: int) -> None:
    """Exchange a favourite with the open one above (-1) or below (1) it, if there is one."""
    other = neighbour(network, conversation, step)
    if other is not None:
        order = network.favourites
        here, there = (order.index(network.fold(each.name)) for each in (conversation, other))
        order[here], order[there] = order[there], order[here]


def rename(network: Network, before: str, after: str) -> None:
    """Keep the place of a favourite whose conversation is renamed."""
    old, new = network.fold(before), network.fold(after)
    if old in network.favourites and old != new:
        kept = [name for name in network.favourites if name != new]
        kept[kept.index(old)] = new
        network.favourites = kept
