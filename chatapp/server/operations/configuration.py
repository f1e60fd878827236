"""Applies a configuration that was read again while the server runs."""

from __future__ import annotations

from chatapp.server.config import BadConfig, Config
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import feature_changes, presence, welcome
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

CLOSED = "The server is closed to guests now"


def reread(world: World, house: Session, out: Outbox) -> None:
    """The same, asked for by who runs the program: an errand of the house."""
    read = world.reload_config
    out.later(lambda reader: read(), apply_loaded)


def apply_loaded(world: World, me: Session, found: Config | BadConfig, out: Outbox) -> None:
    """Let the configuration hold that was found, unless it is a bad one."""
    if isinstance(found, BadConfig):
        out.log_info(f"The configuration stays as it was: {found}")
    else:
        configure(world, found, world.is_locked, out)
        out.log_info("The configuration was read again")


def configure(world: World, config: Config, is_locked: bool, out: Outbox) -> None:
    """Let a configuration hold. Guests have to go when the server is for members from now on.

    Sends:
        To everybody what that changes of capabilities and features: CAP NEW and DEL, 005.
    """
    before = world.config
    world.configure(config, is_locked)
    feature_changes.notify_capabilities(world, before, out)
    welcome.notify_features(world, before, out)
    if world.config.accounts.members_only and not before.accounts.members_only:
        for user in list(world.users.values()):
            if not user.account and not user.is_operator:
                presence.disconnect_user(world, user, CLOSED, CLOSED, out)
