"""The state of the server in memory: users, sessions, channels, accounts.

Only the core thread uses it, so it needs no lock. Look-ups raise a NumericError, which becomes the reply.

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

from chatapp.protocol import addresses, display_names, names, numerics
from chatapp.protocol.capabilities import EXTENDED_MONITOR
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.modes import HALFOP, level
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.presence import ABSENT
from chatapp.server.config import Config
from chatapp.server.state.accounts import ROLE_RANKS, SERVICES, Account, Role
from chatapp.server.state.bans import Bans
from chatapp.server.state.channel import Channel, Member
from chatapp.server.state.file_hosting import FileHosting
from chatapp.server.state.guest_nicks import AbsentGuest, GuestNicks
from chatapp.server.state.live_settings import LiveSettings
from chatapp.server.state.message_ids import IdCounter
from chatapp.server.state.monitor_lists import MonitorLists
from chatapp.server.state.password_attempts import PasswordAttempts
from chatapp.server.state.public_names import PublicNames
from chatapp.server.state.rate_limits import AddressThrottle, Throttle
from chatapp.server.state.session import EMPTY_AUDIENCE, Audience, Session
from chatapp.server.state.timed_masks import TimedMasks
from chatapp.server.state.user import PersistentUser, User, WhowasEntry, guest_author

WHOWAS_ENTRIES = 1000
REDACTED_IDS = 1000  # more than are deleted while a worker looks up a message
REGISTRATION_SECONDS = 600.0  # the period in which registrations of an address are counted
METADATA_SECONDS = 60.0  # the period in which changes of metadata are counted
NEW_CHANNELS_SECONDS = 600.0  # the period in which new channels are counted


class RenamedChannel(NamedTuple):
    """A channel under its former name.

    Args:
        member_ids: The ids of the users who were in it when it was renamed, who know the new name.
    """

    channel: Channel
    member_ids: frozenset[int]


class World:
    """The state of the server.

    Args:
        started: When the server started, in milliseconds.
        secret: The key of the cloaks.
        first_id: No message has this id or a higher one.
    """

    def __init__(self, config: Config, started: int, secret: bytes = b"", first_id: int = 1) -> None:
        self.config = config  # in effect, see `configure`
        self.written_config = config  # as in its file
        self.live_settings = LiveSettings()  # what owners have changed while the server runs
        self.is_locked = False  # whether LOCKDOWN is on: no guests, no new accounts
        self.name = config.server.name
        self.started = started
        self.help_texts: Mapping[str, str] = {}  # the texts of HELP, by command

        # functions of the application, called on a worker thread
        self.reload_config: Callable[[], str] = str  # returns an error
        self.stop: Callable[[str], None] = lambda farewell: None  # ends the server
        self.share: Callable[[bool | None], str] = lambda chosen: ""  # see `net.sharing`; returns an error

        # functions of the application, called on the core thread
        self.loaded_config: Callable[[], Config] = lambda: config  # by `reload_config`
        self.is_shared: Callable[[], bool] = lambda: False  # whether other computers can connect
        self.name_changed: Callable[[], None] = lambda: None  # shows the name of the chat everywhere
        self.invite_links: Callable[[], list[str]] = list  # the best one first
        self.fingerprint: Callable[[], str] = str  # of the certificate; empty without TLS

        # users and sessions
        self.users: dict[str, User] = {}  # by folded nick
        self.most_users = 0
        self.unregistered: set[Session] = set()
        self.transfers: set[Session] = set()  # those of them that only transfer a file
        self.absent: dict[User, int] = {}  # persistent users without a session; milliseconds, oldest first
        self.mode_counts: Counter[str] = Counter()  # how many users have a user mode
        self.monitors = MonitorLists()
        self.whowas: deque[WhowasEntry] = deque(maxlen=WHOWAS_ENTRIES)  # the newest first
        self.bans = Bans()

        # channels
        self.channels: dict[str, Channel] = {}  # by folded name
        self.timed_masks = TimedMasks()
        self.former_names: dict[str, RenamedChannel] = {}  # by folded former name
        self._highest_channel = 0  # number

        # accounts
        self.accounts: dict[str, Account] = {}  # by folded name
        self.certificates: dict[str, str] = {}  # folded names of accounts by fingerprint
        self.logged_in: dict[str, list[User]] = {}  # by the folded name of the account
        self.owner_credentials = ""  # for OPER, see `storage.first_start`
        self.accounts_version: bytes | None = None  # of the changes that other processes made
        self.account_changes = 0  # how many this server made
        self.last_audited = 0  # the number of the last entry of the audit log that operators were told of
        self.code_changes = 0  # how many invite codes this server changed

        # messages
        self.ids = IdCounter(first_id)
        self.last_direct_time = 0  # milliseconds of the newest direct message
        self.guests: dict[str, User] = {}  # who gave a key, by `User.guest_key`; also while logged in
        self.guest_nicks = GuestNicks()
        self.former_guests: set[int] = set()  # the author numbers of guests who have made accounts
        self.markers: dict[str, dict[str, int]] = {}  # read markers by identity and target, in milliseconds
        self.redacted: deque[int] = deque(maxlen=REDACTED_IDS)  # ids of messages that were deleted last
        self.metadata: dict[str, dict[str, str]] = {}  # by `User.identity` or `Channel.key`, and key
        self.public_names = PublicNames()
        self.files = FileHosting()

        # limits
        limits = config.limits
        self.password_attempts = PasswordAttempts(limits)
        self.registrations = AddressThrottle(
            REGISTRATION_SECONDS, limits.registrations, limits.local_registrations
        )
        self.metadata_changes = Throttle(limits.metadata_changes, METADATA_SECONDS)
        self.new_channels = Throttle(limits.new_channels, NEW_CHANNELS_SECONDS)
        self._secret = secret
        for service in SERVICES.values():
            self.public_names.add(service)

    def configure(self, config: Config, is_locked: bool) -> None:
        """Apply a configuration with the live settings, restricted while the server is closed to guests.

        The name of the server and the addresses where it listens do not change before the next start.
        """
        self.written_config, self.is_locked = config, is_locked
        config = self.live_settings.applied_to(config)
        if is_locked:
            accounts = replace(config.accounts, members_only=True, registration="closed")
            config = replace(config, accounts=accounts)
        self.config = config
        limits = config.limits
        self.password_attempts.configure(limits)
        self.registrations.configure(limits.registrations, limits.local_registrations)
        self.metadata_changes.limit = limits.metadata_changes
        self.new_channels.limit = limits.new_channels

    def next_direct_time(self, now: int) -> int:
        """Return the time of a new direct message: now, but later than every one before it."""
        self.last_direct_time = max(now, self.last_direct_time + 1)
        return self.last_direct_time

    def cloak(self, address: str) -> str:
        """Return the host that others see. It is always the same for an address and does not reveal it."""
        block = addresses.client_block(address)  # so that another address of the block does not evade a ban
        digest = hmac.new(self._secret, block.encode(), hashlib.sha256).hexdigest()
        return f"{digest[:12]}.{self.config.server.cloak}"

    def decoy_credentials(self, folded: str) -> Credentials:
        """Return credentials that no password matches, for a name without an account."""
        return Credentials.decoy(folded, self._secret)

    def new_nonce(self) -> str:
        """Return a text that was not used before and cannot be guessed."""
        return self.nonce_of(self.ids.new_msgid())

    def nonce_of(self, text: str) -> str:
        """Return what is always the same for a text, and cannot be guessed from it."""
        return hmac.new(self._secret, f"nonce {text}".encode(), hashlib.sha256).hexdigest()

    @property
    def default_channel(self) -> str:
        """The channel of plain text clients, which cannot choose one."""
        return self.config.channels.default[0] if self.config.channels.default else "#general"

    def is_default_channel(self, name: str) -> bool:
        """Return whether every new user joins this channel."""
        return names.fold(name) in map(names.fold, self.config.channels.default)

    def ranks_at_join(self, user: User, channel: Channel) -> str:
        """Return the ranks that a user has in a channel from the start, as mode letters.

        They are those of the account there, and the rank of the user's role.
        """
        stored = channel.account_ranks.get(user.account, "") if user.account else ""
        return self.with_rank_of_role(user.role, channel, stored)

    def with_rank_of_role(self, role: Role, channel: Channel, ranks: str) -> str:
        """Return the ranks of a member and the one that its role adds; see `rank_of_role`."""
        return ranks + self.rank_of_role(role, channel, ranks).strip(ranks)

    def rank_of_role(self, role: Role, channel: Channel, ranks: str) -> str:
        """Return the rank that a member has because of its role, as a mode letter; empty for none.

        In a default channel every role above that of a member has one. In the other channels an owner of
        the server is an owner where it moderates, so that everybody sees who it is.

        Args:
            ranks: All ranks of the member, as mode letters.
        """
        if self.is_default_channel(channel.name):
            return ROLE_RANKS[role]
        owner = ROLE_RANKS["owner"]
        moderates = level(ranks.replace(owner, "")) >= HALFOP
        return owner if role == "owner" and moderates else ""

    # look-ups

    def user(self, nick: str) -> User:
        """Return the user with this nick.

        Raises:
            NumericError: 401.
        """
        user = self.users.get(names.fold(nick))
        if user is None:
            raise NumericError(numerics.ERR_NOSUCHNICK, nick or "*")
        return user

    def account_of(self, user: User) -> Account | None:
        """Return the account that a user is logged in to."""
        return self.accounts.get(names.fold(user.account)) if user.account else None

    def identity_of(self, name: str) -> str:
        """Return the identity of the account of this name, or one that no user has."""
        account = self.accounts.get(names.fold(name))
        return account.identity if account else "?" + names.fold(name)

    def channel(self, name: str) -> Channel:
        """Return the channel of this name.

        Raises:
            NumericError: 403.
        """
        channel = self.channels.get(names.fold(name))
        if channel is None:
            raise NumericError(numerics.ERR_NOSUCHCHANNEL, name or "*")
        return channel

    def channel_of(self, user: User, name: str) -> Channel:
        """Return a channel of which the user is a member.

        Raises:
            NumericError: 403, 442.
        """
        channel = self.channel(name)
        if user not in channel.members:
            raise NumericError(numerics.ERR_NOTONCHANNEL, channel.name)
        return channel

    def channel_of_member_or_operator(self, user: User, name: str) -> Channel:
        """Return a channel of which the user is a member; any channel for an operator of the server.

        Raises:
            NumericError: 403, 442.
        """
        return self.channel(name) if user.is_operator else self.channel_of(user, name)

    def member_of(self, channel: Channel, nick: str) -> User:
        """Return a member of a channel.

        Raises:
            NumericError: 401, 441.
        """
        user = self.user(nick)
        if user not in channel.members:
            raise NumericError(numerics.ERR_USERNOTINCHANNEL, user.nick, channel.name)
        return user

    def sessions(self) -> list[Session]:
        """Return all sessions, registered or not."""
        registered = (session for user in self.users.values() for session in user.sessions)
        return [*self.unregistered, *registered]

    def begin_transfer(self, session: Session) -> None:
        """Note that a session only transfers a file, unless it has ended already."""
        if session in self.unregistered:
            self.transfers.add(session)

    def count_unregistered(self) -> int:
        """Return how many clients have not registered yet, without the transfers of files."""
        return len(self.unregistered) - len(self.transfers)

    def may_see_channel(self, user: User, channel: Channel) -> bool:
        """Return whether a user may see a channel: members and operators may, others if it is not secret."""
        return "s" not in channel.modes or user in channel.members or user.is_operator

    def watchers(self) -> Audience:
        """Return the sessions that watch the server, and may do so."""
        if not self.mode_counts["o"]:
            return EMPTY_AUDIENCE
        operators = (user for user in self.users.values() if user.is_operator)
        return Audience(session for user in operators for session in user.sessions if session.is_watching)

    def neighbours(self, user: User) -> Audience:
        """Return every session of a user and of the users who share a channel."""
        near = [channel.watchers(user) for channel in user.channels]
        largest = max(near, key=lambda audience: len(audience.sessions), default=EMPTY_AUDIENCE)
        rest = set(user.sessions).union(*(audience.sessions for audience in near if audience is not largest))
        rest -= largest.sessions
        return largest.plus(rest) if rest else largest

    def observers(self, user: User) -> Audience:
        """Return the sessions that are notified when a user changes.

        These are the neighbours, and sessions with extended-monitor that monitor the nick.
        """
        monitors = self.monitors.watching(user.folded)
        extended = [session for session in monitors if session.caps & EXTENDED_MONITOR]
        near = self.neighbours(user)
        return Audience(near.sessions.union(extended)) if extended else near

    # users

    def add_user(self, user: User) -> None:
        """Add a user whose nick is free."""
        self.users[user.folded] = user
        self.public_names.add(user.nick)
        if user.guest_key:
            self.guests[user.guest_key] = user
        self.most_users = max(self.most_users, len(self.users))

    def rename_user(self, user: User, nick: str) -> None:
        """Change the nick of a user to one that is free."""
        self._free_nick(user)
        user.rename(nick)
        self.users[user.folded] = user
        self.public_names.add(nick)

    def remove_user(self, user: User, now: int) -> None:
        """Remove a user, also from channels and invitations, and add the nick to WHOWAS."""
        for channel in list(user.channels):
            self.remove_member(user, channel)
        for channel in list(user.invites):
            self.uninvite(user, channel)
        self._free_nick(user)
        self.absent.pop(user, None)
        self.guests.pop(user.guest_key, None)
        self.mode_counts.subtract(user.modes)
        self.add_to_whowas(user, now)
        if not user.account:
            if not user.guest_key:
                self.markers.pop(user.identity, None)
            self.forget_metadata(user.identity)
        self.set_account(user, "")

    def _free_nick(self, user: User) -> None:
        del self.users[user.folded]
        self._forget_name(user.folded)

    def _forget_name(self, folded: str) -> None:
        """Remove a name from the public ones if nobody has it any more."""
        if not (folded in self.users or folded in self.accounts or folded in self.guest_nicks):
            self.public_names.remove(folded)

    def restore_guests(self, guests: Iterable[AbsentGuest]) -> None:
        """Add the guests of the database, who have left."""
        for guest in guests:
            self.guest_nicks.add(guest)
            if guest.nick:
                self.public_names.add(guest.nick)

    def end_guest(self, user: User) -> None:
        """Take the guest key from a user with an account who has left: its client may come as a guest."""
        self.guests.pop(user.guest_key, None)
        user.guest_key = ""

    def forget_guest(self, identity: str) -> None:
        """Forget a guest who had left."""
        if guest := self.guest_nicks.remove(identity):
            self._forget_name(names.fold(guest.nick))

    def drop_guest(self, identity: str) -> None:
        """Forget a guest who had left, with its read markers: it cannot come back."""
        self.forget_guest(identity)
        self.markers.pop(identity, None)

    def free_reserved_nick(self, folded: str) -> AbsentGuest | None:
        """Free a reserved nick; return for whom it was reserved."""
        guest = self.guest_nicks.free(folded)
        if guest:
            self._forget_name(folded)
        return guest

    def add_to_whowas(self, user: User, now: int) -> None:
        """Add a nick that is given up to the entries of WHOWAS."""
        shown = self.display_name(user.identity)
        self.whowas.appendleft(
            WhowasEntry(
                user.nick, user.username, user.host, user.realname, user.account, now, shown, user.client_key
            )
        )

    def restore_user(self, stored: PersistentUser) -> User:
        """Add a persistent user from the database."""
        since = stored.since or self.started
        user = User(self.ids.new_id(), stored.nick, stored.username, stored.host, stored.realname, since)
        user.away = stored.away or ABSENT
        user.is_persistent = True
        self.add_user(user)
        self.set_account(user, self.accounts[stored.account].name)
        self.absent[user] = since
        return user

    def set_mode(self, user: User, mode: str, on: bool) -> None:
        """Set or unset a user mode."""
        if on != (mode in user.modes):
            self.mode_counts[mode] += 1 if on else -1
            (user.modes.add if on else user.modes.remove)(mode)

    def set_role(self, user: User, role: Role) -> None:
        """Give a user a role. Every role but member has the user mode o."""
        if role != "member":
            user.operator_role = role
        self.set_mode(user, "o", role != "member")

    # accounts

    def add_account(self, account: Account) -> None:
        """Add an account, or replace it by a changed one."""
        self.accounts[account.folded] = account
        self.public_names.add(account.name)
        if account.guest:
            self.former_guests.add(account.guest)
        self.account_changes += 1

    def remove_account(self, account: Account) -> None:
        """Remove an account. Its users are logged out by the caller."""
        del self.accounts[account.folded]
        self._forget_name(account.folded)
        self.former_guests.discard(account.guest)
        self.account_changes += 1

    def replace_accounts(self, accounts: dict[str, Account]) -> None:
        """Replace all accounts by those of the database."""
        before, self.accounts = self.accounts, accounts
        for folded in before.keys() - accounts.keys():
            self._forget_name(folded)
        for folded in accounts.keys() - before.keys():
            self.public_names.add(accounts[folded].name)
        self.former_guests = {each.guest for each in accounts.values() if each.guest}

    def set_account(self, user: User, name: str) -> None:
        """Log a user in to an account, or out when the name is empty."""
        if user.account:
            folded = names.fold(user.account)
            self.logged_in[folded].remove(user)
            if not self.logged_in[folded]:
                del self.logged_in[folded]
        unknown = Account(name, "", "member", "", 0)
        account = self.accounts.get(names.fold(name), unknown) if name else None
        user.set_account(account, guest_author(user.guest_key) in self.former_guests)
        if name:
            self.logged_in.setdefault(names.fold(name), []).append(user)

    # metadata and display names

    def restore_metadata(self, metadata: dict[str, dict[str, str]]) -> None:
        """Set all metadata, from the database."""
        self.metadata = metadata
        for owner, values in metadata.items():
            self.show_name(owner, values.get(display_names.KEY))

    def forget_metadata(self, owner: str) -> None:
        """Remove the metadata of a user or channel that is gone."""
        self.metadata.pop(owner, None)
        self.show_name(owner, None)

    def show_name(self, owner: str, name: str | None) -> None:
        """Set or remove the display name of a user; that of a channel is not special."""
        if not names.looks_like_channel(owner):
            self.public_names.show(owner, name)

    def display_name(self, identity: str) -> str:
        """Return the display name of a user or account; "" for none."""
        return self.metadata.get(identity, {}).get(display_names.KEY, "")

    def past_display_name(self, nick: str) -> str:
        """Return the display name of the one who had this nick last, and is gone; "" for none."""
        folded = names.fold(nick)
        return next((each.display_name for each in self.whowas if names.fold(each.nick) == folded), "")

    def shown_name(self, nick: str) -> str:
        """Return the name that people read for a nick: the display name, also of somebody who has left."""
        user = self.users.get(names.fold(nick))
        return (self.display_name(user.identity) if user else self.past_display_name(nick)) or nick

    def is_name_of_other(self, identity: str, name: str) -> bool:
        """Return whether a display name looks like the nick, account or display name of another user.

        Args:
            identity: The user who wants it.
        """
        return any(self._has_other(identity, each) for each in self.public_names.names_like(name)) or (
            self.is_shown_by_other(identity, name)
        )

    def _has_other(self, identity: str, folded: str) -> bool:
        user, account = self.users.get(folded), self.accounts.get(folded)
        holders = (user, account, self.guest_nicks.holder(folded))
        return any(holder and holder.identity != identity for holder in holders) or folded in SERVICES

    def is_shown_by_other(self, identity: str, nick: str) -> bool:
        """Return whether a nick looks like the display name of another user.

        Args:
            identity: The user who wants it; empty for a new guest.
        """
        return any(other != identity for other in self.public_names.shown_like(nick))

    # members of channels

    def add_member(self, user: User, channel: Channel, ranks: str = "") -> None:
        """Add a user to a channel, with ranks as mode letters."""
        member = Member(ranks)
        channel.members[user] = member
        user.channels[channel] = member
        channel.member_joined(user)

    def remove_member(self, user: User, channel: Channel) -> None:
        """Remove a user from a channel."""
        del channel.members[user]
        del user.channels[channel]
        channel.sessions_left(user.sessions)

    def invite(self, user: User, channel: Channel, is_pass: bool) -> None:
        """Store an invitation. It ends with one JOIN, with the channel, or with the user.

        Args:
            is_pass: Whether it overrides the modes that restrict who may join. An earlier invitation that
                does stays valid.
        """
        user.invites[channel] = is_pass or user.invites.get(channel, False)
        channel.invited.add(user)

    def uninvite(self, user: User, channel: Channel) -> None:
        """End an invitation, if there is one."""
        user.invites.pop(channel, None)
        channel.invited.discard(user)

    # channels

    def new_channel(self, name: str, now: int) -> Channel:
        """Create a channel."""
        self._highest_channel += 1
        channel = Channel(self._highest_channel, name, now)
        self.channels[channel.folded] = channel
        self.former_names.pop(channel.folded, None)
        return channel

    def rename_channel(self, channel: Channel, name: str) -> None:
        """Rename a channel. Only its last former name is stored."""
        before = channel.folded
        del self.channels[before]
        self._forget_former_names(channel)
        channel.name, channel.folded = name, names.fold(name)
        self.channels[channel.folded] = channel
        self.former_names.pop(channel.folded, None)
        if channel.folded != before:
            member_ids = frozenset(user.id for user in channel.members)
            self.former_names[before] = RenamedChannel(channel, member_ids)

    def drop_channel(self, channel: Channel) -> None:
        """End a channel."""
        del self.channels[channel.folded]
        self.forget_metadata(channel.key)
        for user in list(channel.invited):
            self.uninvite(user, channel)
        self._forget_former_names(channel)

    def _forget_former_names(self, channel: Channel) -> None:
        others = {name: each for name, each in self.former_names.items() if each.channel is not channel}
        self.former_names = others

    def restore_channel(self, channel: Channel) -> None:
        """Add a channel from the database."""
        self.reserve_channel_number(channel.id)
        self.channels[channel.folded] = channel
        for letter, entries in channel.lists.items():
            for entry in entries.values():
                if entry.until:
                    self.timed_masks.add(channel, letter, entry)

    def reserve_channel_number(self, number: int) -> None:
        """Give no new channel this number or a lower one: messages may still be stored under it."""
        self._highest_channel = max(self._highest_channel, number)


def check_server(world: World, target: str) -> None:
    """Check that a query is for this server: by its name, a mask that matches it, or the nick of a user.

    Raises:
        NumericError: 402.
    """
    if target and not names.matches(target, world.name) and names.fold(target) not in world.users:
        raise NumericError(numerics.ERR_NOSUCHSERVER, target)
