"""Apply events about channels and people: joins, leaves, kicks, nicks, topics, accounts, presence."""

from __future__ import annotations

from typing import Protocol

from chatapp.client.incoming import events
from chatapp.client.model import delivery_status, display_names, reaction_counts, waiting_messages
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
from chatapp.protocol.names import Source

OWN_AWAY = {
    True: "You are marked as away. Type /back when you return.",
    False: "You are no longer marked as away.",
}
MAX_FORMER_NICKS = 5  # remembered of a person, so that changes of earlier messages are recognized
AWAY_REPEAT = 20  # entries after which the away message of a user is shown again


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
    reason = "" if is_ignored(network, event.by) else event.reason
    if network.is_me(event.nick):
        conversation.removal = Removal(
            f"{network.display_name(event.by)} removed you",
            f"Reason: {reason}" if reason else "",
            network.time_in(conversation, now),
        )
    return [
        *(_fail_unsent(conversation) if network.is_me(event.nick) else []),
        MembersChanged(conversation),
        ConversationChanged(conversation),
        *show_event(network, conversation, "kick", event.by, event, now, reason, event.nick),
    ]


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
    """Apply NICK."""
    changes: list[Change] = []
    old, new = network.fold(event.nick), network.fold(event.to)
    direct = network.find(event.nick)
    person = network.people.pop(old, None)
    if person:
        person.nick = event.to
        person.former_nicks = (*person.former_nicks[-MAX_FORMER_NICKS + 1 :], old)
        network.people[new] = person
    shared = network.with_member(old)
    for conversation in shared:
        conversation.members[new] = conversation.members.pop(old)
        conversation.typing.pop(event.nick, None)
        changes.append(MembersChanged(conversation))
    if direct and (network.find(event.to) in (None, direct)):
        network.rename(direct, event.to)
        shared.append(direct)
        changes += [ConversationChanged(direct), ConversationsChanged(network)]
    mine = network.is_me(event.nick)
    follow_nick(network, event.nick, event.to)
    for conversation in () if is_ignored(network, event.to) else shared:
        changes += show_event(network, conversation, "nick", event.nick, event, now, about=event.to)
    if mine:
        network.nick = event.to
        changes += reaction_counts.rename_mine(network, event.nick)
        network.source = network.source.replace(event.nick, event.to, 1)
        changes.append(StatusChanged(network))
    return changes


