"""Reactions to messages: a nick and a short text, such as an emoji, that others add to a message or remove.

A reaction may arrive in any order: live, in a page of history that is older than what is here, and before the
message that it is about. So the time of the last change decides, and a reaction to a message that is not here
is kept until the message comes.

Source: IRCv3 react, unreact, reply
"""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.incoming.events import Reacted
from chatapp.client.model.changes import Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored, was_ignored
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.model.reaction_counts import change, clean

MAX_CHANGES = 2000  # times that are remembered for one message
MAX_EARLY = 2000  # in a conversation, to messages that are not here


def reacted(network: Network, event: Reacted, now: float) -> list[Change]:
    """Apply a reaction that was sent now."""
    conversation = network.conversation_at(event.target, event.nick)
    return [] if conversation is None else apply_reaction(network, conversation, event, network.time(now))


def apply_reaction(
    network: Network, conversation: Conversation, event: Reacted, default_time: float
) -> list[Change]:
    """Apply a reaction to a message of this conversation, or keep it until the message comes.

    Args:
        default_time: The time if the reaction has none.
    """
    if event.time is None:
        event = replace(event, time=default_time)
    entry = conversation.by_msgid(event.msgid)
    if entry is None:
        conversation.keep_reaction(event, MAX_EARLY)
        return []
    return [Updated(conversation, entry)] if _apply(network, entry, event) else []


def apply_early(network: Network, conversation: Conversation, entry: Entry) -> None:
    """Apply the reactions that came before their message."""
    for event in conversation.take_reactions(entry.msgid) if entry.msgid else ():
        _apply(network, entry, event)


def _apply(network: Network, entry: Entry, event: Reacted) -> bool:
    """Apply a reaction to its message; return whether something changed."""
    reaction = clean(event.reaction)
    if entry.kind not in MESSAGE_KINDS or entry.deleted_by or not reaction:
        return False
    if is_ignored(network, event.nick, event.account) or was_ignored(network, event.nick, event.account):
        return False
    is_own = network.is_me(event.nick) or bool(event.account and event.account == network.account)
    nick = network.nick if is_own else event.nick
    key, time = (network.fold(nick), reaction), event.time or 0.0
    if time < entry.reaction_times.get(key, 0.0):
        return False
    entry.reaction_times[key] = time
    if len(entry.reaction_times) > MAX_CHANGES:
        del entry.reaction_times[next(iter(entry.reaction_times))]
    return change(network, entry, reaction, nick, not event.is_removed)
