"""METADATA SUB, UNSUB, SUBS and SYNC: the keys that a session subscribes to.

Source: IRCv3 metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from chatapp.protocol import numerics
from chatapp.protocol.message import pack
from chatapp.protocol.numerics import Numeric
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import metadata_notify
from chatapp.server.state.channel import Channel
from chatapp.server.state.metadata import MetadataTarget, MetadataVersion, is_key, metadata_error, version_of
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

ALL = "*ALL"  # the target that stands for all targets of the session's subscriptions
KEYS_BYTES = 400  # the most bytes of keys in one line
MAX_KEYS = 12  # in one line


def subscribe(world: World, me: Session, target: MetadataTarget, keys: Sequence[str], out: Outbox) -> None:
    """SUB: subscribe to keys, in order, up to the limit; then send the values of the new ones.

    "The server MUST then either send a metadata batch with *ALL as its parameter […] or a 774": if there
    are no values, 774. Only metadata-3 demands it.
    """
    version, most = version_of(me.caps), world.config.limits.metadata_subscriptions
    before = set(me.subscriptions)
    done: list[str] = []
    for key in _valid(keys, version, out):
        if key not in me.subscriptions and len(me.subscriptions) >= most:
            context = (key, str(most)) if version.is_version_3 else (key,)
            out.refuse(metadata_error(version.too_many, "Too many subscriptions", *context))
            break
        me.subscriptions[key] = None
        done.append(key)
    _send_keys(numerics.RPL_METADATASUBOK, done, out)
    new = [key for key in me.subscriptions if key not in before]
    if me.user and new:
        values = metadata_notify.messages_of(
            world, me, metadata_notify.subscribed_targets(world, me, me.user), new
        )
        messages, _ = metadata_notify.fitting(values, _room(world))
        if messages:
            out.batch_to(me, "metadata", (ALL,), messages)
        elif version.is_version_3:
            out.reply(numerics.RPL_METADATASYNCLATER, ALL, "0")


def unsubscribe(world: World, me: Session, target: MetadataTarget, keys: Sequence[str], out: Outbox) -> None:
    """UNSUB: end the subscription to these keys."""
    done = list(_valid(keys, version_of(me.caps), out))
    for key in done:
        me.subscriptions.pop(key, None)
    _send_keys(numerics.RPL_METADATAUNSUBOK, done, out)


def subscriptions(
    world: World, me: Session, target: MetadataTarget, params: Sequence[str], out: Outbox
) -> None:
    """SUBS: list the keys."""
    with out.batch("metadata-subs"):
        _send_keys(numerics.RPL_METADATASUBS, me.subscriptions, out)


def synchronize(
    world: World, me: Session, target: MetadataTarget, params: Sequence[str], out: Outbox
) -> None:
    """SYNC: send the values of all subscribed keys. A channel includes its members."""
    targets: Iterable[MetadataTarget] = [target]
    user = me.user
    if user and target.name == ALL:
        targets = metadata_notify.subscribed_targets(world, me, user)
    elif user and isinstance(target.about, Channel):
        targets = metadata_notify.channel_targets(world, me, user, target.about)
    values = metadata_notify.messages_of(world, me, targets, me.subscriptions)
    messages, is_whole = metadata_notify.fitting(values, _room(world))
    if not is_whole:
        out.warn(metadata_error("SYNC_CUT", "There are more values: subscribe to fewer keys", target.name))
    out.batch_to(me, "metadata", (target.name,), messages)


def _valid(keys: Iterable[str], version: MetadataVersion, out: Outbox) -> Iterator[str]:
    """Yield the valid keys; report the others."""
    for key in keys:
        if is_key(key):
            yield key
        else:
            refuse_key(key, version, out)


def refuse_key(key: str, version: MetadataVersion, out: Outbox) -> None:
    """Report an invalid key, while the rest of the command is executed."""
    error = metadata_error(version.invalid_key, "A key may contain a to z, 0 to 9 and _ . / -", key)
    if version.is_version_3:
        out.warn(error)
    else:
        out.refuse(error)


def _send_keys(numeric: Numeric, keys: Iterable[str], out: Outbox) -> None:
    """Send keys as parameters of a numeric, in as many lines as needed."""
    for line in pack(dict.fromkeys(keys), KEYS_BYTES):
        parameters = line.split()
        for at in range(0, len(parameters), MAX_KEYS):
            out.reply(numeric, *parameters[at : at + MAX_KEYS])


def _room(world: World) -> int:
    """Return the most bytes of a reply, which are less than the send queue can hold."""
    return world.config.limits.send_queue // 2
