"""The last slash command: if the server refuses it, it goes back to the composer to be corrected."""

from __future__ import annotations

from dataclasses import dataclass

from chatapp.client.incoming.events import (
    Acknowledged,
    ErrorReply,
    Event,
    Invited,
    Joined,
    Kicked,
    ModeSet,
    NickChanged,
    NickRefused,
    OwnAwayChanged,
    Parted,
    TopicSet,
    WhoisReply,
)
from chatapp.client.model.changes import CommandRejected
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.outgoing.confidential import holds_password

ANSWER_SECONDS = 20.0  # how long a refusal can be about the command


@dataclass(frozen=True, slots=True)
class _Typed:
    conversation: Conversation
    text: str
    at: float


class CommandFeedback:
    """Remembers one command. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._typed: _Typed | None = None

    def typed(self, conversation: Conversation, text: str, now: float) -> None:
        """Note a text from the composer; only slash commands without a password go back."""
        is_command = text.startswith("/") and not text.startswith("//") and not holds_password(text)
        self._typed = _Typed(conversation, text, now) if is_command else None

    def received(self, network: Network, event: Event) -> None:
        """Forget the command if this event may be its success."""
        match event:
            case Kicked(by=who) | ModeSet(by=who) | TopicSet(by=who) | Invited(by=who):
                is_ours = network.is_me(who)
            case Joined(nick=who) | Parted(nick=who) | NickChanged(to=who):
                is_ours = network.is_me(who)
            case _:
                is_ours = isinstance(event, WhoisReply | OwnAwayChanged | Acknowledged)
        if is_ours:
            self._typed = None

    def refused(
        self, network: Network, event: ErrorReply | NickRefused, reason: str, now: float
    ) -> list[CommandRejected]:
        """Return the command if the error is about it: all names in the error occur in the command.

        Args:
            reason: Why it was refused, as a sentence for the user.
        """
        typed = self._typed
        if typed is None or now - typed.at > ANSWER_SECONDS:
            return []
        about = [event.nick] if isinstance(event, NickRefused) else [each for each in event.about if each]
        known = network.fold(f"{typed.text} {typed.conversation.name}")
        if not all(network.fold(each).lstrip("#") in known for each in about):
            return []
        self._typed = None
        return [CommandRejected(typed.conversation, typed.text, reason)]
