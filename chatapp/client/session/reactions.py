"""How the client reacts to the events of a server: one table, event → reaction.

Each event is looked up once. Its reaction does everything that follows from it: it applies the event to the
model, sends requests, and decides whether an error is shown. An event that is not in the table is applied to
the model and has no other effect.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from chatapp.client.incoming import events
from chatapp.client.incoming.events import Event
from chatapp.client.incoming.handlers import WHOX_FIELDS
from chatapp.client.local import owner_key
from chatapp.client.model import delivery_status, history, people, search_results
from chatapp.client.model.changes import ConversationsChanged, LocalServerFound, ProfileReceived
from chatapp.client.model.waiting_messages import unsent
from chatapp.client.outgoing import sending
from chatapp.client.session import own_account
from chatapp.client.session.current_conversation import choose, request_modes, show, show_any
from chatapp.client.session.error_reactions import error_received, nick_refused
from chatapp.client.session.network_session import NetworkSession
from chatapp.languages.translation import N_, _
from chatapp.protocol.display_names import KEY
from chatapp.protocol.message import Message

MAX_WHO_MEMBERS = 300  # members of a channel; in a larger one the client does not ask who is away
LOGGED_OUT = "SESSIONS LOGGED_OUT"
FILE_GONE = "FILES GONE"
OTHER_CHAT = N_("Another chat may be running at this address now.")


def react(session: NetworkSession, event: Event) -> None:
    """Call the reaction to an event."""
    REACTIONS.get(type(event), NetworkSession.apply)(session, event)


# registration, joins and leaves


def _registered(session: NetworkSession, event: events.Registered) -> None:
    """Join the channels that we were in and those of the login, and request missed messages."""
    session.apply(event)
    network, login = session.network, session.login
    network.capabilities = session.connection.capabilities
    session.typing_notices.reset()
    session.send_all(session.automatic_away.begin(network))
    session.is_described = False
    if login.pin:
        session.services.trusted.trust(login.host, login.port, login.pin)
    if network.account:
        session.stored_password.accepted(login)
    _request_people(session)
    reopened = _reopen(session)
    new = [(name, "") for name in login.channels if network.find(name) is None]
    session.send_all(session.joins.join_again(network, [*new, *reopened]))
    session.send_all(session.missed_messages.begin(network, session.services.wall()))
    if network.privacy == "encrypted" or session.is_named:
        _send_waiting(session)
    elif any(map(unsent, network.conversations.values())):
        session.send(Message("PING", ["waiting"]))  # its answer comes after the name of the chat
    become_owner(session)


def _send_waiting(session: NetworkSession) -> None:
    for conversation in session.network.conversations.values():
        session.carry_out(sending.send_waiting(session.network, conversation, session.message_labels))


def _features_received(session: NetworkSession, event: events.FeaturesReceived) -> None:
    """Send what waits, if it is still the same chat; tell a server that lists sessions which one this is.

    Without encryption the name of the chat is all that tells it from another one at the same address.
    """
    network, name = session.network, event.isupport.get("NETWORK", "")
    is_first = bool(name) and not session.is_named and network.privacy != "encrypted"
    if is_first and network.name not in (name, session.login.host):
        session.report(*delivery_status.fail_waiting(network, _(OTHER_CHAT)))
    session.apply(event)
    session.is_named = session.is_named or bool(name)
    if is_first:
        _send_waiting(session)
    message = None if session.is_described else own_account.describe_client(session)
    if message:
        session.is_described = True
        session.request(message)


def _request_people(session: NetworkSession) -> None:
    """Subscribe to display names, set our own, and monitor the partners of direct messages."""
    session.presence_polls.begin()
    for message in session.people_watch.begin(session.network, session.login.display_name):
        is_own_name = message.command == "METADATA" and message.params[1] == "SET"
        (session.send if is_own_name else session.request)(message)  # the user sees why a name is refused


def _reopen(session: NetworkSession) -> tuple[tuple[str, str], ...]:
    """Reopen what was open at the end of the last run; return the channels to join now."""
    network = session.network
    created, channels, messages = session.reopening.begin(network)
    if created:
        session.report(ConversationsChanged(network))
    session.send_all(messages)
    for each in created:
        if session.reopening.is_awaited(network, each.name):
            choose(session, each)
    return channels


def become_owner(session: NetworkSession) -> None:
    """On the user's own server, become its owner at each welcome. Nothing of it is shown."""
    login, services = session.login, session.services
    is_safe = session.network.privacy == "encrypted"
    certificate = login.pin or services.trusted.known(login.host, login.port) if is_safe else ""
    key = services.local_server.use(login, certificate)
    if key:
        session.request(Message("OPER", [owner_key.NAME, key]))
        if services.local_server.take_found():
            session.report(LocalServerFound(session.network))


