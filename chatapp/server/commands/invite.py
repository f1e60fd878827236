"""INVITE: letting somebody into a channel."""

from __future__ import annotations

from operator import attrgetter

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import INVITE_NOTIFY
from chatapp.protocol.message import Message
from chatapp.protocol.modes import HALFOP
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def invite(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """INVITE [<nick> <channel>]: let somebody in, or list the channels that you were invited to.

    The invitation of a half-operator or above lets in past every mode and ban, for one JOIN. It stands when
    the inviter loses the rank or leaves. The invitation of anybody else only tells of the channel.

    Sends   341 to the asker, INVITE to the invited user and to operators with invite-notify; 336 and 337
    Errors  401 no such nick, 403 no such channel, 442 not in it, 443 is in it, 482 not an operator of it
    Source  modern IRC INVITE, IRCv3 invite-notify
    """
    if not msg.params:
        for place in sorted(user.invites, key=attrgetter("folded")):
            out.reply(numerics.RPL_INVITELIST, place.name)
        out.reply(numerics.RPL_ENDOFINVITELIST)
        return
    if len(msg.params) < 2:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "INVITE")
    guest = world.user(msg.params[0])
    channel = world.channel_of(user, msg.params[1])
    if guest in channel.members:
        raise NumericError(numerics.ERR_USERONCHANNEL, guest.nick, channel.name)
    is_ranked = channel.effective_level(user) >= HALFOP
    if "i" in channel.modes and not is_ranked:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    world.invite(guest, channel, is_ranked)
    message = out.relayed(user, "INVITE", guest.nick, channel.name)
    out.reply(numerics.RPL_INVITING, guest.nick, channel.name)
    out.send(guest.audience, message)
    operators = channel.audience_from_level(HALFOP).sessions.difference(user.sessions)
    out.send(Audience(operators), message, wants=INVITE_NOTIFY)
    if guest.away:
        out.reply(numerics.RPL_AWAY, guest.nick, guest.away)
