"""Reopens what was open at the end of the last run, once the server has let us in.

A guest's channels are joined again. With an account the server may do that: after the welcome it is asked for
a PONG, and if it has put us into more than one of the channels by then, it decides which ones we are in.
"""

from __future__ import annotations

from chatapp.client.incoming.events import ErrorReply, PongReceived
from chatapp.client.local.conversation_prefs import ConversationPrefs, StoredConversations
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.network import Network
from chatapp.protocol.message import Message

TOKEN = "return"  # of the PING
_LOST = frozenset({"403", "405", "437", "473", "474", "475", "476", "477", "479"})  # refusals of a JOIN

Channels = tuple[tuple[str, str], ...]
"""Names of channels with their keys."""


class ReopenConversations:
    """Reopens the conversations of one network.

    Attributes:
        prefs: The store of the last run; None to reopen nothing.
    """

    def __init__(self) -> None:
        self.prefs: ConversationPrefs | None = None
        self._awaited = ""  # the folded name of the conversation that was shown
        self._held: Channels = ()  # of an account, until we know whether the server joins them

    def begin(self, network: Network) -> tuple[list[Conversation], Channels, list[Message]]:
        """Begin after the welcome.

        Returns:
            The direct messages that were created, the channels to join now, and the messages to send.
        """
        back = self.prefs.to_reopen() if self.prefs else StoredConversations(self._held)
        self._awaited = network.fold(back.current) or self._awaited
        is_to_come = self._awaited in (network.fold(name) for name, _ in back.channels)
        network.restoring = is_to_come and network.find(self._awaited) is None
        new = [name for name in back.directs if network.find(name) is None and not is_ignored(network, name)]
        created = [network.add(name, "direct") for name in new]
        for each in created:
            each.behind = True
        self._held = back.channels or self._held
        if network.account and self._held:
            return created, (), [Message("PING", [TOKEN])]
        channels, self._held = self._held, ()
        return created, channels, []

    def ponged(self, network: Network, event: PongReceived) -> Channels:
        """Return the channels to join now that the server has answered the PING after its welcome."""
        if event.token != TOKEN or not self._held:
            return ()
        held, self._held = self._held, ()
        there = [name for name, _ in held if (found := network.find(name)) and found.joined]
        if len(there) > 1 and self.prefs:
            self.prefs.all_reopened()
            network.restoring = False
            return ()
        return tuple(each for each in held if each[0] not in there)

    def refused(self, network: Network, event: ErrorReply) -> None:
        """Do not rejoin a channel at each start that no longer lets us in."""
        if self.prefs and event.code in _LOST:
            for name in event.about:
                self.prefs.reopened(name)
                if self.is_awaited(network, name):
                    self.chosen(network)

    def joined(self, network: Network, channel: str) -> bool:
        """Note that we have joined a channel; return whether it is the one that was shown."""
        if self.prefs:
            self.prefs.reopened(channel)
        return self.is_awaited(network, channel)

    def is_awaited(self, network: Network, name: str) -> bool:
        """Return whether this conversation was shown, and the user has not chosen another since."""
        return bool(self._awaited) and network.fold(name) == self._awaited

    def chosen(self, network: Network) -> None:
        """Stop waiting: the user chose a conversation, or the awaited one is shown or cannot be shown."""
        self._awaited = ""
        network.restoring = False
