"""Bans from the whole server: whom they fit, and until when.

192.0.2.7, 2001:db8::/32    an address, or all of a network
~account:name               who is logged in so; ~a: for short
nick!user@host              with * and ?; the host may be an address or what others see in its place
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
    """Takes  mask: a whole one; by: who set it; at, until: milliseconds, `until` 0 for ever"""

    mask: str
    reason: str
    by: str
    at: int
    until: int

    def holds(self, now: int) -> bool:
        return not self.until or now < self.until


class BanSubject(NamedTuple):
    """What a ban is held against. Takes  host: as others see it; account: empty for a guest"""

    address: str
    nick: str
    username: str
    host: str
    account: str


class Bans:
    """All of them."""

    def __init__(self) -> None:
        self._bans: dict[str, Ban] = {}  # by folded mask
        self._networks: dict[str, IpNetwork] = {}  # of those that are addresses

    def __iter__(self) -> Iterator[Ban]:
        return iter(self._bans.values())

    def put(self, ban: Ban) -> None:
        """Add it, in place of an earlier one of the same mask."""
        self._bans[names.fold(ban.mask)] = ban
        if network := parse_network(ban.mask):
            self._networks[names.fold(ban.mask)] = network

    def remove(self, mask: str) -> Ban | None:
        """Take it away, if it is there."""
        self._networks.pop(names.fold(mask), None)
        return self._bans.pop(names.fold(mask), None)

    def of_address(self, address: str, now: int) -> Ban | None:
        """The ban of this address or its network."""
        if not self._networks:
            return None
        parsed = addresses.parse_address(address)
        for folded, network in self._networks.items():
            if parsed and parsed in network and self._bans[folded].holds(now):
                return self._bans[folded]
        return None

    def of(self, person: BanSubject, now: int) -> Ban | None:
        """The first ban that fits somebody."""
        return next((ban for ban in self if ban.holds(now) and fits(ban.mask, person)), None)


def fits(mask: str, person: BanSubject) -> bool:
    """Whether a whole mask fits somebody."""
    if network := parse_network(mask):
        parsed = addresses.parse_address(person.address)
        return parsed is not None and parsed in network
    head = f"{person.nick}!{person.username}@"
    return any(masks.fits(mask, head + host, person.account) for host in (person.host, person.address))


def full_mask(typed: str) -> str:
    """What was typed as a whole mask; nothing when it is none, or would fit everybody."""
    if network := parse_network(typed):
        text = str(network.network_address if network.num_addresses == 1 else network)
        return f"0{text}" if text.startswith(":") else text  # a parameter cannot begin with a colon
    mask = masks.full_mask(typed)
    whom = mask.partition(":")[2] if mask.startswith("~") else mask
    return "" if masks.is_mute(mask) or not whom.strip("*!@?") else mask


def seconds(text: str) -> int | None:
    """`30m`, `1d12h`, or `90` minutes, in seconds; 0 is for ever. None when it is no duration."""
    if not _DURATION.fullmatch(text):
        return None
    if text.isdecimal():
        return int(text) * 60
    return sum(int(number) * _SECONDS[unit] for number, unit in _PIECE.findall(text))
