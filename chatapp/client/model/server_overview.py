"""What an owner or moderator sees of the server: settings, roles, bans, invite codes, the moderation log.

Only servers of this project tell it, see "The server for owners and moderators" in
`chatapp/server/README.md`. On others, and for all other users, nothing of it is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from chatapp.client.incoming.events import ServerText
from chatapp.client.model import server_storage
from chatapp.client.model.network import Network
from chatapp.client.model.server_storage import STORAGE, ServerStorage
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.server_access import Access, read_access
from chatapp.protocol.timestamps import parse_seconds

TOKEN = "chatapp/OVERVIEW"
STATUS, ROLES, BANS, CODES, LOG, SETTINGS = "status", "roles", "bans", "codes", "log", "settings"
PARTS = (STATUS, SETTINGS, ROLES, BANS, CODES, LOG)
OF_INVITATIONS = frozenset({STATUS, SETTINGS, CODES})
"""The parts that an invitation is made of."""

OF_FILES = "files-"  # begins the names of settings about files
MAX_LOG = 100_000  # entries of the moderation log that are kept

ROWS = frozenset(
    {
        "OVERVIEW STATUS",
        "OVERVIEW LINK",
        "OVERVIEW ROLE",
        "OVERVIEW BAN",
        "OVERVIEW CODE",
        "OVERVIEW LOG",
        "OVERVIEW END",
        "OVERVIEW WATCH",
        "SETTING ENTRY",
        "SETTING END",
        *server_storage.ROWS,
    }
)
"""The codes of the replies, as in `ServerText.code`."""

CHANGED, LOG_ADDED = "OVERVIEW CHANGED", "AUDIT ADDED"
"""The codes of the reports that something has changed."""

ServerRole = Literal["", "moderator", "owner"]

_NONE = "*"


@dataclass(frozen=True, slots=True)
class ServerStatus:
    """How the server is.

    Args:
        started: When it was started, in Unix seconds.
        online: How many people are connected.
        known: How many people have an account or are connected.
        size: Bytes of its database.
        messages: How many messages are stored.
        keep_days: Days after which messages are deleted; 0 for never.
        fingerprint: SHA-256 of its certificate, 64 hexadecimal digits; empty without TLS.
    """

    started: float
    online: int
    known: int
    size: int
    messages: int
    keep_days: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What owners can change.

    Args:
        name: The name of the chat.
        access: Who can join.
        sharing: Whether other computers can connect, and find the server on the network.
        closed: Whether nobody new can join for now.
        changed: The names of those that differ from the configuration of the server.
        files: Its limits of files by their keys in the configuration; empty if it does not tell them.
    """

    name: str = ""
    access: Access = "everyone"
    sharing: bool = False
    closed: bool = False
    changed: frozenset[str] = frozenset()
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RoleHolder:
    """An owner or moderator.

    Args:
        name: The account; the nick of a guest.
        role: Owner or moderator.
        is_guest: Whether there is no account, so that the role ends with the connection.
        shown: The display name.
    """

    name: str
    role: ServerRole
    is_guest: bool
    shown: str


@dataclass(frozen=True, slots=True)
class ChannelModerator:
    """A person who moderates some channels, but not the server.

    Args:
        name: The account.
        shown: The display name.
    """

    name: str
    shown: str
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServerBan:
    """A ban from the server. Times are Unix seconds; `until` is None for a permanent one."""

    mask: str
    until: float | None
    by: str
    at: float | None
    reason: str

    @property
    def target(self) -> str:
        """Whom it matches, see `target_of`."""
        return target_of(self.mask)


def target_of(mask: str) -> str:
    """Return whom the mask of a ban matches, without its parts that match everybody."""
    short = mask.removeprefix("~account:").removeprefix("*!*@").removesuffix("!*@*")
    return mask if short in ("", "*") else short


@dataclass(frozen=True, slots=True)
class InviteCodeRow:
    """An invite code.

    Args:
        label: By which it is revoked: its first group.
        code: The whole code; empty if the server does not know it any more.
        left: How many more people can use it.
        used: How many people have used it.
        until: When it expires, in Unix seconds; None for never.
        by: Who made it.
    """

    label: str
    code: str
    left: int
    used: int
    until: float | None
    by: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    """An entry of the moderation log.

    Args:
        number: Later entries have higher ones.
        at: When, in Unix seconds.
        by: Nick, or the name of a program.
        action: A command, such as KICK.
        about: The user, channel or mask that it concerned.
        details: Such as the reason.
    """

    number: int
    at: float | None
    by: str
    action: str
    about: str
    details: str


@dataclass(slots=True)
class ServerOverview:
    """What the server has told. A part is empty until it has been read.

    Attributes:
        role: What we are on this server; empty until it is known, and for all but owners and moderators.
        links: Invite links without a code, the best one first.
        read: The parts that have been read.
        storage: The files of users; None on a server that keeps none.
        has_more_log: Whether there are older entries than those in `log`.
    """

    role: ServerRole = ""
    status: ServerStatus | None = None
    links: tuple[str, ...] = ()
    settings: ServerSettings = field(default_factory=ServerSettings)
    roles: tuple[RoleHolder, ...] = ()
    channel_moderators: tuple[ChannelModerator, ...] = ()
    bans: tuple[ServerBan, ...] = ()
    codes: tuple[InviteCodeRow, ...] = ()
    log: tuple[LogEntry, ...] = ()
    storage: ServerStorage | None = None
    read: frozenset[str] = frozenset()
    has_more_log: bool = False


@dataclass(frozen=True, slots=True)
class ServerOffers:
    """What the user can see and do with the server now.

    Args:
        is_visible: Whether there is anything to see.
        can_change: Whether the user can change settings and roles, and stop the server.
    """

    is_visible: bool = False
    can_change: bool = False


