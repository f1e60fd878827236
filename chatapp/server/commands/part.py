"""PART: leaving channels, and when a channel ends.

A channel stays when its last member leaves, with topic and history, so that a class finds it again next
morning. Two kinds of channels that no account has a rank in end then: a closed one (key, invitation, secret,
accounts only), since nobody could enter it, or strangers would find what was said in private; and a silent
one, which has no topic and in which nothing was said, since its modes and masks alone are not worth keeping.
"""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.membership import leave
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def part(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """PART <channel>{,<channel>} [:<reason>]: leave channels.

    Sends   PART to the members
    Errors  403 no such channel, 442 not in it
    Source  modern IRC PART
    """
    reason = msg.params[1] if len(msg.params) > 1 else ""
    for name in msg.params[0].split(","):
        try:
            leave(world, user, world.channel_of(user, name), reason, out)
        except NumericError as refused:
            out.refuse(refused)
