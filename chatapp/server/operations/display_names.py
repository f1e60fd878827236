"""Checks display names: each is one visible line, and does not look like a name of another user.

Source: IRCv3 metadata, key `display-name`.
"""

from __future__ import annotations

from chatapp.protocol import display_names
from chatapp.protocol.display_names import InvalidDisplayName
from chatapp.protocol.numerics import FailError
from chatapp.server.state.metadata import MetadataTarget, MetadataVersion, metadata_error
from chatapp.server.state.world import World


def checked(world: World, target: MetadataTarget, name: str, version: MetadataVersion) -> str:
    """Return a new display name, cleaned.

    Args:
        target: The user who gets it. Before registration only the text is checked; the rest follows after it.

    Raises:
        FailError: INVALID_VALUE, NAME_IN_USE.
    """
    try:
        name = display_names.clean(name)
    except InvalidDisplayName as invalid:
        context = [display_names.KEY] * version.is_version_3
        raise metadata_error(version.invalid_value, str(invalid), *context) from None
    if target.owner and world.is_name_of_other(target.owner, name):
        raise name_in_use(target)
    return name


def name_in_use(target: MetadataTarget) -> FailError:
    """Return the error for a display name of another user."""
    reason = "Another user has this name, or one that looks like it"
    return metadata_error("NAME_IN_USE", reason, target.name, display_names.KEY)
