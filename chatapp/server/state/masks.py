"""Masks in the ban, exception and invitation lists of channels: which users they match.

    nick!user@host    with * and ?
    ~account:name     users who are logged in to this account; ~a: for short
    ~m:mask           with either of them as mask: users who may be in the channel but not write

Source: modern IRC RPL_ISUPPORT EXTBAN; IRCv3 account-extban
"""

from __future__ import annotations

from functools import lru_cache

from chatapp.protocol import names
from chatapp.protocol.glob import Glob

EXTBAN = "~,am"
"""The value of the ISUPPORT token EXTBAN."""

ACCOUNT_EXTBAN = "a,account"
"""The value of the ISUPPORT token ACCOUNTEXTBAN."""

_MUTE = "~m:"
_ACCOUNT = ("~account:", "~a:")


def full_mask(typed: str) -> str:
    """Return the full form of a typed mask; empty if it is not valid."""
    mute = _MUTE if is_mute(typed) else ""
    mask = typed[len(mute) :]
    if mask.startswith("~"):
        kind, colon, name = mask.partition(":")
        return f"{mute}{kind.lower()}:{name}" if name and f"{kind.lower()}{colon}" in _ACCOUNT else ""
    whole = names.full_mask(mask)
    return mute + whole if mask and " " not in whole and whole[0] != ":" else ""


def is_mute(mask: str) -> bool:
    """Return whether a mask only mutes."""
    return mask[: len(_MUTE)].lower() == _MUTE


def account_masks(name: str) -> tuple[str, ...]:
    """Return the masks that match one account only, in both spellings."""
    return tuple(f"{kind}{name}" for kind in _ACCOUNT)


class UserMask:
    """A full mask in the form in which many users are compared with it, or one user with many masks."""

    __slots__ = ("_glob", "_is_of_account")

    def __init__(self, mask: str) -> None:
        mask = mask.removeprefix(_MUTE)
        self._is_of_account = mask.startswith(_ACCOUNT)
        self._glob = Glob(names.fold(mask.partition(":")[2] if self._is_of_account else mask))

    def matches(self, source: str, account: str) -> bool:
        """Return whether it matches a user.

        Args:
            source: `nick!user@host`, folded.
            account: Folded; empty for a guest.
        """
        if self._is_of_account:
            return account != "" and self._glob.matches(account)
        return self._glob.matches(source)


@lru_cache(maxsize=4096)
def parsed(mask: str) -> UserMask:
    """Return the parsed form of a full mask; the results are cached."""
    return UserMask(mask)
