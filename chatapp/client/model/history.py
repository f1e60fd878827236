"""CHATHISTORY: messages from before we joined, from while we were away, and older ones.

A conversation requests one page at a time. Missed messages are requested page by page until a page brings
nothing new. Pages may overlap with entries that are here: a known message is not added twice.

The time that a page takes says nothing about whether it will come: a busy server sends it late, after new
messages. So when a page is slow, the client sends a PING. The server replies in order: if the PONG comes
before the page, the page may never come.

Source: IRCv3 chathistory, chathistory-targets
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from chatapp.client.incoming.events import ErrorReply, HistoryPage, PongReceived
from chatapp.client.model import message_edits, message_reactions, redaction
from chatapp.client.model.abilities import has_history
from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    ConversationsChanged,
    Prepended,
    Removed,
    Reset,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.delivery_status import fail_uncertain
from chatapp.client.model.ignored_people import is_ignored, was_ignored
from chatapp.client.model.incoming_messages import MILLISECOND, apply_early, message_entry
from chatapp.client.model.model import Entry, Reference
from chatapp.client.model.network import Network
from chatapp.client.model.past_events import past_entries
from chatapp.client.model.read_state import SLACK, begin_reading, mark_missed
from chatapp.client.text.formatting import plain
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.timestamps import iso_of_seconds

LATEST_PAGE = 50  # messages to request for a new conversation
OLDER_PAGE = 100  # messages to request when the user scrolls back
MISSED_PAGE = 500  # messages to request after a lost connection
ENOUGH_MESSAGES = 10  # on a page; if there are fewer between many events, another page is requested
MAX_PAGES_IN_A_ROW = 5  # requested for that reason
MANY_UNREAD = 200  # after so many, no older page is requested to count the unread messages in it
EVENT_PLAYBACK = "draft/event-playback"  # pages with reactions, and with joins and the like
SLOW_SECONDS = 3.0  # after which a PING is sent
TOKEN = "history-{}"  # of that PING
SAME_MESSAGE_SECONDS = 600.0  # largest difference between our time of an own message and the server's


def is_available(network: Network) -> bool:
    """Return whether pages of history can be requested now."""
    return network.state == "online" and has_history(network)


def catch_up(network: Network, conversation: Conversation) -> list[Message]:
    """Request missed messages; in a new conversation the latest page."""
    if not is_available(network):
        conversation.behind = False
        return []
    if conversation.fetching:
        return []
    if conversation.newest is None:
        return _ask(network, conversation, "LATEST", "*", LATEST_PAGE)
    return _ask(
        network,
        conversation,
        "AFTER",
        reference_parameter(network, conversation.newest, -MILLISECOND),
        MISSED_PAGE,
    )


def request_older(network: Network, conversation: Conversation) -> list[Message]:
    """Request the page before the oldest message that is here."""
    if not is_available(network) or conversation.fetching or conversation.complete:
        return []
    oldest = oldest_row(conversation)
    if oldest is None:
        return _ask(network, conversation, "LATEST", "*", LATEST_PAGE)
    reference = reference_parameter(network, oldest, MILLISECOND)
    return _ask(network, conversation, "BEFORE", reference, OLDER_PAGE)


def oldest_row(conversation: Conversation) -> Reference | None:
    """Return the oldest row of the history that has come, shown or not; None if there is none."""
    first = conversation.first_message
    rows = [*([_reference(first)] if first else []), *([conversation.oldest] if conversation.oldest else [])]
    return min(rows, key=lambda row: row.time, default=None)


def apply_page(network: Network, page: HistoryPage, now: float) -> tuple[list[Change], list[Message]]:
    """Apply a page of history.

    A server may also send a page that was not requested: direct messages that were waiting for us.

    Returns:
        What to repaint, and what to send next.
    """
    conversation, changes = _conversation_of(network, page, now)
    if conversation is None:
        return [], []
    fetch, conversation.fetching = conversation.fetching, None
    fresh, changed = _fresh(network, conversation, page, now)
    if page.messages and not fresh and _is_empty(network, conversation):
        network.remove(conversation)  # all its messages are by ignored people
        return [ConversationsChanged(network)], []
    lines = past_entries(network, conversation, page, now)
    changes += changed + _insert(conversation, sorted([*fresh, *lines], key=lambda entry: entry.time))
    if fetch == "latest" and conversation.kind == "channel" and conversation.read_marker is None:
        begin_reading(network, conversation, max((each.time for each in fresh), default=0.0))
    else:
        changes += mark_missed(conversation, fresh, is_news=fetch == "after")
    changes += apply_later_events(network, conversation, page, now)
    messages: list[Message] = []
    if fetch == "latest":
        conversation.oldest = None
    if fetch in ("latest", "before"):
        is_older = extend_back(conversation, page)
        conversation.complete = conversation.complete or not (fresh or is_older)
        if has_few_messages(conversation, page, fresh) or _begins_unread(conversation):
            messages = request_older(network, conversation)
    if fetch in ("latest", "after"):
        advanced = _advance(conversation, page)
        if fetch == "after" and advanced:
            messages = catch_up(network, conversation)
        else:
            _caught_up(conversation)
    return [*changes, ConversationChanged(conversation)], messages


def apply_later_events(
    network: Network, conversation: Conversation, page: HistoryPage, now: float
) -> list[Change]:
    """Apply the changes, reactions and deletions in a page to the messages that they are about."""
    changes: list[Change] = []
    for edit in page.edits:
        changes += message_edits.apply_edit(network, conversation, edit, network.time(now))
    for reaction in page.reactions:
        changes += message_reactions.apply_reaction(network, conversation, reaction, network.time(now))
    for event in page.redactions:
        changes += redaction.apply_deletion(conversation, event)
    return changes


def page_refused(network: Network, event: ErrorReply) -> tuple[list[Change], list[Message]]:
    """Apply that no page will come. A msgid that the server does not know is tried again as a time."""
    found = next((each for each in map(network.find, event.about) if each and each.fetching), None)
    if found is None:
        return [], []
    fetch, found.fetching = found.fetching, None
    if fetch == "after" and found.newest and found.newest.msgid and event.code != "INVALID_TARGET":
        found.newest = Reference("", found.newest.time)
        return [], catch_up(network, found)
    _caught_up(found)
    found.complete = True
    return [*fail_uncertain(found), ConversationChanged(found)], []


class SlowPages:
    """Finds out which slow pages will not come any more, by a PING."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._tokens: dict[Conversation, str] = {}  # of the PONG that comes after the page

    def due(self, network: Network) -> list[Message]:
        """Return the messages to send now."""
        due = [
            each for each, since in network.awaited_pages.items() if network.monotonic - since >= SLOW_SECONDS
        ]
        for each in due:
            del network.awaited_pages[each]
        slow = [each for each in due if each.is_catching_up]
        if not slow:
            return []
        token = TOKEN.format(next(self._numbers))
        self._tokens.update(dict.fromkeys(slow, token))
        return [Message("PING", [token])]

    def ponged(self, network: Network, event: PongReceived) -> None:
        """Note that the server has answered everything before this PING."""
        for each in [each for each, token in self._tokens.items() if token == event.token]:
            del self._tokens[each]
            each.overtaken = each not in network.awaited_pages  # else another page was requested meanwhile

    def reset(self) -> None:
        """Forget all PINGs, because the connection is lost."""
        self._tokens.clear()


