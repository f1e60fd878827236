"""Channels with their mask lists and the ranks of accounts."""

from __future__ import annotations

import json

from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.storage import settings
from chatapp.server.storage.statements import Queryable, Save, Statement, number

_UPSERT = Statement(
    "store a channel",
    "INSERT INTO channels (id, name, folded, created, topic, topic_by, topic_at, modes)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, topic = excluded.topic,"
    " topic_by = excluded.topic_by, topic_at = excluded.topic_at, modes = excluded.modes",
)
_DELETE = Statement("delete a channel", "DELETE FROM channels WHERE id = ?")
_UPSERT_MASK = Statement(
    "store a mask",
    "INSERT OR REPLACE INTO channel_lists (channel, mode, mask, by, at, until, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)",
)
_DELETE_MASK = Statement(
    "delete a mask", "DELETE FROM channel_lists WHERE channel = ? AND mode = ? AND mask = ?"
)
_UPSERT_RANKS = Statement(
    "store ranks", "INSERT OR REPLACE INTO channel_ranks (channel, account, ranks) VALUES (?, ?, ?)"
)
_DELETE_RANKS = Statement("delete ranks", "DELETE FROM channel_ranks WHERE channel = ? AND account = ?")

_KEY_COLUMNS = (("messages", "target"), ("events", "target"), ("metadata", "owner"), ("dropped", "target"))
_CHANNEL_KEYS = (
    "SELECT DISTINCT target FROM markers WHERE target BETWEEN '#' AND '$'",
    # these tables may be large: one look-up in the index for each key, instead of a scan
    *(
        f"WITH RECURSIVE each (key) AS (SELECT min({column}) FROM {table} WHERE {column} > '#'"
        f" UNION ALL SELECT (SELECT min({column}) FROM {table} WHERE {column} > key) FROM each"
        " WHERE key < '$') SELECT key FROM each WHERE key < '$'"
        for table, column in _KEY_COLUMNS
    ),
)


def load_all(database: Queryable) -> list[Channel]:
    """Return every stored channel, without members."""
    channels: dict[int, Channel] = {}
    for channel_id, name, created, topic, topic_by, topic_at, modes, is_orphan in database.rows(
        "SELECT id, name, created, topic, topic_by, topic_at, modes, is_orphan FROM channels"
    ):
        channel = channels[channel_id] = Channel(channel_id, name, created)
        channel.topic, channel.topic_by, channel.topic_at = topic, topic_by, topic_at
        channel.modes, channel.is_orphan = json.loads(modes), bool(is_orphan)
    for channel_id, mode, *entry in database.rows(
        "SELECT channel, mode, mask, by, at, until, reason FROM channel_lists"
    ):
        channels[channel_id].lists.setdefault(mode, {})[entry[0]] = MaskEntry._make(entry)
    for channel_id, account, ranks in database.rows("SELECT channel, account, ranks FROM channel_ranks"):
        channels[channel_id].account_ranks[account] = ranks
    for channel in channels.values():
        last_message, last_event = (
            number(database, f"SELECT max(time) FROM {table} WHERE target = ?", channel.key)
            for table in ("messages", "events")
        )
        channel.last_time, channel.has_messages = max(last_message, last_event), last_message > 0
    return list(channels.values())


def highest_number(database: Queryable) -> int:
    """Return the highest number of any past channel or stored row, 0 when there is none.

    A number must never be given to a second channel: it would show the messages of the first.
    """
    numbers = {int(settings.read(database, settings.HIGHEST_CHANNEL) or b"0")}
    for query in _CHANNEL_KEYS:
        numbers.update(int(key[1:]) for (key,) in database.rows(query) if key[1:].isdecimal())
    return max(numbers)


def upsert(channel: Channel) -> Save:
    """Store a channel's name, topic and modes."""
    return Save(
        _UPSERT,
        (
            channel.id, channel.name, channel.folded, channel.created, channel.topic, channel.topic_by,
            channel.topic_at, json.dumps(channel.modes),
        ),
    )  # fmt: skip


def delete(channel: Channel) -> Save:
    """Delete a channel. Retention deletes its history later, a little at a time."""
    return Save(_DELETE, (channel.id,))


def upsert_mask(channel: Channel, mode: str, entry: MaskEntry) -> Save:
    """Store an entry of a mask list. `mode` is the letter of the list."""
    return Save(_UPSERT_MASK, (channel.id, mode, *entry))


def delete_mask(channel: Channel, mode: str, mask: str) -> Save:
    """Delete an entry of a mask list."""
    return Save(_DELETE_MASK, (channel.id, mode, mask))


def upsert_ranks(channel: Channel, account: str, ranks: str) -> Save:
    """Store the ranks of an account, as mode letters. It gets them back at the next JOIN."""
    return Save(_UPSERT_RANKS, (channel.id, account, ranks))


def delete_ranks(channel: Channel, account: str) -> Save:
    """Delete the ranks of an account in a channel."""
    return Save(_DELETE_RANKS, (channel.id, account))
