"""Tells the sessions of owners and moderators that watch the server what has changed, see OVERVIEW."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.world import World

COMMAND = "OVERVIEW"


def notify_watchers(world: World, part: str, out: Outbox) -> None:
    """Notify the watchers that a part of the overview has changed.

    Sends:
        NOTE OVERVIEW CHANGED with the part.
    """
    have = "has" if part == "storage" else "have"
    message = Message(
        "NOTE", (COMMAND, "CHANGED", part, f"The {part} of the server {have} changed"), world.name
    )
    out.deliver(world.watchers(), message)
