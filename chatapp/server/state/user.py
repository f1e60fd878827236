"""A user: a nick with any number of sessions. A persistent user who is not connected has none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from chatapp.protocol import names
from chatapp.server.state.accounts import ROLES, Account, Role
from chatapp.server.state.session import Audience, Session

if TYPE_CHECKING:  # a user knows its channels, a channel its members: one structure in two modules
    from chatapp.server.state.channel import Channel, Member

REALNAME_BYTES = 150


class PersistentUser(NamedTuple):
    """A stored user who stays in channels while no session is connected.

    Args:
        account: The folded name.
        away: The away text; empty if there was none.
        since: When the last session left, in milliseconds; 0 while there is one.
        channels: Their numbers.
    """

    account: str
    nick: str
    username: str
    host: str
    realname: str
    away: str
    since: int
    channels: tuple[int, ...] = ()


class WhowasEntry(NamedTuple):
    """The data of WHOWAS about a nick that was given up; `at` is in milliseconds. See `User.client_key`."""

    nick: str
    username: str
    host: str
    realname: str
    account: str
    at: int
    display_name: str = ""
    client_key: str = ""


def guest_author(guest_key: str) -> int:
    """Return the author number of a guest with a key: always the same, negative unlike all ids."""
    digest = hashlib.sha256(b"author " + guest_key.encode()).digest()
    return -1 - (int.from_bytes(digest[:8]) >> 1)


class User:
    """A user.

    Attributes:
        source: `nick!user@host`, kept up to date by `rename`.
        identity: The key under which direct messages, markers and metadata are stored: that of the account,
            or one that a guest has until it disconnects. With `guest_key` a guest has it again later.
        guest_key: The identity as a guest, if the client gave a key; else empty. See `commands.guest`.
        client_key: The same; also of a second user with that key, who has another identity.
        author: The number that is stored with messages: that of the account if it has one, else `id`; of a
            guest with a key the number that `guest_author` makes of it, until the guest makes an account.
        invites: The channels with an unused invitation, see `World.invite`.
        signed_on, last_active: Milliseconds.
    """

    __slots__ = (
        "_audience",
        "_is_former_guest",
        "_login",
        "account",
        "author",
        "away",
        "channels",
        "client_key",
        "folded",
        "guest_key",
        "host",
        "id",
        "identity",
        "invites",
        "is_persistent",
        "last_active",
        "modes",
        "nick",
        "operator_role",
        "realname",
        "sessions",
        "signed_on",
        "source",
        "username",
    )  # fmt: skip

    def __init__(
        self,
        user_id: int,
        nick: str,
        username: str,
        host: str,
        realname: str,
        now: int,
        guest_key: str = "",
    ) -> None:
        self.id = user_id
        self.guest_key = self.client_key = guest_key
        self.username = username
        self.host = host
        self.realname = realname
        self.set_account(None)  # see `World.set_account`
        self.is_persistent = False  # stays in the channels when the last session is gone
        self.away = ""
        self.modes: set[str] = set()
        self.operator_role: Role = "owner"  # while an operator, see `role`
        self.channels: dict[Channel, Member] = {}
        self.invites: dict[Channel, bool] = {}  # whether each overrides the channel modes, see `World.invite`
        self.sessions: list[Session] = []
        self.signed_on = now
        self.last_active = now
        self._audience: Audience | None = None
        self.rename(nick)

    def rename(self, nick: str) -> None:
        """Change the nick."""
        self.nick = nick
        self.folded = names.fold(nick)
        self.source = f"{nick}!{self.username}@{self.host}"

    def set_account(self, account: Account | None, is_former_guest: bool = False) -> None:
        """Log in to an account, or out with None.

        Args:
            is_former_guest: Whether the guest with this key has made an account: what it wrote belongs to the
                account alone.
        """
        self._login = account
        self._is_former_guest = is_former_guest
        self.account = account.name if account else ""
        self.identity = account.identity if account else self.guest_key or f"!{self.id}"
        self.author = account.number if account and account.number else self._guest_author

    def is_author(self, author: int, account: str, time: int) -> bool:
        """Return whether this user sent a message: as this guest, or with the same account.

        Args:
            author: What was stored with the message, see `User.author`.
            account: The stored account name; empty for a guest.
            time: The time of the message, in milliseconds.
        """
        if not account and author in (self.id, self._guest_author):
            return True
        return self._login is not None and self._login.is_author(author, account, time)

    @property
    def _guest_author(self) -> int:
        return guest_author(self.guest_key) if self.guest_key and not self._is_former_guest else self.id

    @property
    def is_lasting(self) -> bool:
        """Whether the identity outlasts the connection: of an account, or of a guest with a key."""
        return bool(self.account or self.guest_key)

    @property
    def tags(self) -> dict[str, str]:
        """The message tags that describe the sender."""
        tags = {"account": self.account} if self.account else {}
        if self.is_bot:
            tags["bot"] = ""
        return tags

    @property
    def is_bot(self) -> bool:
        """User mode B."""
        return "B" in self.modes

    @property
    def is_operator(self) -> bool:
        """User mode o."""
        return "o" in self.modes

    @property
    def is_secure(self) -> bool:
        """User mode Z: every session uses TLS."""
        return "Z" in self.modes

    @property
    def role(self) -> Role:
        """The role of the user, see `World.set_role`."""
        return self.operator_role if self.is_operator else "member"

    def may_act_as(self, role: Role) -> bool:
        """Return whether the user has this role or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def audience(self) -> Audience:
        """All sessions of this user."""
        if self._audience is None:
            self._audience = Audience(self.sessions)
        return self._audience

    def sessions_changed(self) -> None:
        """Discard the audiences, after a session was added or removed or changed its capabilities."""
        self._audience = None
        for channel in self.channels:
            channel.members_changed()

    def session_ended(self, session: Session) -> None:
        """Remove a session, also from the audiences."""
        self.sessions.remove(session)
        self._audience = None
        for channel in self.channels:
            channel.sessions_left([session])
