"""CHATHISTORY: pages of stored messages. A worker reads them, so that the core never waits for the disk.

Members of a channel may read all of its stored messages, also those from before they joined. Only the two
participants may read a direct conversation. One with a guest stays readable for the other side when the guest
has left, also under a nick that somebody else has now; the newcomer reads nothing of it.

Source: IRCv3 chathistory.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso, parse_criterion_milliseconds
from chatapp.server.core.message_log import conversation_key
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.playback import readable_kinds, reads_edits, send_stored
from chatapp.server.state.accounts import name_of_identity
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import parse_msgid
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import history_pages
from chatapp.server.storage.history_pages import FOREVER, PageQuery
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader

FindKeys = Callable[[Reader, list[int]], tuple[str, ...]]
"""Finds the keys of a channel or conversation, which contains the messages with these ids."""

ReadPage = Callable[[Reader, PageQuery, int, int], list[StoredMessage]]
"""Reads a page. Its last two arguments are the bounds; with only one bound they are equal."""

_NewestMessages = list[tuple[int, str]]
"""The times of the newest messages, each with its key."""


class _Bound(NamedTuple):
    """A bound of a page: a time in milliseconds, or the id of a message."""

    time: int
    message_id: int | None = None

    def time_in(self, reader: Reader, keys: tuple[str, ...]) -> int:
        """Return the time of the bound. A message is looked up under these keys."""
        if self.message_id is None:
            return self.time
        return history_pages.time_of_id(reader, keys, self.message_id)


class _Target(NamedTuple):
    """The channel or direct conversation whose messages are requested.

    Args:
        name: The name of the channel, or the nick of the other participant.
        find_keys: Finds the keys of the messages.
        identity: The requesting user, see `User.identity`.
        channel: None for a direct conversation.
    """

    name: str
    find_keys: FindKeys
    identity: str
    channel: Channel | None = None

    def is_open_to(self, user: User) -> bool:
        """Return whether the user may still read the messages, once the page has been read."""
        return user in self.channel.members if self.channel else user.identity == self.identity


def chathistory(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """CHATHISTORY <subcommand> <target> <bound> [<bound>] <limit>: read messages or list conversations.

        LATEST <target> * | <bound> <limit>
        BEFORE | AFTER | AROUND <target> <bound> <limit>
        BETWEEN <target> <bound> <bound> <limit>
        TARGETS <time> <time> <limit>

    A bound is `msgid=<id>` or `timestamp=<time>`, and is itself excluded.

    Sends:
        A chathistory batch, or a draft/chathistory-targets batch.
    Errors:
        FAIL CHATHISTORY INVALID_PARAMS, INVALID_TARGET, INVALID_MSGREFTYPE.
    Source:
        IRCv3 chathistory.
    """
    subcommand = msg.params[0].upper()
    if subcommand == "TARGETS":
        _targets(world, me, user, msg, out)
        return
    if subcommand not in _PAGES:
        raise _failed("INVALID_PARAMS", "Unknown command", msg.params[0])
    count, read_page = _PAGES[subcommand]
    name, *bounds, limit = _parameters(msg, 3 + count)
    target = _target(world, user, name, subcommand)
    places = [_bound(subcommand, name, bound) for bound in bounds]
    ids = [place.message_id for place in places if place.message_id is not None]
    max_messages = _limit(world, subcommand, limit)
    max_bytes = world.config.limits.send_queue // 2  # less than the send queue can hold
    kinds, with_edits = readable_kinds(me), reads_edits(me)

    def read(reader: Reader) -> list[StoredMessage]:
        query = PageQuery(target.find_keys(reader, ids), kinds, max_messages, max_bytes, with_edits)
        first, *second = (place.time_in(reader, query.targets) for place in places)
        return read_page(reader, query, first, second[0] if second else first)

    def done(world: World, me: Session, user: User, rows: list[StoredMessage], out: Outbox) -> None:
        if not target.is_open_to(user):
            raise _not_retrieved(subcommand, name)
        present_name = target.channel.name if target.channel else target.name
        with out.batch("chathistory", present_name):
            send_stored(rows, present_name, out)

    out.run_user_job(read, done)


def _target(world: World, user: User, name: str, subcommand: str) -> _Target:
    """Find the requested channel or conversation.

    Raises:
        FailError: INVALID_TARGET, there is no such channel or the user is not in it.
    """
    identity = user.identity
    if names.looks_like_channel(name):
        channel = world.channels.get(names.fold(name))
        if channel is None or user not in channel.members:
            raise _not_retrieved(subcommand, name)
        key = channel.key
        return _Target(channel.name, lambda reader, ids: (key,), identity, channel)
    other = world.users.get(names.fold(name))
    key, is_online = conversation_key(world, user, other or name), other is not None

    def find_keys(reader: Reader, ids: list[int]) -> tuple[str, ...]:
        return history_pages.keys_of_conversation(reader, identity, name, key, is_online, ids)

    return _Target(other.nick if other else name, find_keys, identity)


def _not_retrieved(subcommand: str, target: str) -> FailError:
    return _failed("INVALID_TARGET", "Messages could not be retrieved", subcommand, target)


def _latest(reader: Reader, query: PageQuery, after: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, query, after, FOREVER, newest=True)


def _before(reader: Reader, query: PageQuery, before: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, query, -1, before, newest=True)


def _after(reader: Reader, query: PageQuery, after: int, _: int) -> list[StoredMessage]:
    return history_pages.between(reader, query, after, FOREVER, newest=False)


def _around(reader: Reader, query: PageQuery, time: int, _: int) -> list[StoredMessage]:
    return history_pages.around(reader, query, time)


def _between(reader: Reader, query: PageQuery, start: int, end: int) -> list[StoredMessage]:
    """Read from the first bound towards the second, which may be the earlier one."""
    return history_pages.between(reader, query, min(start, end), max(start, end), newest=start > end)


_PAGES: dict[str, tuple[int, ReadPage]] = {
    "LATEST": (1, _latest),
    "BEFORE": (1, _before),
    "AFTER": (1, _after),
    "AROUND": (1, _around),
    "BETWEEN": (2, _between),
}
"""The number of bounds that each subcommand takes, and the function that reads its page."""


def _targets(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """List the channels and partners with messages, with the time of the newest message of each."""
    *bounds, limit = _parameters(msg, 4)
    start, end = (_timestamp("TARGETS", bound) for bound in bounds)
    count = _limit(world, "TARGETS", limit)
    keys = [channel.key for channel in user.channels]
    owner = user.identity

    def read(reader: Reader) -> tuple[_NewestMessages, list[history_pages.DirectPartner]]:
        newest = ((history_pages.newest_message_time(reader, key), key) for key in keys)
        return [(time, key) for time, key in newest if time], history_pages.partners(reader, owner)

    def done(
        world: World,
        me: Session,
        user: User,
        found: tuple[_NewestMessages, list[history_pages.DirectPartner]],
        out: Outbox,
    ) -> None:
        channels = {channel.key: channel.name for channel in user.channels}
        conversations = [(time, channels[key]) for time, key in found[0] if key in channels]
        if user.identity == owner:
            conversations += _newest_by_name(world, found[1])
        within = sorted(each for each in conversations if min(start, end) < each[0] < max(start, end))
        with out.batch("draft/chathistory-targets"):
            for time, name in within[-count:] if start > end else within[:count]:
                out.reply_from_server("CHATHISTORY", "TARGETS", name, iso(time))

    out.run_user_job(read, done)


def _newest_by_name(world: World, partners: list[history_pages.DirectPartner]) -> _NewestMessages:
    """Return the direct conversations. Those with several guests of one nick are one, see `history_pages`."""
    newest: dict[str, tuple[int, str]] = {}
    for partner in partners:
        name = _name_of(world, partner)
        folded = names.fold(name)
        newest[folded] = max((partner.time, name), newest.get(folded, (0, "")))
    return list(newest.values())


def _name_of(world: World, partner: history_pages.DirectPartner) -> str:
    """Return the name with which to request a conversation; another user may have the nick now."""
    there = world.users.get(names.fold(partner.nick))
    if there is None:
        return partner.nick
    account = name_of_identity(partner.identity)
    return account if account and there.identity != partner.identity else there.nick


def _parameters(msg: Message, count: int) -> tuple[str, ...]:
    """Return the parameters after the subcommand.

    Args:
        count: The expected number of parameters, with the subcommand.

    Raises:
        FailError: INVALID_PARAMS, it is another number.
    """
    if len(msg.params) == count:
        return msg.params[1:]
    text = "Insufficient parameters" if len(msg.params) < count else "Too many parameters"
    raise _failed("INVALID_PARAMS", text, msg.params[0].upper())


def _bound(subcommand: str, target: str, text: str) -> _Bound:
    """Return a bound.

    Raises:
        FailError: INVALID_PARAMS, INVALID_MSGREFTYPE.
    """
    if text == "*" and subcommand == "LATEST":
        return _Bound(-1)
    kind, equals, value = text.partition("=")
    if kind == "msgid" and (number := parse_msgid(value)) is not None:
        return _Bound(-1, number)
    if equals and kind not in ("msgid", "timestamp"):
        raise _failed("INVALID_MSGREFTYPE", "A bound must be msgid= or timestamp=", subcommand, target)
    return _Bound(_timestamp(subcommand, text))


def _timestamp(subcommand: str, text: str) -> int:
    time = parse_criterion_milliseconds(text)
    if time is None:
        raise _failed("INVALID_PARAMS", "Invalid timestamp or msgid", subcommand, text)
    return time


def _limit(world: World, subcommand: str, text: str) -> int:
    limit = parse_whole(text, 1)
    if limit is None:
        raise _failed("INVALID_PARAMS", "The limit must be a whole number of at least 1", subcommand, text)
    return min(limit, world.config.history.page)


def _failed(code: str, text: str, *context: str) -> FailError:
    return FailError("CHATHISTORY", code, text, *context)
