"""A search for messages: what the user looks for, and what was found. Which loaded messages match."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from chatapp.client.incoming.events import BetterSpelling
from chatapp.client.model.file_service import file_prefix
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import file_links
from chatapp.client.text.formatting import spans
from chatapp.client.text.links import target
from chatapp.client.text.occurrences import Wanted, places
from chatapp.client.text.shown_names import displayed_with_names
from chatapp.languages.translation import _
from chatapp.protocol.message_contents import contains

Has = Literal["file", "link"]
ServerAbility = Literal["has", "suggest"]
SearchState = Literal["searching", "done", "failed"]

FILE_HOSTS = ("soju.im/FILEHOST", "draft/FILEHOST", "FILEHOST")
"""The ISUPPORT tokens with the address to which files are uploaded."""

ABILITIES = "chatapp/SEARCH"  # the ISUPPORT token with the attributes that SEARCH has besides the usual ones
FIRST_DAY, LAST_DAY = date(1971, 1, 1), date(2900, 1, 1)  # beyond, not every system can compute with times

_HOST = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What to search for. An empty field stands for anything.

    Args:
        text: Words, all of which a message must contain.
        conversation: The name of a channel, or the nick of the other user of a direct message.
        nick: The author.
        after: The first day.
        before: The day after the last one.
        has: What the message must contain besides.
    """

    text: str = ""
    conversation: str = ""
    nick: str = ""
    after: date | None = None
    before: date | None = None
    has: frozenset[Has] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether it stands for every message."""
        return self == SearchQuery()


@dataclass(slots=True, eq=False)
class SearchHit:
    """A message that was found.

    Attributes:
        network: Where it was found.
        conversation: The name of its conversation.
        before: The message before it; None if there is none, or if it is not known yet.
        after: The message after it.
        has_context: Whether both are known.
    """

    network: Network
    conversation: str
    entry: Entry
    before: Entry | None = None
    after: Entry | None = None
    has_context: bool = False


@dataclass(slots=True, eq=False)
class SearchResult:
    """What a search has found so far.

    Attributes:
        hits: The messages, newest first.
        has_more: Whether the server may have older ones.
        is_only_loaded: Whether only the messages that are loaded here were searched.
        problem: Why the server did not search, as a sentence for the user.
        spelling: A word to search for instead, if nothing was found.
        reached: The time of the oldest message that the server has found; None before its first page.
    """

    query: SearchQuery
    hits: list[SearchHit] = field(default_factory=list)
    state: SearchState = "searching"
    has_more: bool = False
    is_only_loaded: bool = False
    problem: str = ""
    spelling: BetterSpelling | None = None
    reached: float | None = None

    @property
    def better_text(self) -> str:
        """The words of the query in the better spelling; empty if there is none."""
        if self.spelling is None:
            return ""
        wrong, better = self.spelling.word.casefold(), self.spelling.better
        words = self.query.text.split()
        spelled = [better if word.casefold() == wrong else word for word in words]
        return better if len(words) == 1 else "" if spelled == words else " ".join(spelled)


def server_can_search(network: Network) -> bool:
    """Return whether the server has SEARCH."""
    return network.state == "online" and network.capabilities >= {"soju.im/search", "batch", "server-time"}


def server_ability(network: Network, ability: ServerAbility) -> bool:
    """Return whether SEARCH of the server has this attribute."""
    return server_can_search(network) and ability in network.isupport.get(ABILITIES, "").split(",")


def may_look_for_files(network: Network) -> bool:
    """Return whether messages with a file can be told from others."""
    return bool(file_prefix(network) or file_host(network)) or server_ability(network, "has")


def file_host(network: Network) -> str:
    """Return the scheme and host of the files that are uploaded to the server; empty if it takes none.

    Links to a server that keeps files itself are known by the ids of the files instead.
    """
    if file_prefix(network):
        return ""
    tokens = (network.isupport.get(name, "") for name in FILE_HOSTS)
    found = next(filter(None, map(_HOST.match, tokens)), None)
    return found[0].casefold() if found else ""


def start_of(day: date) -> float:
    """Return when a day begins, in Unix seconds; of a day before or after all messages, when those do."""
    day = min(max(day, FIRST_DAY), LAST_DAY)
    return datetime(day.year, day.month, day.day).timestamp()


def matcher(network: Network, query: SearchQuery) -> Callable[[Entry], bool]:
    """Return the function that tells whether an entry of the right conversation matches a query."""
    words = list(map(Wanted.of, query.text.split()))
    after = None if query.after is None else start_of(query.after)
    before = None if query.before is None else start_of(query.before)
    nick = network.fold(query.nick)
    host, prefix = file_host(network), file_prefix(network)

    def matches(entry: Entry) -> bool:
        if not entry.is_confirmed_message or entry.deleted_by:
            return False
        if (after is not None and entry.time < after) or (before is not None and entry.time >= before):
            return False
        if nick and network.fold(entry.nick) != nick:
            return False
        return all(_has_word(network, entry, word) for word in words) and all(
            _has(entry, each, host, prefix) for each in query.has
        )

    return matches


def resolved(network: Network, query: SearchQuery) -> tuple[SearchQuery, str]:
    """Return a query with the nick and the full name of its conversation, or why there is no such one.

    `general` means `#general` if there is no direct message with a person of that name. Display names may
    stand for nicks.
    """
    query = replace(query, nick=_nick_of(network, query.nick))
    name = _nick_of(network, query.conversation)
    if not name:
        return query, ""
    found = next(filter(None, map(network.find, (name, f"#{name}"))), None)
    if found is None or found.kind == "server":
        return query, _("You have no conversation “{conversation}” here.").format(
            conversation=query.conversation
        )
    return replace(query, conversation=found.name), ""


def _nick_of(network: Network, name: str) -> str:
    """Return the nick of the person with this display name; any other name unchanged."""
    if not name or network.fold(name) in network.people:
        return name
    wanted = name.casefold()
    people = (each for each in network.people.values() if each.display_name.casefold() == wanted)
    found = next(people, None)
    return found.nick if found else name


def _has_word(network: Network, entry: Entry, word: Wanted) -> bool:
    """Return whether a word occurs in a message, as it is written or with the names that are shown."""
    if word.count_in(entry.text):
        return True
    return "@" in entry.text and bool(
        places(word.exact, displayed_with_names(entry.text, network.mentioned_name))
    )


def _has(entry: Entry, wanted: Has, host: str, prefix: str) -> bool:
    """Return whether a message has a link, or a link to a file: one of the server, or by its name."""
    if wanted == "file" and file_links(entry.text, prefix):
        return True
    links = [target(span.text) for span in spans(entry.text) if span.kind == "link"]
    if wanted == "file":
        return any(contains("file", link) or (host and link.casefold().startswith(host)) for link in links)
    return any("://" in link for link in links)
