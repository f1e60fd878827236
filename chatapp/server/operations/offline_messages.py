"""Direct messages that came while no session was connected: they are handed over at the next login.

The history keeps them as any other; here is only remembered which of them nobody has got yet.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from chatapp.protocol.capabilities import BATCH
from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import playback
from chatapp.server.state.message_ids import own_id
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import history_pages, message_rows
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.reader import Reader

MOST = 1000  # of the newest that are handed over; the rest is found in the history


def store(identity: str, message: Message, out: Outbox) -> None:
    """This message is for an account that is not connected."""
    out.save(message_rows.insert_undelivered(identity, own_id(message.tags["msgid"])))


def away_text(world: World) -> str:
    """How somebody is away who is not connected, for who writes to them."""
    if world.config.history.enabled:
        return "Not connected; your message waits for the next login"
    return "Not connected, and this server keeps no messages"


def deliver(user: User, out: Outbox) -> None:
    """Hand over what waits, when this command is done.

    Sends  PRIVMSG and NOTICE, in a chathistory batch for each sender where batches are known
    """
    identity = user.identity
    room = out.world.config.limits.send_queue // 2  # what waits is never what makes a queue overflow

    def done(world: World, me: Session, rows: list[StoredMessage], out: Outbox) -> None:
        if rows and me.user and me.user.identity == identity:  # else it waits for the next login
            _send(me, me.user, rows, out)

    def read(reader: Reader) -> list[StoredMessage]:
        return history_pages.first_within(message_rows.undelivered(reader, identity, MOST), room)

    out.afterwards(read, done)


def _send(me: Session, user: User, rows: list[StoredMessage], out: Outbox) -> None:
    order = attrgetter("source", "id") if me.caps & BATCH else attrgetter("id")
    for source, group in groupby(sorted(rows, key=order), key=attrgetter("source")):
        with out.batch("chathistory", source.partition("!")[0]):
            playback.send_stored([row._replace(recipient=user.nick) for row in group], user.nick, out)
    out.save(message_rows.delete_undelivered(user.identity, max(row.id for row in rows)))