def offers(network: Network, overview: ServerOverview) -> ServerOffers:
    """Return what the user can see and do with the server."""
    can_see = is_visible(network)
    return ServerOffers(can_see, can_see and overview.role == "owner")


def is_visible(network: Network) -> bool:
    """Return whether the user can see anything of the server: its owners and moderators can."""
    return network.state == "online" and TOKEN in network.isupport and network.is_server_operator


def usable_code(overview: ServerOverview) -> InviteCodeRow | None:
    """Return the newest invite code that can still be used and shown."""
    return next((each for each in overview.codes if each.code and each.left), None)


def keeps_files(network: Network) -> bool:
    """Return whether the server tells which files it keeps."""
    return STORAGE in network.isupport.get(TOKEN, "").split(",")


def take_answers(overview: ServerOverview, answers: Sequence[ServerText]) -> None:
    """Store what the server has answered. A part whose end has not come stays as it was."""
    rows: Rows = {}
    for each in answers:
        rows.setdefault(each.code, []).append(each.params)
    for params in _long(rows, "OVERVIEW STATUS", 9):
        overview.role, overview.status = _role(params[0]), _status(params)
    if "SETTING END" in rows:
        overview.settings = _settings(rows)
        overview.read |= {SETTINGS}
    for part, _, more, *_ in _long(rows, "OVERVIEW END", 4):
        if part in _READERS:
            _READERS[part](overview, rows, more == "more")
            overview.read |= {part}


Rows = dict[str, list[tuple[str, ...]]]
"""The parameters of each reply, by code."""


def _links(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """LINK link :text."""
    overview.links = tuple(params[0] for params in _long(rows, "OVERVIEW LINK", 1))


def _roles(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """ROLE name role kind :display name; RANK name channel :display name."""
    overview.roles = tuple(
        RoleHolder(name, _role(role), kind == "guest", shown)
        for name, role, kind, shown in _long(rows, "OVERVIEW ROLE", 4)
    )
    ranks = _long(rows, "OVERVIEW RANK", 3)
    overview.channel_moderators = tuple(
        ChannelModerator(name, shown, tuple(channel for each, channel, _ in ranks if each == name))
        for name, shown in dict.fromkeys((name, shown) for name, _, shown in ranks)
    )


def _bans(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """BAN mask until by time :reason."""
    overview.bans = tuple(
        ServerBan(mask, parse_seconds(until), by, parse_seconds(at), reason)
        for mask, until, by, at, reason in _long(rows, "OVERVIEW BAN", 5)
    )


def _codes(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """CODE label code left used until by time :text."""
    overview.codes = tuple(
        InviteCodeRow(
            label,
            "" if code == _NONE else code,
            parse_whole(left) or 0,
            parse_whole(used) or 0,
            parse_seconds(until),
            by,
        )
        for label, code, left, used, until, by in _long(rows, "OVERVIEW CODE", 6)
    )


def _log(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """LOG number time by account action about :details.

    A page is added to the entries known until now. The newest page replaces them if it does not reach them.
    """
    page = {
        int(number): LogEntry(int(number), parse_seconds(at), by.partition("!")[0], action, about, details)
        for number, at, by, _, action, about, details in _long(rows, "OVERVIEW LOG", 7)
        if parse_whole(number) is not None
    }
    known = {entry.number: entry for entry in overview.log}
    is_newest = bool(known) and bool(page) and max(page) >= max(known)
    if is_newest and has_more and min(page) > max(known):
        known = {}
    if not (is_newest and known):  # else its end says nothing about what is older than the known entries
        overview.has_more_log = has_more
    entries = {**known, **page}
    overview.log = tuple(entries[number] for number in sorted(entries, reverse=True))[:MAX_LOG]


def _storage(overview: ServerOverview, rows: Rows, has_more: bool) -> None:
    """STORAGE and KEEPS; and FILE, the answers to another command in the same order."""
    overview.storage = server_storage.read_storage(rows) or overview.storage


_READERS: dict[str, Callable[[ServerOverview, Rows, bool], None]] = {
    STATUS: _links,
    ROLES: _roles,
    BANS: _bans,
    CODES: _codes,
    LOG: _log,
    STORAGE: _storage,
}


def _status(params: tuple[str, ...]) -> ServerStatus:
    """STATUS role started online known bytes messages days fingerprint :name."""
    _, started, *numbers, fingerprint, _ = params
    online, known, size, messages, keep_days = (parse_whole(each) or 0 for each in numbers)
    fingerprint = "" if fingerprint == _NONE else fingerprint
    return ServerStatus(parse_seconds(started) or 0.0, online, known, size, messages, keep_days, fingerprint)


def _settings(rows: Rows) -> ServerSettings:
    """ENTRY name origin :value."""
    values = {name: (origin, value) for name, origin, value in _long(rows, "SETTING ENTRY", 3)}

    def value(name: str) -> str:
        return values.get(name, ("", ""))[1]

    access = read_access(value("access")) or "everyone"
    changed = frozenset(name for name, (origin, _) in values.items() if origin == "set")
    files = {
        name.removeprefix(OF_FILES): text for name, (_, text) in values.items() if name.startswith(OF_FILES)
    }
    return ServerSettings(
        value("name"), access, value("sharing") == "on", value("closed") == "on", changed, files
    )


def _role(text: str) -> ServerRole:
    if text == "owner":
        return "owner"
    return "moderator" if text == "moderator" else ""


def _long(rows: Rows, code: str, count: int) -> list[tuple[str, ...]]:
    """Return the first parameters of these replies; replies with fewer are left out."""
    return [params[:count] for params in rows.get(code, ()) if len(params) >= count]