def _conversation_of(
    network: Network, page: HistoryPage, now: float
) -> tuple[Conversation | None, list[Change]]:
    """Return the conversation of a page; none for a channel that we are not in, or for an empty page."""
    found = network.find(page.target)
    if found or not page.messages or network.is_channel(page.target) or network.is_me(page.target):
        return found, []
    if is_ignored(network, page.target):
        return None, []
    opened = network.add(page.target, "direct")
    if opened.unread_after is None:
        times = [network.time(now) if message.time is None else message.time for message in page.messages]
        opened.starts_at = min(times) - MILLISECOND
    opened.partial = network.awaits_targets
    return opened, [ConversationsChanged(network)]


def _ask(
    network: Network, conversation: Conversation, verb: str, reference: str, count: int
) -> list[Message]:
    conversation.fetching = "latest" if verb == "LATEST" else "after" if verb == "AFTER" else "before"
    conversation.overtaken = False
    if verb != "BEFORE":
        network.awaited_pages[conversation] = network.monotonic
    return [Message("CHATHISTORY", [verb, conversation.name, reference, str(limit(network, count))])]


def limit(network: Network, count: int) -> int:
    """Return how many messages to request, at most what the server allows; 0 means no limit there."""
    return min(count, parse_whole(network.isupport.get("CHATHISTORY", ""), 1) or count)


def reference_parameter(network: Network, reference: Reference, slack: float) -> str:
    """Return a msgid if the server accepts it, else a time moved by `slack`: limits are exclusive."""
    if reference.msgid and "msgid" in network.isupport.get("MSGREFTYPES", "msgid,timestamp").split(","):
        return f"msgid={reference.msgid}"
    return f"timestamp={iso_of_seconds(reference.time + slack)}"


