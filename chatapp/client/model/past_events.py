"""Joins, leaves and other changes in a channel that a page of the history brings: they are shown again.

Nothing else follows from them: who is in the channel now, its topic and its modes come at the join. Our own
joins and leaves are left out, because there is one for each start of the window.

Source: IRCv3 event-playback
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.incoming import events
from chatapp.client.model import channel_modes
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.members import event_entry, kick_reason, rename_entry
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network

Place = tuple[str, tuple[float, str, str], str]  # what identifies an entry without a msgid


def past_entries(
    network: Network, conversation: Conversation, page: events.HistoryPage, now: float
) -> list[Entry]:
    """Return the entries for the changes in a page that are not here yet, in the order of the page."""
    if conversation.kind != "channel" or not page.events:
        return []
    known = {_place(each) for each in conversation.entries if not each.msgid}
    found: dict[str | Place, Entry] = {}
    for event in page.events:
        for entry in _entries(network, conversation, event, now):
            is_here = conversation.has_msgid(entry.msgid) if entry.msgid else _place(entry) in known
            if not is_here:
                found.setdefault(entry.msgid or _place(entry), entry)
    return list(found.values())


def _place(entry: Entry) -> Place:
    return entry.kind, entry.look, entry.about


def _entries(
    network: Network, conversation: Conversation, event: events.PastEvent, now: float
) -> Iterator[Entry]:
    """Yield the entry for a change, unless it is not shown."""
    match event:
        case events.Joined():
            if _is_shown(network, event.nick, event.account or ""):
                yield event_entry(network, conversation, "join", event.nick, event, now)
        case events.Parted():
            if _is_shown(network, event.nick):
                yield event_entry(network, conversation, "part", event.nick, event, now, event.reason)
        case events.Quit():
            if _is_shown(network, event.nick):
                yield event_entry(network, conversation, "quit", event.nick, event, now, event.reason)
        case events.Kicked():
            reason = kick_reason(network, event)
            yield event_entry(network, conversation, "kick", event.by, event, now, reason, event.nick)
        case events.NickChanged():
            is_same = network.display_name(event.nick) == network.display_name(event.to)
            is_ignored = was_ignored(network, event.nick) or was_ignored(network, event.to)
            if not is_same and not is_ignored:
                yield event_entry(network, conversation, "nick", event.nick, event, now, about=event.to)
        case events.ChannelRenamed():
            yield rename_entry(network, conversation, event, now)
        case events.TopicSet():
            yield event_entry(network, conversation, "topic", event.by, event, now, event.topic)
        case events.ModeSet():
            if entry := channel_modes.past_entry(network, conversation, event, now):
                yield entry


def _is_shown(network: Network, nick: str, account: str = "") -> bool:
    """Return whether the join or leave of somebody is shown."""
    return not network.is_me(nick) and not was_ignored(network, nick, account)
