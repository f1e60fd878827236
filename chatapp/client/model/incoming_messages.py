"""Apply incoming messages, typing notifications and refusals of own messages; add notes."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.incoming.error_texts import JOIN_ERRORS, MESSAGE_ERRORS, error_text
from chatapp.client.incoming.events import ErrorReply, MessageReceived, TypingReceived, TypingState
from chatapp.client.model import message_edits, message_reactions, waiting_messages
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
from chatapp.client.model.delivery_status import confirm, fail, note_progress
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Entry, EntryKind, Reference, Removal
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import mark_unread
from chatapp.client.model.redaction import delete
from chatapp.client.model.sentences import Sentence
from chatapp.client.text.ban_notices import channel_ban_notice
from chatapp.languages.translation import _

MAX_AUTHORS = 5000  # whose names are remembered for mentions
MILLISECOND = 0.001  # seconds; the precision of times in IRCv3
TYPING_SECONDS: dict[TypingState, float] = {"active": 6.0, "paused": 30.0, "done": 0.0}
BANNED = "474"
CANNOT_STORE = "TEMPORARILY_UNAVAILABLE"  # the code of FAIL on a Chatapp server whose disk is full
UNCONFIRMED_SECONDS = 10.0  # after a message was sent without echo-message: how long an error can refer to it


def add(conversation: Conversation, entry: Entry) -> list[Change]:
    """Insert an entry at its place in time."""
    if conversation.insert([entry]) != "end":
        return [Reset(conversation)]
    gone = conversation.trim()
    added = Added(conversation, (entry,))
    return [added, Removed(conversation, tuple(gone))] if gone else [added]


def note(
    network: Network, conversation: Conversation, kind: EntryKind, text: str | Sentence, now: float
) -> list[Change]:
    """Add a note of the client, of the kind "system" or "error"."""
    shown = text.text if isinstance(text, Sentence) else text
    entry = network.entry(kind, network.time_in(conversation, now), text=shown)
    entry.sentence = text if isinstance(text, Sentence) else None
    return add(conversation, entry)


def server_conversation(network: Network) -> tuple[Conversation, list[Change]]:
    """Return the conversation with the messages of the server; it is made when it is first needed."""
    found = network.server()
    if found:
        return found, []
    made = network.add("", "server")
    made.title = network.name
    return made, [ConversationsChanged(network)]


def current_conversation(network: Network) -> tuple[Conversation, list[Change]]:
    """Return the conversation that is shown; if there is none, that of the server."""
    return (network.current, []) if network.current else server_conversation(network)


def message_entry(network: Network, message: MessageReceived, default_time: float) -> Entry:
    """Return an entry for a message.

    Args:
        default_time: The time if the message has none.
    """
    time = message.time if message.time is not None else default_time
    entry = network.entry(message.kind, time, message.nick, message.text)
    entry.msgid = message.msgid
    entry.account = message.account
    entry.own = network.is_me(message.nick)
    entry.mention = not entry.own and network.is_mention(message.text)
    entry.reply_to = message.reply_to if message.reply_to != message.msgid else ""
    entry.edited_at = message.edited_at
    if not entry.own and entry.kind in ("message", "action"):
        _note_author(network, entry.nick)
    return entry


def _note_author(network: Network, nick: str) -> None:
    """Remember who wrote a message; of too many, the first one is forgotten."""
    network.authors[network.fold(nick)] = nick
    if len(network.authors) > MAX_AUTHORS:
        del network.authors[next(iter(network.authors))]


def apply_early(network: Network, conversation: Conversation, entry: Entry) -> None:
    """Apply what came before a message: its deletion, a change of its text, reactions to it."""
    if entry.msgid in conversation.deletions:
        delete(conversation, entry, *conversation.deletions[entry.msgid])
    message_edits.apply_early(network, conversation, entry)
    message_reactions.apply_early(network, conversation, entry)


def message_received(network: Network, event: MessageReceived, now: float) -> list[Change]:
    """Apply PRIVMSG or NOTICE. The account tag is remembered too, because NAMES does not have accounts."""
    person = network.people.get(network.fold(event.nick))
    if person and event.account:
        person.account = event.account
    if is_ignored(network, event.nick, event.account):
        return []
    conversation, changes = _conversation_of(network, event, now)
    if conversation.has_msgid(event.msgid):
        return []
    entry = message_entry(network, event, network.time_in(conversation, now))
    if not conversation.behind:
        conversation.newest = Reference(entry.msgid, entry.time)
    apply_early(network, conversation, entry)
    settled = confirm(network, conversation, event, entry) if entry.own else []
    if settled:
        return settled
    if conversation.typing.pop(event.nick, None) is not None:
        changes.append(TypingChanged(conversation))
    changes += add(conversation, entry)
    changes += mark_unread(network, conversation, entry)
    return changes


def typed(network: Network, event: TypingReceived, now: float) -> list[Change]:
    """Apply TAGMSG: a user is typing, or no longer."""
    conversation = network.find(event.nick if network.is_me(event.target) else event.target)
    if network.is_me(event.nick) or conversation is None or is_ignored(network, event.nick):
        return []
    if event.state == "done":
        conversation.typing.pop(event.nick, None)
    else:
        conversation.typing[event.nick] = now + TYPING_SECONDS[event.state]
        network.activate(conversation)
    return [TypingChanged(conversation)]


def expire_typing(network: Network, now: float) -> list[Change]:
    """Remove people whose last typing notification has expired."""
    changes: list[Change] = []
    for conversation in network.active():
        over = [nick for nick, until in conversation.typing.items() if until <= now]
        for nick in over:
            del conversation.typing[nick]
        if over:
            changes.append(TypingChanged(conversation))
    return changes


def refused(network: Network, event: ErrorReply, now: float) -> list[Change]:
    """Apply an error reply: an own message fails, or the error is shown in its conversation."""
    text = error_text(event)
    meant = own_message(network, event, now)
    if meant:
        note_progress(network, meant[1])
        if meant[1].state == "pending" and waiting_messages.delay_of(event) is not None:
            return waiting_messages.hold(network, *meant, event)
        if event.code == CANNOT_STORE:
            network.cannot_store = True
            return [*fail(*meant, text), ConversationChanged(meant[0])]
        return fail(*meant, text)
    about = next((each for each in map(network.find, event.about) if each and each.kind != "server"), None)
    conversation, changes = (about, []) if about else current_conversation(network)
    if conversation.kind == "channel" and not conversation.joined:  # messages that wait for our return fail
        for entry in list(conversation.pending()):
            changes += fail(conversation, entry, text)
        if about and (event.code in JOIN_ERRORS or event.command == "JOIN"):
            conversation.removal = _removal_after_refusal(conversation, event, text)
            changes.append(ConversationChanged(conversation))
    return [*changes, *note(network, conversation, "error", text, now)]


def _removal_after_refusal(conversation: Conversation, event: ErrorReply, text: str) -> Removal:
    """Return why we are not in a channel, after the server has refused to let us in."""
    before = conversation.removal or Removal(_("You are not in {channel}").format(channel=conversation.name))
    ban = channel_ban_notice(event.text) if event.code == BANNED else None
    if ban is None:
        return replace(before, reason=text, is_invited=False)
    text = (
        _("{name} banned you").format(name=before.by)
        if before.by
        else _("You are banned from {channel}").format(channel=conversation.name)
    )
    reason = _("Reason: {reason}").format(reason=ban.reason) if ban.reason else before.reason
    return replace(before, text=text, reason=reason, until=ban.until, is_invited=False)


def own_message(network: Network, event: ErrorReply, now: float) -> tuple[Conversation, Entry] | None:
    """Return the own message that an error is about: by its label, else the oldest unconfirmed one."""
    if event.label:
        for conversation in network.active():
            for entry in conversation.pending():
                if entry.label == event.label:
                    return conversation, entry
    if event.command == "BATCH" and not event.label:  # a message of several lines
        unconfirmed = ((where, each) for where in network.active() for each in where.pending() if each.label)
        return next((pair for pair in unconfirmed if "\n" in pair[1].text), None)
    is_about_message = event.code in MESSAGE_ERRORS or event.command in ("PRIVMSG", "NOTICE")
    if not is_about_message or not event.about:
        return None
    there = next(filter(None, map(network.find, event.about)), None)
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


def _conversation_of(
    network: Network, event: MessageReceived, now: float
) -> tuple[Conversation, list[Change]]:
    """Return the conversation of a message: its channel, or the other user of a direct message."""
    target = event.target
    found = network.find(target)
    if found and found.kind == "channel":
        return found, []
    if network.is_channel(target):
        return server_conversation(network)
    to_ranks = target.lstrip("".join(network.prefixes().values()))  # `@#channel`: to its operators alone
    if to_ranks != target and network.is_channel(to_ranks):
        found = network.find(to_ranks)
        return (found, []) if found else server_conversation(network)
    other = target if network.is_me(event.nick) else event.nick
    found = network.find(other)
    if found:
        return found, []
    if event.kind == "notice":  # a notice of a service or bot opens no conversation
        return server_conversation(network)
    opened = network.add(other, "direct")
    if opened.unread_after is None:
        opened.starts_at = (network.time(now) if event.time is None else event.time) - MILLISECOND
    opened.partial = network.awaits_targets
    return opened, [ConversationsChanged(network)]
