"""CHATHISTORY: pages of what was said. They are read by a worker, so that the core never waits for the disk.

Whoever is in a channel may read all that is kept of it, also what was said before they came. Conversations
are for the two who had them.

Source  IRCv3 chathistory
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso, milliseconds_of_criterion
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.playback import kinds, play
from chatapp.server.state.accounts import name_of
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import parse_msgid
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import history_pages
from chatapp.server.storage.history_pages import FOREVER, PageQuery
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader

Find = Callable[[Reader], str]
"""Finds the key of what is asked for."""

Page = Callable[[Reader, PageQuery, int, int], list[StoredMessage]]
"""Takes the first and, if there is one, the second bound."""

_Spoken = list[tuple[int, str]]
"""When something was said last, and under which key."""


class _Place(NamedTuple):
    """Whose messages are asked for: a channel's, or those of a conversation.

    Args:
        name: How it is called.
        find: How to find the key of its messages.
        identity: Who asks, see `User.identity`.
        channel: None for a conversation.
    """

    name: str
    find: Find
    identity: str
    channel: Channel | None = None

    def is_open_to(self, user: User) -> bool:
        """Whether the asker may still read it when the page has been read."""
        return user in self.channel.members if self.channel else user.identity == self.identity


def chathistory(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """CHATHISTORY <subcommand> <target> <bound> [<bound>] <limit>: read what was said, or with whom.

        LATEST <target> * | <bound> <limit>
        BEFORE | AFTER | AROUND <target> <bound> <limit>
        BETWEEN <target> <bound> <bound> <limit>
        TARGETS <time> <time> <limit>

    A bound is `msgid=<id>` or `timestamp=<time>`; it is left out itself.

    Sends   a chathistory batch, or a draft/chathistory-targets batch
    Errors  FAIL CHATHISTORY INVALID_PARAMS, INVALID_TARGET, INVALID_MSGREFTYPE
    Source  IRCv3 chathistory
    """
    subcommand = msg.params[0].upper()
    if subcommand == "TARGETS":
        _targets(world, me, user, msg, out)
        return
    if subcommand not in _PAGES:
        raise _failed("INVALID_PARAMS", "Unknown command", msg.params[0])
    count, page = _PAGES[subcommand]
    target, *bounds, limit = _parameters(msg, 3 + count)
    place = _place(world, user, target, subcommand)
    times = [_bound(subcommand, target, bound) for bound in bounds]
    wished = _limit(world, subcommand, limit)
    room = world.config.limits.send_queue // 2  # a page is never what makes a queue overflow
    shown = kinds(me)

    def read(reader: Reader) -> list[StoredMessage]:
        wish = PageQuery(place.find(reader), shown, wished, room)
        first, *second = (time(reader, wish.target) for time in times)
        return page(reader, wish, first, second[0] if second else first)

    def done(world: World, me: Session, user: User, rows: list[StoredMessage], out: Outbox) -> None:
        if not place.is_open_to(user):
            raise _not_retrieved(subcommand, target)
        name = place.channel.name if place.channel else place.name
        with out.batch("chathistory", name):
            play(rows, name, out)

    out.later_for_user(read, done)


def _place(world: World, user: User, target: str, subcommand: str) -> _Place:
    """What is asked for.

    Raises  Failed INVALID_TARGET when there is no such channel, or the asker is not in it
    """
    mine = user.identity
    if names.looks_like_channel(target):
        channel = world.channels.get(names.fold(target))
        if channel is None or user not in channel.members:
            raise _not_retrieved(subcommand, target)
        key = channel.key
        return _Place(channel.name, lambda reader: key, mine, channel)
    other = world.users.get(names.fold(target))
    key = conversation_key(world, user, other or target)
    if other:
        return _Place(other.nick, lambda reader: key, mine)
    return _Place(target, lambda reader: history_pages.key_of_conversation(reader, mine, target) or key, mine)


def _not_retrieved(subcommand: str, target: str) -> FailError:
    return _failed("INVALID_TARGET", "Messages could not be retrieved", subcommand, target)


def _latest(reader: Reader, wish: PageQuery, after: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, wish, after, FOREVER, newest=True)


def _before(reader: Reader, wish: PageQuery, before: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, wish, -1, before, newest=True)


def _after(reader: Reader, wish: PageQuery, after: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, wish, after, FOREVER, newest=False)


def _around(reader: Reader, wish: PageQuery, time: int, _: int) -> list[StoredMessage]:
    return history_pages.around(reader, wish, time)


def _between(reader: Reader, wish: PageQuery, start: int, end: int) -> list[StoredMessage]:
    """It is counted from the first bound, so the second may be the earlier one."""
    return history_pages.between(reader, wish, min(start, end), max(start, end), newest=start > end)


_PAGES: dict[str, tuple[int, Page]] = {
    "LATEST": (1, _latest),
    "BEFORE": (1, _before),
    "AFTER": (1, _after),
    "AROUND": (1, _around),
    "BETWEEN": (2, _between),
}
"""How many bounds each takes, and what it reads."""


def _targets(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """Which channels and people there is something of, with the time of the newest message of each."""
    *bounds, limit = _parameters(msg, 4)
    start, end = (_timestamp("TARGETS", bound) for bound in bounds)
    count = _limit(world, "TARGETS", limit)
    keys = [channel.key for channel in user.channels]
    owner = user.identity

    def read(reader: Reader) -> tuple[_Spoken, list[history_pages.DirectPartner]]:
        newest = ((history_pages.newest_message(reader, key), key) for key in keys)
        return [(time, key) for time, key in newest if time], history_pages.partners(reader, owner)

    def done(
        world: World,
        me: Session,
        user: User,
        found: tuple[_Spoken, list[history_pages.DirectPartner]],
        out: Outbox,
    ) -> None:
        channels = {channel.key: channel.name for channel in user.channels}
        spoken = [(time, channels[key]) for time, key in found[0] if key in channels]
        if user.identity == owner:
            spoken += [(partner.time, name) for partner in found[1] if (name := _name_of(world, partner))]
        within = sorted(each for each in spoken if min(start, end) < each[0] < max(start, end))
        with out.batch("draft/chathistory-targets"):
            for time, name in within[-count:] if start > end else within[:count]:
                out.reply_from_server("CHATHISTORY", "TARGETS", name, iso(time))

    out.later_for_user(read, done)


def _name_of(world: World, partner: history_pages.DirectPartner) -> str:
    """How one can ask for this conversation; nothing when somebody else has the nick of a guest now."""
    there = world.users.get(names.fold(partner.nick))
    if there is None or there.identity == partner.identity:
        return there.nick if there else partner.nick
    return name_of(partner.identity)


def _parameters(msg: Message, count: int) -> tuple[str, ...]:
    """The parameters after the subcommand.

    Raises  Failed INVALID_PARAMS when there are not as many, with the subcommand
    """
    if len(msg.params) == count:
        return msg.params[1:]
    words = "Insufficient parameters" if len(msg.params) < count else "Too many parameters"
    raise _failed("INVALID_PARAMS", words, msg.params[0].upper())


def _bound(subcommand: str, target: str, text: str) -> Callable[[Reader, str], int]:
    """A bound as the time that it means, which for a msgid the reader finds out.

    Raises  Failed INVALID_PARAMS, INVALID_MSGREFTYPE
    """
    if text == "*" and subcommand == "LATEST":
        return lambda reader, key: -1
    kind, equals, value = text.partition("=")
    if kind == "msgid" and (number := parse_msgid(value)) is not None:
        found = number
        return lambda reader, key: history_pages.time_of_id(reader, key, found)
    if equals and kind not in ("msgid", "timestamp"):
        raise _failed("INVALID_MSGREFTYPE", "A message is named by msgid= or timestamp=", subcommand, target)
    time = _timestamp(subcommand, text)
    return lambda reader, key: time


def _timestamp(subcommand: str, text: str) -> int:
    time = milliseconds_of_criterion(text)
    if time is None:
        raise _failed("INVALID_PARAMS", "Invalid timestamp or msgid", subcommand, text)
    return time


def _limit(world: World, subcommand: str, text: str) -> int:
    limit = parse_whole(text, 1)
    if limit is None:
        raise _failed("INVALID_PARAMS", "A limit is a whole number from 1", subcommand, text)
    return min(limit, world.config.history.page)


def _failed(code: str, words: str, *context: str) -> FailError:
    return FailError("CHATHISTORY", code, words, *context)
