"""MODE: show or change the modes of channels and users.

Source: modern IRC MODE; RFC 2812 sections 3.1.5, 3.2.3.
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
    """MODE <channel or nick> [<letters> [<parameter>…]]: show or change modes.

    Sends:
        324 and 329, 221, or the entries of a list to the sender; MODE to everybody concerned.
    Errors:
        401 no such nick, 403 no such channel, 442 a secret channel, 501 no such user mode, 502 another user's
        nick; for each bad change 401, 441 not on the channel, 472 no such mode, 478 the list is full or 696 a
        bad parameter; 482 not permitted, once.
    Source:
        modern IRC MODE.
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
    requested = modes.parse(rest[0], ())[: modes.MAX_CHANGES]
    changed = []
    for sign, letter, _ in requested:
        if _may_set(sign, letter) and (letter in me.modes) != (sign == "+"):
            world.set_mode(me, letter, sign == "+")
            changed.append(ModeChange(sign, letter, None))
    if any(change.mode not in modes.USER_MODES for change in requested):
        out.reply(numerics.ERR_UMODEUNKNOWNFLAG)
    if changed:
        out.send(me.audience, out.message_from(me, "MODE", me.nick, *modes.write(changed)))


def _may_set(sign: str, letter: str) -> bool:
    """Return whether a user may make this change. Operators may unset `o`; other server modes are ignored."""
    mode = modes.USER_MODES.get(letter)
    return mode is not None and (mode.is_settable or (letter == "o" and sign == "-"))
