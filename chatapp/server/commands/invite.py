"""INVITE: invite a user to a channel."""

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
    """INVITE [<nick> <channel>]: invite a user to a channel, or list your invitations.

    An invitation by a half-operator or above lets the user join once, past all modes and bans, even if the
    inviter loses the rank or leaves. An invitation by another member only informs the user.

    Sends:
        341 to the sender, INVITE to the invited user and to operators with invite-notify; 336 and 337.
    Errors:
        401 no such nick, 403 no such channel, 442 not on the channel, 443 already on the channel, 482 not a
        channel operator.
    Source:
        modern IRC INVITE, IRCv3 invite-notify.
    """
    if not msg.params:
        for invitation in sorted(user.invites, key=attrgetter("folded")):
            out.reply(numerics.RPL_INVITELIST, invitation.name)
        out.reply(numerics.RPL_ENDOFINVITELIST)
        return
    if len(msg.params) < 2:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "INVITE")
    invited = world.user(msg.params[0])
    channel = world.channel_of(user, msg.params[1])
    if invited in channel.members:
        raise NumericError(numerics.ERR_USERONCHANNEL, invited.nick, channel.name)
    is_ranked = channel.effective_level(user) >= HALFOP
    if "i" in channel.modes and not is_ranked:
        raise NumericError(numerics.ERR_CHANOPRIVSNEEDED, channel.name)
    world.invite(invited, channel, is_ranked)
    message = out.message_from(user, "INVITE", invited.nick, channel.name)
    out.reply(numerics.RPL_INVITING, invited.nick, channel.name)
    out.send(invited.audience, message)
    operators = channel.audience_from_level(HALFOP).sessions.difference(user.sessions)
    out.send(Audience(operators), message, required_caps=INVITE_NOTIFY)
    if invited.away:
        out.reply(numerics.RPL_AWAY, invited.nick, invited.away)
