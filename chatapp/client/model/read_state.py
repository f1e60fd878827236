"""What is unread, and how far somebody has read: the marker that all sessions of one person share.

What is newer than a conversation's `bound` is unread. The bound is the marker, which only moves forward: when
a person sees the end of the conversation, and when another session of theirs has seen it. Without a marker it
is the moment at which the conversation began for us. What a person sees while something is still missing
moves the marker as soon as nothing is missing any longer.

Source: IRCv3 read-marker
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.incoming.events import ReadMarkerReceived
from chatapp.client.model.changes import Change, ConversationChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso_of_seconds

CAPABILITY = "draft/read-marker"
SLACK = 0.0005  # seconds; a marker is kept and sent in milliseconds
AGAIN_SECONDS = 2.0  # between two markers of one conversation


def mark_unread(network: Network, conversation: Conversation, entry: Entry) -> list[Change]:
    """Count what was said just now as unread, unless it is our own or somebody is looking."""
    if entry.own or entry.deleted_by:
        return []
    if conversation is network.current and network.watching:
        _advance(network, conversation, entry.time)
        return []
    return _count(conversation, entry)


def mark_missed(conversation: Conversation, entries: list[Entry], is_news: bool) -> list[Change]:
    """Count what was said while nobody could look.

    Args:
        entries: Those that were put into the conversation.
        is_news: Whether they count where nothing is known of how far was read.
    """
    bound = conversation.unread_after
    own = max((each.time for each in entries if each.own), default=None)
    if own is not None and bound == 0.0:
        bound = own  # nothing is marked there, but a person who wrote there has read what stands above
    news = [each for each in entries if (is_news if bound is None else each.time > bound + SLACK)]
    for each in news:
        if not (each.own or each.deleted_by):
            _count(conversation, each)
    if not news:
        return []
    _find_first(conversation)
    return [ConversationChanged(conversation)]


def read(network: Network, conversation: Conversation) -> bool:
    """Somebody has seen all of it; says whether something was unread."""
    changed = conversation.mark_read()
    for entry in reversed(conversation.entries):
        if entry.state == "sent" and entry.time <= (conversation.read_marker or 0.0):
            break  # this may be asked many times a second
        if entry.is_confirmed_message:
            _advance(network, conversation, entry.time)
            break
    return changed


def read_to(network: Network, conversation: Conversation, time: float) -> list[Change]:
    """Somebody has seen what was said up to this time, and not yet the rest."""
    _advance(network, conversation, time)
    return uncount(conversation, (each for each in conversation.entries if each.time <= time))


def marked(network: Network, event: ReadMarkerReceived, now: float) -> list[Change]:
    """The server tells how far somebody has read, perhaps on another device."""
    conversation = network.find(event.target)
    if conversation is None:
        return []
    told = 0.0 if event.time is None else event.time
    conversation.server_marker = max(conversation.server_marker or 0.0, told)
    if conversation.read_marker is not None and conversation.read_marker > conversation.server_marker:
        network.unsent_markers.add(conversation)  # we know better, for example after a lost connection
    if conversation.read_marker is None or told > conversation.read_marker:
        conversation.read_marker = told or conversation.read_marker
    return uncount(conversation, (each for each in conversation.entries if each.time <= told + SLACK))


def uncount(conversation: Conversation, entries: Iterable[Entry]) -> list[Change]:
    """Entries that may be unread are so no longer."""
    gone = [entry for entry in entries if entry.unread]
    for entry in gone:
        entry.unread = False
        conversation.unread -= 1
        conversation.mentions -= entry.mention
    if not gone:
        return []
    _find_first(conversation)
    if conversation.first_unread is None:
        conversation.mark_read()  # nothing is left of what was counted and is no longer on hand
    return [ConversationChanged(conversation)]


def settle(network: Network) -> None:
    """Let what was seen while something was missing count as read where nothing is missing any longer.

    Nobody has seen a message that came from the history in the meantime, so the marker stays before the first
    one that is unread.
    """
    for conversation in [each for each in network.seen_early if not _is_incomplete(each)]:
        network.seen_early.discard(conversation)
        seen, conversation.seen_until = conversation.seen_until, 0.0
        unread = next((each.time for each in conversation.entries if each.unread), None)
        if unread is not None and unread <= seen:
            before = (
                each.time for each in conversation.entries if each.is_confirmed_message and each.time < unread
            )
            seen = max(before, default=0.0)
        _advance(network, conversation, seen)


class ReadMarkers:
    """Tells the server how far was read, now and then. Times are of a clock that never goes back."""

    def __init__(self) -> None:
        self._sent: dict[Conversation, float] = {}

    def look(self, network: Network, now: float, all_of_them: bool = False) -> list[Message]:
        """What to send now.

        Args:
            all_of_them: Whether there will be no other time.
        """
        if not network.unsent_markers or network.state != "online":
            return []
        if CAPABILITY not in network.capabilities:
            network.unsent_markers.clear()
            return []
        messages: list[Message] = []
        for conversation in list(network.unsent_markers):
            if all_of_them or now - self._sent.get(conversation, float("-inf")) >= AGAIN_SECONDS:
                network.unsent_markers.discard(conversation)
                messages += self._mark(network, conversation, now)
        return messages

    def _mark(self, network: Network, conversation: Conversation, now: float) -> list[Message]:
        marker = conversation.read_marker
        here = conversation.joined or conversation.kind == "direct"
        if marker is None or marker <= (conversation.server_marker or 0.0) or not here:
            return []
        self._sent[conversation] = now
        conversation.server_marker = marker
        return [Message("MARKREAD", [conversation.name, f"timestamp={iso_of_seconds(marker)}"])]


def _count(conversation: Conversation, entry: Entry) -> list[Change]:
    entry.unread = True
    conversation.unread += 1
    conversation.mentions += entry.mention
    if conversation.first_unread is None:
        conversation.first_unread = entry.key
    return [ConversationChanged(conversation)]


def _find_first(conversation: Conversation) -> None:
    """The first unread entry may be another one."""
    conversation.first_unread = next((each.key for each in conversation.entries if each.unread), None)


def _advance(network: Network, conversation: Conversation, time: float) -> None:
    """Somebody has seen what was said up to this time. What is still being fetched they have not."""
    if conversation.kind == "server" or time <= (conversation.read_marker or 0.0):
        return
    if _is_incomplete(conversation):
        conversation.seen_until = max(conversation.seen_until, time)
        network.seen_early.add(conversation)
        return
    conversation.read_marker = time
    network.unsent_markers.add(conversation)


def _is_incomplete(conversation: Conversation) -> bool:
    """Whether something that was said may still come from the history, before what is said next."""
    return conversation.behind or conversation.fetching in ("latest", "after")
