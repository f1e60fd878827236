"""What is known about people: accounts and hosts, who is away and why, who of a MONITOR list is online.

Source: IRCv3 away-notify, account-notify, chghost, setname, monitor; modern IRC "WHOIS message"
"""

from __future__ import annotations

from chatapp.client.incoming import events
from chatapp.client.model import display_names
from chatapp.client.model.changes import Change, ConversationChanged, MembersChanged, StatusChanged
from chatapp.client.model.ignored_people import is_ignored, learn_account
from chatapp.client.model.incoming_messages import current_conversation, note
from chatapp.client.model.network import Network
from chatapp.client.model.sentences import Sentence
from chatapp.languages.translation import N_, _
from chatapp.protocol.names import Source
from chatapp.protocol.presence import ABSENT, NOT_STORED, UNSPECIFIED, WAITS

OWN_AWAY = {
    True: N_("You are marked as away. Choose “I am back”, or type /back."),
    False: N_("You are no longer marked as away."),
}
ABSENCES = {  # what our server answers for somebody who is not connected
    ABSENT: N_("{name} is not connected."),
    WAITS: N_("{name} is not connected. Your message will be delivered at the next login."),
    NOT_STORED: N_("{name} is not connected, and this server does not store messages."),
}
AWAY_REPEAT = 20  # entries after which the away message of a user is shown again


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
    absence = ABSENCES.get(event.text, "")
    news = events.PersonUpdated(event.nick, away=True, away_text=ABSENT if absence else event.text)
    known = person_updated(network, news, now)
    conversation = network.find(event.nick)
    if conversation is None:
        return known
    why = "" if event.text == UNSPECIFIED else event.text
    text = N_("{name} is away: {reason}") if why else N_("{name} is away.")
    said = Sentence(absence or text, {"name": network.display_name(event.nick), "reason": why})
    if any(entry.text == said.text for entry in conversation.entries[-AWAY_REPEAT:]):
        return known
    return [*known, *note(network, conversation, "system", said, now)]


def own_away_changed(network: Network, event: events.OwnAwayChanged, now: float) -> list[Change]:
    """Apply 305 or 306. An automatic change needs no line in the conversation."""
    changes: list[Change] = [StatusChanged(network)]
    network.away = event.away
    if event.is_automatic:
        network.away_text = ""
    elif not event.is_repeated:
        network.kept_away = (network.away_text or _("Away")) if event.away else ""
        conversation, made = current_conversation(network)
        changes += [*made, *note(network, conversation, "system", Sentence(OWN_AWAY[event.away]), now)]
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
            forget_unless_followed(network, folded)
        direct = network.find(source.nick)
        changes += [ConversationChanged(direct)] if direct else []
    if changes and network.current is not None and network.current.kind == "channel":
        changes.append(MembersChanged(network.current))  # absent partners are listed below its members
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


def forget_unless_followed(network: Network, folded: str) -> None:
    """Remove a person about whom the server sends no more news: no shared channel, not monitored."""
    if not network.with_member(folded) and not network.monitored.get(folded):
        display_names.forget_person(network, folded)
