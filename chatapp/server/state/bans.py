"""Bans from the whole server: which users they match, and until when.

192.0.2.7, 2001:db8::/32    an address, or a network
~account:name               users who are logged in to this account; ~a: for short
nick!user@host              with * and ?; the host may be an address or its cloak
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatapp.protocol import addresses, names
from chatapp.protocol.addresses import IpNetwork, parse_network
from chatapp.server.state import masks

_DURATION = re.compile(r"(?:[0-9]{1,6}[smhdw])+|[0-9]{1,6}")
_PIECE = re.compile(r"([0-9]+)([smhdw])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


class Ban(NamedTuple):
    """A ban.

    Args:
        mask: As `full_mask` returns it.
        by: The nick of the operator who set it.
        at: When it was set, in milliseconds.
        until: When it ends, in milliseconds; 0 for never.
    """

    mask: str
    reason: str
    by: str
    at: int
    until: int

    def is_active(self, now: int) -> bool:
        """Return whether it has not ended."""
        return not self.until or now < self.until


class BanSubject(NamedTuple):
    """The properties of a user that bans match; `host` is the cloak, `account` is empty for a guest."""

    address: str
    nick: str
    username: str
    host: str
    account: str


class Bans:
    """All bans, at most one for each mask."""

    def __init__(self) -> None:
        self._bans: dict[str, Ban] = {}  # by folded mask
        self._networks: dict[str, IpNetwork] = {}  # of the masks that are addresses, by folded mask

    def __iter__(self) -> Iterator[Ban]:
        return iter(self._bans.values())

    def add(self, ban: Ban) -> None:
        """Add a ban, in place of an earlier one with the same mask."""
        self._bans[names.fold(ban.mask)] = ban
        if network := parse_network(ban.mask):
            self._networks[names.fold(ban.mask)] = network

    def remove(self, mask: str) -> Ban | None:
        """Remove and return the ban with this mask, if there is one."""
        self._networks.pop(names.fold(mask), None)
        return self._bans.pop(names.fold(mask), None)

    def find_for_address(self, address: str, now: int) -> Ban | None:
        """Return an active ban of this address or its network."""
        if not self._networks:
            return None
        parsed = addresses.parse_address(address)
        for folded, network in self._networks.items():
            if parsed and parsed in network and self._bans[folded].is_active(now):
                return self._bans[folded]
        return None

    def find(self, subject: BanSubject, now: int) -> Ban | None:
        """Return the first active ban that matches."""
        return next((ban for ban in self if ban.is_active(now) and matches(ban.mask, subject)), None)


def matches(mask: str, subject: BanSubject) -> bool:
    """Return whether the mask of a ban, as `full_mask` returns it, matches a user or session."""
    if network := parse_network(mask):
        parsed = addresses.parse_address(subject.address)
        return parsed is not None and parsed in network
    head = f"{subject.nick}!{subject.username}@"
    return any(masks.matches(mask, head + host, subject.account) for host in (subject.host, subject.address))


def full_mask(typed: str) -> str:
    """Return the full form of a typed mask; empty if it is not valid, or would match all users."""
    if network := parse_network(typed):
        text = str(network.network_address if network.num_addresses == 1 else network)
        return f"0{text}" if text.startswith(":") else text  # a parameter cannot begin with a colon
    mask = masks.full_mask(typed)
    pattern = mask.partition(":")[2] if mask.startswith("~") else mask
    return "" if masks.is_mute(mask) or not pattern.strip("*!@?") else mask


def parse_duration(text: str) -> int | None:
    """Return the seconds of `30m`, `1d12h`, or `90` (minutes); 0 is permanent. None for any other text."""
    if not _DURATION.fullmatch(text):
        return None
    if text.isdecimal():
        return int(text) * 60
    return sum(int(count) * _SECONDS[unit] for count, unit in _PIECE.findall(text))
