"""Changes of the model, from which a view knows what to repaint.

Each function that changes the model returns some of these; `Client.poll` returns them merged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from itertools import groupby

from chatapp.client.incoming.events import ListedChannel, WhoisReply
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.exports import MessageExport
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.network import FailureKind, Network
from chatapp.client.model.orders import Order
from chatapp.client.model.search import SearchHit, SearchResult
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.protocol.lazy_dataclass import lazy_dataclass

FINAL = frozenset({"password", "code", "server-password", "certificate", "logged-out"})
"""Failures for which a new try is useless: the user has to decide or correct something."""


@lazy_dataclass(frozen=True)
class Added:
    """New entries at the end of a conversation, in order."""

    conversation: Conversation
    entries: tuple[Entry, ...]


@lazy_dataclass(frozen=True)
class Prepended:
    """Older entries at the beginning of a conversation, in order."""

    conversation: Conversation
    entries: tuple[Entry, ...]


@lazy_dataclass(frozen=True)
class Updated:
    """An entry has changed and keeps its place."""

    conversation: Conversation
    entry: Entry


@lazy_dataclass(frozen=True)
class Removed:
    """Entries were removed."""

    conversation: Conversation
    entries: tuple[Entry, ...]


@lazy_dataclass(frozen=True)
class Reset:
    """Entries were inserted or moved somewhere in the middle: the conversation has to be shown again."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class MembersChanged:
    """The members of a channel, their ranks or their presence."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class TypingChanged:
    """Who is typing."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class ConversationChanged:
    """Title, topic, unread, mentions, joined, muted, loading_older or complete."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class ConversationsChanged:
    """The list of conversations."""

    network: Network


@lazy_dataclass(frozen=True)
class StatusChanged:
    """Name, state, nick, away or retry_at of the network."""

    network: Network


@lazy_dataclass(frozen=True)
class LocalServerFound:
    """The user's server on this computer was running already, and the network is connected to it."""

    network: Network


@lazy_dataclass(frozen=True)
class NetworkFound:
    """A login that was to be added is here already: the new network is gone, and this one is current.

    Attributes:
        network: The one with this login.
        instead_of: The new one.
    """

    network: Network
    instead_of: Network


