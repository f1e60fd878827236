"""Queries about users: WHO, WHOIS, WHOWAS, USERHOST, ISON.

Source: modern IRC "User-Based Queries"; doc/readme.who of ircu (WHOX).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from chatapp.protocol import names, numerics
from chatapp.protocol.capabilities import METADATA, MULTI_PREFIX
from chatapp.protocol.message import Message, middle, pack
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.incremental import in_parts
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.channel import Channel, Member
from chatapp.server.state.session import Session
from chatapp.server.state.user import User, WhowasEntry
from chatapp.server.state.world import World, check_server

WHOX_ORDER = "tcuihsnfdlaor"
NO_ADDRESS = "255.255.255.255"  # in place of the real address, which only WHOIS shows
CHANNELS_BYTES = 300  # the most bytes of channels in one 319
USERHOST_NICKS = 5  # in one USERHOST
WHO_STEPS, WHO_MASK_STEPS, CHANNEL_STEPS = 2, 16, 3  # for each user or channel, see `core.incremental`
WHOIS_KEYS = ("display-name",)  # the metadata keys that WHOIS shows


class _WhoQuery(NamedTuple):
    """The parameters of a WHO.

    Args:
        mask: A channel, nick or mask.
        operators: Whether only operators are listed.
        fields: Letters of WHOX; None for the plain reply.
        token: The text to return in each WHOX reply.
    """

    mask: str
    operators: bool
    fields: str | None
    token: str


def who(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """WHO [<channel, nick or mask> [o][%<fields>[,<token>]]]: list matching users, one per line.

    Sends:
        352, or 354 with the requested fields; 315.
    Source:
        modern IRC WHO; WHOX.
    """
    out.run_in_parts(_who_replies(world, me, user, _parse_who(msg), out))


def _who_replies(world: World, me: Session, user: User, query: _WhoQuery, out: Outbox) -> Iterator[int]:
    """Reply to WHO in parts."""
    channel = world.channels.get(names.fold(query.mask)) if names.looks_like_channel(query.mask) else None
    mask = "" if query.mask in ("*", "0") else names.fold(query.mask)

    def show(candidate: User) -> None:
        if query.operators and not candidate.is_operator:
            return
        asker = me.user or user  # the session may have another user of the account since the last part
        if _is_listed(world, asker, channel, mask, candidate):
            _send_row(world, me, candidate, channel, query, out)

    people = _candidates(world, channel, mask)
    yield from in_parts(people, WHO_MASK_STEPS if mask and not channel else WHO_STEPS, show)
    out.reply(numerics.RPL_ENDOFWHO, middle(query.mask))


def _candidates(world: World, channel: Channel | None, mask: str) -> list[User]:
    """Return the users who may match.

    Args:
        mask: The folded mask; empty for all users.
    """
    if channel:
        return list(channel.members)
    if names.looks_like_channel(mask):
        return []
    named = world.users.get(mask)
    return [named] if named else list(world.users.values())


def _is_listed(world: World, asker: User, channel: Channel | None, mask: str, user: User) -> bool:
    """Return whether a user matches, is still online, and is visible to the asking user."""
    if channel:
        is_member = user in channel.members and world.may_see_channel(asker, channel)
        return is_member and _is_visible(asker, user) and channel.shows(user, asker)
    if world.users.get(user.folded) is not user:
        return False
    if user.folded == mask:
        return True  # even if invisible: the asker knows the nick
    return (not mask or _matches(mask, user)) and _is_visible(asker, user)


def _parse_who(msg: Message) -> _WhoQuery:
    mask = (msg.params[0] if msg.params else "") or "*"
    flags, percent, fields = (msg.params[1] if len(msg.params) > 1 else "").partition("%")
    letters, _, token = fields.partition(",")
    if len(token) > 3 or parse_whole(token) is None:
        token = "0"
    return _WhoQuery(mask, "o" in flags, letters if percent else None, token)


def _is_visible(asker: User, user: User) -> bool:
    """Return whether a user is visible to the asking one: not if invisible, unless they share a channel."""
    return (
        "i" not in user.modes
        or user is asker
        or asker.is_operator
        or any(channel.shows(user, asker) for channel in asker.channels.keys() & user.channels)
    )


def _matches(mask: str, user: User) -> bool:
    parts = (user.nick, user.username, user.host, user.source, user.realname, user.account)
    return any(names.matches(mask, part) for part in parts)


def _send_row(
    world: World, me: Session, user: User, channel: Channel | None, query: _WhoQuery, out: Outbox
) -> None:
    place = channel.name if channel else "*"
    flags = _flags(me, user, channel.members[user] if channel else None)
    if query.fields is None:
        out.reply(
            numerics.RPL_WHOREPLY,
            place, user.username, user.host, world.name, user.nick, flags, f"0 {user.realname}",
        )  # fmt: skip
        return
    values = {
        "t": query.token,
        "c": place,
        "u": user.username,
        "i": NO_ADDRESS,
        "h": user.host,
        "s": world.name,
        "n": user.nick,
        "f": flags,
        "d": "0",
        "l": str(_idle(user, out)),
        "a": user.account or "0",
        "o": "n/a",
        "r": user.realname,
    }
    out.reply(numerics.RPL_WHOSPCRPL, *(values[field] for field in WHOX_ORDER if field in query.fields))


def _flags(me: Session, user: User, member: Member | None) -> str:
    """Return `G` away or `H` here, `*` server operator, the prefixes in the channel, `B` bot."""
    prefix = member.prefix(bool(me.caps & MULTI_PREFIX)) if member else ""
    return f"{'G' if user.away else 'H'}{'*' * user.is_operator}{prefix}{'B' * user.is_bot}"


def whois(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """WHOIS [<server>] <nick>[,<nick>…]: show information about users.

    Sends:
        311, 276, 312, 313, 317, 319, 330, 335, 338, 671, 301 as they apply; 760 to sessions with metadata;
        318.
    Errors:
        401 no such nick, 402 no such server, 431 no nick.
    Source:
        modern IRC WHOIS.
    """
    if len(msg.params) > 1:
        check_server(world, msg.params[0])
    asked = msg.params[min(1, len(msg.params) - 1)] if msg.params else ""
    if not asked:
        raise NumericError(numerics.ERR_NONICKNAMEGIVEN)
    for nick in asked.split(",")[: world.config.limits.targets]:
        try:
            _describe(world, me, user, world.user(nick), out)
        except NumericError as error:
            out.refuse(error)
    out.reply(numerics.RPL_ENDOFWHOIS, middle(asked))


def _describe(world: World, me: Session, asker: User, user: User, out: Outbox) -> None:
    nick = user.nick
    out.work += CHANNEL_STEPS * len(user.channels)
    out.reply(numerics.RPL_WHOISUSER, nick, user.username, user.host, "*", user.realname)
    for line in _channels(world, me, asker, user):
        out.reply(numerics.RPL_WHOISCHANNELS, nick, line)
    out.reply(numerics.RPL_WHOISSERVER, nick, world.name, world.config.server.network)
    if user.away:
        out.reply(numerics.RPL_AWAY, nick, user.away)
    if user.is_operator:
        out.reply(numerics.RPL_WHOISOPERATOR, nick)
    if user.account:
        out.reply(numerics.RPL_WHOISACCOUNT, nick, user.account)
    if user.is_bot:
        out.reply(numerics.RPL_WHOISBOT, nick)
    if user.is_secure:
        out.reply(numerics.RPL_WHOISSECURE, nick)
    for fingerprint in _fingerprints(asker, user):
        out.reply(numerics.RPL_WHOISCERTFP, nick, f"has client certificate fingerprint {fingerprint}")
    if address := _address(asker, user):
        out.reply(numerics.RPL_WHOISACTUALLY, nick, address)
    out.reply(numerics.RPL_WHOISIDLE, nick, str(_idle(user, out)), str(user.signed_on // 1000))
    if me.caps & METADATA:
        values = world.metadata.get(user.identity, {})
        for key in WHOIS_KEYS:
            if key in values:
                out.reply(numerics.RPL_WHOISKEYVALUE, nick, key, "*", values[key])


def _channels(world: World, me: Session, asker: User, user: User) -> Iterator[str]:
    """Return the channels that the asking user may see, with prefixes, in pieces that fit a line."""
    every_prefix = bool(me.caps & MULTI_PREFIX)
    channels = (
        member.prefix(every_prefix) + channel.name
        for channel, member in user.channels.items()
        if world.may_see_channel(asker, channel) and channel.shows(user, asker)
    )
    return pack(channels, CHANNELS_BYTES)


def whowas(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """WHOWAS <nick> [<count>]: show who used a nick before.

    Sends:
        314 and 312 for each, newest first; 330 if there was an account; 369.
    Errors:
        406 no such user, 431 no nick.
    Source:
        modern IRC WHOWAS.
    """
    asked = msg.params[0] if msg.params else ""
    if not asked:
        raise NumericError(numerics.ERR_NONICKNAMEGIVEN)
    if len(msg.params) > 2:
        check_server(world, msg.params[2])
    out.work += len(world.whowas)
    entries = [each for each in world.whowas if names.fold(each.nick) == names.fold(asked)]
    for each in entries[: _count(msg)]:
        _send_whowas(world, each, out)
    if not entries:
        out.reply(numerics.ERR_WASNOSUCHNICK, middle(asked))
    out.reply(numerics.RPL_ENDOFWHOWAS, middle(asked))


def _count(msg: Message) -> int | None:
    """Return the number of entries asked for; None for all, which anything but a positive number means."""
    return parse_whole(msg.params[1], 1) if len(msg.params) > 1 else None


def _send_whowas(world: World, entry: WhowasEntry, out: Outbox) -> None:
    out.reply(numerics.RPL_WHOWASUSER, entry.nick, entry.username, entry.host, "*", entry.realname)
    out.reply(numerics.RPL_WHOISSERVER, entry.nick, world.name, time.asctime(time.gmtime(entry.at / 1000)))
    if entry.account:
        out.reply(numerics.RPL_WHOISACCOUNT, entry.nick, entry.account)


def userhost(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """USERHOST <nick> [<nick>…]: show user name and host of up to five users.

    Sends:
        302.
    Source:
        modern IRC USERHOST.
    """
    found = (world.users.get(names.fold(nick)) for nick in _nicks(msg)[:USERHOST_NICKS])
    out.reply(numerics.RPL_USERHOST, " ".join(_userhost(user) for user in found if user))


def _userhost(user: User) -> str:
    """Return `nick*=+user@host`: the star for an operator, + for here and - for away."""
    return f"{user.nick}{'*' * user.is_operator}={'-' if user.away else '+'}{user.username}@{user.host}"


def ison(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """ISON <nick> [<nick>…]: show which of these users are online.

    Sends:
        303.
    Source:
        modern IRC ISON.
    """
    found = (world.users.get(names.fold(nick)) for nick in _nicks(msg))
    out.reply(numerics.RPL_ISON, " ".join(user.nick for user in found if user))


def _nicks(msg: Message) -> list[str]:
    """Return the nicks, given as separate parameters or together in one."""
    return " ".join(msg.params).split()


def _address(asker: User, user: User) -> str:
    """Return the address of a user, if the asking user may see it; else empty."""
    return user.sessions[0].link.address if _may_see_private(asker, user) and user.sessions else ""


def _fingerprints(asker: User, user: User) -> list[str]:
    """Return the fingerprints of a user's client certificates, if the asking user may see them."""
    found = {session.fingerprint for session in user.sessions} if _may_see_private(asker, user) else set()
    return sorted(found - {""})


def _may_see_private(asker: User, user: User) -> bool:
    """Return whether a user may see private details of another: the same user, or an operator."""
    return user is asker or asker.is_operator


def _idle(user: User, out: Outbox) -> int:
    """Return the seconds since the user last sent a message."""
    return max(0, out.now - user.last_active) // 1000
