"""Sends the topic and the names of a channel."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import MULTI_PREFIX, USERHOST_IN_NAMES
from chatapp.protocol.message import Message, pack
from chatapp.protocol.presence import UNSPECIFIED
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User

MAX_AWAY_MESSAGES = 200  # that are sent after a JOIN
_SAYS_NOTHING = frozenset({"", UNSPECIFIED})
NAMES_BYTES = 380  # the most bytes of names in one 353, so that the whole line fits


def show_topic(session: Session, channel: Channel, out: Outbox) -> None:
    """Send 332 and 333, or 331 if there is no topic."""
    if not channel.topic:
        out.reply_to(session, numerics.RPL_NOTOPIC, channel.name)
        return
    out.reply_to(session, numerics.RPL_TOPIC, channel.name, channel.topic)
    if channel.topic_by:
        out.reply_to(
            session, numerics.RPL_TOPICWHOTIME, channel.name, channel.topic_by, str(channel.topic_at)
        )


def show_names(session: Session, asker: User, channel: Channel, out: Outbox) -> None:
    """Send the names as 353, in as many lines as needed, then 366."""
    out.work += len(channel.members)  # one step for each member
    symbol = "@" if "s" in channel.modes else "="
    for line in pack(_names(session, asker, channel), NAMES_BYTES):
        out.reply_to(session, numerics.RPL_NAMREPLY, symbol, channel.name, line)
    out.reply_to(session, numerics.RPL_ENDOFNAMES, channel.name)


def show_away_messages(session: Session, asker: User, channel: Channel, out: Outbox) -> None:
    """Send the away messages of members, also of those who are not connected, as AWAY.

    WHO tells only who is away, not why. A client would need a WHOIS for each member.
    """
    shown = 0
    for user in channel.members:
        if user.away not in _SAYS_NOTHING and user is not asker and channel.shows(user, asker):
            out.send(session.own_audience, Message("AWAY", (user.away,), user.source))
            shown += 1
            if shown == MAX_AWAY_MESSAGES:
                break


def _names(session: Session, asker: User, channel: Channel) -> list[str]:
    """Return the members that a session may see, with their prefixes."""
    visible = channel.shown_to(asker)
    every_prefix = bool(session.caps & MULTI_PREFIX)
    if session.caps & USERHOST_IN_NAMES:
        return [member.prefix(every_prefix) + user.source for user, member in visible]
    return [
        member.prefix(every_prefix) + user.nick if member.ranks else user.nick for user, member in visible
    ]
