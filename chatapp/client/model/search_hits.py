"""The hits of a search: those among the loaded messages, and those that the server sends page by page.

A server finds whole words, and its last word may be the beginning of one; among the loaded messages parts of
words are found too. So both are shown together, newest first. `after` is not sent: servers begin with the
oldest message then, but the newest are wanted.

Source: soju.im/search
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import chain
from operator import attrgetter

from chatapp.client.incoming.events import BetterSpelling, MessageReceived
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.history import EVENT_PLAYBACK, limit
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.incoming_messages import MILLISECOND, message_entry
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import (
    SearchHit,
    SearchQuery,
    SearchResult,
    matcher,
    server_ability,
    start_of,
)
from chatapp.client.text.formatting import displayed
from chatapp.protocol.message import Message, format_tags
from chatapp.protocol.timestamps import iso_of_seconds

PAGE = 50  # messages to request at once
CONTEXT_ROWS = 3  # a hit and its neighbours
CONTEXT_ROWS_WITH_EVENTS = 15  # where joins and reactions stand between the messages
LINK_WORD = "http"  # begins every link to a page or a file
MAX_SUGGESTION_ENTRIES = 5000  # looked through for a similar word
SHORTEST_SUGGESTED = 4  # letters of a word for which a similar one is offered

_WORD = re.compile(r"[^\W_]+")
_TIME = attrgetter("entry.time")


def loaded_hits(network: Network, query: SearchQuery) -> list[SearchHit]:
    """Return the loaded messages that match, newest first."""
    matches = matcher(network, query)
    found: list[SearchHit] = []
    for conversation in _conversations(network, query):
        for entry in conversation.entries:
            if matches(entry) and not was_ignored(network, entry.nick, entry.account):
                found.append(SearchHit(network, conversation.name, entry))
    return sorted(found, key=_TIME, reverse=True)


def request(network: Network, result: SearchResult) -> Message:
    """Return the request of the next page."""
    query = result.query
    words, has = query.text.split(), ""
    if server_ability(network, "has"):
        has = "file" if "file" in query.has else "link" if query.has else ""  # a file is a link, too
    elif query.has:
        words.append(LINK_WORD)
    attributes = {"in": query.conversation, "from": query.nick, "text": " ".join(words), "has": has}
    if result.reached is not None:
        # this very time too: a known message is not added twice
        attributes["before"] = iso_of_seconds(result.reached)
    elif query.before is not None:
        attributes["before"] = iso_of_seconds(start_of(query.before) - MILLISECOND)
    attributes["limit"] = str(limit(network, PAGE))
    attributes = {name: value for name, value in attributes.items() if value}
    if query.text and not result.hits and result.reached is None and server_ability(network, "suggest"):
        attributes["suggest"] = ""
    return Message("SEARCH", [format_tags(attributes)])


def add_page(network: Network, result: SearchResult, found: Sequence[MessageReceived], now: float) -> int:
    """Add the messages of a page of the server to a result.

    Returns:
        How many hits are new.
    """
    applied = replace(result.query, text="", nick="", conversation="")  # without what the server looks at
    if server_ability(network, "has"):
        applied = replace(applied, has=frozenset())
    matches = matcher(network, applied)
    known = {_identity(hit.entry) for hit in result.hits}
    fresh: list[SearchHit] = []
    reached = result.reached
    for message in found:
        entry, name = _entry_of(network, message, now)
        result.reached = entry.time if result.reached is None else min(result.reached, entry.time)
        if _identity(entry) in known or was_ignored(network, message.nick, message.account):
            continue
        if matches(entry):
            known.add(_identity(entry))
            fresh.append(SearchHit(network, name, entry))
    result.hits = sorted([*result.hits, *fresh], key=_TIME, reverse=True)
    has_moved = result.reached != reached
    is_full = len(found) >= limit(network, PAGE)
    first_day = result.query.after
    is_past_start = first_day is not None and (result.reached or 0.0) < start_of(first_day)
    result.has_more = has_moved and is_full and not is_past_start
    return len(fresh)


def visible_hits(result: SearchResult) -> list[SearchHit]:
    """Return the hits to show: without loaded ones from before the point that the server has reached."""
    if not result.has_more or result.reached is None:
        return result.hits
    return [hit for hit in result.hits if hit.entry.time >= result.reached]


def context_request(network: Network, hit: SearchHit) -> Message | None:
    """Return the request of the messages around a hit; None if its neighbours are loaded."""
    conversation = network.find(hit.conversation)
    here = conversation.by_msgid(hit.entry.msgid) if conversation else None
    if conversation and here and here in conversation.entries:
        index = conversation.entries.index(here)
        if index or conversation.complete:
            hit.before = _neighbour(network, conversation, range(index - 1, -1, -1))
            hit.after = _neighbour(network, conversation, range(index + 1, len(conversation.entries)))
            hit.has_context = True
            return None
    if not hit.entry.msgid:
        return None
    rows = CONTEXT_ROWS_WITH_EVENTS if EVENT_PLAYBACK in network.capabilities else CONTEXT_ROWS
    reference = f"msgid={hit.entry.msgid}"
    return Message("CHATHISTORY", ["AROUND", hit.conversation, reference, str(limit(network, rows))])


def add_context(network: Network, hit: SearchHit, page: Sequence[MessageReceived], now: float) -> None:
    """Add the neighbours of a hit from a page around it."""
    entries = [
        _entry_of(network, each, now)[0]
        for each in page
        if not was_ignored(network, each.nick, each.account) or each.msgid == hit.entry.msgid
    ]
    index = next((at for at, each in enumerate(entries) if each.msgid == hit.entry.msgid), None)
    hit.has_context = True
    if index is not None:
        hit.before = entries[index - 1] if index else None
        hit.after = entries[index + 1] if index + 1 < len(entries) else None


def better_spelling(network: Network, query: SearchQuery) -> BetterSpelling | None:
    """Return a word of the loaded messages that is similar to the only word of a query."""
    wanted = query.text.casefold()
    if len(wanted) < SHORTEST_SUGGESTED or " " in wanted:
        return None
    recent = chain.from_iterable(
        reversed(each.entries[-MAX_SUGGESTION_ENTRIES:]) for each in _conversations(network, SearchQuery())
    )
    words: dict[str, None] = {}
    for _, entry in zip(range(MAX_SUGGESTION_ENTRIES), recent, strict=False):
        if entry.is_confirmed_message and not was_ignored(network, entry.nick, entry.account):
            words.update(dict.fromkeys(_WORD.findall(displayed(entry.text).casefold())))
    alike = [each for each in words if each != wanted and abs(len(each) - len(wanted)) <= 2]
    return next((BetterSpelling(wanted, each) for each in get_close_matches(wanted, alike, 1, 0.75)), None)


def _conversations(network: Network, query: SearchQuery) -> list[Conversation]:
    if query.conversation:
        found = network.find(query.conversation)
        return [found] if found else []
    return [each for each in network.conversations.values() if each.kind != "server"]


def _neighbour(network: Network, conversation: Conversation, indexes: Iterable[int]) -> Entry | None:
    """Return the first message at these indexes that may be shown."""
    for entry in map(conversation.entries.__getitem__, indexes):
        if entry.kind in MESSAGE_KINDS and not was_ignored(network, entry.nick, entry.account):
            return entry
    return None


def _entry_of(network: Network, message: MessageReceived, now: float) -> tuple[Entry, str]:
    """Return the entry of a message, and the name of its conversation; the loaded entry if there is one."""
    is_direct = not network.is_channel(message.target) and not network.is_me(message.nick)
    name = message.nick if is_direct else message.target
    conversation = network.find(name)
    known = conversation.by_msgid(message.msgid) if conversation else None
    return known or message_entry(network, message, network.time(now)), name


def _identity(entry: Entry) -> str | tuple[float, str, str]:
    return entry.msgid or entry.look
