"""Requests that the client sends by itself. The user does not wait for them, so errors are not shown."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from chatapp.client.incoming.error_texts import MESSAGE_ERRORS
from chatapp.client.incoming.events import ErrorReply
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

ANSWER_SECONDS = 20.0  # how long an error without a label may still answer a request
LABEL = "background-"

# Command -> error numerics that may answer it; a FAIL names its command itself
_NUMERICS = {
    "TAGMSG": MESSAGE_ERRORS | {"442"},
    "MODE": frozenset({"401", "403", "442"}),
    "WHO": frozenset({"403", "416", "442"}),
    "WHOIS": frozenset({"401", "402"}),
    "METADATA": frozenset({"421", "461"}),
    "MONITOR": frozenset({"421", "734"}),
    "MARKREAD": frozenset({"401", "403", "442"}),
}


class BackgroundRequest(NamedTuple):
    """A request that was sent.

    Attributes:
        command: The command, such as WHO.
        target: The folded first parameter.
        sent_at: When it was sent, in monotonic seconds.
        label: The label of the message; empty if it has none.
    """

    command: str
    target: str
    sent_at: float
    label: str


class BackgroundRequests:
    """Remembers which requests were sent. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._sent: list[BackgroundRequest] = []
        self._labels = count(1)

    def note(self, network: Network, message: Message, now: float, labelled: bool = True) -> Message:
        """Remember a request; return the message to send.

        Args:
            labelled: Whether the message may have a label, if the server supports labels.
        """
        label = ""
        if labelled and "labeled-response" in network.capabilities:
            label = f"{LABEL}{next(self._labels)}"
            message = message.tagged(label=label)
        self._sent = [each for each in self._sent if now - each.sent_at <= ANSWER_SECONDS]
        self._sent.append(BackgroundRequest(message.command, network.fold(message.params[0]), now, label))
        return message

    def answered(self, network: Network, command: str, target: str) -> None:
        """Forget a request that was answered without an error."""
        folded = network.fold(target)
        self._sent = [each for each in self._sent if (each.command, each.target) != (command, folded)]

    def refused(self, network: Network, event: ErrorReply, now: float) -> BackgroundRequest | None:
        """Return the request that an error answers, and forget it; None if it answers none."""
        about = set(map(network.fold, event.about))
        for each in self._sent:
            if event.label or each.label:
                is_answer = event.label == each.label
            elif event.command:
                is_answer = event.command == each.command
            else:
                is_answer = event.code in _NUMERICS.get(each.command, ()) and each.target in about
            if is_answer and (event.label or now - each.sent_at <= ANSWER_SECONDS):
                self._sent.remove(each)
                return each
        return None
