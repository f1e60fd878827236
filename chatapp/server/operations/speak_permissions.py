"""Decides who may write to a channel or user and who gets the message: bans, and the modes n m M R C S U.

Members with voice or a higher rank are exempt from all of them but C.

Source: modern IRC "Channel Modes".
"""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.modes import HALFOP, LEVEL_OF_PREFIX, RANKS, VOICE
from chatapp.protocol.numerics import ERR_CANNOTSENDTOCHAN, ERR_NEEDREGGEDNICK, FailError, NumericError
from chatapp.protocol.timestamps import iso
from chatapp.server.state import masks
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.user import User

CHECKED_PER_MESSAGE = frozenset("CSU")  # modes that allow one message and may refuse the next
MAX_SENDERS = 1000  # stored senders in slow mode; above that, those who may write again are deleted

_CTCP = "\x01"
_ACTION = "\x01ACTION "


def check_may_speak(user: User, channel: Channel) -> None:
    """Check whether a user may write to a channel at all.

    Raises:
        NumericError: 404.
    """
    member = channel.members.get(user)
    if member is None and "n" in channel.modes:
        raise _refused(channel, "You are not in this channel (+n)")
    if member and channel.effective_level(user) >= VOICE:
        return
    if "m" in channel.modes and "U" not in channel.modes:
        raise _refused(channel, "Only members with voice or a higher rank can write here (+m)")
    if "M" in channel.modes and not user.account:
        raise _refused(channel, "Only users who are logged in can write here (+M)")
    _check_no_ban(user, channel)


def check_not_silenced(user: User, channel: Channel) -> None:
    """Check that no ban or mute keeps a user without a rank from writing to a channel.

    Raises:
        NumericError: 404.
    """
    if is_silenced(user, channel):
        _check_no_ban(user, channel)


def _check_no_ban(user: User, channel: Channel) -> None:
    if found := channel.find_ban(user, for_speaking=True):
        state = "muted" if masks.is_mute(found.mask) else "banned"
        raise _refused(channel, f"You are {state} here{end_text(found)} (+b)")


def check_may_write_to(user: User, recipient: User) -> None:
    """Check whether a user may write to another one.

    Raises:
        NumericError: 477.
    """
    if "R" in recipient.modes and not user.account and user is not recipient:
        reason = "Only users who are logged in may write to this user (+R)"
        raise NumericError(ERR_NEEDREGGEDNICK, recipient.nick, reason)


def end_text(entry: MaskEntry) -> str:
    """Return when a mask ends and why it was set, to be added to a sentence; empty if neither is known."""
    end = f" until {iso(entry.until)}" if entry.until else ""
    return end + (f": {entry.reason}" if entry.reason else "")


def is_silenced(user: User, channel: Channel) -> bool:
    """Return whether a ban or mute keeps a user without a rank from writing to a channel."""
    is_ranked = user in channel.members and channel.effective_level(user) >= VOICE
    return not is_ranked and channel.is_banned(user, for_speaking=True)


def silencing_channel(user: User) -> Channel | None:
    """Return the first channel of a user in which it is banned or muted.

    While there is one, the user may not change the nick or the account: the mask may refer to them.
    """
    return next((channel for channel in user.channels if is_silenced(user, channel)), None)


def check_message(user: User, channel: Channel, msg: Message, now: int) -> None:
    """Check a message of a user who may write, and count it for slow mode.

    Raises:
        NumericError: 404; for slow mode with SLOW_MODE, the channel and the seconds to wait.
    """
    if msg.command == "TAGMSG":
        return
    if "C" in channel.modes and msg.text.startswith(_CTCP) and not msg.text.startswith(_ACTION):
        raise _refused(channel, "CTCP is blocked here, except actions (+C)")
    if "S" in channel.modes and not _has_rank(user, channel):
        _check_slow_mode(user, channel, msg.command, now)


def _check_slow_mode(user: User, channel: Channel, command: str, now: int) -> None:
    pause = int(channel.modes["S"]) * 1000
    left = channel.last_message_times.get(user.identity, now - pause) + pause - now
    if left > 0:
        seconds = str(-(-left // 1000))
        text = f"Slow mode: wait {seconds} more seconds (+S)"
        fail = FailError(command, "SLOW_MODE", text, channel.name, seconds)
        raise NumericError(ERR_CANNOTSENDTOCHAN, channel.name, text, fail=fail)
    if len(channel.last_message_times) >= MAX_SENDERS:
        channel.last_message_times = {
            who: when for who, when in channel.last_message_times.items() if when + pause > now
        }
    channel.last_message_times[user.identity] = now


def receiving_rank(user: User, channel: Channel, status: str) -> str:
    """Return the lowest rank that gets a message: the one that the sender names, or half-operator with U.

    Args:
        status: Prefixes before the channel name; may be empty.

    Returns:
        A prefix; "" if all members get it.
    """
    lowest = min(status, key=LEVEL_OF_PREFIX.__getitem__, default="")
    if "U" in channel.modes and not _has_rank(user, channel) and LEVEL_OF_PREFIX.get(lowest, 0) < HALFOP:
        return RANKS["h"].prefix
    return lowest


def _has_rank(user: User, channel: Channel) -> bool:
    return user in channel.members and channel.effective_level(user) >= VOICE


def _refused(channel: Channel, reason: str) -> NumericError:
    return NumericError(ERR_CANNOTSENDTOCHAN, channel.name, reason)
