"""Gives ranks to members, takes them, and restores the ranks of an account at login."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.modes import ModeChange, write
from chatapp.server.core.outbox import Outbox
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
            _store(channel, user, "".join(sorted({*known, *member.ranks})), out)
        give_ranks(world, channel, user, known, world.name, out)


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


def _notify(channel: Channel, changes: list[ModeChange], source: str, out: Outbox) -> None:
    out.send(channel.audience, Message("MODE", (channel.name, *write(changes)), source))


def _store(channel: Channel, user: User, ranks: str, out: Outbox) -> None:
    channel.account_ranks[user.account] = ranks
    out.save(channel_rows.upsert_ranks(channel, user.account, ranks))
