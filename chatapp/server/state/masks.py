"""Masks of bans and exceptions: whom they fit.

    nick!user@host    with * and ?
    ~account:name     who is logged in so; ~a: for short
    ~m:mask           before either of them: may be in the channel, but not speak

Source  modern IRC RPL_ISUPPORT EXTBAN; IRCv3 account-extban
"""

from __future__ import annotations

from chatapp.protocol import names

EXTBAN = "~,am"
ACCOUNT_EXTBAN = "a,account"

_MUTE = "~m:"
_ACCOUNT = ("~account:", "~a:")


def full_mask(typed: str) -> str:
    """What was typed as a whole mask; nothing when it is none."""
    mute = _MUTE if is_mute(typed) else ""
    mask = typed[len(mute) :]
    if mask.startswith("~"):
        kind, colon, name = mask.partition(":")
        return f"{mute}{kind.lower()}:{name}" if name and f"{kind.lower()}{colon}" in _ACCOUNT else ""
    whole = names.full_mask(mask)
    return mute + whole if mask and " " not in whole and whole[0] != ":" else ""


def is_mute(mask: str) -> bool:
    """Whether it takes away speech alone."""
    return mask[: len(_MUTE)].lower() == _MUTE


def of_account(name: str) -> tuple[str, ...]:
    """The masks that fit one account and nobody else, in all their spellings."""
    return tuple(f"{kind}{name}" for kind in _ACCOUNT)


def fits(mask: str, source: str, account: str) -> bool:
    """Whether a whole mask fits somebody.

    Takes  source: `nick!user@host`; account: empty for a guest
    """
    mask = mask.removeprefix(_MUTE)
    if mask.startswith(_ACCOUNT):
        return account != "" and names.matches(mask.partition(":")[2], account)
    return names.matches(mask, source)
