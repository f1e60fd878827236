"""Finds the conversation that a keyboard shortcut leads to, by the order of the list on screen."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.client.model.conversation import Conversation
from chatapp.gui.main.unread_counts import unread_count


def neighbour(shown: Sequence[Conversation], current: Conversation | None, step: int) -> Conversation | None:
    """Return the conversation above (-1) or below (1) the current one, None at the ends of the list."""
    if current not in shown:
        return shown[0] if shown else None
    index = shown.index(current) + step
    return shown[index] if 0 <= index < len(shown) else None


def unread(shown: Sequence[Conversation], current: Conversation | None, step: int) -> Conversation | None:
    """Return the next unread conversation above (-1) or below (1); at an end, go on at the other end."""
    index = shown.index(current) if current in shown else -1
    following = [shown[(index + step * offset) % len(shown)] for offset in range(1, len(shown) + 1)]
    return next((each for each in following if each is not current and unread_count(each).number), None)


def nth(shown: Sequence[Conversation], number: int) -> Conversation | None:
    """Return the conversation with this number, counted from 1."""
    return shown[number - 1] if number <= len(shown) else None
