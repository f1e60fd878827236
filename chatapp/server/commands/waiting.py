"""Direct messages that came while no session was connected: they are handed over at the next login.

The history keeps them as any other; here is only remembered which of them nobody has got yet.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from ...protocol import names
from ...protocol.message import Message
from ..clock import iso
from ..effects import Outbox
from ..store import Row
from ..world import Session, User, World

MOST = 1000  # of the newest that are handed over; the rest is found in the history

WORDS = "Not connected; your message waits for the next login"


def remember(world: World, user: User, number: int | None, out: Outbox) -> None:
    """This message is for somebody who is absent."""
    out.save("waiting", names.fold(user.account), number)


def deliver(user: User, out: Outbox) -> None:
    """Hand over what waits, when this command is done.

    Sends  PRIVMSG and NOTICE, in a chathistory batch for each sender where batches are known
    """
    account = names.fold(user.account)
    out.afterwards(lambda reader: reader.waiting(account, MOST), _hand_over)


def _hand_over(world: World, me: Session, rows: list[Row], out: Outbox) -> None:
    user = me.user
    if not user or not user.account or not rows:
        return
    for sender, group in groupby(sorted(rows, key=attrgetter("source")), key=attrgetter("source")):
        with out.batch("chathistory", sender.partition("!")[0]):
            for row in sorted(group, key=attrgetter("id")):
                out.say(_message(user.nick, row))
    out.save("delivered", names.fold(user.account), max(row.id for row in rows))


def _message(nick: str, row: Row) -> Message:
    tags = {"time": iso(row.time), "msgid": f"{row.id:x}"}
    if row.account:
        tags["account"] = row.account
    return Message(row.command, (nick, row.text), row.source, {**tags, **row.tags})
