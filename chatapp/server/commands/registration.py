"""Commands of registration and of the connection: PASS, NICK, USER, PING, PONG, QUIT.

    CAP LS 302, NICK, USER … CAP END → 001 002 003 004 005 LUSERS MOTD, then the default channels

Registration is complete when NICK and USER were sent and no capability negotiation is open.
"""

from __future__ import annotations

from chatapp.protocol import names, numerics
from chatapp.protocol.message import Message, cut
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import account_changes, invitations, login, nicks, speak_permissions
from chatapp.server.operations.complete_registration import complete, log_in_by_pass
from chatapp.server.state.session import Session
from chatapp.server.state.user import REALNAME_BYTES
from chatapp.server.state.world import World

USERNAME_LENGTH = 16  # characters
_USERNAME_SPECIALS = frozenset("-_.[]\\`^{}|")


def password(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PASS <password>: send the password of the server, before all else. PASS <account>:<password> logs in.

    Sends:
        900 for an account.
    Errors:
        462 after registration; 464 wrong password; for that of the server at the end of registration.
    Source:
        RFC 2812 section 3.1.1.
    """
    if me.user:
        raise NumericError(numerics.ERR_ALREADYREGISTERED)
    before, me.password = me.password, msg.params[0]
    name, colon, secret = me.password.partition(":")
    if colon and not (world.config.server.password and account_changes.has_server_password(world, me)):
        me.password = before
        login.check_password(world, me, name, secret, out, log_in_by_pass)


def nick(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """NICK <nick>: set or change your nick.

    Sends:
        NICK to everybody who shares a channel.
    Errors:
        431 no nick, 432 not a valid nick, 433 in use, or of an account that you are not logged in to, 437 you
        are banned or muted in a channel that you are in.
    Source:
        modern IRC NICK.
    """
    if not msg.params or not msg.params[0]:
        raise NumericError(numerics.ERR_NONICKNAMEGIVEN)
    wanted = names.normalize(msg.params[0])
    if not names.is_nick(wanted, world.config.limits.nick):
        raise NumericError(
            numerics.ERR_ERRONEUSNICKNAME, wanted, "Not a nickname: letters, digits, -_[]\\`^{}|"
        )
    if me.user:
        nicks.change_nick(world, me, me.user, wanted, out)
        invitations.follow_nick(me, wanted, out)
    else:
        nicks.check_available(world, me, wanted)
        me.nick = wanted
        complete(world, me, out)


def user(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """USER <user> 0 * :<real name>: set your user name and real name at registration.

    Errors:
        461 too few parameters, 462 after registration.
    Source:
        RFC 2812 section 3.1.3.
    """
    if me.user:
        raise NumericError(numerics.ERR_ALREADYREGISTERED)
    if not msg.params[0]:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "USER")
    me.username = _username(msg.params[0])
    me.realname = cut(msg.params[3], REALNAME_BYTES) or me.username
    complete(world, me, out)


def ping(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PING <token>: check that the connection is alive.

    Sends:
        PONG with the token.
    Errors:
        461 no token.
    Source:
        modern IRC PING.
    """
    if not msg.params or not msg.params[0]:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "PING")
    out.reply_from_server("PONG", world.name, msg.params[0])


def pong(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """PONG <token>: answer a PING; the token is ignored.

    Source:
        modern IRC PONG.
    """


def quit_(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """QUIT [:<reason>]: disconnect.

    The reason is not sent if a ban or mute keeps the user from speaking in one of the channels.

    Sends:
        ERROR to the sender, QUIT to everybody who shares a channel.
    Source:
        modern IRC QUIT.
    """
    is_silenced = me.user is not None and speak_permissions.silencing_channel(me.user) is not None
    reason = cut(msg.params[0], world.config.limits.kick) if msg.params and not is_silenced else ""
    out.close(me, "Closing connection", f"Quit: {reason}" if reason else "Quit")


def _username(text: str) -> str:
    """Return a user name with only the allowed characters: ASCII letters, digits and a few others."""
    allowed = [each for each in text if (each.isascii() and each.isalnum()) or each in _USERNAME_SPECIALS]
    return "".join(allowed)[:USERNAME_LENGTH] or "user"