def _fresh(
    network: Network, conversation: Conversation, page: HistoryPage, now: float
) -> tuple[list[Entry], list[Change]]:
    """Return the entries of a page that are not here yet, in the order of time, and changes of others."""
    fresh: list[Entry] = []
    changes: list[Change] = []
    seen: set[str] = set()
    unnamed = {each.look for each in conversation.entries if not each.msgid}
    for message in page.messages:
        if conversation.has_msgid(message.msgid) or message.msgid in seen:
            continue
        if was_ignored(network, message.nick, message.account):
            continue
        entry = message_entry(network, message, network.time(now))
        if not message.msgid and entry.look in unnamed:
            continue
        apply_early(network, conversation, entry)
        ours = _same_own_message(network, conversation, entry)
        if ours:
            conversation.mark_delivered(ours, entry.time, entry.msgid)
            changes.append(Reset(conversation))
        else:
            fresh.append(entry)
            seen.update([message.msgid] if message.msgid else [])
    return sorted(fresh, key=lambda entry: entry.time), changes


def _same_own_message(network: Network, conversation: Conversation, echo: Entry) -> Entry | None:
    """Return an own entry that is in the history, but is uncertain, seems to have failed, or has no msgid."""
    if echo.own:
        known = [each for each in conversation.entries if each.state != "pending" or each.is_uncertain]
    else:  # we may have another nick than when it was written
        author = network.fold(echo.nick)
        known = [
            each for each in conversation.pending() if each.is_uncertain and network.fold(each.nick) == author
        ]
    wanted = (True, "", echo.kind, _bare(echo.text))
    alike = (each for each in known if (each.own, each.msgid, each.kind, _bare(each.text)) == wanted)
    times = ((each, each.uncertain_since or each.time) for each in alike)
    return next((each for each, time in times if abs(time - echo.time) < SAME_MESSAGE_SECONDS), None)


def _bare(text: str) -> str:
    """Return a text without what a server may strip: colours, and spaces at the ends."""
    return plain(text).strip()


def _insert(conversation: Conversation, fresh: list[Entry]) -> list[Change]:
    if not fresh:
        return []
    place = conversation.insert(fresh)
    if place == "start":
        return [Prepended(conversation, tuple(fresh))]
    gone = conversation.trim()
    removed: list[Change] = [Removed(conversation, tuple(gone))] if gone else []
    return [Added(conversation, tuple(fresh)) if place == "end" else Reset(conversation), *removed]


def _advance(conversation: Conversation, page: HistoryPage) -> bool:
    """Move `newest` to the end of this page; return whether that is further than before."""
    last = page.last
    if last is None or last.time is None:
        return False
    before, conversation.newest = conversation.newest, Reference(last.msgid, last.time)
    if before is None or last.time > before.time:
        return True
    return last.time == before.time and last.msgid != before.msgid


def extend_back(conversation: Conversation, page: HistoryPage) -> bool:
    """Note the first row of a page as the oldest one; return whether it is older than what is known."""
    first, known = page.first, conversation.oldest
    if not page.hidden or first is None or first.time is None:
        return False
    if known is not None and (first.time, first.msgid) >= (known.time, known.msgid):
        return False
    conversation.oldest = Reference(first.msgid, first.time)
    return True


def has_few_messages(conversation: Conversation, page: HistoryPage, fresh: Sequence[object]) -> bool:
    """Return whether a page of many events has so few messages that the user expects more."""
    if len(fresh) >= ENOUGH_MESSAGES or not page.hidden or conversation.complete:
        conversation.pages_without_messages = 0
        return False
    conversation.pages_without_messages += 1
    if conversation.pages_without_messages > MAX_PAGES_IN_A_ROW:
        conversation.pages_without_messages = 0
        return False
    return True


def _begins_unread(conversation: Conversation) -> bool:
    """Return whether messages before the first one that is here are unread too and are to be counted."""
    first, marker = conversation.first_message, conversation.read_marker
    if first is None or marker is None:
        return False
    return first.time > marker + SLACK and 0 < conversation.unread <= MANY_UNREAD


def _caught_up(conversation: Conversation) -> None:
    """Note that no message is missing."""
    conversation.behind = False
    last = next((entry for entry in reversed(conversation.entries) if entry.is_confirmed_message), None)
    if last:
        conversation.newest = _reference(last)


def _is_empty(network: Network, conversation: Conversation) -> bool:
    """Return whether a direct message has no entries and is not open for writing."""
    is_in_use = conversation is network.current or conversation.draft
    return conversation.kind == "direct" and not conversation.entries and not is_in_use


def _reference(entry: Entry) -> Reference:
    return Reference(entry.msgid, entry.time)
