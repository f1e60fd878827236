"""Applies a configuration that was reloaded while the server runs."""

from __future__ import annotations

from chatapp.server.config import BadConfig, Config
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import feature_changes, presence, welcome
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

CLOSED = "The server is closed to guests now"


def reload(world: World, server: Session, out: Outbox) -> None:
    """Reload the configuration and apply it. This is a task of the server.

    Args:
        server: The session that stands for the server itself.
    """
    load = world.reload_config
    out.run_job(lambda reader: load(), apply_loaded)


def apply_loaded(world: World, me: Session, found: Config | BadConfig, out: Outbox) -> None:
    """Apply a configuration that was loaded; log the error if it could not be."""
    if isinstance(found, BadConfig):
        out.log_info(f"The configuration was not changed: {found}")
    else:
        configure(world, found, world.is_locked, out)
        out.log_info("The configuration was loaded again")


def configure(world: World, config: Config, is_locked: bool, out: Outbox) -> None:
    """Replace the configuration. If the server is for members only from now on, guests are disconnected.

    Args:
        is_locked: Whether LOCKDOWN is on.

    Sends:
        CAP NEW, CAP DEL and 005 for changed capabilities and tokens; ERROR to guests.
    """
    before = world.config
    world.configure(config, is_locked)
    feature_changes.notify_capabilities(world, before, out)
    welcome.notify_features(world, before, out)
    if world.config.accounts.members_only and not before.accounts.members_only:
        for user in list(world.users.values()):
            if not user.account and not user.is_operator:
                presence.disconnect_user(world, user, CLOSED, CLOSED, out)
