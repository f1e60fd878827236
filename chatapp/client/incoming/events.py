"""What a server's lines mean, one small value each: made by interpreter and session, applied to the model.

Times are Unix seconds. A time of None means that the line bore no `time` tag: it happened when it arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from chatapp.protocol.scram import KeyDerivation

MessageKind = Literal["message", "action", "notice"]
TypingState = Literal["active", "paused", "done"]


@dataclass(slots=True)
class MessageReceived:
    """PRIVMSG or NOTICE. One is made for every such line, so it is not frozen: freezing triples its cost."""

    target: str
    nick: str
    kind: MessageKind
    text: str
    time: float | None = None
    msgid: str = ""
    account: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Redacted:
    """REDACT: what was said is taken back."""

    target: str
    msgid: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadMarkerReceived:
    """MARKREAD: how far we have read there; None when the server does not know."""

    target: str
    time: float | None


@dataclass(frozen=True, slots=True)
class Registered:
    """001: we are in, under this nick."""

    nick: str
    time: float | None = None


@dataclass(frozen=True, slots=True)
class LoggedIn:
    """900, 901: we are known under this account; an empty one: no longer."""

    account: str


@dataclass(frozen=True, slots=True)
class LoginRefused:
    """The login came to nothing, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """The server makes no account for us, and why; with the code of an invitation it would."""

    reason: str
    wants_code: bool


@dataclass(frozen=True, slots=True)
class KeyDerivationNeeded:
    """The login waits until somebody who has the time has salted the password."""

    password: str = field(repr=False)
    task: KeyDerivation


@dataclass(frozen=True, slots=True)
class NickRefused:
    """The nick that was asked for cannot be had (432, 433, 436, 437)."""

    nick: str
    taken: bool
    reason: str
    code: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FeaturesReceived:
    """005: all that the server has told about itself so far."""

    isupport: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CapabilitiesChanged:
    """The capabilities that are in force now."""

    capabilities: frozenset[str]


@dataclass(frozen=True, slots=True)
class ServerClosing:
    """ERROR: the server is about to hang up, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class TypingReceived:
    """TAGMSG with +typing."""

    target: str
    nick: str
    state: TypingState


@dataclass(frozen=True, slots=True)
class Joined:
    """JOIN. The account is None where extended-join is not spoken."""

    channel: str
    nick: str
    account: str | None = None
    user: str = ""
    host: str = ""
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Parted:
    """PART."""

    channel: str
    nick: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Quit:
    """QUIT."""

    nick: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class Kicked:
    """KICK."""

    channel: str
    nick: str
    by: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class NickChanged:
    """NICK."""

    nick: str
    to: str
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class ChannelRenamed:
    """RENAME: a channel has another name."""

    channel: str
    to: str
    by: str
    reason: str = ""
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class TopicKnown:
    """331, 332: the topic as it has been for some time; nothing to make a line of."""

    channel: str
    topic: str


@dataclass(frozen=True, slots=True)
class TopicSet:
    """TOPIC: somebody set it just now."""

    channel: str
    topic: str
    by: str
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class ModeSet:
    """MODE: the letters with their signs, and what belongs to them, as they came."""

    target: str
    by: str
    modes: str
    arguments: tuple[str, ...] = ()
    time: float | None = None
    msgid: str = ""


@dataclass(frozen=True, slots=True)
class ModesKnown:
    """324: the modes of a channel as they have been for some time."""

    channel: str
    modes: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """One person of a roster: ranks as prefix characters, highest first."""

    nick: str
    ranks: str = ""
    user: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """353 to 366: everybody in a channel."""

    channel: str
    people: tuple[RosterEntry, ...]


@dataclass(frozen=True, slots=True)
class PersonUpdated:
    """AWAY, ACCOUNT, CHGHOST, SETNAME, a row of WHO: what is new about somebody. None leaves it as it was."""

    nick: str
    away: bool | None = None
    account: str | None = None
    user: str | None = None
    host: str | None = None
    realname: str | None = None


@dataclass(frozen=True, slots=True)
class AwayReply:
    """301: whom we wrote to is away."""

    nick: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnAwayChanged:
    """305, 306: we are marked as away, or no longer."""

    away: bool


@dataclass(frozen=True, slots=True)
class WhoisReply:
    """311 to 318: what the server tells about somebody, a sentence each; none when there is nobody."""

    nick: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """INVITE, or 341 for the one we sent."""

    channel: str
    nick: str
    by: str
    time: float | None = None


@dataclass(frozen=True, slots=True)
class ListedChannel:
    """A channel that the server tells about when it is asked for all of them."""

    name: str
    people: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ChannelList:
    """322 to 323: all channels that we may know of."""

    channels: tuple[ListedChannel, ...]


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """A `chathistory` batch, oldest first. Its target is the one that was asked for."""

    target: str
    said: tuple[MessageReceived, ...]
    redacted: tuple[Redacted, ...] = ()
    label: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A batch of a search: old messages from anywhere."""

    said: tuple[MessageReceived, ...]


@dataclass(frozen=True, slots=True)
class HistoryTargets:
    """A `draft/chathistory-targets` batch: who or what has something newer, and since when."""

    targets: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class ErrorReply:
    """An error numeric, or FAIL. `about` is the channel, nick or word that the server names, if any."""

    code: str
    text: str
    command: str = ""
    about: tuple[str, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """ACK: a labelled command was done and has no other answer."""

    label: str


@dataclass(frozen=True, slots=True)
class ServerText:
    """Anything else that a server says in words: message of the day, counts, notes."""

    text: str
    about: str = ""
    time: float | None = None
    answer: bool = False  # to a command that somebody typed, who looks for it there


@dataclass(frozen=True, slots=True)
class PongReceived:
    """PONG: the link lives."""

    token: str
    time: float | None = None


Event = (
    MessageReceived
    | Redacted
    | ReadMarkerReceived
    | Registered
    | LoggedIn
    | LoginRefused
    | AccountRefused
    | KeyDerivationNeeded
    | NickRefused
    | FeaturesReceived
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
    | Roster
    | PersonUpdated
    | AwayReply
    | OwnAwayChanged
    | WhoisReply
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