@lazy_dataclass(frozen=True)
class ConversationOpened:
    """The front-end must show this conversation now."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class PlaceOpened:
    """An entry must be shown: it is in the `past` of the conversation, or in the conversation itself."""

    conversation: Conversation
    entry: Entry


@lazy_dataclass(frozen=True)
class PlaceLeft:
    """The past of a conversation is not shown any more.

    Attributes:
        joined: Whether it became a part of the conversation, and the user goes on reading there.
    """

    conversation: Conversation
    joined: bool = False


@lazy_dataclass(frozen=True)
class PlaceUnavailable:
    """An older place cannot be shown; the reason is a sentence for the user."""

    conversation: Conversation
    reason: str


@lazy_dataclass(frozen=True)
class SearchFinished:
    """A search, or the next page of it, has ended."""

    network: Network
    result: SearchResult


@lazy_dataclass(frozen=True)
class ContextFound:
    """The neighbours of a hit are known."""

    result: SearchResult
    hit: SearchHit


@lazy_dataclass(frozen=True)
class ChannelsListed:
    """The reply to `Client.list_channels`."""

    network: Network
    channels: tuple[ListedChannel, ...]


@lazy_dataclass(frozen=True)
class ProfileReceived:
    """A WHOIS reply, such as the one to `Client.request_profile`.

    Attributes:
        reply: It has no facts if there is no such user.
    """

    network: Network
    reply: WhoisReply


@lazy_dataclass(frozen=True)
class CommandRejected:
    """The server refused a slash command; the user can correct it and send it again.

    Attributes:
        text: The command as typed.
        reason: Why it was refused, as a sentence for the user.
    """

    conversation: Conversation
    text: str
    reason: str


@lazy_dataclass(frozen=True)
class OrderFinished:
    """The commands of `Client.give` were carried out or refused."""

    network: Network
    order: Order


@lazy_dataclass(frozen=True)
class ServerOverviewChanged:
    """More is known of the server that we run, or it has changed."""

    network: Network


@lazy_dataclass(frozen=True)
class ExportChanged:
    """An export has made progress or has ended."""

    network: Network
    export: MessageExport


@lazy_dataclass(frozen=True)
class AttachmentsChanged:
    """The files in the composer, or in messages of this conversation that wait for them."""

    conversation: Conversation


@lazy_dataclass(frozen=True)
class PasswordHostAsked:
    """Files wait until the user has said whether this host gets the password of the account.

    The server of the chat wants them to be sent to this host, which is not its own.
    """

    network: Network
    host: str


@lazy_dataclass(frozen=True)
class MessageReturned:
    """A message was not sent because of its files: these are in the composer again, where its text belongs.

    Attributes:
        text: The text of the message; empty for none.
        reply_to: The message that it replies to; None for none, or if it is not here.
        reason: Why it was not sent, as a sentence for the user.
    """

    conversation: Conversation
    text: str
    reply_to: Entry | None
    reason: str


@lazy_dataclass(frozen=True)
class FileCardChanged:
    """More is known of a file that messages link to, or its download has made progress."""

    network: Network
    card: FileCard


@lazy_dataclass(frozen=True)
class LoginChanged:
    """The account or its password has changed while connected: what is stored for the next time follows."""

    login: Login


@lazy_dataclass(frozen=True)
class ConnectFailed:
    """Connecting failed and is not tried again; the reason is shown below the field of this kind.

    Attributes:
        reason: Why, as a sentence for the user.
        suggestion: Another nick to offer if the name is taken.
        kind: The field or the step that failed.
        certificate_problem: The certificate about which the user may have to decide.
        makes_accounts: Whether the server would register an account with this name and password.
        network: The network that could not be connected; None until the client reports it.
    """

    kind: FailureKind
    reason: str
    suggestion: str = ""
    certificate_problem: CertificateProblem | None = None
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
    | LocalServerFound
    | NetworkFound
    | ConversationOpened
    | PlaceOpened
    | PlaceLeft
    | PlaceUnavailable
    | SearchFinished
    | ContextFound
    | ChannelsListed
    | ProfileReceived
    | CommandRejected
    | OrderFinished
    | ServerOverviewChanged
    | ExportChanged
    | AttachmentsChanged
    | PasswordHostAsked
    | MessageReturned
    | FileCardChanged
    | LoginChanged
    | ConnectFailed
)


def merged(changes: Iterable[Change]) -> list[Change]:
    """Return fewer changes with the same effect: neighbours joined, no repetitions, nothing beside a Reset.

    Changes of the entries of one conversation keep their order. All others come once, at the end.
    """
    entries: dict[Conversation, list[Change]] = {}
    others: dict[Change, None] = {}
    for change in changes:
        if isinstance(change, Reset):
            entries[change.conversation] = [change]
        elif isinstance(change, Added | Prepended | Updated | Removed):
            entries.setdefault(change.conversation, []).append(change)
        else:
            others[change] = None
    return [change for several in entries.values() for change in _joined(several)] + list(others)


def _joined(several: list[Change]) -> Iterable[Change]:
    """Join the changes of one conversation: a Reset replaces all others; neighbouring Added become one."""
    if isinstance(several[0], Reset):
        return several[:1]
    joined: list[Change] = []
    for adding, group in groupby(_without_repetitions(several), key=lambda change: isinstance(change, Added)):
        if adding:
            added = [change for change in group if isinstance(change, Added)]
            joined.append(Added(added[0].conversation, tuple(e for each in added for e in each.entries)))
        else:
            joined += group
    return joined


def _without_repetitions(several: list[Change]) -> Iterable[Change]:
    """Yield the changes without updates of an entry that is new, or that is updated again later.

    Views read the entry when they get the change. Thousands may react to one message in one poll.
    """
    last = {id(change.entry): at for at, change in enumerate(several) if isinstance(change, Updated)}
    new: set[int] = set()
    for at, change in enumerate(several):
        if isinstance(change, Updated) and (id(change.entry) in new or last[id(change.entry)] != at):
            continue
        if isinstance(change, Added | Prepended):
            new.update(map(id, change.entries))
        yield change
