"""Sets and deletes metadata keys of users and channels."""

from __future__ import annotations

from chatapp.protocol import display_names
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.operations.display_names import name_in_use
from chatapp.server.state.metadata import MetadataTarget
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import metadata_rows

GUEST_PREFIX = "!"  # begins the identity of a guest, whose metadata is not stored


def set_value(world: World, target: MetadataTarget, key: str, value: str, out: Outbox) -> None:
    """Set the value of a key.

    Sends:
        METADATA or 761 to sessions that subscribe to the key, if the value changes.
    """
    if target.values.get(key) == value:
        return
    target.values[key] = value
    if target.owner:
        world.metadata[target.owner] = target.values
        if key == display_names.KEY:
            world.show_name(target.owner, value)
        if target.owner[0] != GUEST_PREFIX:
            out.save(metadata_rows.upsert(target.owner, key, value))
        metadata_notify.notify_change(world, target, key, value, out)


def delete_value(world: World, target: MetadataTarget, key: str, out: Outbox) -> None:
    """Delete a key.

    Sends:
        METADATA or 766 to sessions that subscribe to the key, if it had a value.
    """
    if target.values.pop(key, None) is None or not target.owner:
        return
    if not target.values:
        del world.metadata[target.owner]
    if key == display_names.KEY:
        world.show_name(target.owner, None)
    if target.owner[0] != GUEST_PREFIX:
        out.save(metadata_rows.delete(target.owner, key))
    metadata_notify.notify_change(world, target, key, None, out)


def keep_display_name(world: World, user: User, name: str, out: Outbox) -> None:
    """Show a guest who has logged in under the same name as before, unless the account has a display name.

    Args:
        name: The display name of the guest; empty if it had none.
    """
    target = MetadataTarget.of(world, user)
    if name and display_names.KEY not in target.values and not world.is_name_of_other(target.owner, name):
        set_value(world, target, display_names.KEY, name, out)


def apply_pending(world: World, me: Session, user: User, out: Outbox) -> None:
    """Apply the values that a session set before registration to its new user.

    Errors:
        FAIL METADATA NAME_IN_USE, for a display name.
    """
    target = MetadataTarget.of(world, user)
    for key, value in me.metadata.items():
        if key == display_names.KEY and world.is_name_of_other(target.owner, value):
            out.refuse(name_in_use(target))
        elif key in target.values or len(target.values) < world.config.limits.metadata_keys:
            set_value(world, target, key, value, out)
    me.metadata = {}
