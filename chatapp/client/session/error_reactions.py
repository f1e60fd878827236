"""How the client reacts to errors: it finds out which request was refused, and shows the error if it must.

Each feature is asked in turn whether the error answers one of its requests. What is left is the refusal of a
message or a command of the user, or of a request that the user did not make; the latter is not shown.
"""

from __future__ import annotations

from chatapp.client.incoming import events
from chatapp.client.incoming.error_texts import error_text, nick_error_text
from chatapp.client.model import history, incoming_messages
from chatapp.client.session.network_session import NetworkSession


def error_received(session: NetworkSession, event: events.ErrorReply) -> None:
    """Show an error where it belongs, unless it answers a request that the user did not make."""
    if session.orders.refused(session.network, event):
        session.joins.refused(session.network, event.about)
        return
    if event.code == "734":
        session.people_watch.list_full(session.network, event)
    changes = session.message_changes.refused(session.network, event, session.services.wall())
    if changes is None:
        changes = session.quoted_messages.refused(session.network, event)
    if changes is not None:
        session.report(*changes)
        return
    if session.recent_deletions.refused(event):
        return
    found = session.exports.refused(session.network, event) or session.finding.refused(session.network, event)
    if found is not None:
        session.carry_out(found)
        return
    if event.command == "CHATHISTORY" and not _is_requested_history(session, event):
        _history_refused(session, event)
    elif not _is_background(session, event):
        _show_error(session, event, error_text(event))
    session.joins.refused(session.network, event.about)
    session.reopening.refused(session.network, event)


def _history_refused(session: NetworkSession, event: events.ErrorReply) -> None:
    network = session.network
    session.carry_out(history.page_refused(network, event))
    session.send_after_history()
    if network.awaits_targets and "TARGETS" in (*event.about, "TARGETS" if not event.about else ""):
        session.report(*session.missed_messages.end(network))


def nick_refused(session: NetworkSession, event: events.NickRefused) -> None:
    """Show that a nick was refused, unless the client has tried it by itself or a dialog shows it."""
    if session.orders.refused(session.network, event):
        return
    if not session.nick_reclaim.is_answer(event):
        _show_error(session, event, nick_error_text(event, session.network.longest_nick))


def _show_error(session: NetworkSession, event: events.ErrorReply | events.NickRefused, reason: str) -> None:
    """Show that a message or a command of the user was refused; offer the command for correction."""
    network = session.network
    is_message = isinstance(event, events.ErrorReply) and _concerns_own_message(session, event)
    session.apply(event)
    if not is_message:
        session.report(*session.command_feedback.refused(network, event, reason, session.services.clock()))


def _is_requested_history(session: NetworkSession, event: events.ErrorReply) -> bool:
    """Return whether the user requested the page of history that is refused."""
    results = session.requested_results
    return any(results.claims(session.network, each, event.label) for each in (*event.about, ""))


def _is_background(session: NetworkSession, event: events.ErrorReply) -> bool:
    """Return whether an error answers a request that the user did not make."""
    network = session.network
    if _concerns_own_message(session, event):
        return False
    request = session.background.refused(network, event, session.services.clock())
    conversation = network.find(request.target) if request and request.command == "TAGMSG" else None
    if conversation:
        session.typing_notices.refused(conversation)
    return request is not None


def _concerns_own_message(session: NetworkSession, event: events.ErrorReply) -> bool:
    return incoming_messages.own_message(session.network, event, session.services.wall()) is not None
