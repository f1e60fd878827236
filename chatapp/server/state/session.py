"""A session: one connection and its state. An audience: sessions that get the same messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from chatapp.protocol.addresses import is_loopback
from chatapp.protocol.capabilities import BATCH, MULTILINE
from chatapp.protocol.multiline import MultilineDraft
from chatapp.protocol.tls import fingerprint
from chatapp.server.state.accounts import Account
from chatapp.server.state.connection import Connection

if TYPE_CHECKING:  # a session knows its user, a user its sessions: one structure in two modules
    from chatapp.server.state.user import User

PLAIN_TEXT = 1 << 62
"""A capability bit of this server, not of IRCv3: the client does not speak IRC and gets plain sentences."""

MULTILINE_BATCH = 1 << 61
"""Another one: the session has batch and multiline, so it gets a multiline message as one batch."""


class Audience:
    """Sessions that get the same messages, grouped by their capabilities. Immutable.

    A message for an audience is rendered by the capabilities at the time when it was sent, even if a later
    command of the same turn changes them: the groups never change.

    Attributes:
        sessions: All of them, without an order.
        groups: Capabilities, and the sessions that have exactly these.
    """

    __slots__ = ("groups", "sessions")

    def __init__(self, sessions: Iterable[Session]) -> None:
        self.sessions = frozenset(sessions)
        groups: dict[int, list[Session]] = {}
        for session in self.sessions:
            groups.setdefault(session.caps, []).append(session)
        self.groups = tuple((caps, tuple(members)) for caps, members in groups.items())

    def caps_of(self, session: Session) -> int:
        """Return the capabilities by which a session of the audience gets its messages."""
        return next(caps for caps, members in self.groups if session in members)

    def plus(self, sessions: Iterable[Session]) -> Audience:
        """Return an audience with more sessions, none of which is in this one: cheaper than a new one."""
        joined = Audience(sessions)
        both = Audience(())
        both.sessions = self.sessions | joined.sessions
        groups = dict(self.groups)
        for caps, members in joined.groups:
            groups[caps] = groups.get(caps, ()) + members
        both.groups = tuple(groups.items())
        return both

    def minus(self, sessions: Iterable[Session]) -> Audience:
        """Return the audience without these sessions: cheaper than a new one."""
        gone = self.sessions.intersection(sessions)
        if not gone:
            return self
        rest = Audience(())
        rest.sessions = self.sessions - gone
        kept = ((caps, tuple([each for each in group if each not in gone])) for caps, group in self.groups)
        rest.groups = tuple((caps, group) for caps, group in kept if group)
        return rest


EMPTY_AUDIENCE = Audience(())
"""The empty audience."""


class ClientDescription(NamedTuple):
    """What a client says about itself to the owner of the account; each may be empty.

    Args:
        program: Such as `Chatapp`.
        system: The operating system.
        computer: The name of the computer.
    """

    program: str = ""
    system: str = ""
    computer: str = ""


class Confirmation(NamedTuple):
    """The password of an account was given once more on a session.

    Args:
        identity: Of the account.
        until: Seconds of the clock of the core, after which it does not count any more.
    """

    identity: str
    until: float


class Session:
    """One connection and what its client has set. `user` is None until the session is registered."""

    __slots__ = (
        "_batches",
        "account",
        "awaits_pong",
        "away",
        "cap_302",
        "caps",
        "client",
        "confirmed",
        "draft",
        "guest_key",
        "has_batch",
        "has_sent_data",
        "held_commands",
        "invite_label",
        "invited_nicks",
        "is_closing",
        "is_invited",
        "is_logged",
        "is_negotiating",
        "is_transfer",
        "is_waiting",
        "is_watching",
        "last_active",
        "last_received",
        "link",
        "metadata",
        "monitored",
        "nick",
        "number",
        "opened",
        "own_audience",
        "password",
        "pending_account",
        "realname",
        "refused_nick",
        "sasl",
        "subscriptions",
        "total_wait",
        "upload_url",
        "user",
        "username",
        "waiting_since",
    )  # fmt: skip

    def __init__(self, link: Connection, opened: float) -> None:
        self.link = link
        self.opened = self.last_received = opened
        self.last_active = opened  # when it sent a message last
        self.has_sent_data = False  # set in the turn that applies it; `opened` may lie in the same turn
        self.awaits_pong = False
        self.caps = 0
        self.cap_302 = False
        self.is_negotiating = False
        self.upload_url = ""  # where it may upload, as it was announced; it ends with the token
        self.is_logged = False  # the log names its connection: it has sent a line, or was refused
        self.is_transfer = False  # it uploads or downloads a file, and gets no lines
        self.nick = ""
        self.username = ""
        self.realname = ""
        self.password = ""
        self.refused_nick = ""  # the last nick that was refused
        self.account = ""  # that it logged in to, until it has a user
        self.guest_key = ""  # the identity as a guest who comes back, see `commands.guest`
        self.pending_account: Account | None = None  # it still needs an invite code
        self.is_invited = False  # it gave an invite code
        self.invite_label = ""  # of the code, where one is needed
        self.invited_nicks = 0  # under which the guest can come back
        self.is_watching = False  # it gets changes of the server, see `operations.overview_watch`
        self.away = ""  # its last AWAY
        self.client = ClientDescription()
        self.number = 0  # in the list of sessions of its account; given when the list is requested first
        self.confirmed: Confirmation | None = None  # of the password, see `operations.confirmation`
        self.metadata: dict[str, str] = {}  # set before registration
        self.subscriptions: dict[str, None] = {}  # metadata keys, in order
        self.monitored: dict[str, str] = {}  # nicks as they were typed, by folded nick
        self.sasl: Any = None  # what AUTHENTICATE waits for
        self.user: User | None = None
        self.is_closing = False
        self.is_waiting = False  # for a job; later commands are in `held_commands`
        self.waiting_since = 0.0
        self.total_wait = 0.0  # seconds, for all jobs that are done
        self.has_batch = False  # lines from its reader that are not all executed yet
        self.held_commands: list[Any] = []  # of `core.inbound.Item`
        self.draft: MultilineDraft | None = None  # a multiline message whose batch is open
        self._batches = 0
        self.own_audience = Audience((self,))

    @property
    def name(self) -> str:
        """The target of replies: the nick, or `*` before there is one."""
        return self.user.nick if self.user else self.nick or "*"

    @property
    def is_private(self) -> bool:
        """Whether others cannot read its traffic: it uses TLS, or comes from this computer."""
        return self.link.is_secure or is_loopback(self.link.address)

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of its client certificate in hexadecimal digits; empty without a certificate."""
        certificate = self.link.certificate
        return fingerprint(certificate) if certificate else ""

    @property
    def is_plain(self) -> bool:
        """Whether the client does not speak IRC, see PLAIN_TEXT."""
        return bool(self.caps & PLAIN_TEXT)

    def set_caps(self, caps: int) -> None:
        """Change the capabilities, and every audience of which this session is a part."""
        knows_both = caps & (BATCH | MULTILINE) == BATCH | MULTILINE
        self.caps = caps | MULTILINE_BATCH if knows_both else caps & ~MULTILINE_BATCH
        self.own_audience = Audience((self,))
        if self.user:
            self.user.sessions_changed()

    def new_batch(self) -> str:
        """Return a new batch reference, unique on this connection."""
        self._batches += 1
        return f"b{self._batches}"
