"""What people and channels say of themselves, by keys; and how the two versions of its specification differ.

draft/metadata-2 and draft/metadata-3 share the command and the numbers. They differ in the words for what is
wrong, and in how a value is told to who did not ask for it.

Source  IRCv3 metadata
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatapp.protocol.capabilities import METADATA, METADATA_2
from chatapp.protocol.numerics import FailError
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.state.world import World

KEY_BYTES = 64

_KEY = re.compile(rf"[a-z0-9_./-]{{1,{KEY_BYTES}}}")


@dataclass(frozen=True, slots=True)
class MetadataVersion:
    """How a client wants to be talked to about metadata.

    Takes  invalid_key, invalid_value, unknown_subcommand, too_many: codes of standard replies
           is_third: whether changes are told with 761 and 766, else with METADATA; and what else is finer
    """

    invalid_key: str
    invalid_value: str
    unknown_subcommand: str
    too_many: str
    is_third: bool


SECOND = MetadataVersion("KEY_INVALID", "VALUE_INVALID", "SUBCOMMAND_INVALID", "TOO_MANY_SUBS", False)
THIRD = MetadataVersion("INVALID_KEY", "INVALID_VALUE", "INVALID_PARAMS", "LIMIT_REACHED", True)


def version_of(caps: int) -> MetadataVersion:
    """That of who has these capabilities: the newest that is known."""
    return SECOND if caps & METADATA == METADATA_2 else THIRD


def is_key(text: str) -> bool:
    """Whether something may be kept under this key."""
    return _KEY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class MetadataTarget:
    """Of whom something is said.

    Takes  name: as clients call it, * before registration; owner: under which it is kept, empty before
           registration; values: what is said now; about: whom it is, nobody before registration
    """

    name: str
    owner: str
    values: dict[str, str]
    about: User | Channel | None = None

    @classmethod
    def of(cls, world: World, about: User | Channel) -> MetadataTarget:
        name, owner = (about.nick, about.identity) if isinstance(about, User) else (about.name, about.key)
        return cls(name, owner, world.metadata.get(owner, {}), about)


def failed(code: str, words: str, *context: str) -> FailError:
    """What is wrong with a METADATA command."""
    return FailError("METADATA", code, words, *context)
