"""What a front-end shows: networks, conversations, their entries and members. Plain objects on one thread.

`apply.py` changes them when the server says something; a front-end reads them, and writes only `draft`,
`muted`, `ignored` and `watching`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from operator import attrgetter
from typing import Literal

from chatapp.client.text.formatting import mentions
from chatapp.protocol import isupport, modes, names
from chatapp.protocol.modes import RANKS, TOPIC_LEVEL, ModeKind

MAX_ENTRIES = 5000  # entries of a conversation that nobody scrolled up in
TRIM_ENTRIES = 500  # entries dropped at once
USUAL_CHANMODES = "beI,k,l,imnst"  # of a server that does not announce them

EntryKind = Literal[
    "message", "action", "notice", "join", "part", "quit", "kick", "nick", "topic", "mode", "system", "error"
]
SAID: frozenset[EntryKind] = frozenset({"message", "action", "notice"})
"""The kinds of entries that somebody said."""

EntryState = Literal["sent", "pending", "failed"]
ConversationKind = Literal["server", "channel", "direct"]
NetworkState = Literal["offline", "connecting", "registering", "online", "waiting"]
Privacy = Literal["encrypted", "here", "open"]
"""Whether others can read along: not, for it is encrypted; not, for it stays on this computer; yes."""

Presence = Literal["online", "away", "unknown"]
Fetch = Literal["latest", "after", "before"]
Place = Literal["start", "middle", "end"]

_ORDER: dict[ConversationKind, int] = {"server": 0, "channel": 1, "direct": 2}
_BY_TIME = attrgetter("time")
_RFC1459 = str.maketrans("[]\\^", "{}|~")


@dataclass(slots=True, eq=False)
class Entry:
    """One row of a conversation. What `nick`, `about` and `text` say depends on the kind:

    message action notice   who, why it was deleted, the words
    join part quit          who, -, the reason
    kick                    who did it, whom it hit (`mention` when it was us), the reason
    nick                    the old one, the new one, -
    topic                   who set it, -, the topic
    mode                    who set it, the channel, the modes and what belongs to them
    system error            -, -, the words (may be several lines)
    """

    key: int  # unique and stable in this process
    kind: EntryKind
    time: float  # Unix seconds
    nick: str = ""
    text: str = ""
    about: str = ""
    msgid: str = ""
    account: str = ""
    own: bool = False
    mention: bool = False
    state: EntryState = "sent"
    label: str = ""
    problem: str = ""  # why it failed, in words
    sent: float = 0.0  # when it was given to the connection, in `Network.ticks`
    unread: bool = False
    deleted_by: str = ""  # a nick; the words are gone then
    overdue: bool = False  # it failed only because it was not confirmed in time
    has_sentence: bool = True  # of a mode: `event_texts` has a true sentence for it

    @property
    def is_said(self) -> bool:
        """Whether somebody said this and the server has it."""
        return self.kind in SAID and self.state == "sent"


@dataclass(slots=True, eq=False)
class Person:
    """Somebody on this network, known through any conversation."""

    nick: str
    away: bool = False
    account: str = ""
    user: str = ""
    host: str = ""
    realname: str = ""


@dataclass(slots=True, eq=False)
class Member:
    """A person in one channel; ranks as prefix characters, highest first (`@+`)."""

    person: Person
    ranks: str = ""

    @property
    def nick(self) -> str:
        return self.person.nick

    @property
    def away(self) -> bool:
        return self.person.away

    @property
    def account(self) -> str:
        return self.person.account


@dataclass(frozen=True, slots=True)
class Reference:
    """A message by which the server's history can be asked."""

    msgid: str
    time: float


@dataclass(frozen=True, slots=True)
class Removal:
    """Why we are in a channel no longer, or could not come back: what happened, perhaps with a reason."""

    words: str
    reason: str = ""


