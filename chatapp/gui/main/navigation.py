"""Which conversation the keyboard leads to."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.sidebar import ordered


def neighbour(network: Network, step: int) -> Conversation | None:
    """The conversation above (-1) or below (1) the current one, if there is one."""
    shown = ordered(network)
    if network.current not in shown:
        return shown[0] if shown else None
    at = shown.index(network.current) + step
    return shown[at] if 0 <= at < len(shown) else None


def unread(network: Network, step: int) -> Conversation | None:
    """The next conversation upwards or downwards in which something is unread, round the ends."""
    shown = ordered(network)
    at = shown.index(network.current) if network.current in shown else -1
    around = [shown[(at + step * offset) % len(shown)] for offset in range(1, len(shown) + 1)]
    return next((each for each in around if each is not network.current and _calls(each)), None)


def nth(network: Network, number: int) -> Conversation | None:
    """The conversation with this number, counted from 1."""
    shown = ordered(network)
    return shown[number - 1] if number <= len(shown) else None


def _calls(conversation: Conversation) -> bool:
    """Whether it shows a number in the sidebar."""
    return bool(conversation.mentions or (conversation.unread and not conversation.muted))
