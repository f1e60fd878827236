"""Delivers direct messages that were sent to an account without a session at its next login.

The messages themselves are in the history; this module stores only which of them are undelivered.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from chatapp.protocol.capabilities import BATCH
from chatapp.protocol.message import Message
from chatapp.protocol.presence import NOT_STORED, WAITS
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import playback
from chatapp.server.state.message_ids import own_id
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import history_pages, message_rows
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader

MAX_MESSAGES = 1000  # the most messages that are delivered, the newest ones; all are in the history


def store(identity: str, message: Message, out: Outbox) -> None:
    """Store that a message is undelivered.

    Args:
        identity: The recipient, see `Account.identity`.
    """
    out.save(message_rows.insert_undelivered(identity, own_id(message.tags["msgid"])))


def away_text(world: World) -> str:
    """Return the away message of an account that is not connected."""
    return WAITS if world.config.history.enabled else NOT_STORED


def deliver(user: User, out: Outbox) -> None:
    """Send a user its undelivered messages, after the present command.

    Sends:
        PRIVMSG and NOTICE; to sessions with batch, in a chathistory batch for each sender.
    """
    identity = user.identity
    room = out.world.config.limits.send_queue // 2  # bytes; less than the send queue can hold

    def done(world: World, me: Session, rows: list[StoredMessage], out: Outbox) -> None:
        if rows and me.user and me.user.identity == identity:  # otherwise they wait for the next login
            _send(me, me.user, rows, out)

    def read(reader: Reader) -> list[StoredMessage]:
        return history_pages.first_within(message_rows.undelivered(reader, identity, MAX_MESSAGES), room)

    out.run_follow_up_job(read, done)


def _send(me: Session, user: User, rows: list[StoredMessage], out: Outbox) -> None:
    order = attrgetter("source", "id") if me.caps & BATCH else attrgetter("id")
    for source, group in groupby(sorted(rows, key=order), key=attrgetter("source")):
        with out.batch("chathistory", source.partition("!")[0]):
            playback.send_stored([row._replace(recipient=user.nick) for row in group], user.nick, out)
    out.save(message_rows.delete_undelivered(user.identity, max(row.id for row in rows)))
