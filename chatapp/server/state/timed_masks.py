"""The masks of channels that end at a certain time, in the order in which they end."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from chatapp.server.state.channel import Channel, MaskEntry

FEWEST = 500  # entries for which looking through them is not worth it


class EndedMask(NamedTuple):
    """A mask whose time is over; `letter` is the list of the channel that has it."""

    channel: Channel
    letter: str
    entry: MaskEntry


class TimedMasks:
    """A queue. A mask that was removed or changed meanwhile is left out when its time comes."""

    def __init__(self) -> None:
        self._queue: list[tuple[int, int, Channel, str, MaskEntry]] = []
        self._most = 2 * FEWEST  # entries before those are removed whose masks were removed or changed
        self._numbers = count()  # so that entries of the same time are never compared further

    def add(self, channel: Channel, letter: str, entry: MaskEntry) -> None:
        """Add a mask that has an end."""
        if len(self._queue) >= self._most:
            self._queue = [each for each in self._queue if _is_set(*each[2:])]
            heapq.heapify(self._queue)
            self._most = 2 * max(len(self._queue), FEWEST)
        heapq.heappush(self._queue, (entry.until, next(self._numbers), channel, letter, entry))

    def take_ended(self, now: int) -> Iterator[EndedMask]:
        """Yield the masks that end at this time or before, and are still in their list."""
        while self._queue and self._queue[0][0] <= now:
            _, _, channel, letter, entry = heapq.heappop(self._queue)
            if _is_set(channel, letter, entry):
                yield EndedMask(channel, letter, entry)


def _is_set(channel: Channel, letter: str, entry: MaskEntry) -> bool:
    return channel.lists.get(letter, {}).get(entry.mask) is entry
