"""Shows a conversation of a network, and requests its modes and its history from the server."""

from __future__ import annotations

from chatapp.client.model import history
from chatapp.client.model.changes import ConversationOpened
from chatapp.client.model.conversation import Conversation
from chatapp.client.session.network_session import NetworkSession
from chatapp.protocol.message import Message


def choose(session: NetworkSession, conversation: Conversation) -> None:
    """Show a conversation that the user has chosen, instead of the one that was shown in the last run."""
    session.reopening.chosen(session.network)
    show(session, conversation)


def show(session: NetworkSession, conversation: Conversation) -> None:
    """Show a conversation."""
    network = session.network
    current = network.current
    if current and current is not conversation:
        current.keeps_unread = False  # when the user comes back, messages that are seen are read
        current.reset_limit()
        current.past = None  # it opens at the present again
    network.current = conversation
    session.report(ConversationOpened(conversation))
    request_modes(session, conversation)
    if conversation.kind == "direct" and conversation.newest is None and not conversation.complete:
        session.send_all(history.catch_up(network, conversation))  # it was never shown before


def show_any(session: NetworkSession) -> None:
    """Show another conversation if the one that was shown is gone."""
    network = session.network
    if network.current is None and network.conversations:
        rest = list(network.conversations.values())
        choose(session, next((each for each in rest if each.kind == "channel"), rest[0]))


def request_modes(session: NetworkSession, conversation: Conversation) -> None:
    """Request the modes of the channel that is shown, on which it depends what the user may do there."""
    if conversation.kind == "channel" and conversation.joined and conversation.modes is None:
        session.request(Message("MODE", [conversation.name]), labelled=False)
