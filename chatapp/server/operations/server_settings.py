"""Changes settings of the server while it runs. They are stored and win over the configuration.

Source: the names and values are in the table of `commands/setting.py`.
"""

from __future__ import annotations

from dataclasses import replace

from chatapp.protocol.server_access import Access
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.configuration import configure, disconnect_guests
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.live_settings import LiveSettings
from chatapp.server.state.world import World
from chatapp.server.storage import settings

LOCKED_OUT = "You have no account, so you could not come back. Protect your name first, then try again"


def set_name(world: World, name: str | None, out: Outbox) -> None:
    """Change the name of the chat; None for that of the configuration.

    Sends:
        005 NETWORK to all.
    """
    _apply(world, replace(world.live_settings, name=name), out)
    world.name_changed()


def set_access(world: World, access: Access | None, out: Outbox) -> None:
    """Change who may connect; None to do as configured.

    Sends:
        005, and CAP NEW and CAP DEL; NOTICE to guests if only accounts may connect: they stay.
    """
    _apply(world, replace(world.live_settings, access=access), out)


def store_sharing(world: World, chosen: bool | None, out: Outbox) -> None:
    """Store whether other computers can connect, which `World.share` has changed already."""
    _apply(world, replace(world.live_settings, sharing=chosen), out)


def set_closed(world: World, is_closed: bool, out: Outbox) -> None:
    """Close the server to new guests and new accounts, or open it again. Those who are connected stay.

    Opening it also ends a lockdown.

    Sends:
        CAP NEW and CAP DEL.
    """
    if world.is_locked and not is_closed:
        _lock(world, False, out)
    _apply(world, replace(world.live_settings, closed=is_closed), out)


def set_files(world: World, key: str, value: str | int | None, out: Outbox) -> None:
    """Change the value of a key in [files]; None for that of the configuration.

    Sends:
        005, see `file_announcements`.
    """
    files = {name: each for name, each in world.live_settings.files.items() if name != key}
    if value is not None:
        files[key] = value
    _apply(world, replace(world.live_settings, files=files), out)


def set_lockdown(world: World, is_locked: bool, out: Outbox) -> None:
    """Close the server to all guests and new accounts, or open it again. Guests are disconnected.

    Sends:
        005, and CAP NEW and CAP DEL; ERROR to guests.
    """
    _lock(world, is_locked, out)
    closed = world.live_settings.closed and is_locked
    _apply(world, replace(world.live_settings, closed=closed), out)
    if is_locked:
        disconnect_guests(world, out)


def _lock(world: World, is_locked: bool, out: Outbox) -> None:
    world.is_locked = is_locked
    out.save(settings.upsert(settings.LOCKED, b"yes" if is_locked else b""))


def _apply(world: World, live: LiveSettings, out: Outbox) -> None:
    world.live_settings = live
    out.save(settings.upsert_live_settings(live))
    configure(world, world.written_config, world.is_locked, out)
    notify_watchers(world, "settings", out)
