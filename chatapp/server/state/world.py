"""What the server knows while it runs: users, their sessions, channels.

One thread owns it, so nothing here is locked. Look-ups raise Refused with the numeric that says why.

A *user* has a nick, an account, channels and modes. A *session* is one connection with its capabilities. A
user may have several sessions.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from chatapp.protocol import addresses, names, numerics
from chatapp.protocol.capabilities import EXTENDED_MONITOR
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.numerics import NumericError
from chatapp.server.config import BadConfig, Config
from chatapp.server.state import message_ids
from chatapp.server.state.accounts import Account, Role
from chatapp.server.state.bans import Bans
from chatapp.server.state.channel import Channel, Member
from chatapp.server.state.password_attempts import PasswordAttempts
from chatapp.server.state.rate_limits import AddressThrottle, Throttle
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import ABSENT, User

WHOWAS_ENTRIES = 1000
REGISTRATION_SECONDS = 600.0
METADATA_SECONDS = 60.0
NEW_CHANNELS_SECONDS = 600.0


class PersistentUser(NamedTuple):
    """Somebody who stays in channels while no session is connected.

    Takes  account: the folded name; away: as it was said; since: when the last session left, in milliseconds,
           0 while there is one; channels: their numbers
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
    """What WHOWAS tells of somebody who left; `at` in milliseconds."""

    nick: str
    username: str
    host: str
    realname: str
    account: str
    at: int


class RenamedChannel(NamedTuple):
    """A channel that had another name before.

    Takes  witnesses: the numbers of the users who were in it when it was renamed, see `User.id`
    """

    channel: Channel
    witnesses: frozenset[int]


