"""Unread messages, and the read marker that all devices of a user share.

Messages after `Conversation.unread_after` are unread. That is the read marker, which only moves forward: when
the user sees the end of the conversation, here or on another device. Without a marker it is the time at which
the conversation began for us. While messages may still be missing, the marker does not move; it moves when
nothing is missing any longer (`mark_seen_as_read`).

When the user marks messages as unread, the marker moves back on this computer alone: on the server it never
does. `Conversation.outdated_marker` is where the server's stood then; a marker that is not newer changes
nothing. While the user stays in the conversation, `keeps_unread` prevents that they are read again at once.

`_counts` decides for new messages, for pages of the history and for marks of the user which messages count.
So the numbers are the same live, after a lost connection and after a restart.

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
SLACK = 0.0005  # seconds: markers are stored and sent in milliseconds, rounded
MARK_BACK = 0.001  # seconds before the first unread message
RESEND_SECONDS = 2.0  # minimum between two markers of one conversation


def mark_unread(network: Network, conversation: Conversation, entry: Entry) -> list[Change]:
    """Count a new message as unread, unless it is our own or the user is looking at it."""
    if not _counts(conversation, entry):
        return []
    is_seen = conversation is network.current and network.watching and not network.restoring
    if is_seen and not conversation.keeps_unread:
        _advance(network, conversation, entry.time)
        return []
    return _count(conversation, entry)


def begin_reading(network: Network, conversation: Conversation, last: float) -> None:
    """Note that no message from before we joined a channel counts as unread.

    The server is told if it knows no marker, so that the user's other devices count from there too.

    Args:
        last: The time of the last of these messages; 0 if there is none.
    """
    conversation.starts_at = max(conversation.starts_at or 0.0, last)
    if conversation.server_marker == 0.0:
        _advance(network, conversation, last or conversation.starts_at)


def mark_missed(conversation: Conversation, entries: list[Entry], is_news: bool) -> list[Change]:
    """Count messages from the history as unread.

    Args:
        entries: The entries that were inserted into the conversation.
        is_news: Whether they count as unread if nothing is known about what was read.
    """
    read_until = conversation.unread_after
    if read_until == 0.0:  # no marker, but a user who wrote there has read the messages above
        mine = (each.time for each in conversation.entries if each.own and each.is_confirmed_message)
        read_until = max(mine, default=0.0)
    news = [each for each in entries if (is_news if read_until is None else each.time > read_until + SLACK)]
    for each in news:
        if _counts(conversation, each):
            _count(conversation, each)
    if not news:
        return []
    _find_first(conversation)
    return [ConversationChanged(conversation)]


def mark_unread_from(network: Network, conversation: Conversation, entry: Entry) -> list[Change]:
    """Mark a message and all later ones as unread, until the user comes back and reads them.

    Earlier ones are read, also for the server.
    """
    if conversation.kind == "server" or entry.state != "sent":
        return []
    conversation.read_marker = entry.time - MARK_BACK
    conversation.outdated_marker = max(conversation.server_marker or 0.0, entry.time)
    conversation.keeps_unread, conversation.seen_until = conversation is network.current, 0.0
    network.seen_early.discard(conversation)
    network.unsent_markers.add(conversation)
    uncount(conversation, [each for each in conversation.entries if each.time < entry.time])
    for each in conversation.entries:
        is_later = each.time >= entry.time and each.is_confirmed_message
        if is_later and not each.unread and _counts(conversation, each):
            _count(conversation, each)
    _find_first(conversation)
    return [ConversationChanged(conversation)]


def mark_read(network: Network, conversation: Conversation, by_command: bool = False) -> bool:
    """Note that the user has seen the whole conversation; return whether something was unread.

    Args:
        by_command: Whether the user has asked for it, also if the user has marked messages as unread.
    """
    if _stands_in(network, conversation) or (conversation.keeps_unread and not by_command):
        return False
    conversation.keeps_unread = False
    conversation.outdated_marker = None
    changed = conversation.mark_read()
    for entry in reversed(conversation.entries):
        if entry.state == "sent" and entry.time <= (conversation.read_marker or 0.0):
            break  # this may be called many times a second
        if entry.is_confirmed_message:
            _advance(network, conversation, entry.time)
            break
    return changed


def mark_read_until(network: Network, conversation: Conversation, time: float) -> list[Change]:
    """Note that the user has seen the messages up to this time, and not yet the rest."""
    if _stands_in(network, conversation) or conversation.keeps_unread:
        return []
    _advance(network, conversation, time)
    return uncount(conversation, (each for each in conversation.entries if each.time <= time))


def marked(network: Network, event: ReadMarkerReceived, now: float) -> list[Change]:
    """Apply MARKREAD: how far the user has read, perhaps on another device."""
    conversation = network.find(event.target)
    if conversation is None:
        return []
    marker = 0.0 if event.time is None else event.time
    conversation.server_marker = max(conversation.server_marker or 0.0, marker)
    if conversation.outdated_marker is not None:
        if marker <= conversation.outdated_marker + SLACK:
            return []  # it is from before the user marked messages as unread
        conversation.outdated_marker, conversation.keeps_unread = None, False
    if conversation.read_marker is not None and conversation.read_marker > conversation.server_marker:
        network.unsent_markers.add(conversation)  # ours is newer, for example after a lost connection
    if conversation.read_marker is None or marker > conversation.read_marker:
        conversation.read_marker = marker or conversation.read_marker
    return uncount(conversation, (each for each in conversation.entries if each.time <= marker + SLACK))


def uncount(conversation: Conversation, entries: Iterable[Entry]) -> list[Change]:
    """Mark these entries as read."""
    gone = [entry for entry in entries if entry.unread]
    for entry in gone:
        entry.unread = False
        conversation.unread -= 1
        conversation.mentions -= entry.mention
    if not gone:
        return []
    _find_first(conversation)
    if conversation.first_unread is None:
        conversation.mark_read()  # the entries that were counted are not here any more
    return [ConversationChanged(conversation)]


def count_again(conversation: Conversation, entry: Entry) -> list[Change]:
    """Count a message whose deletion was undone, unless the user has read the conversation since."""
    if entry.time <= (conversation.unread_after or 0.0) or not _counts(conversation, entry):
        return []
    changes = _count(conversation, entry)
    _find_first(conversation)
    return changes


def mark_seen_as_read(network: Network) -> None:
    """Move the markers that waited for missing messages, in conversations that are complete again.

    The user has not seen a message that came from the history meanwhile, so the marker stays before the first
    unread one.
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
    """Sends read markers to the server, not too often. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._sent: dict[Conversation, float] = {}

    def due(self, network: Network, now: float, is_last: bool = False) -> list[Message]:
        """Return the messages to send now.

        Args:
            is_last: Whether there is no later time, so that all markers are sent.
        """
        if not network.unsent_markers or network.state != "online":
            return []
        if CAPABILITY not in network.capabilities:
            network.unsent_markers.clear()
            return []
        messages: list[Message] = []
        for conversation in list(network.unsent_markers):
            if is_last or now - self._sent.get(conversation, float("-inf")) >= RESEND_SECONDS:
                network.unsent_markers.discard(conversation)
                messages += self._mark(network, conversation, now)
        return messages

    def _mark(self, network: Network, conversation: Conversation, now: float) -> list[Message]:
        marker = conversation.read_marker
        is_open = conversation.joined or conversation.kind == "direct"
        is_known = marker is None or marker <= (conversation.server_marker or 0.0)
        if marker is None or is_known or not is_open or not network.shares_read:
            return []
        self._sent[conversation] = now
        conversation.server_marker = marker
        return [Message("MARKREAD", [conversation.name, f"timestamp={iso_of_seconds(marker)}"])]


def _counts(conversation: Conversation, entry: Entry) -> bool:
    """Return whether a message is one that counts while it is unread: it is of somebody else.

    An own one counts if it is the message from which the user has marked messages as unread.
    """
    if entry.deleted_by:
        return False
    marked = conversation.outdated_marker is not None and conversation.read_marker is not None
    is_marked = marked and abs(entry.time - MARK_BACK - (conversation.read_marker or 0.0)) < SLACK
    return is_marked or not entry.own


def _count(conversation: Conversation, entry: Entry) -> list[Change]:
    entry.unread = True
    conversation.unread += 1
    conversation.mentions += entry.mention
    if conversation.first_unread is None:
        conversation.first_unread = entry.key
    return [ConversationChanged(conversation)]


def _find_first(conversation: Conversation) -> None:
    """Find the first unread entry again."""
    conversation.first_unread = next((each.key for each in conversation.entries if each.unread), None)


def _advance(network: Network, conversation: Conversation, time: float) -> None:
    """Move the read marker to this time; if messages may be missing, only note the time in `seen_until`."""
    if conversation.kind == "server" or time <= (conversation.read_marker or 0.0):
        return
    if _is_incomplete(conversation):
        conversation.seen_until = max(conversation.seen_until, time)
        network.seen_early.add(conversation)
        return
    conversation.read_marker = time
    network.unsent_markers.add(conversation)


def _stands_in(network: Network, conversation: Conversation) -> bool:
    """Return whether a conversation is shown only until the one of the last run can be shown."""
    return network.restoring and conversation is network.current


def _is_incomplete(conversation: Conversation) -> bool:
    """Return whether older messages may still come from the history."""
    return conversation.behind or conversation.fetching in ("latest", "after")
