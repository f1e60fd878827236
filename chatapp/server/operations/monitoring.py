"""Notifies sessions that monitor a nick when a user takes it or gives it up.

Source: IRCv3 monitor.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def notify_online(world: World, user: User, out: Outbox) -> None:
    """Notify the watchers of a nick that a user has it now.

    Sends:
        730, and metadata that they subscribe to.
    """
    for session in world.monitors.watching(user.folded):
        out.send_numeric(session, numerics.RPL_MONONLINE, user.source)
        metadata_notify.send_user(world, session, user, out)


def notify_offline(world: World, nick: str, out: Outbox) -> None:
    """Notify the watchers of a nick that no user has it any more.

    Sends:
        731.
    """
    for session in world.monitors.watching(names.fold(nick)):
        out.send_numeric(session, numerics.RPL_MONOFFLINE, nick)
