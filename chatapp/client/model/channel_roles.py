"""The roles of members in a channel: the owners and moderators, by the ranks of the server."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from chatapp.client.model.model import Member
from chatapp.client.model.network import USUAL_PREFIX, Network
from chatapp.protocol import isupport
from chatapp.protocol.modes import HALFOP, OPERATOR, OWNER, RANKS

ChannelRole = Literal["owner", "moderator", ""]


def roles(network: Network) -> Mapping[str, ChannelRole]:
    """Return the roles by the prefix of their rank; a rank without a role, such as voice, is absent.

    A rank that only this server has, such as InspIRCd's `y` for network operators, stands for a moderator if
    it is above one of the moderators' ranks.
    """
    return _roles(network.isupport.get("PREFIX", USUAL_PREFIX))


def role_of(roles: Mapping[str, ChannelRole], member: Member | None) -> ChannelRole:
    """Return the role of a member: the highest one, whichever of its ranks has it; empty for none.

    Args:
        roles: See `roles`.
    """
    held = [roles.get(prefix, "") for prefix in member.ranks] if member else []
    return "owner" if "owner" in held else "moderator" if "moderator" in held else ""


def is_above_operators(network: Network, member: Member) -> bool:
    """Return whether a member has a rank above that of an operator."""
    prefixes = network.prefixes()
    lowest = next((at for at, letter in enumerate(prefixes) if _level(letter) == OPERATOR), 0)
    return network.rank(member) < lowest


@lru_cache(maxsize=32)
def _roles(prefix: str) -> Mapping[str, ChannelRole]:
    letters = list(isupport.prefixes(prefix).items())
    lowest = max((at for at, (letter, _) in enumerate(letters) if _level(letter) >= HALFOP), default=-1)
    found: dict[str, ChannelRole] = {
        character: "owner" if _level(letter) == OWNER else "moderator"
        for letter, character in letters[: lowest + 1]
    }
    return MappingProxyType(found)


def _level(letter: str) -> int:
    return RANKS[letter].level if letter in RANKS else 0
