"""Requests that the client makes by itself. No person waits for the answer, so a refusal is not shown."""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from chatapp.client.incoming.error_texts import MESSAGE_ERRORS
from chatapp.client.incoming.events import ErrorReply
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

ANSWER_SECONDS = 20.0  # how long a refusal without a label may still belong to a request
LABEL = "background-"

# Command -> numerics by which it may be refused; a FAIL names its command itself
_NUMERICS = {
    "TAGMSG": MESSAGE_ERRORS | {"442"},
    "MODE": frozenset({"401", "403", "442"}),
    "WHO": frozenset({"403", "416", "442"}),
    "MARKREAD": frozenset({"401", "403", "442"}),
}


class Asked(NamedTuple):
    """A request: its command, what it is about, when it was sent, its label if it has one."""

    command: str
    target: str
    at: float
    label: str


class BackgroundRequests:
    """Remembers which requests were made. Times are of a clock that never goes back."""

    def __init__(self) -> None:
        self._asked: list[Asked] = []
        self._labels = count(1)

    def ask(self, network: Network, message: Message, now: float, labelled: bool = True) -> Message:
        """Note a request; returns it as it is to be sent.

        Args:
            labelled: Whether it may bear a label, where the server knows labels.
        """
        label = ""
        if labelled and "labeled-response" in network.capabilities:
            label = f"{LABEL}{next(self._labels)}"
            message = message.tagged(label=label)
        self._asked = [each for each in self._asked if now - each.at <= ANSWER_SECONDS]
        self._asked.append(Asked(message.command, network.fold(message.params[0]), now, label))
        return message

    def answered(self, network: Network, command: str, target: str) -> None:
        """An answer came that is no refusal."""
        folded = network.fold(target)
        self._asked = [each for each in self._asked if (each.command, each.target) != (command, folded)]

    def refused(self, network: Network, event: ErrorReply, now: float) -> Asked | None:
        """The request that a refusal is about, if it is about one."""
        about = set(map(network.fold, event.about))
        for each in self._asked:
            if event.label or each.label:
                is_it = event.label == each.label
            elif event.command:
                is_it = event.command == each.command
            else:
                is_it = event.code in _NUMERICS.get(each.command, ()) and each.target in about
            if is_it and (event.label or now - each.at <= ANSWER_SECONDS):
                self._asked.remove(each)
                return each
        return None
