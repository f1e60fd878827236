"""What is kept of conversations from one run to the next, for each server on this computer.

    drafts, what is muted, who is ignored        as a person left it
    channels, direct messages, the one in sight  come back at the next login
    how far was read                             says what is unread then

A server that keeps an account in its channels puts us back by itself, and knows which ones we left on another
device: what it says goes before what is kept here.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from heapq import nlargest
from typing import NamedTuple

from chatapp.client.local.settings import Settings
from chatapp.client.model import ignored_people
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.outgoing.confidential import holds_password

MAX_CONVERSATIONS = 1000  # conversations of a server
SEEN_SECONDS = 300  # how exactly is kept when we were here last, so that the file rests


class Return(NamedTuple):
    """What comes back: channels with their keys, direct messages, and the conversation that was in sight."""

    channels: tuple[tuple[str, str], ...] = ()
    directs: tuple[str, ...] = ()
    current: str = ""


class ConversationPrefs:
    """Follows one network at a time; what it had goes into the settings when another takes its place."""

    def __init__(self, settings: Settings, wall: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._wall = wall
        self._server = ""
        self._network = Network()
        self._has_returned = False
        self._pending: dict[str, str] = {}  # channels that have not come back yet, by folded name

    def recall(self, server: str, network: Network) -> None:
        """Follow this network; its conversations get what they had before, now and as they come into being.

        Args:
            server: `host:port`.
        """
        if network is self._network and server == self._server:
            return
        self.save()
        settings = self._settings
        self._server, self._network = server, network
        self._has_returned, self._pending = False, {}
        network.ignored |= {nick for each, nick in map(_parted, settings.ignored) if each == server}
        network.disconnected_at = settings.seen.get(server, network.disconnected_at)
        network.on_added = self._recall
        network.on_renaming = self._move
        for conversation in network.conversations.values():
            self._recall(conversation)

    def returning(self) -> Return:
        """What comes back with this login: all at the first one, nothing later."""
        if self._has_returned or not self._server:
            return Return()
        self._has_returned = True
        settings, network = self._settings, self._network
        names = [name for each, name in map(_parted, settings.conversations) if each == self._server]
        channels = [name for name in names if network.is_channel(name)]
        self._pending = {network.fold(name): name for name in channels}
        return Return(
            tuple((name, settings.keys.get(self._key(name), "")) for name in channels),
            tuple(name for name in names if not network.is_channel(name)),
            settings.current.get(self._server, ""),
        )

    def settle(self, channel: str) -> None:
        """A channel has come back, or never will."""
        self._pending.pop(self._network.fold(channel), None)

    def settle_all(self) -> None:
        """The server says which channels we are in."""
        self._pending.clear()

    def save(self, is_last: bool = False) -> None:
        """Write down how it is now. What belongs to other servers, or to conversations not open, stays.

        Args:
            is_last: Whether this is the end, so that even the moment counts.
        """
        settings, server, network = self._settings, self._server, self._network
        if not server:
            return
        here = {f"{server} {folded}": each for folded, each in network.conversations.items()}
        drafts = {key: text for key, text in settings.drafts.items() if key not in here}
        settings.drafts = drafts | {key: each.draft for key, each in here.items() if _has_draft(each)}
        muted = [key for key in settings.muted if key not in here]
        settings.muted = muted + sorted(key for key, each in here.items() if each.muted)
        ignored = [each for each in settings.ignored if _parted(each)[0] != server]
        settings.ignored = ignored + sorted(
            f"{server} {nick}" for nick in ignored_people.stored_keys(network)
        )
        settings.read = self._bounds(here)
        if self._has_returned:
            self._keep_places()
            self._keep_time(is_last)

    def _recall(self, conversation: Conversation) -> None:
        """Give a conversation what it had."""
        key, settings = self._key(conversation.name), self._settings
        conversation.muted = key in settings.muted
        conversation.draft = conversation.draft or settings.drafts.get(key, "")
        if key in settings.read:
            conversation.read_marker = settings.read[key] / 1000
        if key in settings.keys:
            conversation.channel_key = settings.keys[key]

    def _move(self, conversation: Conversation, name: str) -> None:
        """A channel gets another name: nothing is kept under the one before, which may become another's."""
        settings, before, after = self._settings, self._key(conversation.name), self._key(name)
        if conversation.kind != "channel" or before == after:
            return
        for table in (settings.drafts, settings.read, settings.keys):
            table.pop(before, None)
        settings.muted = [key for key in settings.muted if key != before]
        fold, old = self._network.fold, self._network.fold(conversation.name)
        settings.channels = [name if fold(each) == old else each for each in settings.channels]

    def _bounds(self, here: dict[str, Conversation]) -> dict[str, int]:
        """How far was read, in milliseconds; of too many the latest."""
        known = {key: round(bound * 1000) for key, each in here.items() if (bound := each.unread_after)}
        read, start = self._settings.read, f"{self._server} "
        mine = {key: at for key, at in read.items() if key.startswith(start)} | known
        others = {key: at for key, at in read.items() if not key.startswith(start)}
        latest = (
            nlargest(MAX_CONVERSATIONS, mine.items(), key=lambda item: item[1])
            if len(mine) > MAX_CONVERSATIONS
            else mine
        )
        return others | dict(latest)

    def _keep_places(self) -> None:
        """Which conversations there are, and which one is in sight."""
        settings, server, network = self._settings, self._server, self._network
        kept = {key for key in settings.conversations if _parted(key)[0] == server}
        each_name = network.conversations.items()
        there = {folded: each.name for folded, each in each_name if self._stays(each, kept)}
        names = list((self._pending | there).values())
        others = [key for key in settings.conversations if _parted(key)[0] != server]
        settings.conversations = others + [f"{server} {name}" for name in names[:MAX_CONVERSATIONS]]
        keys = {key: word for key, word in settings.keys.items() if _parted(key)[0] != server}
        mine = {self._key(each.name): each.channel_key for each in network.channels() if each.channel_key}
        settings.keys = keys | mine
        if network.current and network.current.kind != "server" and not self._pending:
            settings.current = {**settings.current, server: network.current.name}

    def _stays(self, conversation: Conversation, kept: set[str]) -> bool:
        """Whether a conversation comes back next time: not one that we were removed from."""
        if conversation.kind != "channel":
            return conversation.kind == "direct"
        if self._network.state == "online":
            return conversation.joined or conversation.behind
        return f"{self._server} {conversation.name}" in kept

    def _keep_time(self, is_last: bool) -> None:
        """Until when we know of everything that was said to us."""
        settings, network = self._settings, self._network
        if network.awaits_targets or network.state != "online":
            return
        if any(each.behind and each.kind == "direct" for each in network.conversations.values()):
            return
        now = network.time(self._wall())
        seen = int(now) if is_last else int(now // SEEN_SECONDS) * SEEN_SECONDS
        before = settings.seen.get(self._server, 0)
        if seen - before >= (1 if is_last else SEEN_SECONDS) or seen < before - SEEN_SECONDS:
            settings.seen = {**settings.seen, self._server: seen}

    def _key(self, name: str) -> str:
        return f"{self._server} {self._network.fold(name)}"


def _has_draft(conversation: Conversation) -> bool:
    draft = conversation.draft
    return bool(draft) and not draft.isspace() and not holds_password(draft)


def _parted(key: str) -> tuple[str, str]:
    """Server and name of `host:port name`."""
    server, _, name = key.partition(" ")
    return server, name
