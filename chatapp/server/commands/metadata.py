"""METADATA: key-value data of users and channels.

The metadata of accounts and channels is stored; that of a guest lasts until the guest disconnects. Before
registration a client can only set its own; it applies right after registration.

Source: IRCv3 metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatapp.protocol import display_names, names, numerics
from chatapp.protocol.capabilities import METADATA
from chatapp.protocol.message import BODY_BYTES, Message
from chatapp.protocol.modes import OPERATOR
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_subscriptions
from chatapp.server.operations.display_names import checked as checked_display_name
from chatapp.server.operations.metadata_changes import delete_value, set_value
from chatapp.server.state.channel import Channel
from chatapp.server.state.metadata import MetadataTarget, MetadataVersion, is_key, metadata_error, version_of
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import METADATA_SECONDS, World

PRIVATE = frozenset(
    "ik"
)  # modes with which only members read the metadata; secret channels are hidden anyway
UNLIMITED = 1000  # parameters; a line always has fewer

Handler = Callable[[World, Session, MetadataTarget, Sequence[str], Outbox], None]


class Subcommand(NamedTuple):
    """A row of the table of subcommands.

    Args:
        fewest: The smallest number of parameters.
        most: The largest number of parameters.
        is_own: Whether the target must be the user itself.
        for_all: Whether the target may be *ALL.
    """

    handler: Handler
    fewest: int
    most: int
    is_own: bool = False
    for_all: bool = False


def metadata(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """METADATA <target> GET <key>… | LIST | SET <key> [:<value>] | CLEAR | SYNC: show or change metadata.

    METADATA * SUB <key>… | UNSUB <key>… | SUBS: subscribe to changes. A target is a nick, a channel,
    or * for yourself; SYNC also takes *ALL.

    Sends:
        761 a value, 766 none, 770, 771, 772 subscriptions, in batches of type metadata or metadata-subs;
        later 761 and 766, or METADATA, to subscribers.
    Errors:
        451 before registration without the capability; FAIL METADATA INVALID_TARGET, INVALID_KEY,
        INVALID_VALUE, INVALID_PARAMS, KEY_NO_PERMISSION, LIMIT_REACHED, RATE_LIMITED; NAME_IN_USE for a
        display-name like a name of another user; 461 and other codes for draft/metadata-2.
    Source:
        IRCv3 metadata.
    """
    if me.user is None and not me.caps & METADATA:
        raise NumericError(numerics.ERR_NOTREGISTERED)
    name, word, *params = msg.params
    subcommand, version = _SUBCOMMANDS.get(word.upper()), version_of(me.caps)
    if subcommand is None:
        raise metadata_error(version.unknown_subcommand, "Unknown subcommand", word)
    if len(params) < subcommand.fewest and not version.is_version_3:
        raise NumericError(numerics.ERR_NEEDMOREPARAMS, "METADATA")
    if not subcommand.fewest <= len(params) <= subcommand.most:
        raise metadata_error("INVALID_PARAMS", "Wrong number of parameters", word.upper())
    subcommand.handler(world, me, _target(world, me, name, subcommand), params, out)


def _target(world: World, me: Session, name: str, subcommand: Subcommand) -> MetadataTarget:
    """Find the target of a subcommand.

    Raises:
        FailError: INVALID_TARGET, KEY_NO_PERMISSION.
    """
    user = me.user
    if user is None:
        if name != "*":
            raise metadata_error("INVALID_TARGET", "Before registration the target must be *", name)
        return MetadataTarget("*", "", me.metadata)
    if subcommand.for_all and name == metadata_subscriptions.ALL:
        return MetadataTarget(name, "", {})
    folded = names.fold(name)
    about = user if name == "*" else world.channels.get(folded) or world.users.get(folded)
    account = None if about or subcommand.is_own else world.accounts.get(folded)
    if account:
        return MetadataTarget(account.name, account.identity, world.metadata.get(account.identity, {}))
    if about is None and account is None and subcommand.handler is _get:
        shown = world.past_display_name(name)
        if shown:  # of a guest who has left, for the messages that are still read
            return MetadataTarget(name, "", {display_names.KEY: shown})
    if isinstance(about, Channel) and not world.may_see_channel(user, about):
        about = None
    if about is None or (subcommand.is_own and about is not user):
        raise metadata_error("INVALID_TARGET", "There is no such user or channel", name)
    if isinstance(about, Channel) and not _may_read(user, about):
        raise metadata_error("KEY_NO_PERMISSION", "Only members of the channel may read this", name, "*")
    return MetadataTarget.of(world, about)


def _may_read(user: User, channel: Channel) -> bool:
    return user in channel.members or user.is_operator or PRIVATE.isdisjoint(channel.modes)


# reading


def _get(world: World, me: Session, target: MetadataTarget, keys: Sequence[str], out: Outbox) -> None:
    version = version_of(me.caps)
    with out.batch("metadata", target.name):
        for key in keys:
            if not is_key(key):
                metadata_subscriptions.refuse_key(key, version, out)
            elif key in target.values:
                out.reply(numerics.RPL_KEYVALUE, target.name, key, "*", target.values[key])
            else:
                out.reply(numerics.RPL_KEYNOTSET, target.name, key)


def _list(world: World, me: Session, target: MetadataTarget, params: Sequence[str], out: Outbox) -> None:
    with out.batch("metadata", target.name):
        for key, value in target.values.items():
            out.reply(numerics.RPL_KEYVALUE, target.name, key, "*", value)


# writing


def _set(world: World, me: Session, target: MetadataTarget, params: Sequence[str], out: Outbox) -> None:
    key, version = params[0], version_of(me.caps)
    value = params[1] if len(params) > 1 and (params[1] or not version.is_version_3) else None
    if not is_key(key):
        raise metadata_error(version.invalid_key, "A key may contain a to z, 0 to 9 and _ . / -", key)
    _check_permission(me, target, key)
    if value is None:
        if key not in target.values and not version.is_version_3:
            raise metadata_error("KEY_NOT_SET", "This key is not set", target.name, key)
        _check_rate(world, me, target, key, out)
        delete_value(world, target, key, out)
        out.reply(numerics.RPL_KEYNOTSET, target.name, key)
        return
    if key == display_names.KEY and not isinstance(target.about, Channel):
        value = checked_display_name(world, target, value, version)
    _check_value(world, target, key, value, version)
    _check_rate(world, me, target, key, out)
    set_value(world, target, key, value, out)
    out.reply(numerics.RPL_KEYVALUE, target.name, key, "*", value)


def _clear(world: World, me: Session, target: MetadataTarget, params: Sequence[str], out: Outbox) -> None:
    """Remove all keys. Clients with draft/metadata-2 get the removed values."""
    _check_permission(me, target, "*")
    _check_rate(world, me, target, "*", out)
    with out.batch("metadata", target.name):
        for key, value in list(target.values.items()):
            delete_value(world, target, key, out)
            if version_of(me.caps).is_version_3:
                out.reply(numerics.RPL_KEYNOTSET, target.name, key)
            else:
                out.reply(numerics.RPL_KEYVALUE, target.name, key, "*", value)


def _check_permission(me: Session, target: MetadataTarget, key: str) -> None:
    """Check that the user may change a key.

    Raises:
        FailError: KEY_NO_PERMISSION.
    """
    user, about = me.user, target.about
    is_ranked = user and isinstance(about, Channel) and about.effective_level(user) >= OPERATOR
    if user and not (user is about or is_ranked or user.is_operator):
        raise metadata_error("KEY_NO_PERMISSION", "You may not change this", target.name, key)


def _check_value(
    world: World, target: MetadataTarget, key: str, value: str, version: MetadataVersion
) -> None:
    """Check the length of a value and the number of keys.

    Raises:
        FailError: INVALID_VALUE, LIMIT_REACHED.
    """
    limits = world.config.limits
    head = f":{world.name} {numerics.RPL_KEYVALUE.code} {'n' * limits.nick} {target.name} {key} * :"
    if len(value.encode()) > min(limits.metadata_value, BODY_BYTES - len(head.encode())):
        raise metadata_error(version.invalid_value, "This value is too long", *[key] * version.is_version_3)
    if key not in target.values and len(target.values) >= limits.metadata_keys:
        most = [str(limits.metadata_keys)] * version.is_version_3
        raise metadata_error("LIMIT_REACHED", "There are too many keys", target.name, *most)


def _check_rate(world: World, me: Session, target: MetadataTarget, key: str, out: Outbox) -> None:
    """Check how often the user changes metadata.

    Raises:
        FailError: RATE_LIMITED.
    """
    if me.user and not world.metadata_changes.allow(me.user.identity, out.clock):
        seconds = str(int(METADATA_SECONDS))
        raise metadata_error("RATE_LIMITED", "Too many changes, try again later", target.name, key, seconds)


_SUBCOMMANDS = {
    "GET": Subcommand(_get, 1, UNLIMITED),
    "LIST": Subcommand(_list, 0, 0),
    "SET": Subcommand(_set, 1, 2),
    "CLEAR": Subcommand(_clear, 0, 0),
    "SYNC": Subcommand(metadata_subscriptions.synchronize, 0, 0, for_all=True),
    "SUB": Subcommand(metadata_subscriptions.subscribe, 1, UNLIMITED, is_own=True),
    "UNSUB": Subcommand(metadata_subscriptions.unsubscribe, 1, UNLIMITED, is_own=True),
    "SUBS": Subcommand(metadata_subscriptions.subscriptions, 0, 0, is_own=True),
}
