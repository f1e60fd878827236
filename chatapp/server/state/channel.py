"""A channel: its members with their ranks, its modes and its mask lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from chatapp.protocol import modes, names
from chatapp.server.state import masks
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User


class Member:
    """A user in one channel: the ranks held there, as mode letters."""

    __slots__ = ("ranks",)

    def __init__(self, ranks: str = "") -> None:
        self.ranks = ranks

    @property
    def level(self) -> int:
        """The level of the highest rank; 0 without a rank."""
        return modes.level(self.ranks) if self.ranks else 0

    def prefix(self, with_all: bool) -> str:
        """Return the prefixes of all ranks, highest first, or only the highest one."""
        shown = modes.prefixes(self.ranks)
        return shown if with_all else shown[:1]


class MaskEntry(NamedTuple):
    """A mask in a list of a channel.

    Args:
        by: The nick of its setter.
        at: When it was set, in seconds since 1970.
        until: When it ends, in milliseconds; 0 for never.
        reason: Why it was set, if TBAN set it; may be empty.
    """

    mask: str
    by: str
    at: int
    until: int = 0
    reason: str = ""


class Channel:
    """A channel.

    Attributes:
        key: `#12` for channel number 12: the target of its stored messages. Another channel that gets the
            same name has another key, so it does not show messages of this one.
        created: Milliseconds. `topic_at` is in seconds.
        modes: Parameters by mode letter; empty for flags.
        lists: Mask entries by mode letter and mask.
        account_ranks: The ranks of accounts, as mode letters, also of users who are not in the channel.
        invited: Users with an unused invitation.
        is_orphan: Whether an account with a rank here has been deleted.
        last_time: Milliseconds of the newest message or event.
        has_messages: Whether a message is stored.
        last_message_times: Milliseconds of the last message in slow mode, by identity.
    """

    __slots__ = (
        "_audience",
        "account_ranks",
        "created",
        "folded",
        "has_messages",
        "id",
        "invited",
        "is_orphan",
        "key",
        "last_message_times",
        "last_time",
        "lists",
        "members",
        "modes",
        "name",
        "topic",
        "topic_at",
        "topic_by",
    )  # fmt: skip

    def __init__(self, channel_id: int, name: str, created: int) -> None:
        self.id = channel_id
        self.key = f"#{channel_id}"
        self.name = name
        self.folded = names.fold(name)
        self.created = created
        self.topic = ""
        self.topic_by = ""
        self.topic_at = 0
        self.modes: dict[str, str] = {}
        self.lists: dict[str, dict[str, MaskEntry]] = {}
        self.members: dict[User, Member] = {}
        self.invited: set[User] = set()
        self.account_ranks: dict[str, str] = {}
        self.is_orphan = False
        self.last_time = 0
        self.has_messages = False
        self.last_message_times: dict[str, int] = {}
        self._audience: Audience | None = None

    @property
    def audience(self) -> Audience:
        """Every session of every member."""
        if self._audience is None:
            self._audience = Audience([session for user in self.members for session in user.sessions])
        return self._audience

    def member_joined(self, user: User) -> None:
        """Add a new member to the audience, which is cheaper than building a new one."""
        if self._audience is not None:
            self._audience = self._audience.plus(user.sessions)

    def sessions_left(self, sessions: Iterable[Session]) -> None:
        """Remove sessions from the audience, which is cheaper than building a new one."""
        if self._audience is not None:
            self._audience = self._audience.minus(sessions)

    def level(self, user: User) -> int:
        """Return the level of a user's highest rank; 0 without one, or outside of the channel."""
        member = self.members.get(user)
        return member.level if member else 0

    def effective_level(self, user: User) -> int:
        """Return the level that permissions depend on: that of an owner for server operators."""
        return modes.OWNER if user.is_operator else self.level(user)

    def shows(self, user: User, to: User) -> bool:
        """Return whether the user `to` may see that a user is in the channel.

        Only members see invisible users (+i). In an auditorium (+u) members without a rank do not see
        each other.
        """
        if user is to:
            return True
        if "i" in user.modes and to not in self.members and not to.is_operator:
            return False
        return "u" not in self.modes or self.level(user) > 0 or self.level(to) > 0

    def shown_to(self, user: User) -> Iterable[tuple[User, Member]]:
        """Return the members that a user may see, see `shows`."""
        shown: Iterable[tuple[User, Member]] = self.members.items()
        if "u" in self.modes and not self.level(user):
            shown = [(each, member) for each, member in shown if member.ranks or each is user]
        if user not in self.members and not user.is_operator:
            shown = [(each, member) for each, member in shown if "i" not in each.modes]
        return shown

    def watchers(self, user: User) -> Audience:
        """Return every session that may see that a member joins, leaves or changes."""
        if "u" not in self.modes or self.level(user):
            return self.audience
        return Audience(self.audience_from_level(1).sessions.union(user.sessions))

    def members_changed(self) -> None:
        """Discard the audience; it is built again when needed."""
        self._audience = None

    def next_time(self, now: int) -> int:
        """Return the time of a new message or event: now, but later than every one before it."""
        self.last_time = max(now, self.last_time + 1)
        return self.last_time

    def audience_from_level(self, level: int) -> Audience:
        """Return the sessions of members with at least this level."""
        return Audience(
            session
            for user, member in self.members.items()
            if member.level >= level
            for session in user.sessions
        )

    def find_mask(self, mode: str, user: User, for_speaking: bool = False) -> MaskEntry | None:
        """Return the first mask of a list that matches a user.

        Args:
            mode: The letter of the list.
            for_speaking: Whether masks that only mute count, too.
        """
        entries = self.lists.get(mode)
        if not entries:
            return None
        source, account = names.fold(user.source), names.fold(user.account)
        for mask, entry in entries.items():
            is_meant = for_speaking or not masks.is_mute(mask)
            if is_meant and masks.parsed(mask).matches(source, account):
                return entry
        return None

    def find_ban(self, user: User, for_speaking: bool = False) -> MaskEntry | None:
        """Return a ban that matches a user, unless an exception does; `for_speaking` as in `find_mask`."""
        found = self.find_mask("b", user, for_speaking)
        return None if found and self.find_mask("e", user, for_speaking) else found

    def is_banned(self, user: User, for_speaking: bool = False) -> bool:
        """Return whether a ban matches a user and no exception does; `for_speaking` as in `find_mask`."""
        return self.find_ban(user, for_speaking) is not None
