"""The guests who have left and can come back with their key, and the nicks that are reserved for them.

A nick is reserved for some hours; the guest itself is remembered until newer ones take its place. An address
has a limited share, and the address with the most guests loses one first: so nobody can reserve all names, or
push out the guests of other addresses.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from chatapp.protocol import names

ADDRESS_SHARE = 10  # at most one of so many remembered guests has the same address


class AbsentGuest(NamedTuple):
    """A guest who has left.

    Args:
        identity: See `User.guest_key`.
        nick: The last one; empty if the guest has logged in to an account.
        host: The cloak of the address.
        since: When it left, in milliseconds.
    """

    identity: str
    nick: str
    host: str
    since: int


class GuestNicks:
    """The guests who have left, those who left first at the beginning."""

    def __init__(self) -> None:
        self._guests: dict[str, AbsentGuest] = {}  # by identity
        self._reserved: dict[str, AbsentGuest] = {}  # by folded nick
        self._hosts: Counter[str] = Counter()

    def __contains__(self, folded: str) -> bool:
        """Return whether a nick is reserved."""
        return folded in self._reserved

    def __iter__(self) -> Iterator[AbsentGuest]:
        """Yield the guests with a reserved nick."""
        return iter(list(self._reserved.values()))

    def holder(self, folded: str) -> AbsentGuest | None:
        """Return the guest for whom a nick is reserved."""
        return self._reserved.get(folded)

    def add(self, guest: AbsentGuest) -> None:
        """Remember a guest who leaves."""
        self.remove(guest.identity)
        self._guests[guest.identity] = guest
        self._hosts[guest.host] += 1
        if guest.nick:
            folded = names.fold(guest.nick)
            self._reserved.pop(folded, None)
            self._reserved[folded] = guest

    def remove(self, identity: str) -> AbsentGuest | None:
        """Forget a guest who is back, or whose place is needed; return what was known."""
        guest = self._guests.pop(identity, None)
        if guest:
            self._hosts[guest.host] -= 1
            if not self._hosts[guest.host]:
                del self._hosts[guest.host]
            self._free(guest)
        return guest

    def free(self, folded: str) -> AbsentGuest | None:
        """Free a reserved nick; return for whom it was reserved."""
        return self._reserved.pop(folded, None)

    def ended(self, before: int) -> list[AbsentGuest]:
        """Return the guests who left before this time, and whose nicks are still reserved."""
        return [guest for guest in self._reserved.values() if guest.since <= before]

    def surplus(self, most: int, host: str) -> list[AbsentGuest]:
        """Return the guests to forget: those of this address beyond its share, and while there are too many,
        those of the address with the most; always those who left first.

        Args:
            most: How many guests are remembered.
            host: The cloak of the address of the guest who was added last.
        """
        share = max(1, most // ADDRESS_SHARE) if most else 0
        if self._hosts[host] <= share and len(self._guests) <= most:
            return []
        counts, left = self._hosts.copy(), list(self._guests.values())
        found: list[AbsentGuest] = []
        while counts[host] > share or len(left) > most:
            if counts[host] > share:
                gone = next(each for each in left if each.host == host)
            else:
                largest = max(counts.values())
                gone = next(each for each in left if counts[each.host] == largest)
            left.remove(gone)
            counts[gone.host] -= 1
            found.append(gone)
        return found

    def _free(self, guest: AbsentGuest) -> None:
        folded = names.fold(guest.nick)
        if self._reserved.get(folded) is guest:
            del self._reserved[folded]
