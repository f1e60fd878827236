"""Masks in the ban, exception and invitation lists of channels: which users they match.

    nick!user@host    with * and ?
    ~account:name     users who are logged in to this account; ~a: for short
    ~m:mask           with either of them as mask: users who may be in the channel but not write

Source: modern IRC RPL_ISUPPORT EXTBAN; IRCv3 account-extban
"""

from __future__ import annotations

from chatapp.protocol import names

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


def matches(mask: str, source: str, account: str) -> bool:
    """Return whether a full mask matches a user.

    Args:
        source: `nick!user@host`.
        account: Empty for a guest.
    """
    mask = mask.removeprefix(_MUTE)
    if mask.startswith(_ACCOUNT):
        return account != "" and names.matches(mask.partition(":")[2], account)
    return names.matches(mask, source)