class World:
    """All of it.

    Takes  secret: keys the cloak of addresses; first_id: no message had this id or a higher one
    """

    def __init__(self, config: Config, started: int, secret: bytes = b"", first_id: int = 1) -> None:
        self.config = config  # as it holds now, see `configure`
        self.is_locked = False  # for guests and for new accounts
        self.reload_config: Callable[[], Config | BadConfig] = lambda: config  # from its file, for a job
        self.stop: Callable[[], None] = lambda: None  # ends the whole server, for a job
        self.help_texts: Mapping[str, str] = {}  # what HELP prints, by command
        self.written = config  # as it was written
        self.name = config.server.name
        self.started = started
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.renamed: dict[str, RenamedChannel] = {}  # by the folded name they had before
        self.unknown: set[Session] = set()  # connected and not registered yet
        self.monitors: dict[str, set[Session]] = {}  # who wants to know of whom, by folded nick
        self.holders: Counter[str] = Counter()  # how many users hold a user mode
        self.whowas: deque[WhowasEntry] = deque(maxlen=WHOWAS_ENTRIES)
        self.accounts: dict[str, Account] = {}  # by folded name
        self.accounts_version: bytes | None = None  # of what `run_server.py account` has changed
        self.account_changes = 0  # how often this server has changed one
        self.code_changes = 0  # how often this server has changed a code of an invitation
        self.certificates: dict[str, str] = {}  # folded names of accounts by fingerprint
        self.logged_in: dict[str, list[User]] = {}  # users by the folded name of their account
        self.absent: dict[User, int] = {}  # who stays without a session, since when; the longest first
        self.attempts = PasswordAttempts(config.limits)
        self.registrations = AddressThrottle(
            REGISTRATION_SECONDS, config.limits.registrations, config.limits.local_registrations
        )
        self.bans = Bans()
        self.owner_credentials = ""  # of the password that makes an owner of who gives it to OPER
        self.most_users = 0
        self.last_direct = 0  # milliseconds of the newest direct message
        self._secret = secret
        self.markers: dict[str, dict[str, int]] = {}  # how far who has read: by `User.identity` and target
        self.metadata: dict[str, dict[str, str]] = {}  # by `User.identity` or `Channel.key`, and key
        self.metadata_changes = Throttle(config.limits.metadata_changes, METADATA_SECONDS)
        self.new_channels = Throttle(config.limits.new_channels, NEW_CHANNELS_SECONDS)
        self._next_id = first_id
        self._channel_numbers = 0

    def configure(self, config: Config, is_locked: bool) -> None:
        """Let this configuration hold, or what is left of it while the server is closed to guests.

        The server's name stays what it was at the start, and so does where it listens.
        """
        self.written, self.is_locked = config, is_locked
        if is_locked:
            accounts = replace(config.accounts, members_only=True, registration="closed")
            config = replace(config, accounts=accounts)
        self.config = config
        self.attempts.configure(config.limits)
        self.registrations.configure(config.limits.registrations, config.limits.local_registrations)
        self.metadata_changes.most = config.limits.metadata_changes
        self.new_channels.most = config.limits.new_channels

    def advance_ids(self, now: int) -> None:
        """It is now this time: ids that are given from now on are not below `ids.first_id(now)`."""
        self._next_id = max(self._next_id, message_ids.first_id(now) - 1)

    def new_msgid(self) -> str:
        """An id that no message had before, in hexadecimal digits; its number is the key of its row."""
        self._next_id += 1
        return f"{self._next_id:x}"

    def new_ids(self, count: int) -> int:
        """The first of so many ids in a row, for messages."""
        first = self._next_id + 1
        self._next_id += count
        return first

    def new_user_number(self) -> int:
        """A number that no user had before, also not before a restart."""
        self._next_id += 1
        return self._next_id

    def stamp_direct(self, now: int) -> int:
        """The time of a new direct message, later than every one before it."""
        self.last_direct = max(now, self.last_direct + 1)
        return self.last_direct

    def cloak(self, address: str) -> str:
        """The host that others see: the same for the same address, and it tells nothing of the address."""
        place = addresses.client_block(
            address
        )  # a ban of a host is not escaped by another address of one's own
        digest = hmac.new(self._secret, place.encode(), hashlib.sha256).hexdigest()
        return f"{digest[:12]}.{self.config.server.cloak}"

    def nobodys_credentials(self, folded: str) -> Credentials:
        """For a name without an account: what no password fits."""
        return Credentials.nobodys(folded, self._secret)

    def new_nonce(self) -> str:
        """A word that was not used before, and that nobody can guess."""
        return hmac.new(self._secret, f"nonce {self.new_msgid()}".encode(), hashlib.sha256).hexdigest()

    @property
    def default_channel(self) -> str:
        """The channel of who has no protocol to choose one."""
        return self.config.channels.default[0] if self.config.channels.default else "#general"

    def is_default(self, name: str) -> bool:
        """Whether everybody is put into this channel who comes."""
        return names.fold(name) in map(names.fold, self.config.channels.default)

    # look-ups

    def user(self, nick: str) -> User:
        """Raises  Refused 401"""
        user = self.users.get(names.fold(nick))
        if user is None:
            raise NumericError(numerics.ERR_NOSUCHNICK, nick or "*")
        return user

    def account_of(self, user: User) -> Account | None:
        """The account that somebody is logged in to."""
        return self.accounts.get(names.fold(user.account)) if user.account else None

    def identity_of(self, name: str) -> str:
        """The identity of the account of this name; one that nobody has when there is no such account."""
        account = self.accounts.get(names.fold(name))
        return account.identity if account else "?" + names.fold(name)

    def channel(self, name: str) -> Channel:
        """Raises  Refused 403"""
        channel = self.channels.get(names.fold(name))
        if channel is None:
            raise NumericError(numerics.ERR_NOSUCHCHANNEL, name or "*")
        return channel

    def channel_of(self, user: User, name: str) -> Channel:
        """A channel that this user is in.

        Raises  Refused 403, 442
        """
        channel = self.channel(name)
        if user not in channel.members:
            raise NumericError(numerics.ERR_NOTONCHANNEL, channel.name)
        return channel

    def channel_ruled(self, user: User, name: str) -> Channel:
        """A channel in which this user may have a say: theirs, or any for who runs the server.

        Raises  Refused 403, 442
        """
        return self.channel(name) if user.is_operator else self.channel_of(user, name)

    def member_of(self, channel: Channel, nick: str) -> User:
        """Somebody in this channel.

        Raises  Refused 401, 441
        """
        user = self.user(nick)
        if user not in channel.members:
            raise NumericError(numerics.ERR_USERNOTINCHANNEL, user.nick, channel.name)
        return user

    def sessions(self) -> list[Session]:
        """All that are connected, registered or not."""
        return [*self.unknown, *(session for user in self.users.values() for session in user.sessions)]

    def visible_channel(self, user: User, channel: Channel) -> bool:
        """Whether this user may know of the channel: it is not secret, or theirs, or they run the server."""
        return "s" not in channel.modes or user in channel.members or user.is_operator

    def neighbours(self, user: User) -> Audience:
        """Every session, of this user and of all who share a channel with them."""
        sessions = set(user.sessions)
        for channel in user.channels:
            sessions |= channel.watchers(user).sessions
        return Audience(sessions)

    def observers(self, user: User) -> Audience:
        """Every session that is told what this user changes: the user's own, those who share a channel, and
        those who monitor the nick and want to know this much.
        """
        monitors = self.monitors.get(user.folded, ())
        extended = [session for session in monitors if session.caps & EXTENDED_MONITOR]
        near = self.neighbours(user)
        return Audience(near.sessions.union(extended)) if extended else near

    # changes

    def monitor(self, session: Session, nick: str) -> None:
        """Let a session know when this nick comes and goes."""
        folded = names.fold(nick)
        session.monitored[folded] = nick
        self.monitors.setdefault(folded, set()).add(session)

    def unmonitor(self, session: Session, nicks: Iterable[str]) -> None:
        """Let it know no more of these nicks, which are folded."""
        for folded in nicks:
            if session.monitored.pop(folded, None) is not None:
                self.monitors[folded].remove(session)
                if not self.monitors[folded]:
                    del self.monitors[folded]

    def add_user(self, user: User) -> None:
        self.users[user.folded] = user
        self.most_users = max(self.most_users, len(self.users))

    def rename_user(self, user: User, nick: str) -> None:
        del self.users[user.folded]
        user.rename(nick)
        self.users[user.folded] = user

    def remove_user(self, user: User, now: int) -> None:
        """Somebody is gone: from their channels, and into WHOWAS."""
        for channel in list(user.channels):
            self.leave(user, channel)
        for channel in list(user.invites):
            self.uninvite(user, channel)
        del self.users[user.folded]
        self.absent.pop(user, None)
        self.holders.subtract(user.modes)
        self.remember(user, now)
        if not user.account:
            self.markers.pop(user.identity, None)
            self.metadata.pop(user.identity, None)
        self.set_account(user, "")

    def put_account(self, account: Account) -> None:
        """There is a new account, or one is different from now on."""
        self.accounts[account.folded] = account
        self.account_changes += 1

    def set_account(self, user: User, name: str) -> None:
        """Log somebody in, or out when the name is empty."""
        if user.account:
            folded = names.fold(user.account)
            self.logged_in[folded].remove(user)
            if not self.logged_in[folded]:
                del self.logged_in[folded]
        unknown = Account(name, "", "member", "", 0)
        user.set_account(self.accounts.get(names.fold(name), unknown) if name else None)
        if name:
            self.logged_in.setdefault(names.fold(name), []).append(user)

    def set_mode(self, user: User, mode: str, on: bool) -> None:
        """Give or take a user mode."""
        if on != (mode in user.modes):
            self.holders[mode] += 1 if on else -1
            (user.modes.add if on else user.modes.remove)(mode)

    def set_role(self, user: User, role: Role) -> None:
        """Give somebody a part in running the server, or take it away. The user mode o shows it."""
        if role != "member":
            user.office = role
        self.set_mode(user, "o", role != "member")

    def remember(self, user: User, now: int) -> None:
        """What WHOWAS will tell of a nick that is given up."""
        self.whowas.appendleft(
            WhowasEntry(user.nick, user.username, user.host, user.realname, user.account, now)
        )

    def enter(self, user: User, channel: Channel, ranks: str = "") -> None:
        member = Member(ranks)
        channel.members[user] = member
        user.channels[channel] = member
        channel.member_came(user)

    def leave(self, user: User, channel: Channel) -> None:
        del channel.members[user]
        del user.channels[channel]
        channel.members_changed()

    def invite(self, user: User, channel: Channel, is_pass: bool) -> None:
        """Remember an invitation. It ends with one JOIN, with the channel, or when the user is gone.

        Args:
            is_pass: whether it lets the user in where the channel would refuse; an earlier invitation that
                does stays in force.
        """
        user.invites[channel] = is_pass or user.invites.get(channel, False)
        channel.invited.add(user)

    def uninvite(self, user: User, channel: Channel) -> None:
        """End an invitation, if there is one."""
        user.invites.pop(channel, None)
        channel.invited.discard(user)

    def new_channel(self, name: str, now: int) -> Channel:
        """A channel that was not there."""
        self._channel_numbers += 1
        channel = Channel(self._channel_numbers, name, now)
        self.channels[channel.folded] = channel
        self.renamed.pop(channel.folded, None)
        return channel

    def rename_channel(self, channel: Channel, name: str) -> None:
        """A channel is called otherwise. The name that it had last is remembered, and none before that."""
        before = channel.folded
        del self.channels[before]
        self._forget_former_names(channel)
        channel.name, channel.folded = name, names.fold(name)
        self.channels[channel.folded] = channel
        self.renamed.pop(channel.folded, None)
        if channel.folded != before:
            self.renamed[before] = RenamedChannel(channel, frozenset(user.id for user in channel.members))

    def drop_channel(self, channel: Channel) -> None:
        """A channel is no more."""
        del self.channels[channel.folded]
        self.metadata.pop(channel.key, None)
        for user in list(channel.invited):
            self.uninvite(user, channel)
        self._forget_former_names(channel)

    def _forget_former_names(self, channel: Channel) -> None:
        self.renamed = {folded: each for folded, each in self.renamed.items() if each.channel is not channel}

    def restore_user(self, stay: PersistentUser) -> User:
        """Somebody whom the store remembered."""
        since = stay.since or self.started
        number = self.new_user_number()
        user = User(number, stay.nick, stay.username, stay.host, stay.realname, since)
        user.away = stay.away or ABSENT
        user.stays = True
        self.add_user(user)
        self.set_account(user, self.accounts[stay.account].name)
        self.absent[user] = since
        return user

    def restore_channel(self, channel: Channel) -> None:
        """A channel that the store remembered."""
        self.use_number(channel.id)
        self.channels[channel.folded] = channel

    def use_number(self, number: int) -> None:
        """A channel has this number, or had it and there is still something of it: no other shall get it."""
        self._channel_numbers = max(self._channel_numbers, number)


def check_server(world: World, asked: str) -> None:
    """Whether a question is for this server: by its name, a mask of it, or the nick of somebody on it.

    Raises  Refused 402
    """
    if asked and not names.matches(asked, world.name) and names.fold(asked) not in world.users:
        raise NumericError(numerics.ERR_NOSUCHSERVER, asked)
