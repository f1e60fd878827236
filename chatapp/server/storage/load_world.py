"""What the store kept comes back into a new world."""

from __future__ import annotations

import logging

from chatapp.protocol import names
from chatapp.protocol.timestamps import iso
from chatapp.server.operations import membership
from chatapp.server.state.channel import Channel
from chatapp.server.state.world import World
from chatapp.server.storage import clock_repair
from chatapp.server.storage.database import ACCOUNTS_CHANGED, LOCKED, OWNER, Database

log = logging.getLogger(__name__)


def restore(world: World, store: Database) -> None:
    """Channels, accounts, bans, and who stays in channels while no session is connected."""
    for channel in _channels(store, world.started):
        world.restore_channel(channel)
    world.use_number(store.highest_channel())
    world.last_direct = store.last_direct()
    store.write([("drop guests", ())])  # none of them can come back
    world.markers = store.markers()
    world.metadata = store.metadata()
    world.accounts_version = store.fact(ACCOUNTS_CHANGED)
    world.accounts = store.accounts()
    world.certificates = store.certificates()
    for ban in store.bans():
        world.bans.put(ban)
    world.owner_credentials = (store.fact(OWNER) or b"").decode()
    world.configure(world.config, is_locked=bool(store.fact(LOCKED)))
    if world.config.accounts.always_on:
        _restore_users(world, store)
    _end_channels(world, store)


def _channels(store: Database, now: int) -> list[Channel]:
    """The channels, after the times of what is kept were set back if the clock was ahead."""
    channels = store.channels()
    newest = max([store.last_direct(), store.last_marker(), *(channel.last for channel in channels)])
    if not clock_repair.is_ahead(newest, now):
        return channels
    copy = store.set_back(newest, now)
    log.warning(
        "The clock was ahead, times up to %s are kept. They are set back to now; a copy of the database as it"
        " was is in %s",
        iso(newest),
        copy,
    )
    return store.channels()


def _restore_users(world: World, store: Database) -> None:
    channels = {channel.id: channel for channel in world.channels.values()}
    for stay in store.stays():
        if names.fold(stay.nick) in world.users:
            continue  # two accounts had the nick one after the other
        user = world.restore_user(stay)
        world.set_role(user, world.accounts[stay.account].role)
        for number in stay.channels:
            world.enter(user, channels[number], channels[number].known.get(user.account, ""))


def _end_channels(world: World, store: Database) -> None:
    """End the channels that nobody can want any more: silent ones whose last members went down with the
    server, and closed ones of accounts that were deleted meanwhile."""
    over = [each for each in world.channels.values() if membership.may_end(world, each) and _is_over(each)]
    for channel in over:
        world.drop_channel(channel)
    if over:
        store.write([("drop channel", (channel.id,)) for channel in over])


def _is_over(channel: Channel) -> bool:
    return membership.is_silent(channel) or (channel.is_orphan and membership.is_closed(channel))
