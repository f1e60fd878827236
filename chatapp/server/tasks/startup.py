"""Prepares the world once, before the first client connects."""

from __future__ import annotations

from chatapp.server.operations import membership
from chatapp.server.state.channel import Channel
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.load_world import load_world


def prepare_world(world: World, database: Database) -> None:
    """Load the stored state, then end the channels that are not needed any more.

    These are empty channels without a topic or messages, and closed channels whose accounts were deleted
    meanwhile.

    Raises:
        sqlite3.Error, CannotUse: The database cannot be used.
    """
    load_world(world, database)
    ended = [channel for channel in world.channels.values() if _is_over(world, channel)]
    for channel in ended:
        world.drop_channel(channel)
    if ended:
        database.write([channel_rows.delete(channel) for channel in ended])


def _is_over(world: World, channel: Channel) -> bool:
    if not membership.is_abandoned(world, channel):
        return False
    return membership.has_no_content(channel) or (channel.is_orphan and membership.is_restricted(channel))
