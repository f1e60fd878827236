"""Gives ranks to members, takes them, and restores the ranks of an account at login."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.modes import HALFOP, RANKS, ModeChange, write
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.overview_watch import notify_watchers
from chatapp.server.state.accounts import ROLE_RANKS, Role
from chatapp.server.state.channel import Channel
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import channel_rows


def restore_ranks(world: World, user: User, was_guest: bool, out: Outbox) -> None:
    """Give a user who logged in the ranks that channels have stored for the account.

    Args:
        was_guest: Whether the user was a guest before. Ranks of the guest are then stored for the account.
    """
    for channel, member in user.channels.items():
        known = channel.account_ranks.get(user.account, "")
        if was_guest and member.ranks:
            held = member.ranks.replace(world.rank_of_role(user.role, channel, member.ranks), "")
            _store(channel, user, "".join(sorted({*known, *held})), out)
        give_ranks(world, channel, user, world.with_rank_of_role(user.role, channel, known), world.name, out)


def give_ranks(world: World, channel: Channel, user: User, letters: str, source: str, out: Outbox) -> None:
    """Give a member ranks that it does not have yet.

    Args:
        letters: Letters of rank modes.
        source: The source of the MODE.

    Sends:
        MODE to the members, if any rank is new.
    """
    member = channel.members[user]
    new = [letter for letter in letters if letter not in member.ranks]
    if new:
        member.ranks += "".join(new)
        _notify(channel, [ModeChange("+", letter, user.nick) for letter in new], source, out)


def take_rank(world: World, channel: Channel, user: User, letter: str, source: str, out: Outbox) -> None:
    """Take a rank from a member who has it.

    Sends:
        MODE to the members.
    """
    member = channel.members[user]
    if letter in member.ranks:
        member.ranks = member.ranks.replace(letter, "")
        _notify(channel, [ModeChange("-", letter, user.nick)], source, out)


def store_rank(channel: Channel, user: User, change: ModeChange, out: Outbox) -> None:
    """Store a changed rank of a member with an account, who gets the stored ranks back at the next JOIN.

    The rank that the user has by its role is not stored: it ends with the role.
    """
    if user.account:
        others = channel.account_ranks.get(user.account, "").replace(change.mode, "")
        _store(channel, user, others + (change.mode if change.sign == "+" else ""), out)


def follow_role(world: World, user: User, before: Role, out: Outbox) -> None:
    """Give a user the rank of a new role in each channel where it has one, and take that of the role before.

    Sends:
        MODE to the members.
    """
    for channel, member in user.channels.items():
        old = world.rank_of_role(before, channel, member.ranks)
        new = world.rank_of_role(user.role, channel, member.ranks)
        known = channel.account_ranks.get(user.account, "") if user.account else ""
        if old and old != new and old not in known:
            take_rank(world, channel, user, old, world.name, out)
        give_ranks(world, channel, user, new, world.name, out)


def follow_rank(world: World, channel: Channel, user: User, change: ModeChange, out: Outbox) -> None:
    """Give an owner of the server who begins to moderate a channel the rank of an owner; take it at the end.

    Args:
        change: A change of a rank of this user, which was made.

    Sends:
        MODE to the members.
    """
    owner = ROLE_RANKS["owner"]
    if user.role != "owner" or change.mode == owner or RANKS[change.mode].level < HALFOP:
        return
    if rank := world.rank_of_role(user.role, channel, channel.members[user].ranks):
        give_ranks(world, channel, user, rank, world.name, out)
    elif owner not in channel.account_ranks.get(user.account, ""):
        take_rank(world, channel, user, owner, world.name, out)


def _notify(channel: Channel, changes: list[ModeChange], source: str, out: Outbox) -> None:
    out.send(channel.audience, Message("MODE", (channel.name, *write(changes)), source))


def _store(channel: Channel, user: User, ranks: str, out: Outbox) -> None:
    if ranks != channel.account_ranks.get(user.account, ""):
        notify_watchers(out.world, "roles", out)
    if ranks:
        channel.account_ranks[user.account] = ranks
        out.save(channel_rows.upsert_ranks(channel, user.account, ranks))
    elif channel.account_ranks.pop(user.account, None) is not None:
        out.save(channel_rows.delete_ranks(channel, user.account))
