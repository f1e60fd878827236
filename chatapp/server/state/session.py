"""One connection as the world sees it, and sessions in groups that hear the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from chatapp.protocol.addresses import is_loopback
from chatapp.protocol.capabilities import BATCH, MULTILINE
from chatapp.protocol.multiline import MultilineDraft
from chatapp.protocol.tls import fingerprint
from chatapp.server.state.accounts import Account
from chatapp.server.state.connection import Connection

if TYPE_CHECKING:
    from chatapp.server.state.user import User

PLAIN = 1 << 62  # a capability bit of our own: this session has no protocol, it gets words for people
WHOLE = 1 << 61  # another: this session gets a message of many lines as one batch, for it knows both

UNSPECIFIED = "*"  # how a session says that nobody is there, source IRCv3 pre-away


class Audience:
    """Sessions that get the same messages, made anew when they change; grouped by their capabilities.

    Membership of a session is asked of `sessions`, a frozenset; order does not matter to anyone. The groups
    stay as they were made: a message for this audience is rendered by the capabilities at the time when it
    was said, also when a later command of the same turn changes them.
    """

    __slots__ = ("groups", "sessions")

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.sessions = frozenset(sessions)
        groups: dict[int, list[Session]] = {}
        for session in self.sessions:
            groups.setdefault(session.caps, []).append(session)
        self.groups = tuple((caps, tuple(members)) for caps, members in groups.items())

    def caps_of(self, session: Session) -> int:
        """The capabilities by which this session, one of the audience, gets its messages."""
        return next(caps for caps, members in self.groups if session in members)

    def plus(self, sessions: Iterable[Session]) -> Audience:
        """These sessions and those, which are none of them: cheaper than all of them made anew."""
        joined = Audience(sessions)
        both = Audience(())
        both.sessions = self.sessions | joined.sessions
        groups = dict(self.groups)
        for caps, members in joined.groups:
            groups[caps] = groups.get(caps, ()) + members
        both.groups = tuple(groups.items())
        return both


NOBODY = Audience(())


class Session:
    """One connection and what it said of itself. `user` is None until it is registered."""

    __slots__ = (
        "_batches",
        "account",
        "alone",
        "application",
        "away",
        "cap_302",
        "caps",
        "closing",
        "draft",
        "heard",
        "held",
        "link",
        "metadata",
        "monitored",
        "negotiating",
        "nick",
        "opened",
        "password",
        "pinged",
        "realname",
        "refused",
        "sasl",
        "spoke",
        "subscriptions",
        "user",
        "username",
        "waited",
        "waiting",
        "waits_since",
    )  # fmt: skip

    def __init__(self, link: Connection, opened: float) -> None:
        self.link = link
        self.opened = self.heard = opened
        self.spoke = False  # whether a byte has come; it may have come in the turn that opened it
        self.pinged = False
        self.caps = 0
        self.cap_302 = False
        self.negotiating = False
        self.nick = ""
        self.username = ""
        self.realname = ""
        self.password = ""
        self.refused = ""  # the nick that was last refused
        self.account = ""  # which it logged in to, until it has a user
        self.application: Account | None = None  # that it may make with the code of an invitation
        self.away = ""  # what it said last of being away
        self.metadata: dict[str, str] = {}  # what it said of itself before registration
        self.subscriptions: dict[str, None] = {}  # keys of metadata, in order
        self.monitored: dict[str, str] = {}  # nicks as they were typed, by folded nick
        self.sasl: Any = None  # what AUTHENTICATE waits for
        self.user: User | None = None
        self.closing = False
        self.waiting = False  # for a job; later commands are in `held`
        self.waits_since = 0.0  # when that began
        self.waited = 0.0  # seconds, for all jobs that are done
        self.held: list[Any] = []  # of `items.Item`
        self.draft: MultilineDraft | None = None  # a message of many lines that is being sent
        self._batches = 0
        self.alone = Audience((self,))

    @property
    def name(self) -> str:
        """The target of replies: the nick, or `*` before there is one."""
        return self.user.nick if self.user else self.nick or "*"

    @property
    def is_private(self) -> bool:
        """Whether nobody between can listen: it comes by TLS, or from this computer."""
        return self.link.is_secure or is_loopback(self.link.address)

    @property
    def fingerprint(self) -> str:
        """Of its certificate: SHA-256 in hexadecimal digits, empty when it has shown none."""
        certificate = self.link.certificate
        return fingerprint(certificate) if certificate else ""

    @property
    def is_plain(self) -> bool:
        return bool(self.caps & PLAIN)

    def set_caps(self, caps: int) -> None:
        """Change the capabilities, and every audience that this session is in."""
        knows_both = caps & (BATCH | MULTILINE) == BATCH | MULTILINE
        self.caps = caps | WHOLE if knows_both else caps & ~WHOLE
        self.alone = Audience((self,))
        if self.user:
            self.user.sessions_changed()

    def new_batch(self) -> str:
        """A reference for a batch, not used before on this connection."""
        self._batches += 1
        return f"b{self._batches}"
