"""Which direct messages came while we were gone: asked for at every login.

The server gives an overview, page by page: with whom something was said, and when last. A conversation in
which something is newer than what was read is fetched from there; one that nobody knows yet is opened.
Without a time from which on to look, as at the first start on a computer, the latest ones are asked for.

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

TARGETS_PAGE = 50  # conversations of a page
MOST_PAGES = 10
FIRST_TARGETS = 20  # conversations that are asked for where nothing is known

Outcome = tuple[list[Change], list[Message]]  # what to repaint, what to ask for


class MissedMessages:
    """The overview of one login."""

    def __init__(self) -> None:
        self._pages = 0
        self._asked = 0  # conversations of the page that is asked for
        self._marks: dict[str, float] = {}  # whose marker is asked for, and when something was said last

    def begin(self, network: Network, now: float) -> list[Message]:
        """Ask for what was missed in each direct message that is on hand, and for the overview."""
        self._pages, self._marks = 0, {}
        network.awaits_targets = is_available(network)
        directs = [each for each in network.conversations.values() if each.kind == "direct"]
        if not network.awaits_targets:
            for each in directs:
                each.behind = False
            return []
        messages: list[Message] = []
        for each in directs:
            each.partial = False
            if each.newest is not None or each.complete:
                messages += catch_up(network, each)
        return [*messages, self._ask(network, _start(network, directs), now)]

    def take(self, network: Network, event: HistoryTargets, now: float) -> Outcome:
        """A page of the overview has come."""
        if not network.awaits_targets:
            return [], []
        changes: list[Change] = []
        messages: list[Message] = []
        for name, time in event.targets:
            if not network.is_channel(name) and not network.is_me(name):
                more, asked = self._hear(network, name, time, now)
                changes += more
                messages += asked
        last = max((time for _, time in event.targets), default=0.0)
        is_forwards = network.disconnected_at is not None
        if is_forwards and len(event.targets) >= self._asked and self._pages < MOST_PAGES:
            return changes, [*messages, self._ask(network, last - MILLISECOND, now)]
        return changes + self.end(network), messages

    def marked(self, network: Network, event: ReadMarkerReceived) -> list[Message]:
        """The server has told how far somebody was read: fetch what is newer."""
        time = self._marks.pop(network.fold(event.target), None)
        conversation = network.find(event.target)
        if time is None or conversation is None:
            return []
        if event.time is None and network.disconnected_at is None and conversation.read_marker is None:
            conversation.starts_at = 0.0  # nothing of it was ever read
        messages = _fetch(network, conversation, time)
        conversation.behind = bool(messages)
        return messages

    def end(self, network: Network) -> list[Change]:
        """The overview is complete: where nothing is being fetched, nothing was missed."""
        network.awaits_targets = False
        changes: list[Change] = []
        for each in network.conversations.values():
            is_asked_for = each.fetching or network.fold(each.name) in self._marks
            if each.kind == "direct" and each.behind and not is_asked_for:
                each.behind = False
                changes.append(ConversationChanged(each))
        return changes

    def _ask(self, network: Network, start: float | None, now: float) -> Message:
        self._pages += 1
        end = network.time(now) + 1.0
        self._asked = limit(network, TARGETS_PAGE if start is not None else FIRST_TARGETS)
        bounds = (start, end) if start is not None else (end, EARLIEST)
        times = [f"timestamp={iso_of_seconds(each)}" for each in bounds]
        return Message("CHATHISTORY", ["TARGETS", *times, str(self._asked)])

    def _hear(self, network: Network, name: str, time: float, now: float) -> Outcome:
        """One conversation of the overview."""
        conversation = network.find(name)
        changes: list[Change] = []
        since = network.disconnected_at
        if conversation is None:
            if (since is not None and time <= since) or is_ignored(network, name):
                return [], []  # somebody has closed it, and nothing was said since then
            conversation = network.add(name, "direct")
            conversation.behind = True
            if conversation.unread_after is None:
                conversation.starts_at = network.time(now) if since is None else since
            changes.append(ConversationsChanged(network))
        if conversation.partial:  # begin again where it was left off; what is on hand is not taken twice
            conversation.partial, conversation.behind, conversation.newest = False, True, None
            if since is not None and conversation.starts_at is not None:
                conversation.starts_at = min(conversation.starts_at, since)
        if not conversation.behind or conversation.fetching:
            return changes, []
        if CAPABILITY in network.capabilities and conversation.server_marker is None:
            self._marks[network.fold(name)] = time
            return changes, [Message("MARKREAD", [conversation.name])]
        return changes, _fetch(network, conversation, time)


def _start(network: Network, directs: list[Conversation]) -> float | None:
    """From when on to look: also from what was left unread at the end of the last run."""
    if network.disconnected_at is None:
        return None
    bounds = [each.unread_after for each in directs if each.unread_after and each.newest is None]
    return min([network.disconnected_at, *bounds])


def _fetch(network: Network, conversation: Conversation, time: float) -> list[Message]:
    """Ask for what is newer than what was read, if anything is."""
    bound = conversation.unread_after
    if bound is not None and time <= bound:
        return []
    if bound and conversation.newest is None:
        conversation.newest = Reference("", bound)
    return catch_up(network, conversation)
