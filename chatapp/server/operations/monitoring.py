"""Notifies sessions that monitor a nick when a user takes it or gives it up.

Source: IRCv3 monitor.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import AWAY_NOTIFY, EXTENDED_MONITOR
from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_AWAY_CAPS = EXTENDED_MONITOR | AWAY_NOTIFY


def notify_online(world: World, user: User, out: Outbox) -> None:
    """Notify the watchers of a nick that a user has it now.

    Sends:
        730; AWAY if the user is away, as for `send_away`; and metadata that they subscribe to.
    """
    for session in world.monitors.watching(user.folded):
        out.send_numeric(session, numerics.RPL_MONONLINE, user.source)
        send_away(session, user, out)
        metadata_notify.send_user(world, session, user, out)


def send_away(session: Session, user: User, out: Outbox) -> None:
    """Tell a session why a monitored user is away, if it has extended-monitor and away-notify.

    "The client will get AWAY notifications for monitored nicks": without this first one it would not know
    the state that later ones change.
    """
    if user.away and session.caps & _AWAY_CAPS == _AWAY_CAPS:
        out.deliver(session.own_audience, Message("AWAY", (user.away,), user.source))


def notify_offline(world: World, nick: str, out: Outbox) -> None:
    """Notify the watchers of a nick that no user has it any more.

    Sends:
        731.
    """
    for session in world.monitors.watching(names.fold(nick)):
        out.send_numeric(session, numerics.RPL_MONOFFLINE, nick)
