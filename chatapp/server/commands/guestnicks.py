"""GUESTNICKS: which nicks are reserved for guests who have left."""

from __future__ import annotations

from chatapp.protocol.message import Message, middle
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import guest_nicks
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

COMMAND = "GUESTNICKS"


def guestnicks(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """GUESTNICKS [FREE <nick>]: list the nicks that are reserved for guests who left, or free one.

    Sends:
        NOTE GUESTNICKS NICK for each, the one that ends first at the beginning, and NOTE GUESTNICKS END; or
        NOTE GUESTNICKS FREED.
    Errors:
        481 not an operator; FAIL GUESTNICKS INVALID_PARAMS, NOT_RESERVED.
    """
    if not msg.params:
        _list(world, out)
        return
    if len(msg.params) != 2 or msg.params[0].upper() != "FREE":
        raise FailError(COMMAND, "INVALID_PARAMS", "Expected FREE and a nick", msg.params[0])
    nick = msg.params[1]
    guest = guest_nicks.free(world, nick, out)
    if guest is None:
        raise FailError(COMMAND, "NOT_RESERVED", "This nick is not reserved for a guest", nick)
    out.audit(COMMAND, guest.nick, "freed")
    out.note(COMMAND, "FREED", "Everybody can use this nick now", guest.nick)


def _list(world: World, out: Outbox) -> None:
    guests = [guest for guest in world.guest_nicks if guest_nicks.end_of(world, guest) > out.now]
    for guest in guests:
        end = iso(guest_nicks.end_of(world, guest))
        out.note(COMMAND, "NICK", "Reserved until then", middle(guest.nick), end)
    out.note(COMMAND, "END", counted(len(guests), "nick"))
