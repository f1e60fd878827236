"""Removes messages that the server has deleted because their channel keeps them for some days only (mode H).

The server does not tell of each message. Mode H says how long it keeps them, and a message is removed here
when its time has been over for a while: a server deletes many messages a few at a time.
"""

from __future__ import annotations

from chatapp.client.model.changes import Change, Removed
from chatapp.client.model.network import Network
from chatapp.client.model.read_state import uncount
from chatapp.protocol.timestamps import DAY_SECONDS

GRACE_SECONDS = 60.0  # after the time of a message, until the server has certainly deleted it
CHECK_SECONDS = 15.0  # between two looks at the channels


class ExpiredMessages:
    """The expired messages of one network."""

    def __init__(self) -> None:
        self._next_check = 0.0  # as `Network.monotonic`

    def due(self, network: Network) -> list[Change]:
        """Remove what is too old for its channel, also from an older part that is shown."""
        if network.monotonic < self._next_check:
            return []
        self._next_check = network.monotonic + CHECK_SECONDS
        now = network.time(network.wall) - GRACE_SECONDS
        changes: list[Change] = []
        for channel in network.channels():
            parts = (channel, channel.past) if channel.joined and channel.keep_days else ()
            for part in parts:
                gone = part.remove_before(now - channel.keep_days * DAY_SECONDS) if part else []
                if part and gone:
                    changes += [Removed(part, tuple(gone)), *uncount(part, gone)]
        return changes
