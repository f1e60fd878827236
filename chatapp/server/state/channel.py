"""A channel, who is in it with which rank, and its masks."""

from __future__ import annotations

from typing import NamedTuple

from chatapp.protocol import modes, names
from chatapp.server.state import masks
from chatapp.server.state.session import Audience
from chatapp.server.state.user import User


class Member:
    """A user's place in one channel: the ranks held there, as mode letters."""

    __slots__ = ("ranks",)

    def __init__(self, ranks: str = "") -> None:
        self.ranks = ranks

    @property
    def level(self) -> int:
        """The level of the highest rank; 0 without a rank."""
        return modes.level(self.ranks)

    def prefix(self, all_of_them: bool) -> str:
        """The prefixes of the ranks, highest first; only the highest for who lacks multi-prefix."""
        shown = modes.prefixes(self.ranks)
        return shown if all_of_them else shown[:1]


class MaskEntry(NamedTuple):
    """One mask in a channel's list: who set it, when (seconds since 1970)."""

    mask: str
    by: str
    at: int


class Channel:
    """A channel. `modes` holds its flags and their parameters, `lists` its masks by mode letter."""

    __slots__ = (
        "_audience",
        "created",
        "folded",
        "has_words",
        "id",
        "invited",
        "is_orphan",
        "key",
        "known",
        "last",
        "lists",
        "members",
        "modes",
        "name",
        "spoke",
        "topic",
        "topic_at",
        "topic_by",
    )  # fmt: skip

    def __init__(self, number: int, name: str, created: int) -> None:
        self.id = number
        self.key = f"#{number}"  # under which its messages are kept
        self.name = name
        self.folded = names.fold(name)
        self.created = created  # milliseconds
        self.topic = ""
        self.topic_by = ""
        self.topic_at = 0  # seconds
        self.modes: dict[str, str] = {}
        self.lists: dict[str, dict[str, MaskEntry]] = {}
        self.members: dict[User, Member] = {}
        self.invited: set[User] = set()  # who has an invitation that is not used yet
        self.known: dict[str, str] = {}  # ranks by account, also of who is not here
        self.is_orphan = False  # whether an account that had a rank here is deleted
        self.last = 0  # milliseconds of the newest message or event
        self.has_words = False  # whether anything that was said in it is kept
        self.spoke: dict[str, int] = {}  # milliseconds of the last words, by identity, in slow mode
        self._audience: Audience | None = None

    @property
    def audience(self) -> Audience:
        """Every session of every member."""
        if self._audience is None:
            self._audience = Audience([session for user in self.members for session in user.sessions])
        return self._audience

    def member_came(self, user: User) -> None:
        if self._audience is not None:
            self._audience = self._audience.plus(user.sessions)

    def level(self, user: User) -> int:
        """How high this user's rank is here; 0 also for who is not in the channel."""
        member = self.members.get(user)
        return member.level if member else 0

    def authority(self, user: User) -> int:
        """The level that counts when something is allowed or not: who runs the server rules everywhere."""
        return modes.OWNER if user.is_operator else self.level(user)

    def shows(self, user: User, to: User) -> bool:
        """Whether one may know that the other is here.

        Invisible users (i) are seen only from within. In an auditorium (u) only ranks see and are seen.
        """
        if user is to:
            return True
        if "i" in user.modes and to not in self.members and not to.is_operator:
            return False
        return "u" not in self.modes or self.level(user) > 0 or self.level(to) > 0

    def watchers(self, user: User) -> Audience:
        """Every session that may know that this member comes, goes or changes."""
        if "u" not in self.modes or self.level(user):
            return self.audience
        return Audience(self.ranked(1).sessions.union(user.sessions))

    def members_changed(self) -> None:
        self._audience = None

    def stamp(self, now: int) -> int:
        """The time of a new message here: now, but later than every message before it."""
        self.last = max(now, self.last + 1)
        return self.last

    def ranked(self, level: int) -> Audience:
        """The sessions of members of at least this level."""
        return Audience(
            session
            for user, member in self.members.items()
            if member.level >= level
            for session in user.sessions
        )

    def listed(self, mode: str, user: User, speaking: bool = False) -> bool:
        """Whether a mask of this list fits the user.

        Takes  speaking: whether those that only mute count too
        """
        return any(
            masks.fits(mask, user.source, user.account)
            for mask in self.lists.get(mode, ())
            if speaking or not masks.is_mute(mask)
        )

    def is_banned(self, user: User, speaking: bool = False) -> bool:
        """Whether a ban fits the user and no exception does. Takes  speaking: see `listed`"""
        return self.listed("b", user, speaking) and not self.listed("e", user, speaking)
