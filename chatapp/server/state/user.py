"""Somebody with a nick, who may have several sessions, or none while away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatapp.protocol import names
from chatapp.server.state.accounts import ROLES, Account, Role
from chatapp.server.state.session import Audience, Session

if TYPE_CHECKING:
    from chatapp.server.state.channel import Channel, Member

REALNAME_BYTES = 150


ABSENT = "Not connected; messages are kept"  # how somebody is away who stays without a session


class User:
    """Somebody with a nick. Every attribute that shows in `source` is set by `rename`.

    `identity` says whose direct messages these are: an account's, or this guest's for this one visit.
    `author` is the number under which words are kept: the account's if it has one, else that of this visit.
    """

    __slots__ = (
        "_audience",
        "_login",
        "account",
        "author",
        "away",
        "channels",
        "folded",
        "host",
        "id",
        "identity",
        "invites",
        "modes",
        "nick",
        "office",
        "realname",
        "sessions",
        "signed_on",
        "source",
        "spoke",
        "stays",
        "username",
    )  # fmt: skip

    def __init__(self, number: int, nick: str, username: str, host: str, realname: str, now: int) -> None:
        self.id = number
        self.username = username
        self.host = host
        self.realname = realname
        self.set_account(None)  # see `World.set_account`
        self.stays = False  # in the channels, when the last session is gone
        self.away = ""
        self.modes: set[str] = set()
        self.office: Role = "owner"  # of an operator, see `role`
        self.channels: dict[Channel, Member] = {}
        self.invites: dict[Channel, bool] = {}  # whether each is a pass, see `World.invite`
        self.sessions: list[Session] = []
        self.signed_on = now
        self.spoke = now
        self._audience: Audience | None = None
        self.rename(nick)

    def rename(self, nick: str) -> None:
        """Take another nick."""
        self.nick = nick
        self.folded = names.fold(nick)
        self.source = f"{nick}!{self.username}@{self.host}"

    def set_account(self, account: Account | None) -> None:
        """Belong to an account, or to none."""
        self._login = account
        self.account = account.name if account else ""
        self.identity = account.identity if account else f"!{self.id}"
        self.author = account.number if account and account.number else self.id

    def is_author(self, author: int, account: str, time: int) -> bool:
        """Say whether this user said something: in this visit, or as the same account.

        Args:
            author, account, time: what was kept with it, see `Account.is_author`; a guest has no account.
        """
        if not account:
            return author == self.id
        return self._login is not None and self._login.is_author(author, account, time)

    @property
    def tags(self) -> dict[str, str]:
        """What is told about who speaks."""
        tags = {"account": self.account} if self.account else {}
        if self.is_bot:
            tags["bot"] = ""
        return tags

    @property
    def is_bot(self) -> bool:
        return "B" in self.modes

    @property
    def is_operator(self) -> bool:
        return "o" in self.modes

    @property
    def is_secure(self) -> bool:
        return "Z" in self.modes

    @property
    def role(self) -> Role:
        """The part that this user has in running the server, see `World.set_role`."""
        return self.office if self.is_operator else "member"

    def may_act_as(self, role: Role) -> bool:
        """Whether the user's role is this one or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def audience(self) -> Audience:
        """All sessions of this user."""
        if self._audience is None:
            self._audience = Audience(self.sessions)
        return self._audience

    def sessions_changed(self) -> None:
        """A session came, went or changed its capabilities: audiences are made anew."""
        self._audience = None
        for channel in self.channels:
            channel.members_changed()
