"""AWAY and SETNAME: the away status and the real name.

User name and host do not change after registration, not even at a login or logout. A host that changed with
the account would evade every ban and mute of the host; so there is no CHGHOST either.

Source: modern IRC AWAY; IRCv3 away-notify, pre-away, setname.
"""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import PRE_AWAY
from chatapp.protocol.capabilities import SETNAME as SETNAME_CAP
from chatapp.protocol.message import Message, cut
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import presence
from chatapp.server.state.session import Session
from chatapp.server.state.user import REALNAME_BYTES, User
from chatapp.server.state.world import World


def away(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """AWAY [:<reason>]: mark yourself as away, or as back. AWAY * marks only this session as unattended.

    Sends:
        305 or 306; AWAY to sessions with away-notify of users who share a channel or monitor you.
    Errors:
        451 before registration, without draft/pre-away.
    Source:
        modern IRC AWAY; IRCv3 away-notify, pre-away.
    """
    if me.user is None and not me.caps & PRE_AWAY:
        raise NumericError(numerics.ERR_NOTREGISTERED)
    reason = cut(msg.params[0], world.config.limits.away) if msg.params else ""
    out.reply(numerics.RPL_NOWAWAY if reason else numerics.RPL_UNAWAY)
    me.away = reason
    if me.user:
        presence.apply_away(world, me, me.user, out)


def setname(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SETNAME :<real name>: change your real name.

    Sends:
        SETNAME to sessions with setname of users who share a channel or monitor you.
    Errors:
        FAIL SETNAME INVALID_REALNAME.
    Source:
        IRCv3 setname.
    """
    realname = msg.params[0]
    if not realname or len(realname.encode()) > REALNAME_BYTES:
        raise FailError("SETNAME", "INVALID_REALNAME", "Realname is not valid")
    user.realname = realname
    out.send(world.observers(user), out.message_from(user, "SETNAME", realname), required_caps=SETNAME_CAP)
    presence.store_persistent_user(user, out)
