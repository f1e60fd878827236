"""Requests the direct messages that arrived while we were not connected, after each welcome.

The server sends an overview, page by page: the users with whom there are messages, and the time of the last
one. A conversation with messages newer than the read marker is fetched from there; an unknown one is opened.
Without the time of the last connection, as at the first start on a computer, the latest ones are requested.

Source: IRCv3 chathistory (TARGETS)
"""

from __future__ import annotations

from chatapp.client.incoming.events import HistoryTargets, ReadMarkerReceived
from chatapp.client.model.changes import Change, ConversationChanged, ConversationsChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.history import catch_up, is_available, limit
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.incoming_messages import MILLISECOND
from chatapp.client.model.model import Reference
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import CAPABILITY
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import EARLIEST, iso_of_seconds

TARGETS_PAGE = 50  # conversations on a page
MAX_PAGES = 10  # of one overview
FIRST_TARGETS = 20  # conversations to request if the time of the last connection is not known

Outcome = tuple[list[Change], list[Message]]  # what to repaint, what to send


class MissedMessages:
    """The overview that follows one welcome."""

    def __init__(self) -> None:
        self._pages = 0
        self._requested = 0  # conversations on the page that was requested last
        self._awaited_markers: dict[str, float] = {}  # by folded nick: the time of the last message

    def begin(self, network: Network, now: float) -> list[Message]:
        """Request what was missed in each known direct message, and the first page of the overview."""
        self._pages, self._awaited_markers = 0, {}
        network.awaits_targets = is_available(network)
        directs = [each for each in network.conversations.values() if each.kind == "direct"]
        if not network.awaits_targets:
            for each in directs:
                each.behind = False
            return []
        messages: list[Message] = []
        for each in directs:
            each.partial = False
            if each.newest is not None or each.complete or any(own.is_uncertain for own in each.pending()):
                messages += catch_up(network, each)
        return [*messages, self._request_page(network, _start(network, directs), now)]

    def receive_page(self, network: Network, event: HistoryTargets, now: float) -> Outcome:
        """Apply a page of the overview."""
        if not network.awaits_targets:
            return [], []
        changes: list[Change] = []
        messages: list[Message] = []
        for name, time in event.targets:
            if not network.is_channel(name) and not network.is_me(name):
                more, requests = self._add(network, name, time, now)
                changes += more
                messages += requests
        last = max((time for _, time in event.targets), default=0.0)
        is_forwards = network.disconnected_at is not None
        if is_forwards and len(event.targets) >= self._requested and self._pages < MAX_PAGES:
            return changes, [*messages, self._request_page(network, last - MILLISECOND, now)]
        return changes + self.end(network), messages

    def receive_marker(self, network: Network, event: ReadMarkerReceived) -> list[Message]:
        """Request the messages after the read marker that the server has sent for a conversation."""
        time = self._awaited_markers.pop(network.fold(event.target), None)
        conversation = network.find(event.target)
        if time is None or conversation is None:
            return []
        if event.time is None and network.disconnected_at is None and conversation.read_marker is None:
            conversation.starts_at = 0.0  # none of it was ever read
        messages = _fetch(network, conversation, time)
        conversation.behind = bool(messages)
        return messages

    def end(self, network: Network) -> list[Change]:
        """Apply the end of the overview: a conversation that is not being fetched has missed nothing."""
        network.awaits_targets = False
        changes: list[Change] = []
        for each in network.conversations.values():
            is_awaited = each.fetching or network.fold(each.name) in self._awaited_markers
            if each.kind == "direct" and each.behind and not is_awaited:
                each.behind = False
                changes.append(ConversationChanged(each))
        return changes

    def _request_page(self, network: Network, start: float | None, now: float) -> Message:
        self._pages += 1
        end = network.time(now) + 1.0
        self._requested = limit(network, TARGETS_PAGE if start is not None else FIRST_TARGETS)
        bounds = (start, end) if start is not None else (end, EARLIEST)
        times = [f"timestamp={iso_of_seconds(each)}" for each in bounds]
        return Message("CHATHISTORY", ["TARGETS", *times, str(self._requested)])

    def _add(self, network: Network, name: str, time: float, now: float) -> Outcome:
        """Open or fetch one conversation of the overview; `time` is that of its last message."""
        conversation = network.find(name)
        changes: list[Change] = []
        since = network.disconnected_at
        if conversation is None:
            if (since is not None and time <= since) or is_ignored(network, name):
                return [], []  # the user has closed it, and there is nothing new
            conversation = network.add(name, "direct")
            conversation.behind = True
            if conversation.unread_after is None:
                conversation.starts_at = network.time(now) if since is None else since
            changes.append(ConversationsChanged(network))
        if conversation.partial:  # fetch from the start of the gap; known messages are not added twice
            conversation.partial, conversation.behind, conversation.newest = False, True, None
            if since is not None and conversation.starts_at is not None:
                conversation.starts_at = min(conversation.starts_at, since)
        if not conversation.behind or conversation.fetching:
            return changes, []
        if CAPABILITY in network.capabilities and conversation.server_marker is None:
            self._awaited_markers[network.fold(name)] = time
            return changes, [Message("MARKREAD", [conversation.name])]
        return changes, _fetch(network, conversation, time)


def _start(network: Network, directs: list[Conversation]) -> float | None:
    """Return the time from which to request: the last connection, or earlier if messages are unread since."""
    if network.disconnected_at is None:
        return None
    bounds = [each.unread_after for each in directs if each.unread_after and each.newest is None]
    return min([network.disconnected_at, *bounds])


def _fetch(network: Network, conversation: Conversation, time: float) -> list[Message]:
    """Request the messages after the read marker, if there are any."""
    bound = conversation.unread_after
    if bound is not None and time <= bound:
        return []
    if bound and conversation.newest is None:
        conversation.newest = Reference("", bound)
    return catch_up(network, conversation)
