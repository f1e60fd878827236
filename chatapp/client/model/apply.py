"""Apply events to the model. Each handler changes the network and returns the changes for the views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import nick_error_text
from chatapp.client.model import (
    channel_modes,
    delivery_status,
    display_names,
    ignored_people,
    incoming_messages,
    members,
    message_edits,
    message_reactions,
    people,
    person_colours,
    person_status,
    read_state,
    redaction,
    waiting_messages,
)
from chatapp.client.model.changes import (
    Change,
    ChannelsListed,
    ConversationChanged,
    StatusChanged,
    TypingChanged,
)
from chatapp.client.model.network import Network
from chatapp.client.model.sentences import Sentence
from chatapp.languages.translation import N_, _

FULL = "FILES FULL"
"""The code with which a server tells its owners that a file was refused for lack of room."""
NO_ROOM = N_("A file was refused: the server has no more room for files. Delete some, or let it take more.")


def apply(network: Network, event: events.Event, now: float) -> list[Change]:
    """Apply an event to the network.

    Args:
        now: Unix seconds by our clock.
    """
    return _HANDLERS[type(event)](network, event, now)


def connection_lost(network: Network, now: float) -> list[Change]:
    """Apply the loss of the connection: no message is confirmed, no channel is joined, no one is typing."""
    if network.disconnected_at is None or not network.awaits_targets:
        network.disconnected_at = network.time(now)  # else messages since the previous loss are still missing
    network.awaited_pages.clear()
    network.monitored.clear()
    ignored_people.lose_track(network)
    changes: list[Change] = [StatusChanged(network)]
    for conversation in network.conversations.values():
        changes += delivery_status.connection_lost(network, conversation, now)
        for entry in conversation.entries:
            entry.overdue = False  # its echo cannot come any more, only the history can show it
        conversation.typing.clear()
        changes += waiting_messages.release(conversation)
        conversation.joined = False
        conversation.modes = None
        conversation.fetching = None
        conversation.behind = True
        changes += [ConversationChanged(conversation), TypingChanged(conversation)]
    return changes


def connection_abandoned(network: Network) -> list[Change]:
    """Mark the messages that wait for a connection as failed, because there will be none."""
    return [
        change
        for conversation in network.conversations.values()
        for entry in list(conversation.pending())
        for change in delivery_status.fail(
            conversation, entry, _("You were disconnected before it was sent.")
        )
    ]


def clock_set_back(network: Network, seconds: float) -> list[Change]:
    """Adapt the model after our clock was set back and the server's was not.

    Without this, new entries would stand above older ones until the server sends its time again, and timers
    would run too long.

    Args:
        seconds: How far our clock was set back.
    """
    network.clock_offset += seconds
    if network.retry_at is not None:
        network.retry_at -= seconds
    changes: list[Change] = [StatusChanged(network)]
    for conversation in network.conversations.values():
        conversation.typing = {nick: until - seconds for nick, until in conversation.typing.items()}
    return changes


def _registered(network: Network, event: events.Registered, now: float) -> list[Change]:
    network.nick = event.nick
    network.away, network.is_server_operator = bool(network.kept_away), False
    network.server_role, network.is_stopped_here = "", False
    _set_clock(network, event.time, now)
    return [StatusChanged(network)]


def _metadata_received(network: Network, event: events.MetadataReceived, now: float) -> list[Change]:
    found = person_colours.received(network, event) or person_status.received(network, event)
    return found or display_names.received(network, event, now)


def _logged_in(network: Network, event: events.LoggedIn, now: float) -> list[Change]:
    network.account = event.account
    return [StatusChanged(network)]


def _ponged(network: Network, event: events.PongReceived, now: float) -> list[Change]:
    _set_clock(network, event.time, now)
    return []


def _set_clock(network: Network, time: float | None, now: float) -> None:
    if time is not None:
        network.clock_offset = time - now


def _software_known(network: Network, event: events.ServerSoftware, now: float) -> list[Change]:
    network.server_software = event.version
    return []


def _features_received(network: Network, event: events.FeaturesReceived, now: float) -> list[Change]:
    network.isupport = event.isupport
    name = event.isupport.get("NETWORK", "")
    if not name or name == network.name:
        return []
    network.name = name
    found = network.server()
    if found is None:
        return [StatusChanged(network)]
    found.title = name
    return [StatusChanged(network), ConversationChanged(found)]


def _capabilities_changed(network: Network, event: events.CapabilitiesChanged, now: float) -> list[Change]:
    network.capabilities, network.capability_values = event.capabilities, event.values
    return []


def _nick_refused(network: Network, event: events.NickRefused, now: float) -> list[Change]:
    conversation, changes = incoming_messages.current_conversation(network)
    text = nick_error_text(event, network.longest_nick)
    return [*changes, *incoming_messages.note(network, conversation, "error", text, now)]


def _server_text(network: Network, event: events.ServerText, now: float) -> list[Change]:
    found = network.find(event.about) if event.about else None
    default = (
        incoming_messages.current_conversation if event.is_reply else incoming_messages.server_conversation
    )
    conversation, changes = (found, []) if found else default(network)
    if event.code == FULL:
        network.lacks_room = True
        changes = [*changes, ConversationChanged(conversation)]
    said = Sentence(NO_ROOM, {}) if event.code == FULL else event.text
    return [*changes, *incoming_messages.note(network, conversation, "system", said, now)]


def _channel_list(network: Network, event: events.ChannelList, now: float) -> list[Change]:
    return [ChannelsListed(network, event.channels)]


def _server_closing(network: Network, event: events.ServerClosing, now: float) -> list[Change]:
    network.problem = event.reason
    if network.state != "online":
        return []
    conversation, changes = incoming_messages.current_conversation(network)
    if network.is_stopped_here:
        said = Sentence(N_("You stopped the server."))
        return [*changes, *incoming_messages.note(network, conversation, "system", said, now)]
    said = Sentence(N_("The server closed the connection: {reason}"), {"reason": event.reason})
    return [*changes, *incoming_messages.note(network, conversation, "error", said, now)]


_HANDLERS: dict[type[Any], Callable[[Network, Any, float], list[Change]]] = {
    events.MessageReceived: incoming_messages.message_received,
    events.Edited: message_edits.edited,
    events.Reacted: message_reactions.reacted,
    events.Redacted: redaction.redacted,
    events.ReadMarkerReceived: read_state.marked,
    events.Registered: _registered,
    events.LoggedIn: _logged_in,
    events.NickRefused: _nick_refused,
    events.FeaturesReceived: _features_received,
    events.ServerSoftware: _software_known,
    events.CapabilitiesChanged: _capabilities_changed,
    events.ServerClosing: _server_closing,
    events.TypingReceived: incoming_messages.typed,
    events.Joined: members.joined,
    events.Parted: members.parted,
    events.Quit: members.user_quit,
    events.Kicked: members.kicked,
    events.NickChanged: members.renamed,
    events.ChannelRenamed: members.channel_renamed,
    events.TopicKnown: members.topic_known,
    events.TopicSet: members.topic_set,
    events.ModeSet: channel_modes.changed,
    events.ModesKnown: channel_modes.known,
    events.ChannelCreated: channel_modes.created,
    events.Roster: members.roster,
    events.PersonUpdated: people.person_updated,
    events.AwayReply: people.away_reply,
    events.OwnAwayChanged: people.own_away_changed,
    events.WhoisReply: people.whois_reply,
    events.MetadataReceived: _metadata_received,
    events.Monitored: people.monitored,
    events.Invited: members.invited,
    events.ErrorReply: incoming_messages.refused,
    events.Acknowledged: delivery_status.acknowledged,
    events.ServerText: _server_text,
    events.ChannelList: _channel_list,
    events.PongReceived: _ponged,
}
