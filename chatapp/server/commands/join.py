"""JOIN: join channels."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError, NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.membership import join_channel, part_channel
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def join(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """JOIN <channel>{,<channel>} [<key>{,<key>}]: join channels; a new name creates one. JOIN 0 leaves all.

    Sends:
        JOIN to the members; topic and names to the user who joined.
    Errors:
        403 not a channel name, 405 too many channels, 439 too many new channels, 471 full, 473 invite-only,
        474 banned, 475 wrong key, 477 only for accounts; FAIL JOIN CHANNEL_RENAMED.
    Source:
        modern IRC JOIN.
    """
    if msg.params[0] == "0":
        for channel in list(user.channels):
            part_channel(world, user, channel, "", out)
        return
    keys = iter(msg.params[1].split(",") if len(msg.params) > 1 else ())
    for name in msg.params[0].split(","):
        try:
            join_channel(world, user, name, next(keys, ""), out)
        except (NumericError, FailError) as error:
            out.refuse(error)
