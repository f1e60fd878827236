"""Loads the stored state into a new world."""

from __future__ import annotations

import logging

from chatapp.protocol import names
from chatapp.protocol.timestamps import iso
from chatapp.server.state.channel import Channel
from chatapp.server.state.world import World
from chatapp.server.storage import (
    account_rows,
    audit_log,
    ban_rows,
    channel_rows,
    clock_repair,
    expiry,
    first_start,
    guest_rows,
    marker_rows,
    message_rows,
    metadata_rows,
    persistent_users,
    settings,
)
from chatapp.server.storage.database import Database

log = logging.getLogger(__name__)


def load_world(world: World, database: Database) -> None:
    """Load channels, accounts, bans, markers, metadata and persistent users.

    Raises:
        sqlite3.Error, CannotUse: The database cannot be read or repaired.
    """
    for channel in _channels(database, world.started):
        world.restore_channel(channel)
    world.reserve_channel_number(channel_rows.highest_number(database))
    world.last_direct_time = message_rows.last_direct_time(database)
    database.write([expiry.drop_guest_conversations()])
    world.markers = marker_rows.load_all(database)
    world.restore_metadata(metadata_rows.load_all(database))
    world.accounts_version = settings.read(database, settings.ACCOUNTS_CHANGED)
    world.last_audited = audit_log.last_number(database)
    world.replace_accounts(account_rows.load_all(database))
    _restore_guests(world, database)
    world.certificates = account_rows.load_certificates(database)
    for ban in ban_rows.load_all(database):
        world.bans.add(ban)
    world.owner_credentials = (settings.read(database, settings.OWNER_CREDENTIALS) or b"").decode()
    world.files.prefix = first_start.file_prefix(database)
    world.live_settings = settings.live_settings(database)
    world.configure(world.written_config, is_locked=bool(settings.read(database, settings.LOCKED)))
    if world.config.accounts.always_on:
        _restore_users(world, database)


def _channels(database: Database, now: int) -> list[Channel]:
    """Return the channels, after stored times were set back if the clock was ahead."""
    channels = channel_rows.load_all(database)
    newest = max(
        message_rows.last_direct_time(database),
        marker_rows.last_time(database),
        *(channel.last_time for channel in channels),
    )
    if not clock_repair.is_ahead(newest, now):
        return channels
    copy = database.repair_times(newest, now)
    log.warning(
        "The clock was ahead: stored times reach up to %s. They are set back to now. A copy of the database"
        " as it was is in %s",
        iso(newest),
        copy,
    )
    return channel_rows.load_all(database)


def _restore_guests(world: World, database: Database) -> None:
    """Load the guests; forget those who left first if there are too many."""
    world.restore_guests(guest_rows.load_all(database, world.started))
    surplus = world.guest_nicks.surplus(world.written_config.limits.guests, "")
    for guest in surplus:
        world.drop_guest(guest.identity)
    if surplus:
        database.write([save for guest in surplus for save in guest_rows.delete(guest.identity)])


def _restore_users(world: World, database: Database) -> None:
    channels = {channel.id: channel for channel in world.channels.values()}
    for stored in persistent_users.load_all(database):
        if names.fold(stored.nick) in world.users:
            continue  # two accounts had the nick one after the other
        user = world.restore_user(stored)
        world.set_role(user, world.accounts[stored.account].role)
        for channel_id in stored.channels:
            channel = channels[channel_id]
            world.add_member(user, channel, world.ranks_at_join(user, channel))
