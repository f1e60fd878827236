"""Sends read markers to the sessions of a user.

Source: IRCv3 read-marker.
"""

from __future__ import annotations

from chatapp.protocol.capabilities import READ_MARKER
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def send_marker(session: Session, user: User, channel: Channel, out: Outbox) -> None:
    """Send a session that joins a channel the read marker of its user there."""
    if session.caps & READ_MARKER:
        time = markers_of(out.world, user).get(channel.key, 0)
        out.send(session.own_audience, message_of(out.world, channel.name, time))


def markers_of(world: World, user: User) -> dict[str, int]:
    """Return the read markers of a user in milliseconds, by the key of the channel or conversation."""
    return world.markers.get(user.identity, {})


def message_of(world: World, name: str, time: int) -> Message:
    """Return a MARKREAD.

    Args:
        time: In milliseconds; 0 for no marker.
    """
    return Message("MARKREAD", (name, f"timestamp={iso(time)}" if time else "*"), world.name)
