"""Letting others know that we are typing, and not more often than they need.

Source  IRCv3 typing client tag
"""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

AGAIN_SECONDS = 3.0


class TypingNotices:
    """Where we are typing, as others know it. Times are of a clock that never goes back."""

    def __init__(self) -> None:
        self._told: dict[Conversation, float] = {}  # when it was last said that we type there
        self._unwanted: set[Conversation] = set()  # where the server refused to hand it on

    def edited(self, network: Network, conversation: Conversation, text: str, now: float) -> list[Message]:
        """The composer holds this text now: what to send."""
        if conversation in self._unwanted or not _heard(network, conversation) or text.startswith("/"):
            return []
        if not text.strip():
            told = self._told.pop(conversation, None)
            return [_tell(conversation, "done")] if told is not None else []
        if now - self._told.get(conversation, float("-inf")) < AGAIN_SECONDS:
            return []
        self._told[conversation] = now
        return [_tell(conversation, "active")]

    def said(self, conversation: Conversation) -> None:
        """The message itself tells that the typing is over. After it typing may be told of again."""
        self._told.pop(conversation, None)
        self._unwanted.discard(conversation)

    def refused(self, conversation: Conversation) -> None:
        """The server does not hand it on there: tell nobody until we have written there."""
        self._told.pop(conversation, None)
        self._unwanted.add(conversation)

    def reset(self) -> None:
        """A new connection begins."""
        self._told.clear()
        self._unwanted.clear()


def _heard(network: Network, conversation: Conversation) -> bool:
    """Whether the server would hand it on."""
    if "message-tags" not in network.capabilities or conversation.kind == "server":
        return False
    denied = network.isupport.get("CLIENTTAGDENY", "").split(",")
    return "typing" not in denied and ("*" not in denied or "-typing" in denied)


def _tell(conversation: Conversation, state: str) -> Message:
    return Message("TAGMSG", [conversation.name], tags={"+typing": state})