def channel_renamed(network: Network, event: events.ChannelRenamed, now: float) -> list[Change]:
    """Apply RENAME. The conversation keeps everything but its name."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    other = network.find(event.to)
    if other is not None and other is not conversation:  # of a channel that we were removed from
        network.remove(other)
    before = conversation.name
    network.rename(conversation, event.to)
    because = f" ({event.reason})" if event.reason and not is_ignored(network, event.by) else ""
    who = "You" if network.is_me(event.by) else event.by
    text = f"{who} renamed the channel from {before} to {event.to}{because}"
    line = show_event(network, conversation, "system", "", event, now, text)
    return [ConversationChanged(conversation), ConversationsChanged(network), *line]


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
        _forget(network, folded)
    return [MembersChanged(conversation)]


def person_updated(network: Network, event: events.PersonUpdated, now: float) -> list[Change]:
    """Apply news about a user who shares a channel with us; only visible news make a change."""
    folded = network.fold(event.nick)
    person = network.people.get(folded)
    if person is None:
        return []
    shown = (person.away, person.away_text, person.account)
    ignored = is_ignored(network, event.nick)
    person.away = person.away if event.away is None else event.away
    person.away_text = person.away_text if event.away_text is None else event.away_text
    person.away_text = person.away_text if person.away else ""
    person.account = person.account if event.account is None else event.account
    person.user = person.user if event.user is None else event.user
    person.host = person.host if event.host is None else event.host
    person.realname = person.realname if event.realname is None else event.realname
    learn_account(network, event.nick, person.account)
    if ignored and not is_ignored(network, event.nick):  # a logout
        network.ignored.add(folded)
    if network.is_me(event.nick) and person.user and person.host:
        network.source = f"{network.nick}!{person.user}@{person.host}"
    if shown == (person.away, person.away_text, person.account):
        return []
    changes: list[Change] = [MembersChanged(each) for each in network.with_member(folded)]
    direct = network.find(event.nick)
    return [*changes, ConversationChanged(direct)] if direct else changes


def away_reply(network: Network, event: events.AwayReply, now: float) -> list[Change]:
    """Apply 301. The away message is shown once in a while, not after every message."""
    news = events.PersonUpdated(event.nick, away=True, away_text=event.text)
    known = person_updated(network, news, now)
    conversation = network.find(event.nick)
    if conversation is None:
        return known
    text = f"{event.nick} is away: {event.text}"
    if any(entry.text == text for entry in conversation.entries[-AWAY_REPEAT:]):
        return known
    return [*known, *note(network, conversation, "system", text, now)]


def own_away_changed(network: Network, event: events.OwnAwayChanged, now: float) -> list[Change]:
    """Apply 305 or 306."""
    network.away = event.away
    conversation, made = current_conversation(network)
    changes = [
        *made,
        StatusChanged(network),
        *note(network, conversation, "system", OWN_AWAY[event.away], now),
    ]
    person = network.people.get(network.fold(network.nick))
    if person is None or person.away == event.away:
        return changes
    person.away = event.away
    shared = network.with_member(network.fold(network.nick))
    return [*changes, *(MembersChanged(conversation) for conversation in shared)]


def monitored(network: Network, event: events.Monitored, now: float) -> list[Change]:
    """Apply 730 or 731: users on our MONITOR list are online, or are not."""
    changes: list[Change] = []
    for source in map(Source.parse, event.people):
        folded = network.fold(source.nick)
        if folded not in network.monitored:
            continue  # a reply to a MONITOR that the user typed
        network.monitored[folded] = event.is_online
        if event.is_online:
            person = network.person(source.nick)
            person.user, person.host = source.user or person.user, source.host or person.host
        else:
            _forget(network, folded)
        direct = network.find(source.nick)
        changes += [ConversationChanged(direct)] if direct else []
    return changes


def learn_from_whois(network: Network, event: events.WhoisReply) -> list[Change]:
    """Store what a WHOIS reply says about a person whom we see."""
    if not event.facts or network.fold(event.nick) not in network.people:
        return []
    is_away = event.away_text is not None
    news = events.PersonUpdated(event.nick, away=is_away, away_text=event.away_text or "")
    return person_updated(network, news, 0.0)


def whois_reply(network: Network, event: events.WhoisReply, now: float) -> list[Change]:
    """Apply a WHOIS reply: show the facts in the conversation in which the user asked."""
    if not event.facts:
        return []
    asked = network.whois_asked_in.pop(network.fold(event.nick), None)
    is_open = asked is not None and network.find(asked.name) is asked
    conversation, changes = (asked, []) if asked is not None and is_open else current_conversation(network)
    known = network.people.get(network.fold(event.nick))
    text = "\n".join(f"{known.nick if known else event.nick} {fact}" for fact in event.facts)
    return [*changes, *note(network, conversation, "system", text, now)]


def invited(network: Network, event: events.Invited, now: float) -> list[Change]:
    """Apply INVITE, for us or for another user. The server may send the same invitation twice."""
    if is_ignored(network, event.by):
        return []
    found = network.find(event.channel)
    if network.is_me(event.nick):
        conversation, changes = current_conversation(network)
        text = f"{event.by} invited you to {event.channel}. To join: /join {event.channel}"
    else:
        conversation, changes = (found, []) if found else current_conversation(network)
        text = f"{event.by} invited {event.nick} to {event.channel}."
    if conversation.entries and conversation.entries[-1].text == text:
        return changes
    return [*changes, *note(network, conversation, "system", text, now)]


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
        _forget(network, folded)


def _fail_unsent(conversation: Conversation) -> list[Change]:
    """Mark the own messages as failed that the server has not confirmed; it will not send them any more."""
    problem = f"You were removed from {conversation.name} before it was sent."
    changes = waiting_messages.release(conversation)
    for entry in list(conversation.pending()):
        changes += delivery_status.fail(conversation, entry, problem)
    return changes


def _drop(network: Network, conversation: Conversation, nick: str) -> None:
    conversation.members.pop(network.fold(nick), None)
    conversation.typing.pop(nick, None)
    _forget(network, network.fold(nick))


def _forget(network: Network, folded: str) -> None:
    """Remove a person about whom the server sends no more news: no shared channel, not monitored."""
    if not network.with_member(folded) and not network.monitored.get(folded):
        display_names.forget_person(network, folded)
