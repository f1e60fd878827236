"""Who may speak in a channel, and who hears it: bans, and the modes n m M C S U.

Who has a rank there, voice at least, is free of all but C.

Source  modern IRC "Channel Modes"
"""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.modes import HALFOP, LEVEL_OF_PREFIX, RANKS, VOICE
from chatapp.protocol.numerics import ERR_CANNOTSENDTOCHAN, NumericError
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User

CHECKED_PER_MESSAGE = frozenset("CSU")  # modes that allow one message and may refuse the next
REMEMBERED = 1000  # speakers of a slow channel; above that those who may speak again are forgotten

_CTCP = "\x01"
_ACTION = "\x01ACTION "


def check_may_speak(user: User, channel: Channel) -> None:
    """Whether this user may speak there at all.

    Raises  Refused 404
    """
    member = channel.members.get(user)
    if member is None and "n" in channel.modes:
        raise _refused(channel, "You're not in this channel (+n)")
    if member and channel.effective_level(user) >= VOICE:
        return
    if "m" in channel.modes and "U" not in channel.modes:
        raise _refused(channel, "Only voices may speak here now (+m)")
    if "M" in channel.modes and not user.account:
        raise _refused(channel, "Only who has an account may speak here (+M)")
    if is_silenced(user, channel):
        raise _refused(channel, "You are banned here (+b)")


def is_silenced(user: User, channel: Channel) -> bool:
    """Whether a ban or mute keeps this user from speaking in the channel. A rank there frees from it."""
    is_ranked = user in channel.members and channel.effective_level(user) >= VOICE
    return not is_ranked and channel.is_banned(user, speaking=True)


def silencing_channel(user: User) -> Channel | None:
    """The first channel that a user is in without being allowed to speak, because of a ban or mute.

    While there is one, the user may not change what the mask fits: neither the nick nor the account.
    """
    return next((channel for channel in user.channels if is_silenced(user, channel)), None)


def check_message(user: User, channel: Channel, msg: Message, now: int) -> None:
    """Whether this may be said now, by one who may speak; then it counts as said.

    Raises  Refused 404
    """
    if msg.command == "TAGMSG":
        return
    if "C" in channel.modes and msg.text.startswith(_CTCP) and not msg.text.startswith(_ACTION):
        raise _refused(channel, "No CTCP here but actions (+C)")
    if "S" in channel.modes and not _has_rank(user, channel):
        _check_slow_mode(user, channel, now)


def _check_slow_mode(user: User, channel: Channel, now: int) -> None:
    pause = int(channel.modes["S"]) * 1000
    left = channel.last_message_times.get(user.identity, now - pause) + pause - now
    if left > 0:
        raise _refused(channel, f"Slow mode: wait {-(-left // 1000)} more seconds (+S)")
    if len(channel.last_message_times) >= REMEMBERED:
        channel.last_message_times = {
            who: when for who, when in channel.last_message_times.items() if when + pause > now
        }
    channel.last_message_times[user.identity] = now


def receiving_rank(user: User, channel: Channel, status: str) -> str:
    """The ranks that hear it: those that the speaker names, but with U only half-operators and above.

    Takes  status: prefixes, maybe none
    Gives  one prefix, or nothing when all members hear it
    """
    lowest = min(status, key=LEVEL_OF_PREFIX.__getitem__, default="")
    if "U" in channel.modes and not _has_rank(user, channel) and LEVEL_OF_PREFIX.get(lowest, 0) < HALFOP:
        return RANKS["h"].prefix
    return lowest


def _has_rank(user: User, channel: Channel) -> bool:
    return user in channel.members and channel.effective_level(user) >= VOICE


def _refused(channel: Channel, words: str) -> NumericError:
    return NumericError(ERR_CANNOTSENDTOCHAN, channel.name, words)