def _joined(session: NetworkSession, event: events.Joined) -> None:
    """After our own join, fetch the history, send waiting messages, and show the channel if it is wanted."""
    session.apply(event)
    network = session.network
    conversation = network.find(event.channel)
    if conversation is None or not network.is_me(event.nick):
        return
    is_awaited = session.reopening.joined(network, event.channel)
    key, is_requested = session.joins.joined(network, event.channel)
    conversation.channel_key = key or conversation.channel_key
    session.send_all(history.catch_up(network, conversation))
    session.carry_out(sending.send_waiting(network, conversation, session.message_labels))
    current = network.current
    is_first = current is None or (current.kind == "server" and network.channels() == [conversation])
    if is_awaited or is_requested:
        choose(session, conversation)
    elif is_first:
        show(session, conversation)
    elif current is conversation:
        request_modes(session, conversation)


def _parted(session: NetworkSession, event: events.Parted) -> None:
    session.apply(event)
    show_any(session)


def _nick_changed(session: NetworkSession, event: events.NickChanged) -> None:
    """Reconnect later with our own new nick. A nick change of another user may free the nick that we want."""
    session.apply(event)
    if event.to == session.network.nick:
        session.connection.use_nick(event.to)
    session.people_watch.partner_renamed()
    _notice_freed(session, event.nick)


def _quit(session: NetworkSession, event: events.Quit) -> None:
    session.apply(event)
    _notice_freed(session, event.nick)


def _notice_freed(session: NetworkSession, nick: str) -> None:
    if session.network.fold(nick) == session.network.fold(session.login.nick):
        session.nick_reclaim.freed()


# channels


def _channel_renamed(session: NetworkSession, event: events.ChannelRenamed) -> None:
    """Rejoin later under the new name, and request again the page that was requested under the old one."""
    session.apply(event)
    session.connection.rename_channel(event.channel, event.to)
    conversation = session.network.find(event.to)
    if conversation and conversation.fetching:
        fetch, conversation.fetching = conversation.fetching, None
        again = history.request_older if fetch == "before" else history.catch_up
        session.send_all(again(session.network, conversation))


def _modes_known(session: NetworkSession, event: events.ModesKnown) -> None:
    session.apply(event)
    session.background.answered(session.network, "MODE", event.channel)


def _roster(session: NetworkSession, event: events.Roster) -> None:
    """Request who of the members is away."""
    session.apply(event)
    if len(event.people) <= MAX_WHO_MEMBERS:
        fields = [WHOX_FIELDS] if "WHOX" in session.network.isupport else []
        session.request(Message("WHO", [event.channel, *fields]), labelled=False)


# people


def _person_updated(session: NetworkSession, event: events.PersonUpdated) -> None:
    session.apply(event)
    session.people_watch.person_updated(session.network, event.nick)


def _own_away_changed(session: NetworkSession, event: events.OwnAwayChanged) -> None:
    session.apply(session.automatic_away.classified(session.network, event))
    session.people_watch.person_updated(session.network, session.network.nick)


def _monitored(session: NetworkSession, event: events.Monitored) -> None:
    session.apply(event)
    for message in session.people_watch.monitored(session.network, event):
        session.request(message)


def _whois_reply(session: NetworkSession, event: events.WhoisReply) -> None:
    """Learn from a WHOIS reply; show it unless it answers a request that the user did not make."""
    session.report(*people.learn_from_whois(session.network, event))
    is_background = session.people_watch.takes_whois(session.network, event)
    session.report(ProfileReceived(session.network, event))
    if not is_background:
        session.apply(event)


def _metadata_received(session: NetworkSession, event: events.MetadataReceived) -> None:
    """Reconnect later with our own new display name, now that the server has accepted it."""
    session.apply(event)
    network = session.network
    if event.key == KEY and (event.target == "*" or network.is_me(event.target)):
        session.connection.use_display_name(event.value or "")


def _metadata_delayed(session: NetworkSession, event: events.MetadataDelayed) -> None:
    session.people_watch.delayed(event, session.services.clock())


# history


def _history_page(session: NetworkSession, event: events.HistoryPage) -> None:
    network, now = session.network, session.services.wall()
    exported = session.exports.receive_page(network, event)
    if exported is not None:
        session.carry_out(exported)
        return
    found = session.finding.receive_page(network, event, now)
    quoted = session.quoted_messages.received(network, event, now)
    deleted = session.recent_deletions.received(network, event, session.message_changes.deletions, now)
    if found is not None:
        session.carry_out(found)
        _request_names(session, event)
    elif quoted is not None:
        session.report(*quoted)
        _request_names(session, event)
    elif deleted is not None:
        session.carry_out(deleted)
    elif session.requested_results.claims(network, event.target, event.label):
        session.report(*search_results.show(network, event.messages, now))
    else:
        session.carry_out(history.apply_page(network, event, now))
        _request_names(session, event)
        session.send_after_history()