@dataclass(slots=True, eq=False)
class Conversation:
    """A channel, a direct message, or what the server itself says.

    `entries` are in the order of time; own ones that wait for the server stand at the end.
    """

    name: str
    kind: ConversationKind
    title: str = ""
    topic: str = ""
    members: dict[str, Member] = field(default_factory=dict, repr=False)  # by folded nick
    entries: list[Entry] = field(default_factory=list, repr=False)
    unread: int = 0
    mentions: int = 0
    first_unread: int | None = None  # key of the first unread entry
    marker: float | None = None  # up to here somebody has read, Unix seconds by the server's clock
    seen: float = 0.0  # up to here somebody has seen what is on hand, while something is missing
    told: float | None = None  # up to here the server knows of it; None until it has said so
    begins: float | None = None  # what is older is no news, as long as there is no marker
    partial: bool = False  # it began with a message that came before the overview of what was missed
    joined: bool = False
    removal: Removal | None = None  # until we are in it again
    modes: frozenset[str] | None = None  # letters that are set, but no lists; None until the server tells
    muted: bool = False
    complete: bool = False  # the beginning of its history is on hand
    draft: str = ""
    banned: dict[str, str] = field(default_factory=dict, repr=False)  # masks that we have set, by folded nick
    typing: dict[str, float] = field(default_factory=dict)  # nick to when it is over, Unix seconds
    channel_key: str = ""
    newest: Reference | None = None  # up to here nothing of the server's history is missing
    behind: bool = False  # what was said after `newest` may be missing
    fetching: Fetch | None = None  # the page of history that is asked for and has not come
    overtaken: bool = False  # something asked for after that page has been answered before it
    deletions: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)  # msgid: by whom, why
    _waiting: int = 0  # how many entries at the end are pending
    _msgids: set[str] = field(default_factory=set, repr=False)
    _keep: int = MAX_ENTRIES

    @property
    def bound(self) -> float | None:
        """What is newer than this is unread; None where nothing is known."""
        return self.begins if self.marker is None else self.marker

    @property
    def loading_older(self) -> bool:
        return self.fetching == "before"

    @property
    def catches_up(self) -> bool:
        """Whether a page is on its way with what was said before the things that are said now."""
        return self.fetching in ("latest", "after") and not self.overtaken

    @property
    def latest(self) -> float:
        """The time of the last entry that the server has confirmed, 0 when there is none."""
        at = len(self.entries) - self._waiting
        return self.entries[at - 1].time if at else 0.0

    def by_msgid(self, msgid: str) -> Entry | None:
        """The entry with this msgid, if it is on hand."""
        known = msgid in self._msgids
        return next((each for each in reversed(self.entries) if each.msgid == msgid), None) if known else None

    def has(self, msgid: str) -> bool:
        """Whether an entry with this msgid is on hand; never for an empty one."""
        return msgid in self._msgids

    def pending(self) -> Sequence[Entry]:
        """Own entries that the server has not confirmed, oldest first."""
        return self.entries[len(self.entries) - self._waiting :]

    def wait(self, entry: Entry) -> None:
        """Append an own entry that the server has still to confirm."""
        entry.state = "pending"
        self.entries.append(entry)
        self._waiting += 1

    def settle(self, entry: Entry, state: EntryState, time: float, msgid: str = "") -> Place:
        """A pending entry is sent or has failed: it takes its place in time. "end" if it stays."""
        at = self.entries.index(entry, len(self.entries) - self._waiting)
        before = self.entries[at - 1].time if at else 0.0
        stays = at == len(self.entries) - self._waiting and before <= time
        del self.entries[at]
        self._waiting -= 1
        entry.state, entry.time, entry.msgid = state, time, msgid
        self.insert([entry])
        return "end" if stays else "middle"

    def revive(self, entry: Entry, time: float, msgid: str) -> None:
        """An entry that had failed reached the server after all: it takes its place in time."""
        self.forget(entry)
        entry.state, entry.time, entry.msgid, entry.problem, entry.overdue = "sent", time, msgid, "", False
        self.insert([entry])

    def forget(self, entry: Entry) -> None:
        """Remove an entry that is on hand."""
        self.entries.remove(entry)
        if entry.state == "pending":
            self._waiting -= 1
        self._msgids.discard(entry.msgid)

    def insert(self, entries: Sequence[Entry]) -> Place:
        """Put entries, in the order of time and at least one, where they belong; says where that was."""
        for entry in entries:
            if entry.msgid:
                self._msgids.add(entry.msgid)
        mine = self.entries
        end = len(mine) - self._waiting
        if not end or entries[0].time >= mine[end - 1].time:
            mine[end:end] = entries
            return "middle" if self._waiting else "end"
        if entries[-1].time <= mine[0].time:
            mine[0:0] = entries
            self._keep = max(self._keep, len(mine) + TRIM_ENTRIES)
            return "start"
        if len(entries) == 1:
            mine.insert(bisect_right(mine, entries[0].time, 0, end, key=_BY_TIME), entries[0])
        else:
            mine[:end] = sorted([*mine[:end], *entries], key=_BY_TIME)
        return "middle"

    def trim(self) -> list[Entry]:
        """Drop the oldest entries when there are too many; gives those that went."""
        if len(self.entries) <= self._keep + TRIM_ENTRIES:
            return []
        gone = self.entries[: len(self.entries) - self._keep]
        del self.entries[: len(gone)]
        self._msgids.difference_update(entry.msgid for entry in gone)
        self.complete = False
        return gone

    def rest(self) -> None:
        """Nobody looks up there any longer: what older history was loaded may go."""
        self._keep = MAX_ENTRIES

    def clear(self) -> None:
        """Take everything off the screen but what is still to be confirmed. The server's history stays."""
        self.entries[:] = self.pending()
        self._msgids.clear()
        self.unread = self.mentions = 0
        self.first_unread = None

    def read(self) -> bool:
        """Nothing is unread any longer; says whether something was."""
        changed = bool(self.unread or self.mentions or self.first_unread is not None)
        for entry in reversed(self.entries) if changed else ():
            entry.unread = False
            if entry.key == self.first_unread:
                break
        self.unread = self.mentions = 0
        self.first_unread = None
        return changed


