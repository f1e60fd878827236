"""Events: what the lines of a server mean. The parser and the session make them, `apply` changes the model.

Times are Unix seconds. A time of None means that the line had no `time` tag: it happened when it arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from chatapp.protocol.lazy_dataclass import lazy_dataclass

MessageKind = Literal["message", "action", "notice"]
TypingState = Literal["active", "paused", "done"]


@dataclass(slots=True)
class MessageReceived:
    """PRIVMSG or NOTICE. Not frozen: one is made for every such line, and freezing triples its cost."""

    target: str
    nick: str
    kind: MessageKind
    text: str
    time: float | None = None
    msgid: str = ""
    account: str = ""
    label: str = ""
    reply_to: str = ""
    edited_at: float = 0.0


@lazy_dataclass(frozen=True)
class Edited:
    """EDIT: the author of a message has changed its text."""

    target: str
    msgid: str
    by: str
    text: str
    time: float | None = None
    account: str = ""
    label: str = ""


@lazy_dataclass(frozen=True)
class Reacted:
    """TAGMSG with a reaction to a message, or with the removal of one."""

    target: str
    msgid: str
    nick: str
    reaction: str
    is_removed: bool = False
    time: float | None = None
    account: str = ""


@lazy_dataclass(frozen=True)
class Redacted:
    """REDACT: a message was deleted."""

    target: str
    msgid: str
    by: str
    reason: str = ""
    label: str = ""


@lazy_dataclass(frozen=True)
class ReadMarkerReceived:
    """MARKREAD: the time up to which the user has read; None if the server does not know it."""

    target: str
    time: float | None


@lazy_dataclass(frozen=True)
class Registered:
    """001: registration is complete, under this nick."""

    nick: str
    time: float | None = None


@lazy_dataclass(frozen=True)
class LoggedIn:
    """900 or 901: we are logged in to this account; empty after a logout."""

    account: str


@lazy_dataclass(frozen=True)
class NickRefused:
    """432, 433, 436 or 437: the server refused a nick."""

    nick: str
    taken: bool
    reason: str
    code: str = field(default="", compare=False)


@lazy_dataclass(frozen=True)
class FeaturesReceived:
    """005: all ISUPPORT tokens that the server has sent so far."""

    isupport: Mapping[str, str]


@lazy_dataclass(frozen=True)
class ServerSoftware:
    """004: the program of the server and its version."""

    version: str


@lazy_dataclass(frozen=True)
class CapabilitiesChanged:
    """The capabilities that are enabled now, and the values with which the server offers them."""

    capabilities: frozenset[str]
    values: Mapping[str, str] = field(default_factory=dict, compare=False)


@lazy_dataclass(frozen=True)
class ServerClosing:
    """ERROR: the server closes the connection."""

    reason: str


@lazy_dataclass(frozen=True)
class TypingReceived:
    """TAGMSG with the tag `+typing`."""

    target: str
    nick: str
    state: TypingState


@lazy_dataclass(frozen=True)
class Joined:
    """JOIN. The account is None without extended-join."""

    channel: str
    nick: str
    account: str | None = None
    user: str = ""
    host: str = ""
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class Parted:
    """PART."""

    channel: str
    nick: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class Quit:
    """QUIT."""

    nick: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class Kicked:
    """KICK."""

    channel: str
    nick: str
    by: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class NickChanged:
    """NICK."""

    nick: str
    to: str
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class ChannelRenamed:
    """RENAME."""

    channel: str
    to: str
    by: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class TopicKnown:
    """331 or 332: the topic, which has not changed."""

    channel: str
    topic: str


@lazy_dataclass(frozen=True)
class TopicSet:
    """TOPIC: a user changed the topic."""

    channel: str
    topic: str
    by: str
    time: float | None = None
    msgid: str = ""


@lazy_dataclass(frozen=True)
class ModeSet:
    """MODE: the letters with their signs and their arguments, as received; and why, if the server says it."""

    target: str
    by: str
    modes: str
    arguments: tuple[str, ...] = ()
    time: float | None = None
    msgid: str = ""
    reason: str = ""


@lazy_dataclass(frozen=True)
class ModesKnown:
    """324: the modes of a channel, which have not changed."""

    channel: str
    modes: str
    arguments: tuple[str, ...] = ()


@lazy_dataclass(frozen=True)
class ChannelCreated:
    """329: when a channel was made, in Unix seconds."""

    channel: str
    made_at: float


@lazy_dataclass(frozen=True)
class RosterEntry:
    """One member in a NAMES reply. Ranks are prefix characters, highest first."""

    nick: str
    ranks: str = ""
    user: str = ""
    host: str = ""


@lazy_dataclass(frozen=True)
class Roster:
    """353 to 366: all members of a channel."""

    channel: str
    people: tuple[RosterEntry, ...]


@lazy_dataclass(frozen=True)
class PersonUpdated:
    """AWAY, ACCOUNT, CHGHOST, SETNAME or a WHO reply: news about a user. None means no change."""

    nick: str
    away: bool | None = None
    account: str | None = None
    user: str | None = None
    host: str | None = None
    realname: str | None = None
    away_text: str | None = None


@lazy_dataclass(frozen=True)
class AwayReply:
    """301: the user that we sent a message to is away."""

    nick: str
    text: str


@lazy_dataclass(frozen=True)
class OwnAwayChanged:
    """305 or 306: we are marked as away, or no longer.

    Attributes:
        is_automatic: Whether the client has done that by itself.
        is_repeated: Whether it has only repeated on a new connection what the user had set.
    """

    away: bool
    is_automatic: bool = False
    is_repeated: bool = False


@lazy_dataclass(frozen=True)
class WhoisReply:
    """311 to 318: facts about a user, each the end of a sentence; none if there is no such user.

    Attributes:
        away_text: Why the user is away; None if the user is not away.
        account: The account of the user; empty if there is none, or the server does not say.
        idle_seconds: Since the last message of the user; None if the server does not say.
    """

    nick: str
    facts: tuple[str, ...]
    away_text: str | None = None
    account: str = ""
    user: str = ""
    host: str = ""
    realname: str = ""
    idle_seconds: int | None = None


@lazy_dataclass(frozen=True)
class MetadataReceived:
    """METADATA, 761 or 766: the value of a key of a user or channel; None if it has none."""

    target: str
    key: str
    value: str | None


@lazy_dataclass(frozen=True)
class MetadataDelayed:
    """774: the values of a target were not sent; METADATA SYNC requests them after some seconds."""

    target: str
    seconds: float


@lazy_dataclass(frozen=True)
class Monitored:
    """730 or 731: users on our MONITOR list who are online, or are not.

    Attributes:
        people: Each as `nick!user@host`, or only the nick.
    """

    people: tuple[str, ...]
    is_online: bool


@lazy_dataclass(frozen=True)
class Invited:
    """INVITE, or 341 after our own."""

    channel: str
    nick: str
    by: str
    time: float | None = None


@lazy_dataclass(frozen=True)
class ListedChannel:
    """One channel in a LIST reply."""

    name: str
    people: int
    topic: str = ""


@lazy_dataclass(frozen=True)
class ChannelList:
    """322 to 323: all channels that the server lists."""

    channels: tuple[ListedChannel, ...]


@lazy_dataclass(frozen=True)
class HistoryRow:
    """Where a row of the history stands, also one that is not shown, such as a JOIN."""

    msgid: str
    time: float | None


PastEvent = Joined | Parted | Quit | Kicked | NickChanged | ChannelRenamed | TopicSet | ModeSet
"""A change in a channel that a server stores like a message."""


@lazy_dataclass(frozen=True)
class HistoryPage:
    """A `chathistory` batch, oldest row first.

    Attributes:
        target: The one in the request.
        ends: Its first and last row, or the only one; empty if the messages are all there is.
        events: Joins, leaves and other changes in a channel.
        hidden: How many rows are no messages: events, reactions, changes.
    """

    target: str
    messages: tuple[MessageReceived, ...]
    redactions: tuple[Redacted, ...] = ()
    label: str = field(default="", compare=False)
    edits: tuple[Edited, ...] = ()
    reactions: tuple[Reacted, ...] = ()
    ends: tuple[HistoryRow, ...] = field(default=(), compare=False)
    hidden: int = field(default=0, compare=False)
    events: tuple[PastEvent, ...] = ()

    @property
    def first(self) -> HistoryRow | None:
        """Its first row; None if it is empty."""
        return next(iter(self._rows()), None)

    @property
    def last(self) -> HistoryRow | None:
        """Its last row; None if it is empty."""
        return self._rows()[-1] if self._rows() else None

    def _rows(self) -> tuple[HistoryRow, ...]:
        return self.ends or tuple(HistoryRow(each.msgid, each.time) for each in self.messages)


@lazy_dataclass(frozen=True)
class BetterSpelling:
    """A word to search for instead of one that no message has.

    Attributes:
        messages: How many messages have the better one; 0 if that is not known.
    """

    word: str
    better: str
    messages: int = 0


@lazy_dataclass(frozen=True)
class SearchResults:
    """A `search` batch: old messages from any conversation, or without any perhaps a better spelling."""

    messages: tuple[MessageReceived, ...]
    label: str = field(default="", compare=False)
    spelling: BetterSpelling | None = None


@lazy_dataclass(frozen=True)
class HistoryTargets:
    """A `draft/chathistory-targets` batch: names of conversations, and when each had its last message."""

    targets: tuple[tuple[str, float], ...]
    label: str = field(default="", compare=False)


@lazy_dataclass(frozen=True)
class ErrorReply:
    """An error numeric, or FAIL. `about` holds the parameters between the code and the text."""

    code: str
    text: str
    command: str = ""
    about: tuple[str, ...] = ()
    label: str = ""


@lazy_dataclass(frozen=True)
class Acknowledged:
    """ACK: a labelled command was executed and has no other reply."""

    label: str


@lazy_dataclass(frozen=True)
class ServerText:
    """Any other text from the server, such as the message of the day.

    Attributes:
        is_reply: Whether it answers a slash command that the user typed in the current conversation.
        code: The numeric, or the command and the code of a standard reply, such as `TBAN ENTRY`.
        params: The parameters after the code, the text included.
    """

    text: str
    about: str = ""
    time: float | None = None
    is_reply: bool = False
    code: str = field(default="", compare=False)
    params: tuple[str, ...] = field(default=(), compare=False)


@lazy_dataclass(frozen=True)
class PongReceived:
    """PONG."""

    token: str
    time: float | None = None


Event = (
    MessageReceived
    | Edited
    | Reacted
    | Redacted
    | ReadMarkerReceived
    | Registered
    | LoggedIn
    | NickRefused
    | FeaturesReceived
    | ServerSoftware
    | CapabilitiesChanged
    | ServerClosing
    | TypingReceived
    | Joined
    | Parted
    | Quit
    | Kicked
    | NickChanged
    | ChannelRenamed
    | TopicKnown
    | TopicSet
    | ModeSet
    | ModesKnown
    | ChannelCreated
    | Roster
    | PersonUpdated
    | AwayReply
    | OwnAwayChanged
    | WhoisReply
    | MetadataReceived
    | MetadataDelayed
    | Monitored
    | Invited
    | ChannelList
    | HistoryPage
    | SearchResults
    | HistoryTargets
    | ErrorReply
    | Acknowledged
    | ServerText
    | PongReceived
)
