"""Apply events about channels and their members: joins, leaves, kicks, nicks, topics, invitations."""

from __future__ import annotations

from typing import Protocol

from chatapp.client.incoming import events
from chatapp.client.model import (
    delivery_status,
    display_names,
    mask_matches,
    reaction_counts,
    waiting_messages,
)
from chatapp.client.model.changes import (
    Change,
    ConversationChanged,
    ConversationsChanged,
    MembersChanged,
    StatusChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import follow_nick, is_ignored, learn_account, lose_track
from chatapp.client.model.incoming_messages import add, current_conversation, note
from chatapp.client.model.model import Entry, EntryKind, Member, Removal
from chatapp.client.model.network import Network
from chatapp.client.model.people import forget_unless_followed
from chatapp.client.model.sentences import Sentence
from chatapp.languages.translation import N_, _

MAX_FORMER_NICKS = 5  # remembered of a person beside the first one, to recognize changes of messages


def joined(network: Network, event: events.Joined, now: float) -> list[Change]:
    """Apply JOIN. A channel that we join becomes a conversation."""
    mine = network.is_me(event.nick)
    conversation = network.find(event.channel)
    changes: list[Change] = []
    if conversation is None:
        if not mine:
            return []
        conversation = network.add(event.channel, "channel")
        changes.append(ConversationsChanged(network))
    is_rejoin = mine and conversation.behind  # after a lost connection, not shown
    if mine:
        conversation.joined, conversation.removal = True, None
        if conversation.unread_after is None:
            conversation.starts_at = network.time(now) if event.time is None else event.time
        conversation.topic = ""  # 332 follows if there is one
        changes.append(ConversationChanged(conversation))
        if event.user and event.host:
            network.source = f"{event.nick}!{event.user}@{event.host}"
    person = network.person(event.nick)
    person.nick, person.user, person.host = event.nick, event.user, event.host
    person.account = event.account or ""
    learn_account(network, event.nick, person.account)
    network.former_nicks.pop(network.fold(event.nick), None)  # another person has it now
    conversation.members.setdefault(network.fold(event.nick), Member(person))
    changes.append(MembersChanged(conversation))
    if not is_rejoin and not is_ignored(network, event.nick):
        changes += show_event(network, conversation, "join", event.nick, event, now)
    return changes


def parted(network: Network, event: events.Parted, now: float) -> list[Change]:
    """Apply PART. The conversation of a channel that we leave is removed."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    if network.is_me(event.nick):
        _leave(network, conversation)
        network.remove(conversation)
        return [ConversationsChanged(network)]
    ignored = is_ignored(network, event.nick)
    _drop(network, conversation, event.nick)
    changes: list[Change] = [MembersChanged(conversation)]
    if not ignored:
        changes += show_event(network, conversation, "part", event.nick, event, now, text=event.reason)
    return changes


def kicked(network: Network, event: events.Kicked, now: float) -> list[Change]:
    """Apply KICK. If we are kicked, the conversation stays to be read."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    if network.is_me(event.nick):
        _leave(network, conversation)
        conversation.joined = False
    else:
        _drop(network, conversation, event.nick)
    reason = kick_reason(network, event)
    if network.is_me(event.nick):
        is_ban = mask_matches.is_me(network, conversation.bans)
        by, time = network.display_name(event.by), network.time_in(conversation, now)
        text = _("{name} banned you") if is_ban else _("{name} removed you")
        because = _("Reason: {reason}").format(reason=reason) if reason else ""
        conversation.removal = Removal(text.format(name=by), because, time, by=by)
    return [
        *(_fail_unsent(conversation) if network.is_me(event.nick) else []),
        MembersChanged(conversation),
        ConversationChanged(conversation),
        *show_event(network, conversation, "kick", event.by, event, now, reason, event.nick),
    ]


def kick_reason(network: Network, event: events.Kicked) -> str:
    """Return why somebody was removed; empty if nobody says it, or somebody whom we ignore."""
    is_named = event.reason == event.by  # what servers write in place of a reason
    return "" if is_named or is_ignored(network, event.by) else event.reason


def user_quit(network: Network, event: events.Quit, now: float) -> list[Change]:
    """Apply QUIT, in each shared channel and in the direct message with that user."""
    if network.is_me(event.nick):
        return []
    folded = network.fold(event.nick)
    shared = network.with_member(folded)
    direct = network.find(event.nick)
    changes: list[Change] = []
    for conversation in [*shared, direct] if direct else shared:
        conversation.members.pop(folded, None)
        conversation.typing.pop(event.nick, None)
        changes += [MembersChanged(conversation), ConversationChanged(conversation)]
        if not is_ignored(network, event.nick):
            changes += show_event(network, conversation, "quit", event.nick, event, now, text=event.reason)
    display_names.forget_person(network, folded)
    lose_track(network, event.nick)
    return changes


def renamed(network: Network, event: events.NickChanged, now: float) -> list[Change]:
    """Apply NICK. Messages under the old nick keep their name. No line is shown if the name stays."""
    changes: list[Change] = []
    before = display_names.name_before_new_nick(network, event.nick, now)
    old, new = network.fold(event.nick), network.fold(event.to)
    mine = network.is_me(event.nick)
    direct = network.find(event.nick)
    person = network.people.pop(old, None)
    if person:
        person.nick = event.to
        former = (*person.former_nicks, old)
        person.former_nicks = (*former[:1], *former[1:][-MAX_FORMER_NICKS + 1 :])  # the first has the colour
        person.named_at = 0.0
        network.people[new] = person
    elif mine and before != event.nick:
        display_names.remember(network, new, before)
    if new != old:
        display_names.remember(network, old, before if before != event.nick else "")
    shared = network.with_member(old)
    for conversation in shared:
        conversation.members[new] = conversation.members.pop(old)
        conversation.typing.pop(event.nick, None)
        changes.append(MembersChanged(conversation))
    if direct and (network.find(event.to) in (None, direct)):
        network.rename(direct, event.to)
        shared.append(direct)
        changes += [ConversationChanged(direct), ConversationsChanged(network)]
    follow_nick(network, event.nick, event.to)
    is_shown = network.display_name(event.to) != before and not is_ignored(network, event.to)
    for conversation in shared if is_shown else ():
        changes += show_event(network, conversation, "nick", event.nick, event, now, about=event.to)
    if mine:
        network.nick = event.to
        changes += reaction_counts.rename_mine(network, event.nick)
        network.source = network.source.replace(event.nick, event.to, 1)
        changes.append(StatusChanged(network))
        if not is_shown:
            conversation, made = current_conversation(network)
            changes += [
                *made,
                *note(
                    network, conversation, "system",
                    Sentence(N_("Your nick is now {nick}."), {"nick": event.to}), now,
                ),
            ]  # fmt: skip
    return changes


def channel_renamed(network: Network, event: events.ChannelRenamed, now: float) -> list[Change]:
    """Apply RENAME. The conversation keeps everything but its name."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    other = network.find(event.to)
    if other is not None and other is not conversation:  # of a channel that we were removed from
        network.remove(other)
    network.rename(conversation, event.to)
    line = add(conversation, rename_entry(network, conversation, event, now))
    return [ConversationChanged(conversation), ConversationsChanged(network), *line]


def rename_entry(
    network: Network, conversation: Conversation, event: events.ChannelRenamed, now: float
) -> Entry:
    """Return an entry that says that a channel was renamed."""
    because = f" ({event.reason})" if event.reason and not is_ignored(network, event.by) else ""
    if network.is_me(event.by):
        text = N_("You renamed the channel from {before} to {after}")
    else:
        text = N_("{name} renamed the channel from {before} to {after}")
    arguments = {"name": network.display_name(event.by), "before": event.channel, "after": event.to}
    said = Sentence(text, arguments, because)
    entry = event_entry(network, conversation, "system", "", event, now, said.text)
    entry.sentence = said
    return entry


def topic_known(network: Network, event: events.TopicKnown, now: float) -> list[Change]:
    """Apply 331 or 332: the topic is stored, and no line is shown."""
    conversation = network.find(event.channel)
    if conversation is None or conversation.topic == event.topic:
        return []
    conversation.topic = event.topic
    return [ConversationChanged(conversation)]


def topic_set(network: Network, event: events.TopicSet, now: float) -> list[Change]:
    """Apply TOPIC."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    conversation.topic = event.topic
    line = show_event(network, conversation, "topic", event.by, event, now, text=event.topic)
    return [ConversationChanged(conversation), *line]


def roster(network: Network, event: events.Roster, now: float) -> list[Change]:
    """Apply a NAMES reply: it lists all members of a channel."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    before = conversation.members
    conversation.members = {}
    for named in event.people:
        person = network.person(named.nick)
        if named.user:
            person.user, person.host = named.user, named.host
        conversation.members[network.fold(named.nick)] = Member(person, named.ranks)
    for folded in before.keys() - conversation.members.keys():
        forget_unless_followed(network, folded)
    return [MembersChanged(conversation)]


def invited(network: Network, event: events.Invited, now: float) -> list[Change]:
    """Apply INVITE, for us or for another user. The server may send the same invitation twice."""
    if is_ignored(network, event.by):
        return []
    found = network.find(event.channel)
    who = network.display_name(event.by)
    if not network.is_me(event.nick):
        conversation, changes = (found, []) if found else current_conversation(network)
        if network.is_me(event.by):
            text = N_("You invited {other} to {channel}.")
        else:
            text = N_("{name} invited {other} to {channel}.")
    elif found is not None and found.removal is not None:
        conversation, changes = found, [ConversationChanged(found)]
        text = N_("{name} invited you to {channel}.")
        found.removal = Removal(_("{name} invited you to come back").format(name=who), is_invited=True)
    else:
        conversation, changes = current_conversation(network)
        text = N_("{name} invited you to {channel}. To join: /join {channel}")
    other = network.display_name(event.nick)
    said = Sentence(text, {"name": who, "other": other, "channel": event.channel})
    if conversation.entries and conversation.entries[-1].text == said.text:
        return changes
    return [*changes, *note(network, conversation, "system", said, now)]


class TimedEvent(Protocol):
    """An event with a time and a msgid."""

    @property
    def time(self) -> float | None: ...
    @property
    def msgid(self) -> str: ...


def event_entry(
    network: Network,
    conversation: Conversation,
    kind: EntryKind,
    nick: str,
    event: TimedEvent,
    now: float,
    text: str = "",
    about: str = "",
) -> Entry:
    """Return a new entry for an event. `Entry` describes the meaning of nick, text and about."""
    at = network.time_in(conversation, now) if event.time is None else event.time
    entry = network.entry(kind, at, nick, text, about)
    entry.msgid = event.msgid
    entry.own = network.is_me(nick)
    entry.mention = kind == "kick" and network.is_me(about)
    return entry


def show_event(
    network: Network,
    conversation: Conversation,
    kind: EntryKind,
    nick: str,
    event: TimedEvent,
    now: float,
    text: str = "",
    about: str = "",
) -> list[Change]:
    """Add an entry for an event to a conversation; the arguments are those of `event_entry`."""
    return add(conversation, event_entry(network, conversation, kind, nick, event, now, text, about))


def _leave(network: Network, conversation: Conversation) -> None:
    """Remove all members, because the server no longer reports them."""
    gone = list(conversation.members)
    conversation.members = {}
    for folded in gone:
        forget_unless_followed(network, folded)


def _fail_unsent(conversation: Conversation) -> list[Change]:
    """Mark the own messages as failed that the server has not confirmed; it will not send them any more."""
    problem = _("You were removed from {channel} before it was sent.").format(channel=conversation.name)
    changes = waiting_messages.release(conversation)
    for entry in list(conversation.pending()):
        changes += delivery_status.fail(conversation, entry, problem)
    return changes


def _drop(network: Network, conversation: Conversation, nick: str) -> None:
    conversation.members.pop(network.fold(nick), None)
    conversation.typing.pop(nick, None)
    forget_unless_followed(network, network.fold(nick))
