"""Coming and going: name, welcome, farewell.

    CAP LS 302, NICK, USER … CAP END → 001 002 003 004 005 LUSERS MOTD, then the default channels

Registration is complete when nick and user are known and no negotiation is open.
"""

from __future__ import annotations

from ...protocol import names, numerics
from ...protocol.message import Message, cut
from ...protocol.numerics import Refused
from ..effects import Outbox
from ..world import Session, User, World
from . import channel, welcome

USERNAME_LENGTH = 16
REALNAME_BYTES = 150
_USERNAME_SPECIALS = frozenset("-_.[]\\`^{}|")


def password(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PASS <password>: the server's password, before anything else.

    Errors  462 after registration; 464 at the end of it when it was wrong
    Source  RFC 2812 section 3.1.1
    """
    if me.user:
        raise Refused(numerics.ERR_ALREADYREGISTERED)
    me.password = msg.params[0]


def nick(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """NICK <nick>: take a name, or another one.

    Sends   NICK to everybody who shares a channel
    Errors  431 none given, 432 not a nick, 433 taken
    Source  modern IRC NICK
    """
    if not msg.params or not msg.params[0]:
        raise Refused(numerics.ERR_NONICKNAMEGIVEN)
    wanted = names.normal(msg.params[0])
    if not names.is_nick(wanted, world.config.limits.nick):
        raise Refused(numerics.ERR_ERRONEUSNICKNAME, wanted, "Not a nickname: letters, digits, -_[]\\`^{}|")
    holder = world.users.get(names.fold(wanted))
    if holder and holder is not me.user:
        raise Refused(numerics.ERR_NICKNAMEINUSE, wanted)
    if me.user is None:
        me.nick = wanted
        complete(world, me, out)
    elif wanted != me.user.nick:
        _rename(world, me.user, wanted, out)


def _rename(world: World, user: User, wanted: str, out: Outbox) -> None:
    message = out.relayed(user, "NICK", wanted)
    if names.fold(wanted) != user.folded:
        world.remember(user, out.now)
    world.rename_user(user, wanted)
    out.send(world.neighbours(user), message)


def user(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """USER <user> 0 * :<real name>: who you are, at registration.

    Errors  461 too few parameters, 462 after registration
    Source  RFC 2812 section 3.1.3
    """
    if me.user:
        raise Refused(numerics.ERR_ALREADYREGISTERED)
    if not msg.params[0]:
        raise Refused(numerics.ERR_NEEDMOREPARAMS, "USER")
    me.username = _username(msg.params[0])
    me.realname = cut(msg.params[3], REALNAME_BYTES) or me.username
    complete(world, me, out)


def ping(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PING <token>: is the other side alive?

    Sends   PONG with the token
    Errors  461 no token
    Source  modern IRC PING
    """
    if not msg.params or not msg.params[0]:
        raise Refused(numerics.ERR_NEEDMOREPARAMS, "PING")
    out.server("PONG", world.name, msg.params[0])


def pong(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PONG <token>: the answer to PING; that it came is all that counts.

    Source  modern IRC PONG
    """


def quit_(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """QUIT [:<reason>]: leave.

    Sends   ERROR to the asker, QUIT to everybody who shares a channel
    Source  modern IRC QUIT
    """
    reason = cut(msg.params[0], world.config.limits.kick) if msg.params else ""
    out.close(me, "Closing connection", f"Quit: {reason}" if reason else "Quit")


def depart(world: World, me: Session, reason: str, out: Outbox) -> None:
    """A session is over; with the last one its user leaves.

    Sends   QUIT to everybody who shares a channel
    """
    world.unknown.discard(me)
    user = me.user
    if user is None:
        return
    user.sessions.remove(me)
    user.sessions_changed()
    if user.sessions:
        return
    channels = list(user.channels)
    if channels:
        out.send(world.neighbours(user), out.relayed(user, "QUIT", cut(reason, world.config.limits.kick)))
    world.remove_user(user, out.now)
    for each in channels:
        channel.emptied(world, each, out)
    out.tell_log(f"{user.nick} left: {reason}")


def complete(world: World, me: Session, out: Outbox) -> None:
    """Complete the registration if everything is there."""
    if me.user or me.negotiating or not me.nick or not me.username:
        return
    wanted = world.config.server.password
    if wanted and me.password != wanted:
        out.reply(numerics.ERR_PASSWDMISMATCH)
        out.close(me, "Wrong server password")
        return
    if names.fold(me.nick) in world.users:  # somebody was faster
        taken, me.nick = me.nick, ""
        raise Refused(numerics.ERR_NICKNAMEINUSE, taken)
    host = world.cloak(me.link.address)
    user = User(world.new_user_number(), me.nick, me.username, host, me.realname, out.now)
    user.sessions.append(me)
    me.user = user
    world.unknown.discard(me)
    world.add_user(user)
    out.tell_log(f"Username is {user.nick}")
    welcome.welcome(world, me, out)
    for name in world.config.channels.default:
        channel.enter(world, user, name, "", out)


def _username(text: str) -> str:
    """What may stand between ! and @: ASCII letters, digits and a few others."""
    kept = [each for each in text if (each.isascii() and each.isalnum()) or each in _USERNAME_SPECIALS]
    return "".join(kept)[:USERNAME_LENGTH] or "user"
