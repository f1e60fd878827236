"""SEARCH: find messages in everything that the user may read.

Source: soju.im/search.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message, middle, parse_tags
from chatapp.protocol.message_contents import PATTERNS
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import parse_milliseconds
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.playback import send_stored
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage.history_pages import keys_of_conversation
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.message_search import (
    MAX_LEAD,
    SearchQuery,
    SearchTimeout,
    Suggestion,
    find,
    suggest,
)
from chatapp.server.storage.reader import Reader

DEFAULT_LIMIT = 100  # when no limit is given
SEARCH_STEPS = 10_000  # charged for each search, see `core.incremental`: a worker may need two seconds
MAX_WORDS = 8  # in one search
ATTRIBUTES = ("in", "from", "text", "after", "before", "limit", "has", "suggest")


Found = tuple[list[StoredMessage], Suggestion | None]
"""The matches; without any, perhaps a better spelling of a word."""


class _Scope(NamedTuple):
    """The channels and conversations to search.

    Args:
        targets: The keys of channels and conversations.
        identity: The user whose direct conversations are included; empty for none.
        partner: The nick of the only partner whose conversation is searched; empty for all.
        is_online: Whether this partner is online.
    """

    targets: tuple[str, ...]
    identity: str = ""
    partner: str = ""
    is_online: bool = False


def search(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SEARCH <attribute>=<value>{;<attribute>=<value>}: find messages in your channels and conversations.

    The attributes are `text`, `in` (a channel or nick), `from` (a nick), `after` and `before` (times),
    `limit`, and `has` (link or file). With `suggest`, a search without a match may be answered with a better
    spelling of a word. Values are escaped like those of message tags, so `\\s` is a space.

    Sends:
        A soju.im/search batch of the newest matches, or with `after` of the oldest. In it NOTE SEARCH
        SUGGESTION with the word, the better one, and how many messages have that, at most 100.
    Errors:
        FAIL SEARCH INVALID_PARAMS, INTERNAL_ERROR.
    Source:
        soju.im/search.
    """
    attributes = parse_tags(" ".join(msg.params))
    for name in attributes:
        if name not in ATTRIBUTES:
            raise _invalid(name, f"Unknown attribute; expected one of {', '.join(ATTRIBUTES)}")
    scope = _scope(world, user, attributes.get("in", ""))
    query = SearchQuery(
        scope.targets, scope.identity, _words(attributes.get("text", "")), attributes.get("from", ""),
        _time(attributes, "after", 0), _time(attributes, "before", out.now + MAX_LEAD), "after" in attributes,
        _limit(world, attributes), world.config.limits.send_queue // 2, _content(attributes),
    )  # fmt: skip
    identity = user.identity
    out.work += SEARCH_STEPS * (2 if "suggest" in attributes else 1)

    def read(reader: Reader) -> Found:
        wanted = query
        if scope.partner:
            keys = keys_of_conversation(reader, identity, scope.partner, scope.targets[0], scope.is_online)
            wanted = query._replace(targets=keys)
        try:
            rows = find(reader, wanted)
            return rows, suggest(reader, wanted) if "suggest" in attributes and not rows else None
        except SearchTimeout:
            text = "The search took too long; search one channel, or for a longer word"
            raise FailError("SEARCH", "INTERNAL_ERROR", text) from None

    out.run_user_job(read, _show, kind="search")


def _show(world: World, me: Session, user: User, found: Found | None, out: Outbox) -> None:
    """Send the matches.

    Args:
        found: None if too many searches are waiting.
    """
    if found is None:
        raise FailError("SEARCH", "INTERNAL_ERROR", "Too many searches are running; try again later")
    rows, suggestion = found
    channels = {channel.key: channel.name for channel in user.channels}
    with out.batch("soju.im/search"):
        for target, group in groupby(rows, attrgetter("target")):
            send_stored(group, channels.get(target, ""), out)
        if suggestion:
            word, better, count = middle(suggestion.word), suggestion.better, str(suggestion.messages)
            text = f"Nothing has {suggestion.word}; did you mean {better}?"
            out.note("SEARCH", "SUGGESTION", text, word, better, count)


def _scope(world: World, user: User, target: str) -> _Scope:
    """Return what the attribute `in` selects.

    Raises:
        FailError: INVALID_PARAMS, the user is not in this channel.
    """
    if not target:
        return _Scope(tuple(channel.key for channel in user.channels), user.identity)
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise _invalid(target, "You are not in that channel")
        return _Scope((channel.key,))
    other = world.users.get(names.fold(target))
    return _Scope((conversation_key(world, user, other or target),), "", target, other is not None)


def _words(text: str) -> str:
    """Return the words of a search, each once. The last one stays last: it may be the beginning of a word.

    Raises:
        FailError: INVALID_PARAMS, too many words.
    """
    words = list(dict.fromkeys(reversed(text.replace("\0", " ").split())))
    if len(words) > MAX_WORDS:
        raise _invalid("text", f"A search may have at most {MAX_WORDS} words")
    return " ".join(reversed(words))


def _time(attributes: dict[str, str], name: str, default: int) -> int:
    if name not in attributes:
        return default
    try:
        return parse_milliseconds(attributes[name].removeprefix("timestamp="))
    except (ValueError, OverflowError):
        raise _invalid(f"{name}={attributes[name]}", "Invalid time") from None


def _content(attributes: dict[str, str]) -> str:
    kind = attributes.get("has", "")
    if kind and kind not in PATTERNS:
        raise _invalid(f"has={kind}", f"Unknown content; expected one of {', '.join(PATTERNS)}")
    return kind


def _limit(world: World, attributes: dict[str, str]) -> int:
    text = attributes.get("limit", str(DEFAULT_LIMIT))
    limit = parse_whole(text, 1)
    if limit is None:
        raise _invalid(f"limit={text}", "The limit must be a whole number of at least 1")
    return min(limit, world.config.history.page)


def _invalid(context: str, text: str) -> FailError:
    return FailError("SEARCH", "INVALID_PARAMS", text, context)
