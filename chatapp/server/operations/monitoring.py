"""Tells the sessions that monitor a nick when it comes and goes."""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def notify_online(world: World, user: User, out: Outbox) -> None:
    """Somebody has this nick now. Sends  730 to who monitors it"""
    for session in world.monitors.watching(user.folded):
        out.send_numeric(session, numerics.RPL_MONONLINE, user.source)
        metadata_notify.send_user(world, session, user, out)


def notify_offline(world: World, nick: str, out: Outbox) -> None:
    """Nobody has this nick any more. Sends  731 to who monitors it"""
    for session in world.monitors.watching(names.fold(nick)):
        out.send_numeric(session, numerics.RPL_MONOFFLINE, nick)
