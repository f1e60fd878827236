"""Applies a configuration that was reloaded while the server runs."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.server.config import Config
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import feature_changes, file_announcements, presence, welcome
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

CLOSED = "The server is closed to guests now"
ACCOUNTS_ONLY = (
    "Only accounts can connect to this chat from now on. You can stay, but not come back as a guest"
)
PROTECT = (
    "Protect your name to keep it: choose a password for it in My account, or send REGISTER * * <password>"
)


def reload(world: World, server: Session, out: Outbox) -> None:
    """Reload the configuration and apply it. This is a task of the server.

    Args:
        server: The session that stands for the server itself.
    """
    load = world.reload_config
    out.run_job(lambda reader: load(), apply_loaded)


def apply_loaded(world: World, me: Session, error: str, out: Outbox) -> None:
    """Apply the configuration that was loaded last; log the error if it could not be loaded.

    The results of several workers can arrive in another order than the one in which these read the file.
    """
    if error:
        out.log_info(f"The configuration was not changed: {error}")
    else:
        configure(world, world.loaded_config(), world.is_locked, out)
        out.log_info("The configuration was loaded again")


def configure(world: World, config: Config, is_locked: bool, out: Outbox) -> None:
    """Replace the configuration. If the server is for members only from now on, guests are told, and stay.

    Args:
        is_locked: Whether LOCKDOWN is on.

    Sends:
        CAP NEW, CAP DEL and 005 for changed capabilities and tokens; NOTICE to guests.
    """
    before = world.config
    world.configure(config, is_locked)
    feature_changes.notify_capabilities(world, before, out)
    welcome.notify_features(world, before, out)
    file_announcements.update_all(world, out)
    if world.config.accounts.members_only and not before.accounts.members_only and not is_locked:
        _warn_guests(world, out)


def disconnect_guests(world: World, out: Outbox) -> None:
    """Disconnect all guests who have no role.

    Sends:
        ERROR to them, QUIT to others.
    """
    for user in list(world.users.values()):
        if not user.account and not user.is_operator:
            presence.disconnect_user(world, user, CLOSED, CLOSED, out)


def _warn_guests(world: World, out: Outbox) -> None:
    texts = [ACCOUNTS_ONLY]
    if world.config.accounts.registration != "closed":
        texts.append(PROTECT)
    for user in world.users.values():
        if not user.account:
            for text in texts:
                out.send(user.audience, Message("NOTICE", (user.nick, text), world.name))
