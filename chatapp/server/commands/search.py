"""SEARCH: what was said about something, in all that one may read.

Source  soju.im/search
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message, parse_tags
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import milliseconds
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.playback import play
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage.history_pages import key_of_conversation
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.message_search import LEAD, SearchQuery, TookTooLong, find
from chatapp.server.storage.reader import Reader

FOUND = 100  # when no limit is given
SEARCH_STEPS = 10_000  # that a search is charged for, see `gradual`; it takes a worker up to two seconds
WORDS = 8  # that a search may look for
ATTRIBUTES = ("in", "from", "text", "after", "before", "limit")


class _Place(NamedTuple):
    """Where to look. Takes  absent: somebody who is not here, whose conversation has to be found"""

    targets: tuple[str, ...]
    identity: str = ""
    absent: str = ""


def search(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SEARCH <attribute>=<value>{;<attribute>=<value>}: find messages in your channels and conversations.

    The attributes are `text`, `in` (a channel or a nick), `from` (a nick), `after` and `before` (times) and
    `limit`. A value is written as that of a message tag, so `\\s` is a space in it.

    Sends   a soju.im/search batch of the newest that fit, or with `after` of the oldest
    Errors  FAIL SEARCH INVALID_PARAMS, INTERNAL_ERROR
    Source  soju.im/search
    """
    wishes = parse_tags(" ".join(msg.params))
    for name in wishes:
        if name not in ATTRIBUTES:
            raise _invalid(name, f"There is no such attribute; there are {', '.join(ATTRIBUTES)}")
    place = _place(world, user, wishes.get("in", ""))
    query = SearchQuery(
        place.targets, place.identity, _words(wishes.get("text", "")), wishes.get("from", ""),
        _time(wishes, "after", 0), _time(wishes, "before", out.now + LEAD), "after" in wishes,
        _limit(world, wishes), world.config.limits.send_queue // 2,
    )  # fmt: skip
    mine = user.identity
    out.work += SEARCH_STEPS

    def read(reader: Reader) -> list[StoredMessage]:
        found = key_of_conversation(reader, mine, place.absent) if place.absent else None
        wanted = query._replace(targets=(found,)) if found else query
        try:
            return find(reader, wanted)
        except TookTooLong:
            words = "That takes too long; search in one channel, or for a longer word"
            raise FailError("SEARCH", "INTERNAL_ERROR", words) from None

    out.later_for_user(read, _show, kind="search")


def _show(world: World, me: Session, user: User, rows: list[StoredMessage] | None, out: Outbox) -> None:
    """Takes  rows: None when too many searches wait"""
    if rows is None:
        raise FailError("SEARCH", "INTERNAL_ERROR", "Too many people search at this moment, try again")
    channels = {channel.key: channel.name for channel in user.channels}
    with out.batch("soju.im/search"):
        for target, found in groupby(rows, attrgetter("target")):
            play(found, channels.get(target, ""), out)


def _place(world: World, user: User, target: str) -> _Place:
    """Raises  Failed INVALID_PARAMS when the user is not in the channel, if there is one"""
    if not target:
        return _Place(tuple(channel.key for channel in user.channels), user.identity)
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise _invalid(target, "You are not in such a channel")
        return _Place((channel.key,))
    other = world.users.get(names.fold(target))
    return _Place((conversation_key(world, user, other or target),), absent="" if other else target)


def _words(text: str) -> str:
    """The words of a search, each once. The last stays the last, for it may be the beginning of a word.

    Raises:
        Failed: INVALID_PARAMS, too many words.
    """
    words = list(dict.fromkeys(reversed(text.replace("\0", " ").split())))
    if len(words) > WORDS:
        raise _invalid("text", f"A search has at most {WORDS} words")
    return " ".join(reversed(words))


def _time(wishes: dict[str, str], name: str, default: int) -> int:
    if name not in wishes:
        return default
    try:
        return milliseconds(wishes[name].removeprefix("timestamp="))
    except (ValueError, OverflowError):
        raise _invalid(f"{name}={wishes[name]}", "Invalid time") from None


def _limit(world: World, wishes: dict[str, str]) -> int:
    text = wishes.get("limit", str(FOUND))
    limit = parse_whole(text, 1)
    if limit is None:
        raise _invalid(f"limit={text}", "A limit is a whole number from 1")
    return min(limit, world.config.history.page)


def _invalid(what: str, words: str) -> FailError:
    return FailError("SEARCH", "INVALID_PARAMS", words, what)
