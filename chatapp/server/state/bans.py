"""Bans from the whole server: which users they match, and until when.

192.0.2.7, 2001:db8::/32    an address, or a network
~account:name               users who are logged in to this account; ~a: for short
nick!user@host              with * and ?; the host may be an address or its cloak
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from chatapp.protocol import addresses, names
from chatapp.protocol.addresses import IpAddress, IpNetwork, parse_network
from chatapp.server.state import masks
from chatapp.server.state.masks import UserMask

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


class _Subject:
    """A user as the parsed masks of bans match it; its texts are folded only once."""

    __slots__ = ("account", "address", "sources")

    def __init__(self, subject: BanSubject) -> None:
        head = f"{subject.nick}!{subject.username}@"
        self.address = addresses.parse_address(subject.address)
        self.sources = [names.fold(head + host) for host in (subject.host, subject.address)]
        self.account = names.fold(subject.account)

    def is_named_by(self, mask: UserMask) -> bool:
        return any(mask.matches(source, self.account) for source in self.sources)


class BanMask:
    """The parsed mask of a ban, to compare many users with it.

    Args:
        mask: As `full_mask` returns it.
    """

    def __init__(self, mask: str) -> None:
        self._network = parse_network(mask)
        self._names = UserMask(mask)

    def matches(self, subject: BanSubject) -> bool:
        """Return whether it matches a user or session."""
        parsed = _Subject(subject)
        if self._network:
            return parsed.address is not None and parsed.address in self._network
        return parsed.is_named_by(self._names)


class Bans:
    """All bans, at most one for each mask.

    Every new connection is compared with them. So a network is looked up by its first bits, however many
    there are, and other masks are parsed only once.
    """

    def __init__(self) -> None:
        self._bans: dict[str, Ban] = {}  # by folded mask
        self._masks: dict[str, UserMask] = {}  # those that are no networks, by folded mask
        self._networks: dict[tuple[int, int], dict[int, dict[str, None]]] = {}
        """The folded masks of networks: by the version of IP and the number of bits after the prefix, and by
        the prefix."""

    def __iter__(self) -> Iterator[Ban]:
        return iter(self._bans.values())

    def add(self, ban: Ban) -> None:
        """Add a ban, in place of an earlier one with the same mask."""
        folded = names.fold(ban.mask)
        self._bans[folded] = ban
        if network := parse_network(ban.mask):
            kind, bits = _kind_and_bits(network)
            self._networks.setdefault(kind, {}).setdefault(bits, {})[folded] = None
        else:
            self._masks[folded] = UserMask(ban.mask)

    def remove(self, mask: str) -> Ban | None:
        """Remove and return the ban with this mask, if there is one."""
        folded = names.fold(mask)
        removed = self._bans.pop(folded, None)
        if removed and self._masks.pop(folded, None) is None:
            self._remove_network(folded, removed.mask)
        return removed

    def _remove_network(self, folded: str, mask: str) -> None:
        network = parse_network(mask)
        assert network
        kind, bits = _kind_and_bits(network)
        del self._networks[kind][bits][folded]
        if not self._networks[kind][bits]:
            del self._networks[kind][bits]
        if not self._networks[kind]:
            del self._networks[kind]

    def find_for_address(self, address: str, now: int) -> Ban | None:
        """Return an active ban of this address or its network."""
        parsed = addresses.parse_address(address) if self._networks else None
        return self._active(self._of_networks(parsed), now)

    def find(self, subject: BanSubject, now: int) -> Ban | None:
        """Return an active ban that matches: of the address, or else the first of the others."""
        if not self._bans:
            return None
        parsed = _Subject(subject)
        of_names = (folded for folded, mask in self._masks.items() if parsed.is_named_by(mask))
        return self._active(chain(self._of_networks(parsed.address), of_names), now)

    def _of_networks(self, address: IpAddress | None) -> Iterator[str]:
        """Yield the folded masks of the networks with an address."""
        for (version, rest), networks in self._networks.items():
            if address and address.version == version:
                yield from networks.get(int(address) >> rest, ())

    def _active(self, folded_masks: Iterable[str], now: int) -> Ban | None:
        found = (self._bans[folded] for folded in folded_masks)
        return next((ban for ban in found if ban.is_active(now)), None)


def _kind_and_bits(network: IpNetwork) -> tuple[tuple[int, int], int]:
    """Return the version of IP, the number of bits after the prefix, and the prefix."""
    rest = network.max_prefixlen - network.prefixlen
    return (network.version, rest), int(network.network_address) >> rest


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
