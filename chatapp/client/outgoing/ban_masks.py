"""Whom a ban keeps out: masks made of what is known about somebody.

A nick can be changed at any time, so a ban is of the account where there is one, and else of the host.

Source:
    modern IRC "Ban Channel Mode"; IRCv3 account-extban.
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.protocol import names

_IN_MASKS = frozenset("!@*?.:")


def mask_of(network: Network, typed: str) -> str:
    """The mask that keeps somebody out.

    Args:
        typed: A nick, or a mask, which is completed.

    Returns:
        Empty when neither the account nor the host of this nick is known.
    """
    if not _IN_MASKS.isdisjoint(typed):
        return typed if _is_extended(network, typed) else names.full_mask(typed)
    return next(_known(network, typed), "")


def masks_to_lift(network: Network, conversation: Conversation, typed: str) -> list[str]:
    """The masks by which somebody may have been banned, most likely first.

    Args:
        typed: As for `mask_of`.
    """
    if not _IN_MASKS.isdisjoint(typed):
        return [mask_of(network, typed)]
    before = conversation.own_bans.get(network.fold(typed))
    account = _of_account(network, typed)
    masks = [*([before] if before else []), *_known(network, typed), *([account] if account else [])]
    return list(dict.fromkeys([*masks, names.full_mask(typed)]))


def _known(network: Network, nick: str) -> Iterator[str]:
    person = network.people.get(network.fold(nick))
    if person and person.account and (mask := _of_account(network, person.account)):
        yield mask
    if person and person.host:
        yield f"*!*@{person.host}"


def _of_account(network: Network, account: str) -> str:
    """`~account:ana` in the form of this server; empty where it bans no accounts."""
    prefix, comma, _ = network.isupport.get("EXTBAN", "").partition(",")
    name = max(network.isupport.get("ACCOUNTEXTBAN", "").split(","), key=len)
    return f"{prefix}{name}:{account}" if comma and name else ""


def _is_extended(network: Network, mask: str) -> bool:
    """Whether this is a mask of another kind than nick!user@host, which is taken as it was typed."""
    prefix = network.isupport.get("EXTBAN", "").partition(",")[0]
    return prefix != "" and mask.startswith(prefix) and ":" in mask
