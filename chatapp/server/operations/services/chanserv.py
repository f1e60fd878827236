"""The commands of ChanServ: operators of channels."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol.modes import HALFOP, level
from chatapp.server.operations import channel_ranks
from chatapp.server.operations.services.service import ServiceCommand, ServiceError, ServiceRequest, date_text
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User


def _op(request: ServiceRequest, words: Sequence[str]) -> None:
    channel, user = _channel_and_member(request, words)
    channel_ranks.give_ranks(request.world, channel, user, "o", "ChanServ", request.out)


def _deop(request: ServiceRequest, words: Sequence[str]) -> None:
    channel, user = _channel_and_member(request, words)
    channel_ranks.take_rank(request.world, channel, user, "o", "ChanServ", request.out)


def _channel_and_member(request: ServiceRequest, words: Sequence[str]) -> tuple[Channel, User]:
    """Return the channel and the member, if the user may change operators there.

    Accounts with the rank of operator or above may, and server operators.

    Raises:
        ServiceError: The user may not.
        NumericError: 403 no such channel, 441 the nick is not on the channel.
    """
    world, user = request.world, request.user
    channel = world.channel(words[0])
    ranks = channel.account_ranks.get(user.account, "") if user.account else ""
    if not (level(ranks) > HALFOP or user.is_operator):
        raise ServiceError(f"Your account is not an operator of {channel.name}")
    return channel, world.member_of(channel, words[1] if len(words) > 1 else user.nick)


def _channel_info(request: ServiceRequest, words: Sequence[str]) -> None:
    channel = request.world.channel(words[0])
    if not request.world.may_see_channel(request.user, channel):
        raise ServiceError(f"There is no channel {channel.name}")
    operators = [name for name, letters in channel.account_ranks.items() if level(letters) > HALFOP]
    request.reply(f"{channel.name} was created on {date_text(channel.created)}")
    request.reply(f"Operators by account: {', '.join(sorted(operators)) or 'none'}")


COMMANDS = {
    "OP": ServiceCommand(_op, 1, "<channel> [<nick>]", "make a member an operator"),
    "DEOP": ServiceCommand(_deop, 1, "<channel> [<nick>]", "remove that rank"),
    "INFO": ServiceCommand(_channel_info, 1, "<channel>", "show information about a channel"),
}
