"""Ban masks, made of what is known about a person.

A nick can change at any time, so a ban is set on the account if there is one, else on the host. From the host
that we have ourselves, only the nick is banned: it is that of a whole school, or of this computer.

Source: modern IRC "Ban Channel Mode"; IRCv3 account-extban
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.client.model.channel_modes import QUIET
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.protocol import names
from chatapp.protocol.modes import ModeKind

TIMED_BANS = "chatapp/TBAN"  # the token of a server with bans that end by themselves

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


def mute_prefix(network: Network) -> str:
    """Return what stands before a mask that only mutes; empty if the server has no mutes.

    QUIET stands for the mode of a list of its own.
    """
    prefix, comma, types = network.isupport.get("EXTBAN", "").partition(",")
    if TIMED_BANS in network.isupport:
        return "~m:"
    if network.mode_kinds().get("q") is ModeKind.LIST:
        return QUIET
    if comma and not prefix and "m" in types:
        return "m:"
    return "~q:" if prefix == "~" and "q" in types else ""


def bans_on(network: Network, conversation: Conversation, nick: str) -> list[ChannelBan]:
    """Return the bans and mutes of a channel that we know of and that match a person."""
    folded, prefix = network.fold(nick), mute_prefix(network)
    person = network.people.get(folded)
    source = f"{nick}!{person.user if person else ''}@{person.host if person else ''}"
    own = conversation.own_bans.get(folded)
    account = _account_mask(network, person.account) if person and person.account else ""
    found = []
    for ban in conversation.bans.values():
        mask = ban.mask.removeprefix(prefix) if prefix else ban.mask
        is_meant = mask in (own, account) or ban.mask == own
        if is_meant or (not _is_extended(network, mask) and names.matches(mask, source)):
            found.append(ban)
    return found


def is_mute(network: Network, ban: ChannelBan) -> bool:
    """Return whether a ban only mutes."""
    prefix = mute_prefix(network)
    return prefix != "" and ban.mask.startswith(prefix)


def _known(network: Network, nick: str) -> Iterator[str]:
    person = network.people.get(network.fold(nick))
    if person and person.account and (mask := _account_mask(network, person.account)):
        yield mask
    if person and person.host:
        is_own_host = network.source.rpartition("@")[2] == person.host
        yield f"{nick}!*@{person.host}" if is_own_host else f"*!*@{person.host}"


def _account_mask(network: Network, account: str) -> str:
    """Return `~account:ana` as this server writes it; empty if it cannot ban accounts."""
    prefix, comma, _ = network.isupport.get("EXTBAN", "").partition(",")
    name = max(network.isupport.get("ACCOUNTEXTBAN", "").split(","), key=len)
    return f"{prefix}{name}:{account}" if comma and name else ""


def _is_extended(network: Network, mask: str) -> bool:
    """Return whether this is an extended ban, which is sent as typed."""
    prefix = network.isupport.get("EXTBAN", "").partition(",")[0]
    return prefix != "" and mask.startswith(prefix) and ":" in mask
