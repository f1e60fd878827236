"""Users who stay in their channels while no session is connected: tables `stays` and `stay_channels`."""

from __future__ import annotations

from chatapp.protocol import names
from chatapp.protocol.presence import ABSENT
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import PersistentUser, User
from chatapp.server.storage.statements import Queryable, Save, Statement

_EARLIER_ABSENT = "Not connected; messages are kept"
"""What earlier versions stored for an absent user without an away text; now the column is empty."""

_UPSERT = Statement(
    "store a persistent user",
    "INSERT INTO stays (account, nick, username, host, realname, away, since)"
    " SELECT * FROM (SELECT ? AS folded, ?, ?, ?, ?, ?, ?) WHERE folded IN (SELECT folded FROM accounts)"
    " ON CONFLICT (account) DO UPDATE SET nick = excluded.nick, username = excluded.username,"
    " host = excluded.host, realname = excluded.realname, away = excluded.away, since = excluded.since",
)
_DELETE = Statement("delete a persistent user", "DELETE FROM stays WHERE account = ?")
_INSERT_CHANNEL = Statement(
    "store a channel of a persistent user",
    "INSERT OR IGNORE INTO stay_channels (account, channel)"
    " SELECT * FROM (SELECT ? AS account, ?) WHERE account IN (SELECT account FROM stays)",
)
_DELETE_CHANNEL = Statement(
    "delete a channel of a persistent user", "DELETE FROM stay_channels WHERE account = ? AND channel = ?"
)


def load_all(database: Queryable) -> list[PersistentUser]:
    """Return every persistent user, the longest absent first."""
    channels: dict[str, list[int]] = {}
    for account, channel_id in database.rows("SELECT account, channel FROM stay_channels"):
        channels.setdefault(account, []).append(channel_id)
    rows = database.rows(
        "SELECT account, nick, username, host, realname, away, since FROM stays ORDER BY since = 0, since"
    )
    users = [PersistentUser._make([*row, tuple(channels.get(row[0], ()))]) for row in rows]
    return [user._replace(away="") if user.away == _EARLIER_ABSENT else user for user in users]


def upsert(user: User, since: int) -> Save:
    """Store the names and the away text of a persistent user.

    Args:
        since: When the last session left, in milliseconds; 0 while there is one.
    """
    away = "" if user.away == ABSENT else user.away  # so that the wording can change between versions
    return Save(_UPSERT, (_key(user), user.nick, user.username, user.host, user.realname, away, since))


def delete(user: User) -> Save:
    """Delete a user who is no longer persistent."""
    return Save(_DELETE, (_key(user),))


def insert_channel(user: User, channel: Channel) -> Save:
    """Store that a persistent user is in a channel."""
    return Save(_INSERT_CHANNEL, (_key(user), channel.id))


def delete_channel(user: User, channel: Channel) -> Save:
    """Store that a persistent user has left a channel."""
    return Save(_DELETE_CHANNEL, (_key(user), channel.id))


def _key(user: User) -> str:
    return names.fold(user.account)
