"""An older part of a conversation, which is read while the conversation itself goes on.

The history that is loaded has no gaps: it reaches from some message to now. A message from long ago is
shown with its neighbours in a second, separate run of entries, `Conversation.past`. The run grows at both
ends as the user scrolls. New messages go to the conversation alone. When the run meets the oldest loaded
message, the run becomes part of the conversation, and the user goes on reading there without noticing.

    conversation      ····················[older page ← conversation.entries → now]
    with a past run   ·····[← run →]······[            conversation.entries → now]

A message that is in both is one Entry object, so a view finds the row that is being read after they joined.
Nothing in the run is unread, and nothing in it marks anything as read.

Source: IRCv3 chathistory (AROUND, BEFORE, AFTER)
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.client.incoming.events import HistoryPage
from chatapp.client.model.changes import (
    Added,
    Change,
    ConversationChanged,
    PlaceLeft,
    PlaceOpened,
    PlaceUnavailable,
    Prepended,
    Reset,
)
from chatapp.client.model.conversation import Conversation, Fetch
from chatapp.client.model.history import (
    OLDER_PAGE,
    apply_later_events,
    extend_back,
    limit,
    oldest_row,
    reference_parameter,
)
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.incoming_messages import MILLISECOND, apply_early, message_entry
from chatapp.client.model.model import Entry, Reference
from chatapp.client.model.network import Network
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

GONE = N_("This message is no longer there.")


def find_loaded(conversation: Conversation, wanted: Reference) -> Entry | None:
    """Return the loaded message that a reference means, also if it is in the run that is being read."""
    if wanted.msgid:
        return conversation.by_msgid(wanted.msgid)
    runs = [conversation, *([conversation.past] if conversation.past else [])]
    messages = (each for run in runs for each in run.entries if each.is_confirmed_message)
    return next((each for each in messages if each.time == wanted.time), None)


def open_loaded(conversation: Conversation, entry: Entry) -> list[Change]:
    """Show a loaded message: in the run that is being read, or in the conversation itself."""
    if conversation.past is not None and entry not in conversation.past.entries:
        conversation.past = None
    return [PlaceOpened(conversation, entry)]


def leave(conversation: Conversation) -> list[Change]:
    """Return to the present."""
    if conversation.past is None:
        return []
    conversation.past = None
    return [PlaceLeft(conversation)]


def around(network: Network, conversation: Conversation, wanted: Reference) -> Message:
    """Return the request of the messages around one."""
    reference = reference_parameter(network, wanted, 0.0)
    return Message("CHATHISTORY", ["AROUND", conversation.name, reference, str(limit(network, OLDER_PAGE))])


def beyond(network: Network, conversation: Conversation, fetch: Fetch) -> Message | None:
    """Return the request of the page before or after the run; None if none is needed now."""
    past = conversation.past
    if past is None or past.fetching or (fetch == "before" and past.complete) or past.newest is None:
        return None
    if fetch == "before":
        reference = reference_parameter(network, oldest_row(past) or past.newest, MILLISECOND)
    else:
        reference = reference_parameter(network, past.newest, -MILLISECOND)
    past.fetching = fetch
    parameters = [fetch.upper(), conversation.name, reference, str(limit(network, OLDER_PAGE))]
    return Message("CHATHISTORY", parameters)


def open_page(
    network: Network, conversation: Conversation, wanted: Reference, page: HistoryPage, now: float
) -> list[Change]:
    """Show the messages around the wanted one; of an unknown one, those around its time."""
    run = Conversation(conversation.name, conversation.kind, conversation.title, conversation.topic)
    run.present = conversation
    entries = _entries(network, conversation, run, page, now)
    if not entries:
        return [PlaceUnavailable(conversation, _(GONE))]
    run.insert(entries)
    run.newest = _last(page, entries)
    extend_back(run, page)
    named = (each for each in entries if wanted.msgid and each.msgid == wanted.msgid)
    entry = next(named, None) or min(entries, key=lambda each: abs(each.time - wanted.time))
    changes: list[Change] = []
    conversation.past = run
    if _meets(conversation, run):
        changes = _join(conversation, run)
    changes += apply_later_events(network, conversation, page, now)
    return [*changes, PlaceOpened(conversation, entry)]


def add_page(
    network: Network, conversation: Conversation, fetch: Fetch, page: HistoryPage, now: float
) -> list[Change]:
    """Add a page at an end of the run; join the run with the conversation if they meet."""
    run = conversation.past
    if run is None:
        return []
    run.fetching = None
    entries = _entries(network, conversation, run, page, now)
    changes: list[Change] = [ConversationChanged(run)]
    if entries:
        run.insert(entries)
        changes.append((Prepended if fetch == "before" else Added)(run, tuple(entries)))
    if fetch == "before":
        run.complete = not (extend_back(run, page) or entries)
    else:
        before, run.newest = run.newest, _last(page, run.entries)
        if page.first is None or run.newest == before or _meets(conversation, run):
            changes = [*_join(conversation, run), PlaceLeft(conversation, joined=True)]
    return changes + apply_later_events(network, conversation, page, now)


def page_refused(conversation: Conversation, fetch: Fetch) -> None:
    """Note that the server sends no more messages at an end of the run."""
    run = conversation.past
    if run is not None:
        run.fetching = None
        if fetch == "before":
            run.complete = True
        else:
            run.newest = None


def _entries(
    network: Network, conversation: Conversation, run: Conversation, page: HistoryPage, now: float
) -> list[Entry]:
    """Return the entries of a page that are not in the run yet; those of the conversation are shared."""
    unnamed = {each.look: each for each in conversation.entries if not each.msgid}
    known = {each.look for each in run.entries}
    found: list[Entry] = []
    for message in page.messages:
        if run.has_msgid(message.msgid) or was_ignored(network, message.nick, message.account):
            continue
        new = message_entry(network, message, network.time(now))
        shared = conversation.by_msgid(message.msgid) if message.msgid else unnamed.get(new.look)
        if not message.msgid and new.look in known:
            continue
        if shared is None:
            apply_early(network, conversation, new)
        found.append(shared or new)
    return sorted(found, key=lambda each: each.time)


def _meets(conversation: Conversation, run: Conversation) -> bool:
    """Return whether the run reaches the oldest message that is loaded."""
    oldest = conversation.first_message
    return oldest is not None and run.entries[-1].time >= oldest.time


def _join(conversation: Conversation, run: Conversation) -> list[Change]:
    """Make the run a part of the conversation."""
    conversation.past = None
    here = set(map(id, conversation.entries))
    missing = [each for each in run.entries if id(each) not in here]
    if missing:
        conversation.insert(missing)
        conversation.keep_all()
    conversation.complete = conversation.complete or run.complete
    return [Reset(conversation), ConversationChanged(conversation)]


def _last(page: HistoryPage, entries: Sequence[Entry]) -> Reference | None:
    """Return the last row of a page, also if it is not shown, such as a JOIN."""
    last = page.last
    if last is not None and last.time is not None:
        return Reference(last.msgid, last.time)
    return Reference(entries[-1].msgid, entries[-1].time) if entries else None
