"""What is said: where it belongs, whether it is news, and what became of our own words."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.incoming.error_texts import JOIN_ERRORS, MESSAGE_ERRORS, error_text
from chatapp.client.incoming.events import ErrorReply, MessageReceived, TypingReceived, TypingState
from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    ConversationsChanged,
    Removed,
    Reset,
    TypingChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.delivery_status import confirm, fail, progress
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Entry, EntryKind, Reference, Removal
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import mark_unread
from chatapp.client.model.redaction import delete

MILLISECOND = 0.001
TYPING_SECONDS: dict[TypingState, float] = {"active": 6.0, "paused": 30.0, "done": 0.0}
UNCONFIRMED_SECONDS = 10.0  # how long an error may still concern what was sent without an echo


def add(conversation: Conversation, entry: Entry) -> list[Change]:
    """Put an entry into a conversation, where its time belongs."""
    if conversation.insert([entry]) != "end":
        return [Reset(conversation)]
    gone = conversation.trim()
    added = Added(conversation, (entry,))
    return [added, Removed(conversation, tuple(gone))] if gone else [added]


def note(
    network: Network, conversation: Conversation, kind: EntryKind, text: str, now: float
) -> list[Change]:
    """A line of ours, "system" or "error"."""
    return add(conversation, network.entry(kind, network.time_in(conversation, now), text=text))


def server(network: Network) -> tuple[Conversation, list[Change]]:
    """The conversation of the server's own words, made when it is first needed."""
    found = network.server()
    if found:
        return found, []
    made = network.add("", "server")
    made.title = network.name
    return made, [ConversationsChanged(network)]


def tell(network: Network, text: str, now: float) -> list[Change]:
    """A line of ours beside the server's own words, which shall be seen."""
    conversation, changes = server(network)
    entry = network.entry("system", network.time_in(conversation, now), text=text)
    return [*changes, *add(conversation, entry), *mark_unread(network, conversation, entry)]


def here(network: Network) -> tuple[Conversation, list[Change]]:
    """The conversation that somebody looks at, else the server's."""
    return (network.current, []) if network.current else server(network)


def entry_of(network: Network, said: MessageReceived, otherwise: float) -> Entry:
    """The entry of something said.

    Args:
        otherwise: Its time where the server tells none.
    """
    time = said.time if said.time is not None else otherwise
    entry = network.entry(said.kind, time, said.nick, said.text)
    entry.msgid = said.msgid
    entry.account = said.account
    entry.own = network.is_me(said.nick)
    entry.mention = not entry.own and network.is_mention(said.text)
    return entry


def said(network: Network, event: MessageReceived, now: float) -> list[Change]:
    """Something was said just now. It may also tell the account of somebody, which not every NAMES does."""
    person = network.people.get(network.fold(event.nick))
    if person and event.account:
        person.account = event.account
    if is_ignored(network, event.nick, event.account):
        return []
    conversation, changes = _place_of(network, event, now)
    if conversation.has_msgid(event.msgid):
        return []
    entry = entry_of(network, event, network.time_in(conversation, now))
    if not conversation.behind:
        conversation.newest = Reference(entry.msgid, entry.time)
    if event.msgid in conversation.deletions:
        delete(conversation, entry, *conversation.deletions[event.msgid])
    settled = confirm(network, conversation, event, entry) if entry.own else []
    if settled:
        return settled
    if conversation.typing.pop(event.nick, None) is not None:
        changes.append(TypingChanged(conversation))
    changes += add(conversation, entry)
    changes += mark_unread(network, conversation, entry)
    return changes


def typed(network: Network, event: TypingReceived, now: float) -> list[Change]:
    """Somebody is typing, or no longer."""
    conversation = network.find(event.nick if network.is_me(event.target) else event.target)
    if network.is_me(event.nick) or conversation is None or is_ignored(network, event.nick):
        return []
    if event.state == "done":
        conversation.typing.pop(event.nick, None)
    else:
        conversation.typing[event.nick] = now + TYPING_SECONDS[event.state]
        network.activate(conversation)
    return [TypingChanged(conversation)]


def still_typing(network: Network, now: float) -> list[Change]:
    """Forget who has stopped typing without saying so."""
    changes: list[Change] = []
    for conversation in network.active():
        over = [nick for nick, until in conversation.typing.items() if until <= now]
        for nick in over:
            del conversation.typing[nick]
        if over:
            changes.append(TypingChanged(conversation))
    return changes


def refused(network: Network, event: ErrorReply, now: float) -> list[Change]:
    """The server refused something: an own message fails, anything else is a line where it belongs."""
    words = error_text(event)
    meant = own_message(network, event, now)
    if meant:
        progress(network, meant[1])
        return fail(*meant, words)
    about = next((each for each in map(network.find, event.about) if each and each.kind != "server"), None)
    conversation, changes = (about, []) if about else here(network)
    if conversation.kind == "channel" and not conversation.joined:  # what waits for our return waits in vain
        for entry in list(conversation.pending()):
            changes += fail(conversation, entry, words)
        if about and (event.code in JOIN_ERRORS or event.command == "JOIN"):
            before = conversation.removal or Removal(f"You are not in {conversation.name}")
            conversation.removal = replace(before, reason=words)
            changes.append(ConversationChanged(conversation))
    return [*changes, *note(network, conversation, "error", words, now)]


def own_message(network: Network, event: ErrorReply, now: float) -> tuple[Conversation, Entry] | None:
    """The own message that a refusal is about: by its label, else the oldest that is unconfirmed there."""
    if event.label:
        for conversation in network.active():
            for entry in conversation.pending():
                if entry.label == event.label:
                    return conversation, entry
    if event.code not in MESSAGE_ERRORS or not event.about:
        return None
    there = network.find(event.about[0])
    if there is None:
        return None
    sent = [entry for entry in there.pending() if entry.label]
    if sent:
        return there, sent[0]
    if "echo-message" in network.capabilities:
        return None
    recent = network.time(now) - UNCONFIRMED_SECONDS
    last = next((e for e in reversed(there.entries) if e.own and e.kind in ("message", "action")), None)
    return (there, last) if last and last.time >= recent and last.state == "sent" else None


def _place_of(network: Network, event: MessageReceived, now: float) -> tuple[Conversation, list[Change]]:
    """Where something said belongs: its channel, or the other end of a direct message."""
    target = event.target
    found = network.find(target)
    if found and found.kind == "channel":
        return found, []
    if network.is_channel(target):
        return server(network)
    to_ranks = target.lstrip("".join(network.prefixes().values()))  # `@#channel`: to its operators alone
    if to_ranks != target and network.is_channel(to_ranks):
        found = network.find(to_ranks)
        return (found, []) if found else server(network)
    other = target if network.is_me(event.nick) else event.nick
    found = network.find(other)
    if found:
        return found, []
    if event.kind == "notice":  # answers of services and bots open no conversation
        return server(network)
    opened = network.add(other, "direct")
    if opened.unread_after is None:
        opened.starts_at = (network.time(now) if event.time is None else event.time) - MILLISECOND
    opened.partial = network.awaits_targets
    return opened, [ConversationsChanged(network)]