def _request_names(session: NetworkSession, page: events.HistoryPage | events.SearchResults) -> None:
    """Request the display names of authors who are not there any more."""
    authors = (each.nick for each in page.messages)
    for message in session.people_watch.unknown_authors(session.network, authors):
        session.request(message)


def _search_results(session: NetworkSession, event: events.SearchResults) -> None:
    network, now = session.network, session.services.wall()
    found = session.finding.receive_results(network, event, now)
    session.carry_out(found or (search_results.show(network, event.messages, now), []))
    _request_names(session, event)


def _history_targets(session: NetworkSession, event: events.HistoryTargets) -> None:
    """Fetch the missed direct messages of an overview, or request their read markers first."""
    exported = session.exports.receive_targets(session.network, event)
    if exported is not None:
        session.carry_out(exported)
        return
    changes, messages = session.missed_messages.receive_page(session.network, event, session.services.wall())
    session.report(*changes)
    for message in messages:
        (session.request if message.command == "MARKREAD" else session.send)(message)


def _marked(session: NetworkSession, event: events.ReadMarkerReceived) -> None:
    """Fetch the messages after the read marker of a direct message."""
    session.apply(event)
    session.send_all(session.missed_messages.receive_marker(session.network, event))


def _ponged(session: NetworkSession, event: events.PongReceived) -> None:
    session.apply(event)
    network = session.network
    session.slow_pages.ponged(network, event)
    session.carry_out(session.orders.ponged(network, event, session.services.clock()))
    session.send_all(session.joins.join(network, session.reopening.ponged(network, event)))
    _send_waiting(session)


# changes of messages


def _edited(session: NetworkSession, event: events.Edited) -> None:
    session.apply(event)
    session.report(*session.message_changes.confirmed(event.label))


def _reacted(session: NetworkSession, event: events.Reacted) -> None:
    session.apply(event)
    session.message_changes.reacted(session.network, event)


def _redacted(session: NetworkSession, event: events.Redacted) -> None:
    session.apply(event)
    session.report(*session.message_changes.confirmed(event.label, event.msgid))


def _acknowledged(session: NetworkSession, event: events.Acknowledged) -> None:
    session.apply(event)
    session.report(*session.message_changes.confirmed(event.label))
    nothing = events.SearchResults((), event.label)
    found = session.finding.receive_results(session.network, nothing, session.services.wall())
    session.carry_out(found or ([], []))


# texts of the server


def _server_text(session: NetworkSession, event: events.ServerText) -> None:
    """Show a text of the server, unless it is the reply to a request that the user did not make."""
    if event.code == LOGGED_OUT:
        own_account.logged_out(session)
    if event.code == FILE_GONE:
        session.report(*session.file_cards.gone(session.network, event.about))
        return
    if session.server_watch.takes_text(event):
        return
    presence = session.presence_polls.receive(session.network, event)
    for news in presence or ():
        session.apply(news)
        if isinstance(news, events.PersonUpdated):
            session.people_watch.person_updated(session.network, news.nick)
    if presence is None and not session.orders.takes_text(event):
        session.apply(event)


REACTIONS: dict[type[Any], Callable[[NetworkSession, Any], None]] = {
    events.Registered: _registered,
    events.FeaturesReceived: _features_received,
    events.Joined: _joined,
    events.Parted: _parted,
    events.NickChanged: _nick_changed,
    events.Quit: _quit,
    events.ChannelRenamed: _channel_renamed,
    events.ModesKnown: _modes_known,
    events.Roster: _roster,
    events.PersonUpdated: _person_updated,
    events.OwnAwayChanged: _own_away_changed,
    events.Monitored: _monitored,
    events.WhoisReply: _whois_reply,
    events.MetadataReceived: _metadata_received,
    events.MetadataDelayed: _metadata_delayed,
    events.HistoryPage: _history_page,
    events.SearchResults: _search_results,
    events.HistoryTargets: _history_targets,
    events.ReadMarkerReceived: _marked,
    events.PongReceived: _ponged,
    events.Edited: _edited,
    events.Reacted: _reacted,
    events.Redacted: _redacted,
    events.Acknowledged: _acknowledged,
    events.ServerText: _server_text,
    events.ErrorReply: error_received,
    events.NickRefused: nick_refused,
}
