"""PART: leave channels.

A channel with its topic and history outlives its last member, so that a class finds it again the next day.
Two kinds of channels end, unless an account has a rank in them. A restricted channel (key, limit, invite-
only, secret, accounts only) ends because no user could join it, or because strangers could then read private
messages. A channel without topic and messages ends because it has nothing worth storing.
"""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.membership import part_channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def part(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """PART <channel>{,<channel>} [:<reason>]: leave channels.

    Sends:
        PART to the members.
    Errors:
        403 no such channel, 442 not on the channel.
    Source:
        modern IRC PART.
    """
    reason = msg.params[1] if len(msg.params) > 1 else ""
    for name in msg.params[0].split(","):
        try:
            part_channel(world, user, world.channel_of(user, name), reason, out)
        except NumericError as refused:
            out.refuse(refused)
