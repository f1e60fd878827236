"""Typing notifications: tell others that we are typing, but not with every key.

Source: IRCv3 typing client tag
"""

from __future__ import annotations

from chatapp.client.model.abilities import is_tag_relayed
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

RESEND_SECONDS = 3.0  # minimum between two notifications of one conversation


class TypingNotices:
    """The typing notifications that we sent. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._sent_at: dict[Conversation, float] = {}  # when `active` was last sent
        self._refused: set[Conversation] = set()  # the server does not relay TAGMSG there

    def edited(self, network: Network, conversation: Conversation, text: str, now: float) -> list[Message]:
        """Return what to send now that the composer holds this text."""
        if conversation in self._refused or not _is_relayed(network, conversation) or text.startswith("/"):
            return []
        if not text.strip():
            sent_at = self._sent_at.pop(conversation, None)
            return [_tagmsg(conversation, "done")] if sent_at is not None else []
        if now - self._sent_at.get(conversation, float("-inf")) < RESEND_SECONDS:
            return []
        self._sent_at[conversation] = now
        return [_tagmsg(conversation, "active")]

    def message_sent(self, conversation: Conversation) -> None:
        """Note that a message was sent, after which others no longer see us typing there."""
        self._sent_at.pop(conversation, None)
        self._refused.discard(conversation)

    def refused(self, conversation: Conversation) -> None:
        """Note that the server does not relay TAGMSG there: send none until we have written there."""
        self._sent_at.pop(conversation, None)
        self._refused.add(conversation)

    def reset(self) -> None:
        """Forget everything, because a new connection begins."""
        self._sent_at.clear()
        self._refused.clear()


def _is_relayed(network: Network, conversation: Conversation) -> bool:
    """Return whether the server would relay a typing notification."""
    return conversation.kind != "server" and is_tag_relayed(network, "+typing")


def _tagmsg(conversation: Conversation, state: str) -> Message:
    return Message("TAGMSG", [conversation.name], tags={"+typing": state})
