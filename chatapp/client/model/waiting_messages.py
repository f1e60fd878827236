"""Own messages that wait: for the connection, or for their turn where we may not write so fast.

A message that is refused because it came too soon does not fail. It waits, with all messages that were
written after it, and they are sent one by one in their order. `Conversation.held_until` is the time of the
next try.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatapp.client.incoming.events import ErrorReply
from chatapp.client.model.changes import Change, ConversationChanged, Removed, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.protocol.modes import VOICE
from chatapp.protocol.numbers import parse_whole

USUAL_SECONDS = 5.0  # to wait where the server does not say how long
MOST_SECONDS = 3600.0  # that a server can make us wait

SLOW_MODE = "SLOW_MODE"  # the code of FAIL on a Chatapp server, with the channel and the seconds

_TOO_FAST = frozenset({"439", "RATE_LIMITED", SLOW_MODE})  # codes that mean nothing else
_CANNOT_SEND = frozenset({"404", "CANNOT_SEND"})
_SLOW = re.compile(r"slow mode|too (?:fast|quickly|many messages)|throttl|flood|rate.?limit", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,5})\s*(?:more\s*)?s(?:ec(?:ond)?s?)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The own messages of a conversation that were not sent yet.

    Attributes:
        count: How many they are.
        seconds: Until the next one is sent; 0 if they wait for the connection.
        is_slow_mode: Whether the channel is in slow mode, so that each member has to wait.
        pause: The seconds between two messages in slow mode; 0 if they are not known.
    """

    count: int
    seconds: float
    is_slow_mode: bool
    pause: int


def unsent(conversation: Conversation) -> list[Entry]:
    """Return the own messages of a conversation that wait, oldest first.

    Those that wait for their files are not among them: no other message waits behind them.
    """
    return [each for each in conversation.pending() if not each.label and not each.attachments]


def waiting(network: Network, conversation: Conversation) -> Waiting:
    """Return how many messages wait in a conversation, and how long."""
    seconds = max(0.0, conversation.held_until - network.monotonic)
    return Waiting(len(unsent(conversation)), seconds, conversation.is_slow, conversation.slow_seconds)


def delay_of(event: ErrorReply) -> float | None:
    """Return the seconds to wait if a message was refused only because it came too soon; else None."""
    if event.code not in _TOO_FAST and not (event.code in _CANNOT_SEND and _SLOW.search(event.text)):
        return None
    stated = parse_whole(event.about[-1]) if event.code == SLOW_MODE and event.about else None
    found = _SECONDS.search(event.text)
    seconds = stated or (float(found[1]) if found else USUAL_SECONDS)
    return min(MOST_SECONDS, max(1.0, seconds))


def hold(network: Network, conversation: Conversation, entry: Entry, event: ErrorReply) -> list[Change]:
    """Let a message that came too soon wait, and those that are written after it."""
    entry.label = ""
    is_slow = (
        event.code == SLOW_MODE or "slow mode" in event.text.casefold() or bool(conversation.slow_seconds)
    )
    return [Updated(conversation, entry), *_hold(network, conversation, delay_of(event) or 0.0, is_slow)]


def sent(network: Network, conversation: Conversation) -> list[Change]:
    """Wait after an own message that the server accepted, if the channel is in slow mode for us."""
    if not conversation.slow_seconds or network.may(conversation, VOICE):
        return []
    return _hold(network, conversation, float(conversation.slow_seconds), is_slow=True)


def release(conversation: Conversation) -> list[Change]:
    """Note that messages need not wait any longer."""
    if not conversation.held_until:
        return []
    conversation.held_until, conversation.is_slow = 0.0, False
    return [ConversationChanged(conversation)]


def is_held(network: Network, conversation: Conversation) -> bool:
    """Return whether a new message has to wait: for its time, or behind another one that waits."""
    return conversation.held_until > network.monotonic or bool(unsent(conversation))


def cancel(conversation: Conversation) -> tuple[list[str], list[Change]]:
    """Remove the messages that wait; return their texts, oldest first."""
    gone = unsent(conversation)
    for each in gone:
        conversation.remove(each)
    changes: list[Change] = [Removed(conversation, tuple(gone)), ConversationChanged(conversation)]
    return [each.text for each in gone], changes if gone else []


def _hold(network: Network, conversation: Conversation, seconds: float, is_slow: bool) -> list[Change]:
    conversation.held_until = max(conversation.held_until, network.monotonic + seconds)
    conversation.is_slow = is_slow
    network.activate(conversation)
    return [ConversationChanged(conversation)]
