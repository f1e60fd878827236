"""How far the server is open: its configuration when that is read again, and the lock against guests."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import Failed
from chatapp.server.commands import cap
from chatapp.server.config import BadConfig, Config
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import presence, welcome
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage.database import LOCKED

CLOSED = "The server is closed to guests now"


def rehash(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """REHASH: read the configuration and the certificate again. An error in them keeps the old ones.

    Sends   382
    Errors  481 not an operator, 723 not an owner; FAIL REHASH BAD_CONFIG with what is wrong
    Source  modern IRC REHASH
    """

    def done(world: World, me: Session, found: Config | BadConfig, out: Outbox) -> None:
        out.record("REHASH", world.name)
        out.reply(numerics.RPL_REHASHING, "configuration", "Rehashing")
        take_up(world, me, found, out)
        if isinstance(found, BadConfig):
            raise Failed("REHASH", "BAD_CONFIG", str(found))

    reread = world.reread
    out.later(lambda reader: reread(), done)


def reread(world: World, house: Session, out: Outbox) -> None:
    """The same, asked for by who runs the program: an errand of the house."""
    read = world.reread
    out.later(lambda reader: read(), take_up)


def take_up(world: World, me: Session, found: Config | BadConfig, out: Outbox) -> None:
    """Let the configuration hold that was found, unless it is a bad one."""
    if isinstance(found, BadConfig):
        out.tell_log(f"The configuration stays as it was: {found}")
    else:
        _configure(world, found, world.is_locked, out)
        out.tell_log("The configuration was read again")


def lockdown(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """LOCKDOWN [on | off]: close the server to guests and to new accounts, or open it again.

    Guests who are here have to go. It stays closed when the server is started again.

    Sends   NOTE LOCKDOWN ON or OFF
    Errors  481 not an operator; FAIL LOCKDOWN INVALID_PARAMS
    """
    word = msg.params[0].lower() if msg.params else ""
    if word not in ("", "on", "off"):
        raise Failed("LOCKDOWN", "INVALID_PARAMS", "It is on or off", msg.params[0])
    if word and (word == "on") != world.is_locked:
        _lock(world, word == "on", out)
    if world.is_locked:
        out.note("LOCKDOWN", "ON", "Only who has an account may come in; no new accounts are made")
    else:
        out.note("LOCKDOWN", "OFF", "The server is open as its configuration says")


def _lock(world: World, on: bool, out: Outbox) -> None:
    out.record("LOCKDOWN", world.name, "on" if on else "off")
    out.save("fact", LOCKED, b"yes" if on else b"")
    _configure(world, world.written, on, out)


def _configure(world: World, config: Config, is_locked: bool, out: Outbox) -> None:
    """Let a configuration hold. Guests have to go when the server is for members from now on.

    Sends:
        To everybody what that changes of capabilities and features: CAP NEW and DEL, 005.
    """
    before = world.config
    world.configure(config, is_locked)
    cap.announce(world, before, out)
    welcome.announce(world, before, out)
    if world.config.accounts.members_only and not before.accounts.members_only:
        for user in list(world.users.values()):
            if not user.account and not user.is_operator:
                presence.expel(world, user, CLOSED, CLOSED, out)
