"""The rules of a channel that its settings show, and the commands that change them.

Servers use the less common letters of modes for different things, so slow mode, and how long messages are
kept, are offered only where the letter is known to mean it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chatapp.client.model.channel_modes import SLOW_MODE
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step
from chatapp.client.text.formatting import plain
from chatapp.languages.translation import _
from chatapp.protocol.message import Message
from chatapp.protocol.modes import KEEP_LEVEL, KEEP_MODE, KINDS, MODE_LEVEL, ModeChange, write
from chatapp.protocol.numbers import parse_whole

RuleName = Literal[
    "topic", "private", "invite_only", "moderated", "open_topic", "slow_seconds", "keep_days", "key", "limit"
]

_FLAGS: dict[RuleName, str] = {"private": "s", "invite_only": "i", "moderated": "m", "open_topic": "t"}
_LETTERS: dict[RuleName, str] = {
    **_FLAGS, "slow_seconds": SLOW_MODE, "keep_days": KEEP_MODE, "key": "k", "limit": "l",
}  # fmt: skip
_OF_CHATAPP = frozenset({SLOW_MODE, KEEP_MODE})  # letters that mean something else on other servers


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a channel.

    Attributes:
        private: Whether it is hidden from those who are not in it.
        moderated: Whether only moderators, and members with voice, can write.
        open_topic: Whether every member can set the topic.
        slow_seconds: The seconds between two messages of a member; 0 for no slow mode.
        key: Empty for none.
        limit: The most members; 0 for no limit.
        keep_days: The days after which messages and files are deleted; 0 for no limit of the channel.
    """

    topic: str = ""
    private: bool = False
    invite_only: bool = False
    moderated: bool = False
    open_topic: bool = False
    slow_seconds: int = 0
    key: str = ""
    limit: int = 0
    keep_days: int = 0


def current(conversation: Conversation) -> Rules:
    """Return the rules of a channel as they are now."""
    modes = conversation.modes or frozenset()
    return Rules(
        topic=plain(conversation.topic),
        private="s" in modes,
        invite_only="i" in modes,
        moderated="m" in modes,
        open_topic=conversation.modes is not None and "t" not in modes,
        slow_seconds=conversation.slow_seconds,
        key=conversation.channel_key if "k" in modes else "",
        limit=conversation.limit if "l" in modes else 0,
        keep_days=conversation.keep_days,
    )


def offered(network: Network) -> list[RuleName]:
    """Return the rules that this server has, without the topic."""
    theirs = network.mode_kinds()
    is_known = theirs.items() <= KINDS.items()
    return [
        name
        for name, letter in _LETTERS.items()
        if theirs.get(letter) is KINDS[letter] and (is_known or letter not in _OF_CHATAPP)
    ]


def may_change(network: Network, conversation: Conversation) -> bool:
    """Return whether the user can change the rules; the topic follows `Network.may_set_topic`."""
    return conversation.joined and network.state == "online" and network.may(conversation, MODE_LEVEL)


def may_limit_keeping(network: Network, conversation: Conversation) -> bool:
    """Return whether the user can change how long messages are kept: half-operators cannot."""
    return may_change(network, conversation) and network.may(conversation, KEEP_LEVEL)


def deletes_messages(before: Rules, after: Rules) -> bool:
    """Return whether a change lets the server delete messages that it would have kept."""
    return after.keep_days > 0 and (before.keep_days == 0 or after.keep_days < before.keep_days)


def longest_topic(network: Network) -> int:
    """Return the maximum length of a topic in bytes; 0 if the server announces none."""
    return parse_whole(network.isupport.get("TOPICLEN", "")) or 0


def changed(before: Rules, after: Rules) -> list[RuleName]:
    """Return the rules that differ."""
    names: list[RuleName] = ["topic", *_LETTERS]
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def order(network: Network, conversation: Conversation, before: Rules, after: Rules) -> Order:
    """Return the commands that change the rules: one MODE, as far as the server takes so many changes."""
    changes = list(_mode_changes(before, after))
    most = parse_whole(network.isupport.get("MODES", "")) or (3 if "MODES" not in network.isupport else 20)
    steps = [
        Step(Message("MODE", [conversation.name, *write(changes[start : start + most])]))
        for start in range(0, len(changes), most)
    ]
    if before.topic != after.topic:
        steps.append(Step(Message("TOPIC", [conversation.name, after.topic])))
    return Order(tuple(steps), goes_on=True)


def problems(order: Order, wanted: Rules, now: Rules) -> dict[RuleName, str]:
    """Return why rules are not as they were wanted after an order: the reason for each."""
    found: dict[RuleName, str] = {}
    for name in changed(wanted, now):
        command = "TOPIC" if name == "topic" else "MODE"
        refusals = [each for each in order.refusals if each.step.message.command == command]
        exact = [each for each in refusals if _LETTERS.get(name) in each.about]
        reasons = [each.reason for each in exact or refusals]
        found[name] = reasons[0] if reasons else _("The server has not changed it.")
    return found


def _mode_changes(before: Rules, after: Rules) -> Iterator[ModeChange]:
    for name, letter in _FLAGS.items():
        was, is_now = getattr(before, name), getattr(after, name)
        if was != is_now:
            yield ModeChange("+" if is_now != (name == "open_topic") else "-", letter, None)
    if before.slow_seconds != after.slow_seconds:
        seconds = after.slow_seconds
        yield ModeChange("+" if seconds else "-", SLOW_MODE, str(seconds) if seconds else None)
    if before.keep_days != after.keep_days:
        days = after.keep_days
        yield ModeChange("+" if days else "-", KEEP_MODE, str(days) if days else None)
    if before.key != after.key:
        if before.key:
            yield ModeChange("-", "k", before.key)
        if after.key:
            yield ModeChange("+", "k", after.key)
    if before.limit != after.limit:
        yield ModeChange("+" if after.limit else "-", "l", str(after.limit) if after.limit else None)
