"""Stores conversations from one run of the program to the next, for each server.

    drafts and their files, muted conversations, favourites        as the user left them
    what is notified of, folded sections           as the user left them
    ignored people                                 as the user left them
    channels, direct messages, the current one     reopened after the next login
    read markers                                   decide what is unread then

A server that keeps an account in its channels reopens them by itself, and knows which ones were left on
another device. Its decision overrides what is stored here.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from heapq import nlargest
from pathlib import Path
from typing import Any, NamedTuple

from chatapp.client.local import saved_servers
from chatapp.client.local.settings import Settings
from chatapp.client.model import favourites, ignored_people
from chatapp.client.model.conversation import Conversation, NotifyLevel
from chatapp.client.model.incoming_messages import MILLISECOND
from chatapp.client.model.network import Network
from chatapp.client.outgoing.confidential import holds_password

MAX_CONVERSATIONS = 1000  # of one server
GUEST_KEY_BYTES = 32  # of randomness
SEEN_SECONDS = 300  # between two updates of `Settings.seen`, so that the file is not written all the time

DEFAULT_NOTIFY: NotifyLevel = "default"
LEVELS: dict[str, NotifyLevel] = {"everything": "everything", "mentions": "mentions", "nothing": "nothing"}


class StoredConversations(NamedTuple):
    """The conversations to reopen: channels with their keys, direct messages, and the current one."""

    channels: tuple[tuple[str, str], ...] = ()
    directs: tuple[str, ...] = ()
    current: str = ""


class ConversationPrefs:
    """Stores the conversations of one network at a time in the settings."""

    def __init__(self, settings: Settings, wall: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._wall = wall
        self._server = ""
        self._network = Network()
        self._is_reopened = False
        self._pending: dict[str, str] = {}  # channels that are not reopened yet, by folded name

    def forget(self) -> None:
        """Delete what is stored, and store nothing more."""
        saved_servers.forget(self._settings, self._server)
        self._server = ""

    def guest_key(self) -> str:
        """Return by what the server recognises the user as the guest of before; make it at the first time."""
        keys = self._settings.guest_keys
        if self._server not in keys:
            self._settings.guest_keys = {**keys, self._server: secrets.token_urlsafe(GUEST_KEY_BYTES)}
        return self._settings.guest_keys[self._server]

    def follow(self, server: str, network: Network) -> None:
        """Follow this network: restore its conversations, the present ones now and later ones when added.

        Args:
            server: Its key, see `saved_servers`; mostly `host:port`.
        """
        if network is self._network and server == self._server:
            return
        self.save()
        settings = self._settings
        self._server, self._network = server, network
        self._is_reopened, self._pending = False, {}
        network.favourites = self._of_server(settings.favourites)
        network.folded = set(self._of_server(settings.folded))
        network.ignored |= set(self._of_server(settings.ignored))
        self.apply_options()
        network.disconnected_at = settings.seen.get(server, network.disconnected_at)
        network.on_added = self._restore
        network.on_renaming = self._rename
        for conversation in network.conversations.values():
            self._restore(conversation)

    def apply_options(self) -> None:
        """Make the settings about sending take effect, after they have changed."""
        self._network.shares_read = self._settings.share_read
        self._network.short_names = self._settings.short_names

    def to_reopen(self) -> StoredConversations:
        """Return what to reopen after a login: everything after the first login, nothing after later ones."""
        if self._is_reopened or not self._server:
            return StoredConversations()
        self._is_reopened = True
        settings, network = self._settings, self._network
        if not settings.reopen:
            return StoredConversations()
        names = self._of_server(settings.conversations)
        channels = [name for name in names if network.is_channel(name)]
        self._pending = {network.fold(name): name for name in channels}
        return StoredConversations(
            tuple((name, settings.keys.get(self._key(name), "")) for name in channels),
            tuple(name for name in names if not network.is_channel(name)),
            settings.current.get(self._server, ""),
        )

    def reopened(self, channel: str) -> None:
        """Note that a channel was reopened, or cannot be reopened."""
        self._pending.pop(self._network.fold(channel), None)

    def all_reopened(self) -> None:
        """Note that the server has decided which channels are open."""
        self._pending.clear()

    def save(self, is_last: bool = False) -> None:
        """Copy the present state into the settings. Entries of other servers and closed conversations stay.

        Args:
            is_last: Whether the program ends, so that the exact time is stored.
        """
        settings, server, network = self._settings, self._server, self._network
        if not server:
            return
        here = {f"{server} {folded}": each for folded, each in network.conversations.items()}
        drafts = {key: text for key, text in settings.drafts.items() if key not in here}
        unsent = {key: text for key, each in here.items() if _may_be_kept(text := _unsent_text(each))}
        settings.drafts = drafts | unsent if settings.keep_drafts else {}
        files = {key: paths for key, paths in settings.draft_files.items() if key not in here}
        files |= {key: "\n".join(paths) for key, each in here.items() if (paths := _unsent_paths(each))}
        settings.draft_files = files if settings.keep_drafts else {}
        muted = [key for key in settings.muted if key not in here]
        settings.muted = muted + sorted(key for key, each in here.items() if each.muted)
        notify = {key: level for key, level in settings.notify.items() if key not in here}
        settings.notify = notify | {
            key: each.notify for key, each in here.items() if each.notify != DEFAULT_NOTIFY
        }
        settings.favourites = self._replaced(settings.favourites, network.favourites)
        settings.folded = self._replaced(settings.folded, sorted(network.folded))
        settings.ignored = self._replaced(settings.ignored, sorted(ignored_people.stored_keys(network)))
        settings.read = self._read_markers(here)
        marked = {key: at for key, at in settings.marked_unread.items() if key not in here}
        settings.marked_unread = marked | {
            key: round(each.outdated_marker * 1000)
            for key, each in here.items()
            if each.outdated_marker is not None
        }
        kept = [key for key in settings.kept_unread if key not in here and self._may_return(key)]
        settings.kept_unread = kept + [key for key, each in here.items() if each.keeps_unread]
        if self._is_reopened:
            self._save_open_conversations()
            self._save_seen(is_last)

    def _restore(self, conversation: Conversation) -> None:
        """Restore one conversation."""
        key, settings = self._key(conversation.name), self._settings
        conversation.muted = key in settings.muted
        conversation.favourite = self._network.fold(conversation.name) in self._network.favourites
        level = settings.notify.get(key, "")
        conversation.notify = LEVELS.get(level, DEFAULT_NOTIFY)
        conversation.draft = conversation.draft or settings.drafts.get(key, "")
        if not conversation.attachments:
            conversation.kept_files = [
                Path(each) for each in settings.draft_files.get(key, "").split("\n") if each
            ]
        if key in settings.read:
            conversation.read_marker = settings.read[key] / 1000
        if key in settings.marked_unread:
            conversation.outdated_marker = settings.marked_unread[key] / 1000
            conversation.keeps_unread = key in settings.kept_unread
        if key in settings.keys:
            conversation.channel_key = settings.keys[key]

    def _rename(self, conversation: Conversation, name: str) -> None:
        """Delete what is stored under the old name of a channel, which another channel may take.

        A favourite stays one under its new name.
        """
        favourites.rename(self._network, conversation.name, name)
        settings, before, after = self._settings, self._key(conversation.name), self._key(name)
        if conversation.kind != "channel" or before == after:
            return
        tables: tuple[dict[str, Any], ...] = (
            settings.drafts, settings.draft_files, settings.read, settings.keys, settings.notify,
            settings.marked_unread,
        )  # fmt: skip
        for table in tables:
            table.pop(before, None)
        settings.muted = [key for key in settings.muted if key != before]
        settings.kept_unread = [key for key in settings.kept_unread if key != before]
        fold, old = self._network.fold, self._network.fold(conversation.name)
        settings.channels = [name if fold(each) == old else each for each in settings.channels]

    def _read_markers(self, here: dict[str, Conversation]) -> dict[str, int]:
        """Return the read markers in milliseconds; of too many the latest."""
        known = {key: round(bound * 1000) for key, each in here.items() if (bound := _unread_after(each))}
        read, start = self._settings.read, f"{self._server} "
        mine = {key: at for key, at in read.items() if key.startswith(start)} | known
        others = {key: at for key, at in read.items() if not key.startswith(start)}
        latest = (
            nlargest(MAX_CONVERSATIONS, mine.items(), key=lambda item: item[1])
            if len(mine) > MAX_CONVERSATIONS
            else mine
        )
        return others | dict(latest)

    def _save_open_conversations(self) -> None:
        """Store which conversations are open, and which one is current."""
        settings, server, network = self._settings, self._server, self._network
        stored = {key for key in settings.conversations if _split_key(key)[0] == server}
        each_name = network.conversations.items()
        there = {folded: each.name for folded, each in each_name if self._stays(each, stored)}
        names = list((self._pending | there).values())
        settings.conversations = self._replaced(settings.conversations, names[:MAX_CONVERSATIONS])
        keys = {key: value for key, value in settings.keys.items() if _split_key(key)[0] != server}
        mine = {self._key(each.name): each.channel_key for each in network.channels() if each.channel_key}
        settings.keys = keys | mine
        if network.current and network.current.kind != "server" and not self._pending:
            settings.current = {**settings.current, server: network.current.name}

    def _stays(self, conversation: Conversation, stored: set[str]) -> bool:
        """Return whether to reopen a conversation next time: not a channel from which we were removed."""
        if conversation.kind != "channel":
            return conversation.kind == "direct"
        if self._network.state == "online":
            return conversation.joined or conversation.behind
        return f"{self._server} {conversation.name}" in stored

    def _may_return(self, key: str) -> bool:
        """Return whether what is stored of a conversation that is not open is still to be restored."""
        server, folded = _split_key(key)
        return server != self._server or not self._is_reopened or folded in self._pending

    def _save_seen(self, is_last: bool) -> None:
        """Store the time up to which no direct message is missing."""
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

    def _of_server(self, stored: list[str]) -> list[str]:
        """Return the names of this server in a list of `host:port name`."""
        return [name for server, name in map(_split_key, stored) if server == self._server]

    def _replaced(self, stored: list[str], names: Sequence[str]) -> list[str]:
        """Return a list of `host:port name` in which these names are those of this server."""
        others = [key for key in stored if _split_key(key)[0] != self._server]
        return others + [f"{self._server} {name}" for name in names]

    def _key(self, name: str) -> str:
        return f"{self._server} {self._network.fold(name)}"


def _unread_after(conversation: Conversation) -> float:
    """Return the read marker to store, in seconds; 0 for none.

    Of a conversation that was never read, it is the time before the first unread message: the next run would
    ask only for messages after the end of this one.
    """
    bound = conversation.unread_after
    if bound == 0.0:
        bound = min((each.time for each in conversation.entries if each.unread), default=0.0) - MILLISECOND
    return max(bound or 0.0, 0.0)


def _unsent_text(conversation: Conversation) -> str:
    """Return what is written, after the messages that wait for their files."""
    waiting = [each.text for each in conversation.pending() if each.attachments]
    return "\n".join(filter(None, (*waiting, conversation.unsent_text)))


def _unsent_paths(conversation: Conversation) -> list[str]:
    """Return the paths of the files that are not sent; what was pasted has none."""
    waiting = (file for each in conversation.pending() for file in each.attachments)
    sources = [each.source for each in (*waiting, *conversation.attachments)]
    paths = [str(each.absolute()) for each in (*conversation.kept_files, *sources) if isinstance(each, Path)]
    return [each for each in dict.fromkeys(paths) if "\n" not in each]


def _may_be_kept(draft: str) -> bool:
    return bool(draft) and not draft.isspace() and not holds_password(draft)


def _split_key(key: str) -> tuple[str, str]:
    """Split `host:port name` into server and name."""
    server, _, name = key.partition(" ")
    return server, name
