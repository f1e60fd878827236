"""What the list shows of unread messages: a number, and whether it stands in a badge."""

from __future__ import annotations

from typing import NamedTuple

from chatapp.client.model.conversation import Conversation

MAX_COUNT = 99  # higher numbers are shown as "99+"


class UnreadCount(NamedTuple):
    """The number of a conversation, 0 for none.

    Attributes:
        is_mention: Whether it counts the messages that mention the user.
        badge: Whether it is shown in a badge.
    """

    number: int = 0
    is_mention: bool = False
    badge: bool = False

    @property
    def text(self) -> str:
        """`@ 2` for mentions, else the number, at most `99+`; "" for none."""
        return f"@ {capped_count(self.number)}" if self.is_mention else capped_count(self.number)


NOTHING = UnreadCount()


def unread_count(conversation: Conversation) -> UnreadCount:
    """Return what to show of a conversation.

    Muted ones count only what mentions the user. Those of which the user wants to be notified have a badge.
    """
    level = conversation.notify
    if conversation.kind == "direct":
        number = 0 if conversation.muted else conversation.unread
        return UnreadCount(number, badge=bool(number) and level != "nothing")
    if conversation.mentions and level != "nothing":
        return UnreadCount(conversation.mentions, is_mention=True, badge=True)
    if conversation.muted or not conversation.unread:
        return NOTHING
    return UnreadCount(conversation.unread, badge=level == "everything")


def capped_count(number: int) -> str:
    """Return a number with at most two digits, "" for 0."""
    return f"{MAX_COUNT}+" if number > MAX_COUNT else str(number) if number else ""
