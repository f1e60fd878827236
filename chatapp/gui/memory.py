"""What is kept of conversations from one run to the next: drafts, what is muted, who is ignored."""

from __future__ import annotations

from chatapp.client.model import Conversation, Network
from chatapp.client.settings import Settings


class Memory:
    """Follows one network at a time; what it had goes into the settings when another takes its place."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server = ""
        self._network = Network()
        self._known: set[Conversation] = set()

    def recall(self, server: str, network: Network) -> None:
        """Give the conversations that have come into being what they had before.

        Takes  server: `host:port`
        """
        if network is not self._network or server != self._server:
            self.keep()
            self._server, self._network, self._known = server, network, set()
            network.ignored |= {nick for each, nick in map(_parted, self._settings.ignored) if each == server}
        for conversation in set(network.conversations.values()) - self._known:
            key = self._key(conversation)
            conversation.muted = key in self._settings.muted
            conversation.draft = conversation.draft or self._settings.drafts.get(key, "")
        self._known = set(network.conversations.values())

    def keep(self) -> None:
        """Write down how it is now. What belongs to other servers, or to conversations not open, stays."""
        settings, server = self._settings, self._server
        if not server:
            return
        here = {self._key(each): each for each in self._known}
        drafts = {key: text for key, text in settings.drafts.items() if key not in here}
        settings.drafts = drafts | {key: each.draft for key, each in here.items() if each.draft.strip()}
        muted = [key for key in settings.muted if key not in here]
        settings.muted = muted + sorted(key for key, each in here.items() if each.muted)
        ignored = [each for each in settings.ignored if _parted(each)[0] != server]
        settings.ignored = ignored + sorted(f"{server} {nick}" for nick in self._network.ignored)

    def _key(self, conversation: Conversation) -> str:
        return f"{self._server} {self._network.fold(conversation.name)}"


def _parted(key: str) -> tuple[str, str]:
    """Server and name of `host:port name`."""
    server, _, name = key.partition(" ")
    return server, name
