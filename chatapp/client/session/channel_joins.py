"""Remembers the JOINs that are not answered yet: their keys, and which channels to show once joined."""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.client.model.network import Network
from chatapp.client.outgoing.line_splitting import join_messages
from chatapp.protocol.message import Message

Channel = tuple[str, str]
"""Name and key of a channel; the key is empty if there is none."""


class ChannelJoins:
    """Remembers the JOINs of one network until the server has answered them.

    A channel that the client joins by itself stays wanted until the server lets us in or refuses. If the
    connection is lost before that, it is joined at the next welcome.
    """

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}  # by folded name: sent with a JOIN that is not answered yet
        self._wanted: dict[str, Channel] = {}  # by folded name: to be joined again after a loss
        self._shown: set[str] = set()  # folded names: to be shown once joined

    def note_keys(self, network: Network, message: Message) -> None:
        """Remember the keys of a message if it is a JOIN."""
        if message.command == "JOIN" and len(message.params) > 1:
            names, keys = (each.split(",") for each in message.params[:2])
            self._keys.update(zip(map(network.fold, names), keys, strict=False))

    def show_when_joined(self, network: Network, channel: str) -> None:
        """Remember that the user asked for this channel."""
        self._shown.add(network.fold(channel))

    def join(self, network: Network, channels: Iterable[Channel]) -> list[Message]:
        """Return the messages that join these channels."""
        wanted = {network.fold(name): (name, key) for name, key in channels}
        self._wanted |= wanted
        return join_messages(wanted.values())

    def join_again(self, network: Network, channels: Iterable[Channel]) -> list[Message]:
        """Return the messages that join these channels and those that we were in before the loss."""
        return self.join(network, [*channels, *self._wanted.values()])

    def connection_lost(self, network: Network) -> None:
        """Remember the channels that we are in. Call this before the model marks them as not joined."""
        joined = [each for each in network.channels() if each.joined]
        again = {network.fold(each.name): (each.name, each.channel_key) for each in joined}
        self._wanted = again | self._wanted

    def joined(self, network: Network, channel: str) -> tuple[str, bool]:
        """Note that we have joined a channel; return the key used, and whether the user asked to see it."""
        folded = network.fold(channel)
        self._wanted.pop(folded, None)
        is_shown = folded in self._shown
        self._shown.discard(folded)
        return self._keys.pop(folded, ""), is_shown

    def refused(self, network: Network, names: Iterable[str]) -> None:
        """Forget the channels that an error of the server names, and their keys."""
        for folded in map(network.fold, names):
            self._keys.pop(folded, None)
            self._wanted.pop(folded, None)

    def forget(self, network: Network, channel: str) -> None:
        """Do not join this channel again, because the user has closed it."""
        self._wanted.pop(network.fold(channel), None)
