"""What changed in the model, so that a view repaints only that.

Added              new entries at the end of a conversation, in order
Prepended          older entries at its beginning, in order
Updated            an entry that stays in its place
Removed            entries that are gone
Reset              entries came or moved somewhere in the middle: show the conversation anew
ConversationChanged  title, topic, unread, mentions, joined, muted, loading_older, complete
ConversationsChanged the list of conversations itself
StatusChanged      the network's name, state, nick, away, retry_at
Opened             the front-end shall show this conversation now
ChannelsListed     the answer to `list_channels`
GivenBack          a slash command was refused by the server: it can be mended and sent again
Failed             connecting ended without success, for good: show the words under the field
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import CertificateProblem

FailureKind = Literal[
    "name",
    "name-taken",
    "password",
    "code",
    "server-password",
    "host",
    "port",
    "refused",
    "timeout",
    "no-tls",
    "wants-tls",
    "certificate",
    "not-chat",
    "closed",
    "launch",
]

FINAL = frozenset({"password", "code", "server-password", "certificate"})
"""What a new try cannot mend: a person has to decide something."""


@dataclass(frozen=True, slots=True)
class Added:
    conversation: Conversation
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Prepended:
    conversation: Conversation
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Updated:
    conversation: Conversation
    entry: Entry


@dataclass(frozen=True, slots=True)
class Removed:
    conversation: Conversation
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Reset:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class MembersChanged:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class TypingChanged:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationChanged:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ConversationsChanged:
    network: Network


@dataclass(frozen=True, slots=True)
class StatusChanged:
    network: Network


@dataclass(frozen=True, slots=True)
class ConversationOpened:
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class ChannelsListed:
    network: Network
    channels: tuple[ListedChannel, ...]


@dataclass(frozen=True, slots=True)
class CommandRejected:
    """Takes  words: why it was refused"""

    conversation: Conversation
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class ConnectFailed:
    """Takes  suggestion: another nick to offer when the name is taken
    doubt: the certificate that somebody may have to decide about
    makes_accounts: whether the server would make an account of name and password
    network: the one that could not be connected; None until the client reports it
    """

    kind: FailureKind
    words: str
    suggestion: str = ""
    doubt: CertificateProblem | None = None
    makes_accounts: bool = False
    network: Network | None = field(default=None, compare=False, repr=False)


Change = (
    Added
    | Prepended
    | Updated
    | Removed
    | Reset
    | MembersChanged
    | TypingChanged
    | ConversationChanged
    | ConversationsChanged
    | StatusChanged
    | ConversationOpened
    | ChannelsListed
    | CommandRejected
    | ConnectFailed
)


def merged(changes: Iterable[Change]) -> list[Change]:
    """The same changes with fewer words: neighbours joined; repetitions and what a Reset covers left out.

    Changes of the same conversation's entries keep their order. What says only "look again" comes once, last.
    """
    entries: dict[Conversation, list[Change]] = {}
    looks: dict[Change, None] = {}
    for change in changes:
        if isinstance(change, Reset):
            entries[change.conversation] = [change]
        elif isinstance(change, Added | Prepended | Updated | Removed):
            entries.setdefault(change.conversation, []).append(change)
        else:
            looks[change] = None
    return [change for several in entries.values() for change in _joined(several)] + list(looks)


def _joined(several: list[Change]) -> Iterable[Change]:
    """One conversation's changes: after a Reset nothing else, else neighbouring Added as one."""
    if isinstance(several[0], Reset):
        return several[:1]
    joined: list[Change] = []
    for adding, group in groupby(several, key=lambda change: isinstance(change, Added)):
        if adding:
            added = [change for change in group if isinstance(change, Added)]
            joined.append(Added(added[0].conversation, tuple(e for each in added for e in each.entries)))
        else:
            joined += group
    return joined
