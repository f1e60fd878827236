"""Parse the messages of a server into events. Replies of several messages are collected until complete.

These are batches, NAMES (353 to 366), WHOIS (311 to 318) and LIST (322 to 323). All other messages go to the
table in handlers.py.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from chatapp.client.incoming import events
from chatapp.client.incoming.events import (
    Edited,
    Event,
    HistoryRow,
    MessageReceived,
    Reacted,
    Redacted,
    WhoisReply,
)
from chatapp.client.incoming.handlers import HANDLERS, Handler, other_numeric
from chatapp.client.incoming.whois import FACTS, with_values
from chatapp.languages.translation import _
from chatapp.protocol import isupport
from chatapp.protocol.message import Message
from chatapp.protocol.names import Source, fold
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.presence import ABSENT, UNSPECIFIED
from chatapp.protocol.timestamps import parse_seconds

_HISTORY = frozenset({"chathistory", "draft/chathistory"})
_TARGETS = "draft/chathistory-targets"
_SEARCH = "search"  # after the name of a vendor
_MULTILINE = frozenset({"draft/multiline", "multiline"})
_CONCAT = ("draft/multiline-concat", "multiline-concat")

# These limits protect the memory against a server that begins replies and never ends them.
MAX_UNFINISHED = 200  # batches, NAMES or WHOIS replies at once; the oldest is dropped
MAX_BATCH_MESSAGES = 10_000  # in one batch; the rest is dropped
MAX_MULTILINE_LINES = 1000  # in one message
MAX_MULTILINE_CHARACTERS = 100_000  # in one message
MAX_ROSTER_NAMES = 100_000  # in one NAMES reply
MAX_WHOIS_FACTS = 200  # in one WHOIS reply
MAX_LISTED_CHANNELS = 100_000  # in one LIST reply

_LISTED_MODES = re.compile(r"^\[\+[A-Za-z]+(?: [^\]]*)?\](?: |$)")
"""What InspIRCd writes before the topics of a list: `[+knt <key>] `."""

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(slots=True)
class _Batch:
    opening: Message
    kind: str
    params: tuple[str, ...]
    label: str
    messages: list[MessageReceived] = field(default_factory=list)
    redactions: list[Redacted] = field(default_factory=list)
    edits: list[Edited] = field(default_factory=list)
    reactions: list[Reacted] = field(default_factory=list)
    rows: list[HistoryRow] = field(default_factory=list)  # the first and the last one
    size: int = 0  # lines in it; for a message of several lines, their characters
    past: list[events.PastEvent] = field(default_factory=list)
    lines: list[Message] = field(default_factory=list)
    targets: list[tuple[str, float]] = field(default_factory=list)
    spelling: events.BetterSpelling | None = None  # of a search

    def add(self, found: Iterable[Event]) -> None:
        """Add the events of one line; those that are not shown in the history are left out."""
        for event in found:
            match event:
                case MessageReceived():
                    self.messages.append(event)
                case Redacted():
                    self.redactions.append(event)
                case Edited():
                    self.edits.append(event)
                case Reacted():
                    self.reactions.append(event)
                case _ if isinstance(event, events.PastEvent):
                    self.past.append(event)

    def note_row(self, message: Message) -> None:
        """Note a line that is in this batch itself, not in a message of several lines in it."""
        self.size += 1
        self.rows[1:] = [HistoryRow(message.tags.get("msgid", ""), parse_seconds(message.tags.get("time")))]

    def add_line(self, message: Message) -> None:
        """Add a line of a message of several lines, unless the message is too long."""
        self.size += len(message.text) + 1
        if len(self.lines) < MAX_MULTILINE_LINES and self.size <= MAX_MULTILINE_CHARACTERS:
            self.lines.append(message)

    def whole(self) -> Message | None:
        """Return the message whose lines these are; None if there is none."""
        said = [each for each in self.lines if each.command in ("PRIVMSG", "NOTICE") and len(each.params) > 1]
        if not said or not self.params:
            return None
        text = said[0].params[1]
        for each in said[1:]:
            is_joined = any(tag in each.tags for tag in _CONCAT)
            text += each.params[1] if is_joined else "\n" + each.params[1]
        source = self.opening.source or said[0].source
        return Message(said[0].command, (self.params[0], text), source, self.opening.tags)

    @property
    def is_search(self) -> bool:
        return self.kind.rpartition("/")[2] == _SEARCH


class EventParser:
    """Parses the messages of one connection in their order.

    Args:
        features: The ISUPPORT tokens of the server, kept up to date by the caller; read for rank prefixes.
    """

    def __init__(self, features: Mapping[str, str]) -> None:
        self._features = features
        self._batches: dict[str, _Batch] = {}
        self._rosters: dict[str, list[events.RosterEntry]] = {}
        self._whois: dict[str, WhoisReply] = {}  # what has come so far
        self._listed: list[events.ListedChannel] = []
        self._partial: dict[str, tuple[int, Handler]] = {  # command: fewest parameters, handler
            "BATCH": (1, self._batch),
            "301": (3, self._away_reply),
            **{code: (4 if code in ("311", "317") else 3, self._fact) for code in FACTS},
            "318": (2, self._whois_end),
            "322": (3, self._channel),
            "323": (0, self._channels_end),
            "353": (4, self._names),
            "366": (2, self._names_end),
        }

    def read(self, message: Message) -> list[Event]:
        """Return the events of a message; none if it is ignored or its reply is not complete yet."""
        batch = self._batches.get(message.tags.get("batch", "")) if self._batches else None
        if batch and (batch.kind in _HISTORY or batch.is_search):
            is_full, is_batch = batch.size >= MAX_BATCH_MESSAGES, message.command == "BATCH"
            if not is_full and not (is_batch and message.text[:1] == "-"):
                batch.note_row(message)
            if not is_full or is_batch:  # the lines of a batch in it must not count as sent now
                batch.add(self._read(message, ""))
                batch.spelling = batch.spelling or _better_spelling(message)
            return []
        if batch and batch.kind in _MULTILINE:
            batch.add_line(message)
            return []
        if batch and batch.kind == _TARGETS:
            if len(batch.targets) < MAX_BATCH_MESSAGES:
                batch.targets += _target(message)
            return []
        return self._read(message, message.tags.get("label") or (batch.label if batch else ""))

    def _read(self, message: Message, label: str) -> list[Event]:
        least, read = self._partial.get(message.command) or HANDLERS.get(message.command, (0, other_numeric))
        if len(message.params) < least:
            log.warning("skipped a line with too few parameters: %s", message)
            return []
        return read(message, label)

    def _batch(self, message: Message, label: str) -> list[Event]:
        """BATCH +ref type params, or BATCH -ref. The label of a batch counts for every message in it."""
        reference = message.params[0]
        if reference.startswith("+"):
            kind = message.params[1] if len(message.params) > 1 else ""
            self._batches.pop(reference[1:], None)
            opened = _Batch(message, kind, message.params[2:], label)
            _unfinished(self._batches, reference[1:], opened)
            return []
        batch = self._batches.pop(reference[1:], None)
        if batch and batch.kind in _HISTORY and batch.params:
            page = events.HistoryPage(
                batch.params[0],
                tuple(batch.messages),
                tuple(batch.redactions),
                batch.label,
                tuple(batch.edits),
                tuple(batch.reactions),
                tuple(batch.rows),
                hidden=max(0, batch.size - len(batch.messages)),
                events=tuple(batch.past),
            )
            return [page]
        if batch and batch.is_search:
            return [events.SearchResults(tuple(batch.messages), batch.label, batch.spelling)]
        if batch and batch.kind == _TARGETS:
            return [events.HistoryTargets(tuple(batch.targets), batch.label)]
        return self._multiline_end(batch) if batch and batch.kind in _MULTILINE else []

    def _multiline_end(self, batch: _Batch) -> list[Event]:
        """Return the message of several lines; one from the history goes into its page."""
        whole = batch.whole()
        found = self._read(whole, batch.label) if whole else []
        outer = self._batches.get(batch.opening.tags.get("batch", ""))
        if outer and (outer.kind in _HISTORY or outer.is_search):
            outer.add(found if len(outer.messages) < MAX_BATCH_MESSAGES else ())
            return []
        return found

    def _names(self, message: Message, label: str) -> list[Event]:
        """353 nick symbol channel :names, each with its prefixes, and with user and host if negotiated."""
        characters = "".join(isupport.prefixes(self._features.get("PREFIX", "(ov)@+")).values())
        roster = _unfinished(self._rosters, fold(message.params[2]), [])
        for word in message.params[3].split()[: MAX_ROSTER_NAMES - len(roster)]:
            source = Source.parse(word.lstrip(characters))
            ranks = word[: len(word) - len(word.lstrip(characters))]
            roster.append(events.RosterEntry(source.nick, ranks, source.user, source.host))
        return []

    def _names_end(self, message: Message, label: str) -> list[Event]:
        people = self._rosters.pop(fold(message.params[1]), None)
        return [] if people is None else [events.Roster(message.params[1], tuple(people))]

    def _away_reply(self, message: Message, label: str) -> list[Event]:
        """301 nick user :text, also within WHOIS."""
        key = fold(message.params[1])
        reply = self._whois.get(key)
        if reply is None:
            return [events.AwayReply(message.params[1], message.text)]
        if message.text == ABSENT:
            fact = _("is not connected")
        elif message.text == UNSPECIFIED:
            fact = _("is away")
        else:
            fact = _("is away: {reason}").format(reason=message.text)
        self._whois[key] = _with_fact(replace(reply, away_text=message.text), fact)
        return []

    def _fact(self, message: Message, label: str) -> list[Event]:
        nick = message.params[1]
        reply = _unfinished(self._whois, fold(nick), WhoisReply(nick, ()))
        self._whois[fold(nick)] = _with_fact(with_values(reply, message), FACTS[message.command](message))
        return []

    def _whois_end(self, message: Message, label: str) -> list[Event]:
        nick = message.params[1]  # perhaps in another letter case than before
        return [replace(self._whois.pop(fold(nick), WhoisReply(nick, ())), nick=nick)]

    def _channel(self, message: Message, label: str) -> list[Event]:
        """322 nick channel count :topic."""
        if len(self._listed) < MAX_LISTED_CHANNELS:
            people = parse_whole(message.params[2]) or 0
            topic = _LISTED_MODES.sub("", "".join(message.params[3:]), count=1)
            self._listed.append(events.ListedChannel(message.params[1], people, topic))
        return []

    def _channels_end(self, message: Message, label: str) -> list[Event]:
        channels, self._listed = tuple(self._listed), []
        return [events.ChannelList(channels)]


def _unfinished(replies: dict[str, T], key: str, new: T) -> T:
    """Return the unfinished reply for a key; without one, begin `new` and drop the oldest of too many."""
    if key not in replies:
        if len(replies) >= MAX_UNFINISHED:
            del replies[next(iter(replies))]
        replies[key] = new
    return replies[key]


def _with_fact(reply: WhoisReply, fact: str) -> WhoisReply:
    """Return a WHOIS reply with one more fact, unless it has too many."""
    return replace(reply, facts=(*reply.facts, fact)[:MAX_WHOIS_FACTS])


def _better_spelling(message: Message) -> events.BetterSpelling | None:
    """NOTE SEARCH SUGGESTION word better count :text."""
    if message.command != "NOTE" or message.params[:2] != ("SEARCH", "SUGGESTION") or len(message.params) < 6:
        return None
    word, better, count = message.params[2:5]
    return events.BetterSpelling(word, better, parse_whole(count) or 0) if better.strip() else None


def _target(message: Message) -> list[tuple[str, float]]:
    """CHATHISTORY TARGETS name time."""
    if message.command != "CHATHISTORY" or len(message.params) < 3:
        return []
    when = parse_seconds(message.params[2])
    return [] if when is None else [(message.params[1], when)]
