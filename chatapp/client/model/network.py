"""A network: the conversations and people of one server, and how the connection to it stands.

See model.py for the theory of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Literal

from chatapp.client.model.conversation import Conversation, ConversationKind
from chatapp.client.model.model import Entry, EntryKind, Member, Person
from chatapp.client.text.formatting import mentions
from chatapp.client.text.nick_colours import nick_colour
from chatapp.protocol import isupport, modes, names
from chatapp.protocol.modes import RANKS, TOPIC_LEVEL, ModeKind
from chatapp.protocol.presence import ABSENT

USUAL_CHANMODES = "beI,k,l,imnst"  # of a server that does not announce them
USUAL_PREFIX = "(ov)@+"  # of a server that does not announce it
USUAL_NICK_LENGTH = 32  # characters, on a server that does not announce NICKLEN

NetworkState = Literal["offline", "connecting", "registering", "online", "waiting"]
FailureKind = Literal[
    "name",
    "name-taken",
    "password",
    "code",
    "server-password",
    "host",
    "port",
    "proxy",
    "refused",
    "timeout",
    "no-tls",
    "wants-tls",
    "certificate",
    "not-chat",
    "closed",
    "stopped",
    "banned",
    "logged-out",
    "launch",
    "runs-already",
]
"""Why we are not online. "stopped": the server was shut down on purpose."""

Privacy = Literal["encrypted", "here", "open"]
"""Whether others can read the connection: it is encrypted, stays on this computer, or is open to others."""

Presence = Literal["online", "away", "offline", "unknown"]

_ORDER: dict[ConversationKind, int] = {"server": 0, "channel": 1, "direct": 2}
_RFC1459 = str.maketrans("[]\\^", "{}|~")


class Network:
    """One server's conversations and people.

    Attributes:
        name: The name that the server gives its network, else the host of the server.
        state: The state of the connection.
        retry_at: When the next attempt to connect is due, in Unix seconds; None unless waiting.
        account: The account that we are logged in to; empty if none.
        away_text: The reason that we gave last when we were marked as away.
        is_stopped_here: Whether the user has told the server to stop, and it has not been online since.
        kept_away: The away message that the user has set; a new connection is marked with it again. Empty
            for none.
        is_server_operator: Whether we have the user mode `o`.
        server_role: `owner` or `moderator` of a server of this project; empty if we are neither, or until it
            is known.
        server_software: The program of the server with its version, as it says; empty if unknown.
        problem: Why we are not online, as a sentence for the user.
        failure: The kind of this problem; None while online, or if we have disconnected on purpose.
        cannot_store: Whether the server has refused our last message because it could not store it.
        lacks_room: Whether the server has told us, its owner, that there is no room for files.
        current: The conversation that a front-end shows.
        watching: Whether the user looks at the end of the current conversation.
        restoring: Whether the conversation that the last run showed is still to come. The user did not choose
            the one that is current meanwhile, so nothing in it counts as read.
        people: The users who share a channel with us or are monitored and online, by folded nick.
        monitored: Whether each user on our MONITOR list is online, by folded nick.
        past_names: Display names of users who are no longer in `people`, by folded nick; see
            `display_names`.
        authors: Who else wrote the messages that were loaded, as they spelled their nicks, by folded nick.
        whois_asked_in: The conversation in which the user typed /whois, by folded nick.
        muted: Whether the user has muted the whole server.
        favourites: Folded names of the favourite conversations, in the order of the user; some may be closed.
            See `favourites`.
        folded: The sections of the list of conversations that the user has folded.
        ignored: Folded nicks, and accounts; see `ignored_people`.
        former_nicks: A folded nick that an ignored person had before: the folded nick of now.
        clock_offset: Seconds that the server's clock is ahead of ours.
        awaits_targets: Whether the list of missed direct messages was requested and has not arrived.
        disconnected_at: When the connection was lost, in Unix seconds by the server's clock; None if unknown.
        source: Our own `nick!user@host` as others see it; empty until it is known.
        unsent_markers: Conversations whose read marker has moved and must be sent.
        awaited_pages: When a page of missed messages was requested, in `monotonic` seconds.
        seen_early: Conversations with a `seen_until`.
        monotonic: The present time of the monotonic clock, in seconds.
        wall: The present time by our clock, in Unix seconds.
        capability_values: The values of the capabilities that the server offers with one, by name.
        progress: The label of the latest message that the server has handled, and when, in `monotonic`.
        on_added: Called with each new conversation.
        on_renaming: Called with a conversation and its new name, before it is renamed.
    """

    def __init__(self) -> None:
        self.name = ""
        self.nick = ""
        self.state: NetworkState = "offline"
        self.retry_at: float | None = None
        self.privacy: Privacy = "here"
        self.account = ""
        self.away = False
        self.away_text = self.kept_away = ""
        self.is_stopped_here = False
        self.is_server_operator = False
        self.server_role = ""
        self.server_software = ""
        self.problem = ""
        self.failure: FailureKind | None = None
        self.cannot_store = False
        self.lacks_room = False
        self.current: Conversation | None = None
        self.watching = True
        self.muted = False
        self.restoring = False
        self.isupport: Mapping[str, str] = {}
        self.capabilities: frozenset[str] = frozenset()
        self.people: dict[str, Person] = {}
        self.monitored: dict[str, bool] = {}
        self.past_names: dict[str, str] = {}
        self.authors: dict[str, str] = {}
        self.whois_asked_in: dict[str, Conversation] = {}
        self.favourites: list[str] = []
        self.folded: set[str] = set()
        self.ignored: set[str] = set()
        self.shares_read = True  # whether the server learns how far the user has read
        self.short_names = True  # whether `:joy:` becomes an emoji in messages that are sent
        self.former_nicks: dict[str, str] = {}
        self.clock_offset = 0.0
        self.awaits_targets = False
        self.disconnected_at: float | None = None
        self.source = ""
        self.unsent_markers: set[Conversation] = set()
        self.awaited_pages: dict[Conversation, float] = {}
        self.seen_early: set[Conversation] = set()
        self.monotonic = 0.0
        self.wall = 0.0
        self.capability_values: Mapping[str, str] = {}
        self.progress = (0, 0.0)
        self.on_added: Callable[[Conversation], object] = lambda conversation: None
        self.on_renaming: Callable[[Conversation, str], object] = lambda conversation, name: None
        self._conversations: dict[str, Conversation] = {}  # by folded name
        self._is_sorted = True
        self._active: dict[Conversation, None] = {}  # candidates for `active`, in order
        self._keys = count(1)

    def fold(self, name: str) -> str:
        """Return the form under which a nick or channel is looked up on this network."""
        folded = names.fold(name)
        return folded.translate(_RFC1459) if self.isupport.get("CASEMAPPING") == "rfc1459" else folded

    def is_me(self, nick: str) -> bool:
        """Return whether this is our own nick, in any letter case."""
        return nick == self.nick or self.fold(nick) == self.fold(self.nick)

    def is_channel(self, target: str) -> bool:
        """Return whether this is the name of a channel, by the CHANTYPES of the server."""
        return target[:1] in self.isupport.get("CHANTYPES", "#&") and target != ""

    @property
    def longest_nick(self) -> int:
        """The maximum length of a nick in characters."""
        announced = self.isupport.get("NICKLEN", "")
        return int(announced) if announced.isdecimal() and len(announced) < 4 else USUAL_NICK_LENGTH

    @property
    def longest_away(self) -> int:
        """The maximum length of an away text in characters; 0 if the server announces none."""
        announced = self.isupport.get("AWAYLEN", "")
        return int(announced) if announced.isdecimal() and len(announced) < 6 else 0

    def is_mention(self, text: str) -> bool:
        """Return whether a text mentions our nick, or our display name after an `@`."""
        name = self.display_name(self.nick)
        if mentions(text, self.nick):
            return True
        return name != self.nick and f"@{name}".casefold() in text.casefold() and mentions(text, name)

    def prefixes(self) -> dict[str, str]:
        """Return the prefix character of each rank by its letter, highest first: `{"o": "@", "v": "+"}`."""
        return isupport.prefixes(self.isupport.get("PREFIX", USUAL_PREFIX))

    @property
    def conversations(self) -> Mapping[str, Conversation]:
        """Conversations by folded name: the server's, channels, direct messages, each kind sorted by name.

        They are sorted here, not when one is added: thousands may be added before the order matters.
        """
        if not self._is_sorted:
            order = sorted(self._conversations.items(), key=lambda item: (_ORDER[item[1].kind], item[0]))
            self._conversations = dict(order)
            self._is_sorted = True
        return self._conversations

    def active(self) -> list[Conversation]:
        """Return the conversations in which another user is typing, or an own message is pending or waits.

        This is called many times a second, so it does not look through all conversations.
        """
        self._active = {
            each: None for each in self._active if each.typing or each.pending() or each.held_until
        }
        return list(self._active)

    def activate(self, conversation: Conversation) -> None:
        """Note that another user is typing there now, or that an own message is pending."""
        self._active[conversation] = None

    @property
    def conversation_count(self) -> int:
        """The number of conversations."""
        return len(self._conversations)

    def find(self, name: str) -> Conversation | None:
        """Return the conversation with this name, in any letter case."""
        return self._conversations.get(self.fold(name))

    def conversation_at(self, target: str, by: str) -> Conversation | None:
        """Return the conversation of a line: its channel, or the direct message with its sender.

        Args:
            by: The nick that sent the line.
        """
        if self.is_me(target) and not self.is_me(by):
            return self.find(by)
        found = self.find(target)
        to_ranks = target.lstrip("".join(self.prefixes().values()))  # `@#channel`: to its operators alone
        return found or (self.find(to_ranks) if self.is_channel(to_ranks) else None)

    def server(self) -> Conversation | None:
        """Return the conversation with the messages of the server, if there is one."""
        return self._conversations.get("")

    def add(self, name: str, kind: ConversationKind) -> Conversation:
        """Add a conversation."""
        conversation = Conversation(name, kind, title=name)
        self._conversations[self.fold(name)] = conversation
        self._is_sorted = False
        self.on_added(conversation)
        return conversation

    def remove(self, conversation: Conversation) -> None:
        """Remove a conversation with everything that is stored about it."""
        self._unlink(conversation)
        self._active.pop(conversation, None)
        self.seen_early.discard(conversation)
        self.awaited_pages.pop(conversation, None)
        if self.current is conversation:
            self.current = None

    def rename(self, conversation: Conversation, name: str) -> None:
        """Rename a channel, or a direct message whose other user has a new nick."""
        self.on_renaming(conversation, name)
        self._unlink(conversation)
        conversation.name = conversation.title = name
        self._conversations[self.fold(name)] = conversation
        self._is_sorted = False

    def channels(self) -> list[Conversation]:
        return [each for each in self.conversations.values() if each.kind == "channel"]

    def with_member(self, folded: str) -> list[Conversation]:
        """Return the channels that a user shares with us, by folded nick."""
        return [each for each in self.conversations.values() if folded in each.members]

    def person(self, nick: str) -> Person:
        """Return the person with this nick; add one that is new."""
        folded = self.fold(nick)
        person = self.people.get(folded)
        if person is None:
            person = self.people[folded] = Person(nick)
            past_name = self.past_names.pop(folded, "")
            if self.is_me(nick):  # of others, another user may have this nick now
                person.display_name = past_name
        return person

    def presence(self, nick: str) -> Presence:
        """Return the presence of a person; unknown if the server does not report it or we are not online."""
        if self.state != "online":
            return "unknown"
        folded = self.fold(nick)
        person = self.people.get(folded)
        if person is None:
            return "offline" if self.monitored.get(folded) is False else "unknown"
        if person.away and person.away_text == ABSENT:
            return "offline"  # an account that stays in its channels
        return "away" if person.away else "online"

    def display_name(self, nick: str) -> str:
        """Return the name to show for a nick: the display name of the user, else the nick."""
        return self.chosen_name(nick) or nick

    def chosen_name(self, nick: str) -> str:
        """Return the display name of a user; empty if there is none, or if it is not known."""
        folded = self.fold(nick)
        person = self.people.get(folded)
        return person.display_name if person else self.past_names.get(folded, "")

    def colour(self, nick: str) -> int:
        """Return the colour of a person, an index of the palette: the chosen one, else one by the first nick.

        So a user who changes the name keeps the colour.
        """
        person = self.people.get(self.fold(nick))
        if person is None:
            return nick_colour(nick)
        if person.colour is not None:
            return person.colour
        return nick_colour(person.former_nicks[0] if person.former_nicks else nick)

    def mentioned_name(self, nick: str) -> str:
        """Return the name to show for a nick after an `@`; empty for an unknown one.

        Somebody who wrote here and is gone may come back with the same nick, and is notified then.
        """
        folded = self.fold(nick)
        person = self.people.get(folded)
        if person:
            return person.display_name or nick
        past_name = self.past_names.get(folded, "")
        return past_name or (nick if folded in self.authors or self.is_me(nick) else "")

    def rank(self, member: Member) -> int:
        """Return the place of a member's rank among those of the server: 0 for the highest."""
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
        """Return whether the server would probably accept a new topic from us."""
        is_open = conversation.modes is not None and "t" not in conversation.modes
        return conversation.joined and (is_open or self.may(conversation, TOPIC_LEVEL))

    def entry(self, kind: EntryKind, time: float, nick: str = "", text: str = "", about: str = "") -> Entry:
        """Return a new entry with a key of its own; it is in no conversation yet."""
        return Entry(next(self._keys), kind, time, nick, text, about)

    def time(self, now: float) -> float:
        """Return the time by the server's clock for a time by ours, in Unix seconds."""
        return now + self.clock_offset

    def time_in(self, conversation: Conversation, now: float) -> float:
        """Return the time for an entry that has none: by the server's clock, but not before the last entry.

        An event without a time then stands at the end, even if the clocks differ.
        """
        return max(self.time(now), conversation.latest_time)

    def _unlink(self, conversation: Conversation) -> None:
        rest = {key: each for key, each in self._conversations.items() if each is not conversation}
        self._conversations = rest
