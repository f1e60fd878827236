"""MODE: the modes of channels and of users, shown and changed.

Source  modern IRC MODE; RFC 2812 sections 3.1.5, 3.2.3
"""

from __future__ import annotations

from chatapp.protocol import modes, names, numerics
from chatapp.protocol.message import Message
from chatapp.protocol.modes import ModeChange
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import mode_changes
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def mode(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """MODE <channel or nick> [<letters> [<parameter>…]]: show modes, or change them.

    Sends   324 and 329, or 221, or the masks of a list to the asker; MODE to all it concerns
    Errors  401 403 no such nick or channel, 442 a secret channel, 502 not your own nick, 501 no such user
            mode; for each bad change one of 401 441 not there, 472 no such mode, 478 the list is full, 696 a
            bad parameter; 482 not allowed, once
    Source  modern IRC MODE
    """
    target, rest = msg.params[0], msg.params[1:]
    if not names.looks_like_channel(target):
        _user_modes(world, user, target, rest, out)
        return
    channel = world.channel(target)
    if not world.may_see_channel(user, channel):
        raise NumericError(numerics.ERR_NOTONCHANNEL, channel.name)
    if rest:
        mode_changes.change(world, user, channel, modes.parse(rest[0], rest[1:])[: modes.MAX_CHANGES], out)
    else:
        mode_changes.show(user, channel, out)


def _user_modes(world: World, me: User, target: str, rest: tuple[str, ...], out: Outbox) -> None:
    if world.user(target) is not me:
        raise NumericError(numerics.ERR_USERSDONTMATCH)
    if not rest:
        out.reply(numerics.RPL_UMODEIS, "+" + "".join(sorted(me.modes)))
        return
    wishes = modes.parse(rest[0], ())[: modes.MAX_CHANGES]
    done = []
    for sign, letter, _ in wishes:
        if _may_set(sign, letter) and (letter in me.modes) != (sign == "+"):
            world.set_mode(me, letter, sign == "+")
            done.append(ModeChange(sign, letter, None))
    if any(wish.mode not in modes.USER_MODES for wish in wishes):
        out.reply(numerics.ERR_UMODEUNKNOWNFLAG)
    if done:
        out.send(me.audience, out.relayed(me, "MODE", me.nick, *modes.write(done)))


def _may_set(sign: str, letter: str) -> bool:
    """Server operators may unset `o`. Only the server sets the other modes; to try that is no error."""
    mode = modes.USER_MODES.get(letter)
    return mode is not None and (mode.is_settable or (letter == "o" and sign == "-"))
