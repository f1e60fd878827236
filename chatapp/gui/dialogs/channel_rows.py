"""The rows of the list of channels: those of the server by number of people, and one to make a new channel.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain
from chatapp.gui.main.conversation_row import without_hash
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded
from chatapp.gui.widgets.list_row import ListRow, RowSource
from chatapp.protocol import names

MAKE_KEY = " make"  # of the row that makes a channel; no name of a channel begins like this


class ChannelSearch:
    """Finds channels of a list, which may have tens of thousands.

    Args:
        listed: In any order.
    """

    def __init__(self, network: Network, listed: Sequence[ListedChannel] = ()) -> None:
        self._network = network
        self._listed = sorted(listed, key=lambda each: (-each.people, each.name.casefold()))
        self._texts = [folded(without_hash(each.name)) for each in self._listed]
        self._names = {network.fold(each.name) for each in self._listed}

    def is_known(self, name: str) -> bool:
        """Return whether a channel is listed, or we are in it."""
        found = self._network.find(name)
        return self._network.fold(name) in self._names or (found is not None and found.joined)

    def rows(self, typed: str, new: str = "") -> RowSource:
        """Return the channels that match, the best match first, then those with most people.

        Args:
            new: The name of a channel to offer to make; empty for none.
        """
        found = self._listed
        pattern = FuzzyPattern(typed.lstrip("#&"))
        if typed.lstrip("#&"):
            ranked = ((pattern.rank(text), at) for at, text in enumerate(self._texts))
            matching = sorted((rank, at) for rank, at in ranked if rank is not None)
            found = [self._listed[at] for _, at in matching]
        keys = [each.name for each in found]
        tall = frozenset(at for at, each in enumerate(found) if each.topic.strip())
        if new:
            keys.append(MAKE_KEY)
        return RowSource(keys, partial(self._row, found, pattern, new), tall=tall)

    def _row(self, found: Sequence[ListedChannel], pattern: FuzzyPattern, new: str, index: int) -> ListRow:
        if index == len(found):
            return ListRow(MAKE_KEY, f"Make {new}", "new, or not in the list", "plus", "muted")
        channel = found[index]
        name = without_hash(channel.name)
        opened = self._network.find(channel.name)
        people = f"{channel.people} {'person' if channel.people == 1 else 'people'}"
        return ListRow(
            channel.name,
            name,
            note="Joined" if opened is not None and opened.joined else "",
            icon="hash",
            icon_role="muted",
            count=people,
            detail=" ".join(plain(channel.topic).split()),
            found=pattern.places(name),
        )


def new_channel(network: Network, typed: str) -> tuple[str, str]:
    """Return the name of the channel that a text names, and why it cannot be one; one of both is empty."""
    if not typed.strip("#& "):
        return "", ""
    name = names.as_channel(typed)
    announced = network.isupport.get("CHANNELLEN", "")
    longest = int(announced) if announced.isdecimal() and 0 < len(announced) < 5 else names.LONGEST_CHANNEL
    problem = names.why_no_channel(f"#{name[1:]}", longest)
    if not problem and not network.is_channel(name):
        problem = f"On this server the name of a channel begins with “{network.isupport['CHANTYPES'][:1]}”."
    return ("", problem) if problem else (name, "")
