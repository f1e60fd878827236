"""Metadata, values that users and channels publish under keys, and the differences of its two versions.

draft/metadata-2 and draft/metadata-3 share the command and the numerics. They differ in the codes of errors,
and in how sessions are notified of a change.

Source: IRCv3 metadata
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatapp.protocol.capabilities import METADATA, METADATA_2
from chatapp.protocol.numerics import FailError
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.state.world import World

MAX_KEY_BYTES = 64

_KEY = re.compile(rf"[a-z0-9_./-]{{1,{MAX_KEY_BYTES}}}")


@dataclass(frozen=True, slots=True)
class MetadataVersion:
    """The differences of the versions.

    Args:
        invalid_key: This and the next three are codes of standard replies.
        is_version_3: Whether subscribers get 761 and 766 instead of METADATA, and for smaller differences.
    """

    invalid_key: str
    invalid_value: str
    unknown_subcommand: str
    too_many: str
    is_version_3: bool


VERSION_2 = MetadataVersion("KEY_INVALID", "VALUE_INVALID", "SUBCOMMAND_INVALID", "TOO_MANY_SUBS", False)
VERSION_3 = MetadataVersion("INVALID_KEY", "INVALID_VALUE", "INVALID_PARAMS", "LIMIT_REACHED", True)


def version_of(caps: int) -> MetadataVersion:
    """Return the version of a session with these capabilities: the newest that it knows."""
    return VERSION_2 if caps & METADATA == METADATA_2 else VERSION_3


def is_key(text: str) -> bool:
    """Return whether a text is a valid key."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class MetadataTarget:
    """A user or channel with metadata; or a session before its registration.

    Args:
        name: The nick or channel; `*` before registration.
        owner: `User.identity` or `Channel.key`; empty before registration.
        values: The present values, by key.
        about: The user or channel; None before registration.
    """

    name: str
    owner: str
    values: dict[str, str]
    about: User | Channel | None = None

    @classmethod
    def of(cls, world: World, about: User | Channel) -> MetadataTarget:
        """Return the target of a user or channel."""
        name, owner = (about.nick, about.identity) if isinstance(about, User) else (about.name, about.key)
        return cls(name, owner, world.metadata.get(owner, {}), about)


def metadata_error(code: str, description: str, *context: str) -> FailError:
    """Return the error of a METADATA command."""
    return FailError("METADATA", code, description, *context)