class Network:
    """One server's people and conversations, and how we stand with it."""

    def __init__(self) -> None:
        self.name = ""  # as shown: what the server calls its network, else its address
        self.nick = ""
        self.state: NetworkState = "offline"
        self.retry_at: float | None = None  # Unix seconds; only while waiting
        self.privacy: Privacy = "here"
        self.account = ""  # that we are logged in to
        self.away = False
        self.is_server_operator = False  # user mode `o`
        self.problem = ""  # why we are not online, in words
        self._conversations: dict[str, Conversation] = {}  # by folded name
        self._sorted = True  # and they are in the order of the sidebar
        self._active: dict[Conversation, None] = {}  # as in `active`, and some where that has ended
        self.current: Conversation | None = None
        self.watching = True  # somebody looks at the end of the current conversation
        self.isupport: Mapping[str, str] = {}
        self.capabilities: frozenset[str] = frozenset()
        self.people: dict[str, Person] = {}  # by folded nick
        self.asked: dict[str, Conversation] = {}  # folded nick: where somebody asked who that is
        self.ignored: set[str] = set()  # folded nicks, and accounts; see `ignoring`
        self.former: dict[str, str] = {}  # folded nick that somebody ignored had: the one they have now
        self.skew = 0.0  # seconds that the server's clock is ahead of ours
        self.surveys = False  # an overview of direct messages is asked for and has not come
        self.since: float | None = None  # when the connection was lost, by the server's clock
        self.source = ""  # nick!user@host as others see us, once known
        self.advanced: set[Conversation] = set()  # whose marker somebody has moved, to be told to the server
        self.pages: dict[Conversation, float] = {}  # asked for of late, to catch up: when, in `ticks`
        self.seen_early: set[Conversation] = set()  # where `seen` waits for what is missing
        self.ticks = 0.0  # seconds of a clock that never goes back, at this moment
        self.progress = (0, 0.0)  # label of the latest message that the server dealt with, and when it did
        self.on_added: Callable[[Conversation], object] = lambda conversation: None
        self.on_renaming: Callable[[Conversation, str], object] = lambda conversation, name: None
        self._keys = count(1)

    def fold(self, name: str) -> str:
        """The form under which a nick or channel is looked up on this network."""
        folded = names.fold(name)
        return folded.translate(_RFC1459) if self.isupport.get("CASEMAPPING") == "rfc1459" else folded

    def is_me(self, nick: str) -> bool:
        return nick == self.nick or self.fold(nick) == self.fold(self.nick)

    def is_channel(self, target: str) -> bool:
        return target[:1] in self.isupport.get("CHANTYPES", "#&") and target != ""

    @property
    def longest_nick(self) -> int:
        """How many characters a nick may have here."""
        told = self.isupport.get("NICKLEN", "")
        return int(told) if told.isdecimal() and len(told) < 4 else 32

    def is_mention(self, text: str) -> bool:
        return mentions(text, self.nick)

    def prefixes(self) -> dict[str, str]:
        """Mode letters to prefix characters, highest rank first: `{"o": "@", "v": "+"}`."""
        return isupport.prefixes(self.isupport.get("PREFIX", "(ov)@+"))

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """By folded name, in the order of the sidebar.

        They are sorted here and not as each one is added: thousands may be added before one looks.
        """
        if not self._sorted:
            order = sorted(self._conversations.items(), key=lambda item: (_ORDER[item[1].kind], item[0]))
            self._conversations = dict(order)
            self._sorted = True
        return self._conversations

    def active(self) -> list[Conversation]:
        """Where somebody is typing, or a message of ours waits for the server: few, and often looked at."""
        self._active = {each: None for each in self._active if each.typing or each.pending()}
        return list(self._active)

    def activate(self, conversation: Conversation) -> None:
        """Somebody types there now, or a message of ours waits."""
        self._active[conversation] = None

    def find(self, name: str) -> Conversation | None:
        return self._conversations.get(self.fold(name))

    def server(self) -> Conversation | None:
        """Where the server's own words stand."""
        return self._conversations.get("")

    def add(self, name: str, kind: ConversationKind) -> Conversation:
        """A new conversation in its place in the sidebar."""
        conversation = Conversation(name, kind, title=name)
        self._conversations[self.fold(name)] = conversation
        self._sorted = False
        self.on_added(conversation)
        return conversation

    def remove(self, conversation: Conversation) -> None:
        self._take_out(conversation)
        self._active.pop(conversation, None)
        self.seen_early.discard(conversation)
        self.pages.pop(conversation, None)
        if self.current is conversation:
            self.current = None

    def rename(self, conversation: Conversation, name: str) -> None:
        """A direct message whose other end took a new nick, or a channel with a new name."""
        self.on_renaming(conversation, name)
        self._take_out(conversation)
        conversation.name = conversation.title = name
        self._conversations[self.fold(name)] = conversation
        self._sorted = False

    def channels(self) -> list[Conversation]:
        return [each for each in self.conversations.values() if each.kind == "channel"]

    def with_member(self, folded: str) -> list[Conversation]:
        """The channels that somebody is in, as far as we see."""
        return [each for each in self.conversations.values() if folded in each.members]

    def person(self, nick: str) -> Person:
        """Somebody by this nick, made known if new."""
        folded = self.fold(nick)
        person = self.people.get(folded)
        if person is None:
            person = self.people[folded] = Person(nick)
        return person

    def presence(self, nick: str) -> Presence:
        """Whether somebody is here; unknown when no channel is shared, or while we are not connected."""
        person = self.people.get(self.fold(nick))
        if person is None or self.state != "online":
            return "unknown"
        return "away" if person.away else "online"

    def rank(self, member: Member) -> int:
        """0 for the highest rank that this server knows, growing downwards."""
        characters = list(self.prefixes().values())
        return characters.index(member.ranks[0]) if member.ranks[:1] in characters else len(characters)

    def mode_kinds(self) -> dict[str, ModeKind]:
        """Return how each mode of a channel is set on this server."""
        return modes.kinds_of(self.isupport.get("CHANMODES", USUAL_CHANMODES), self.prefixes())

    def may(self, conversation: Conversation, level: int) -> bool:
        """Return whether our rank in a channel is high enough.

        A server that lacks the rank of this level needs the next higher one that it has.

        Args:
            level: The lowest level that is enough, such as `modes.KICK_LEVEL`.
        """
        me = conversation.members.get(self.fold(self.nick))
        levels = [RANKS[letter].level if letter in RANKS else 0 for letter in self.prefixes()]
        lowest = max((at for at, each in enumerate(levels) if each >= level), default=-1)
        return me is not None and (self.is_server_operator or self.rank(me) <= lowest)

    def may_set_topic(self, conversation: Conversation) -> bool:
        """Return whether the server would accept a new topic from us, as far as the client knows."""
        anybody = conversation.modes is not None and "t" not in conversation.modes
        return conversation.joined and (anybody or self.may(conversation, TOPIC_LEVEL))

    def entry(self, kind: EntryKind, time: float, nick: str = "", text: str = "", about: str = "") -> Entry:
        """A new entry with a key of its own; it is in no conversation yet."""
        return Entry(next(self._keys), kind, time, nick, text, about)

    def time(self, now: float) -> float:
        """What the server's clock shows at this moment of ours."""
        return now + self.skew

    def time_in(self, conversation: Conversation, now: float) -> float:
        """The same, but not before what already stands in a conversation.

        What happens now and has no time of its own stands at the end, whatever the clocks say.
        """
        return max(self.time(now), conversation.latest)

    def _take_out(self, conversation: Conversation) -> None:
        rest = {key: each for key, each in self._conversations.items() if each is not conversation}
        self._conversations = rest
