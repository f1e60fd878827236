"""How a person finds again what was open at the end of the last run, once the server has let them in.

A guest joins the channels again. With an account that may be the server's task: after the welcome it is asked
for a PONG, and when it has put us into more than one of the channels by then, it decides which ones they are.
"""

from __future__ import annotations

from chatapp.client.incoming.events import ErrorReply, PongReceived
from chatapp.client.local.conversation_prefs import ConversationPrefs, Return
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.network import Network
from chatapp.client.outgoing.line_splitting import joins
from chatapp.protocol.message import Message

TOKEN = "return"  # of the PING
_LOST = frozenset({"403", "405", "437", "473", "474", "475", "476", "477", "479"})  # refusals of a JOIN

Channels = tuple[tuple[str, str], ...]
"""Names with their keys."""


class ReopenConversations:
    """What is to come back. Without a memory, nothing is."""

    def __init__(self) -> None:
        self.memory: ConversationPrefs | None = None
        self._awaited = ""  # the folded name of the channel that was in sight
        self._held: Channels = ()  # of an account, until the server has shown whether it keeps them

    def begin(self, network: Network) -> tuple[list[Conversation], Channels, list[Message]]:
        """We are in.

        Returns:
            The direct messages that were made, the channels to join now, and what to send besides.
        """
        back = self.memory.returning() if self.memory else Return(self._held)
        self._awaited = network.fold(back.current) or self._awaited
        new = [name for name in back.directs if network.find(name) is None and not is_ignored(network, name)]
        made = [network.add(name, "direct") for name in new]
        for each in made:
            each.behind = True
        self._held = back.channels or self._held
        if network.account and self._held:
            return made, (), [Message("PING", [TOKEN])]
        channels, self._held = self._held, ()
        return made, channels, []

    def ponged(self, network: Network, event: PongReceived) -> list[Message]:
        """The welcome is over: join what the server has not put us into, unless it keeps our channels."""
        if event.token != TOKEN or not self._held:
            return []
        held, self._held = self._held, ()
        there = [name for name, _ in held if (found := network.find(name)) and found.joined]
        if len(there) > 1 and self.memory:
            self.memory.settle_all()
            return []
        return joins(each for each in held if each[0] not in there)

    def refused(self, event: ErrorReply) -> None:
        """A channel that does not let us in any longer is not tried at each start."""
        if self.memory and event.code in _LOST:
            for name in event.about:
                self.memory.settle(name)

    def joined(self, network: Network, channel: str) -> bool:
        """We are in a channel; says whether it is the one that was in sight."""
        if self.memory:
            self.memory.settle(channel)
        return self.is_awaited(network, channel)

    def is_awaited(self, network: Network, name: str) -> bool:
        """Whether this is the conversation that was in sight, and nobody has chosen another since."""
        return bool(self._awaited) and network.fold(name) == self._awaited

    def chosen(self) -> None:
        """A person has chosen what to look at."""
        self._awaited = ""
