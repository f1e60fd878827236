"""The ban list of a channel: the commands that ask for it, and what the server has answered.

Source: modern IRC "Ban Channel Mode", RPL_BANLIST (367); TBAN of a Chatapp server
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from chatapp.client.incoming.events import ServerText
from chatapp.client.model.channel_modes import MAX_BANS, QUIET
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import ChannelBan
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step
from chatapp.client.outgoing.ban_masks import TIMED_BANS
from chatapp.protocol.message import Message
from chatapp.protocol.modes import ModeKind
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.timestamps import parse_seconds

_CODES = frozenset({"367", "368", "728", "729", "TBAN ENTRY", "TBAN END"})


def order(network: Network, conversation: Conversation) -> Order:
    """Return the commands that ask for the bans and mutes of a channel."""
    steps = [Step(Message("MODE", [conversation.name, "b"]))]
    if network.mode_kinds().get("q") is ModeKind.LIST:
        steps.append(Step(Message("MODE", [conversation.name, "q"])))
    if TIMED_BANS in network.isupport:
        steps.append(Step(Message("TBAN", [conversation.name])))
    return Order(tuple(steps), goes_on=True, codes=_CODES)


def store(conversation: Conversation, order: Order) -> None:
    """Store the bans that the server has answered. If it refused to tell them, what we know stays."""
    if order.done:
        conversation.bans = {ban.mask: ban for ban in read(order.answers)[:MAX_BANS]}


def read(answers: Iterable[ServerText]) -> list[ChannelBan]:
    """Return the bans in the replies of a server, latest first."""
    found: dict[str, ChannelBan] = {}
    for each in answers:
        params = each.params
        if each.code == "367" and len(params) > 1:
            found[params[1]] = _listed(params[1], params[2:])
        elif each.code == "728" and len(params) > 2:  # channel letter mask nick time
            mask = f"{QUIET}{params[2]}"
            found[mask] = _listed(mask, params[3:])
        elif each.code == "TBAN ENTRY" and len(params) > 4:
            _, mask, until, by, reason = params[:5]
            known = found.get(mask, ChannelBan(mask, by))
            found[mask] = replace(known, until=parse_seconds(until), reason=reason)
    return sorted(found.values(), key=lambda ban: ban.at or 0.0, reverse=True)


def _listed(mask: str, rest: tuple[str, ...]) -> ChannelBan:
    """Return a ban of a list. `rest` has the source of the moderator and the time if they are known."""
    by = rest[0].partition("!")[0] if rest else ""
    at = parse_whole(rest[1]) if len(rest) > 1 else None
    return ChannelBan(mask, by, float(at) if at else None)
