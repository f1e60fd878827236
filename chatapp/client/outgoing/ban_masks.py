"""Ban masks, made of what is known about a person.

A nick can change at any time, so a ban is set on the account if there is one, else on the host.

Source: modern IRC "Ban Channel Mode"; IRCv3 account-extban
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.protocol import names

_IN_MASKS = frozenset("!@*?.:")


def mask_of(network: Network, typed: str) -> str:
    """Return the mask that bans a person; empty if neither account nor host is known.

    Args:
        typed: A nick, or a mask, which is completed.
    """
    if not _IN_MASKS.isdisjoint(typed):
        return typed if _is_extended(network, typed) else names.full_mask(typed)
    return next(_known(network, typed), "")


def masks_to_lift(network: Network, conversation: Conversation, typed: str) -> list[str]:
    """Return the masks that may ban a person, most likely first.

    Args:
        typed: A nick, or a mask, which is completed.
    """
    if not _IN_MASKS.isdisjoint(typed):
        return [mask_of(network, typed)]
    before = conversation.own_bans.get(network.fold(typed))
    account = _account_mask(network, typed)
    masks = [*([before] if before else []), *_known(network, typed), *([account] if account else [])]
    return list(dict.fromkeys([*masks, names.full_mask(typed)]))


def _known(network: Network, nick: str) -> Iterator[str]:
    person = network.people.get(network.fold(nick))
    if person and person.account and (mask := _account_mask(network, person.account)):
        yield mask
    if person and person.host:
        yield f"*!*@{person.host}"


def _account_mask(network: Network, account: str) -> str:
    """Return `~account:ana` as this server writes it; empty if it cannot ban accounts."""
    prefix, comma, _ = network.isupport.get("EXTBAN", "").partition(",")
    name = max(network.isupport.get("ACCOUNTEXTBAN", "").split(","), key=len)
    return f"{prefix}{name}:{account}" if comma and name else ""


def _is_extended(network: Network, mask: str) -> bool:
    """Return whether this is an extended ban, which is sent as typed."""
    prefix = network.isupport.get("EXTBAN", "").partition(",")[0]
    return prefix != "" and mask.startswith(prefix) and ":" in mask
