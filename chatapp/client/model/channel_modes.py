"""Apply MODE events: the modes of channels, the ranks of their members, and our own server operator status.

The server announces its modes with CHANMODES and PREFIX; `Network.mode_kinds` says how each one is set there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from chatapp.client.incoming import events
from chatapp.client.model import mask_matches
from chatapp.client.model.changes import Change, ConversationChanged, MembersChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.incoming_messages import add, note
from chatapp.client.model.members import event_entry
from chatapp.client.model.model import ChannelBan, Entry, Member
from chatapp.client.model.network import Network
from chatapp.client.model.sentences import Sentence
from chatapp.languages.translation import N_
from chatapp.protocol.modes import CHANNEL_MODES, KEEP_MODE, KINDS, ModeChange, ModeKind, parse
from chatapp.protocol.numbers import parse_whole

SLOW_MODE = "S"
QUIET = "+q "  # before a mask that is not in the list of bans but in one of mutes
_MASK_LISTS = frozenset("beI")
MAX_BANS = 2000  # of a channel that are remembered


def changed(network: Network, event: events.ModeSet, now: float) -> list[Change]:
    """Apply MODE. Changes of our own user modes are not shown."""
    if network.is_me(event.target):
        return _own_modes(network, event)
    conversation = network.find(event.target)
    if conversation is None or conversation.kind != "channel":
        return []
    changes = _parse(network, event.modes, event.arguments)
    for change in changes:
        member = conversation.members.get(network.fold(change.parameter or ""))
        if member and change.mode in network.prefixes():
            _change_rank(network, member, change)
    if conversation.modes is not None:
        conversation.modes = _modes_after(network, conversation.modes, changes)
    _store_key(conversation, changes)
    _store_numbers(network, conversation, changes)
    _store_limit(conversation, changes)
    _store_bans(network, conversation, changes, event, network.time(now))
    shown: list[Change] = [MembersChanged(conversation), ConversationChanged(conversation)]
    if _is_restored(network, event.by, changes):
        return shown
    return [*shown, *add(conversation, _entry(network, conversation, event, changes, now))]


def past_entry(
    network: Network, conversation: Conversation, event: events.ModeSet, now: float
) -> Entry | None:
    """Return the entry for a MODE from the history; None if it is not shown."""
    changes = _parse(network, event.modes, event.arguments)
    if _is_restored(network, event.by, changes):
        return None
    return _entry(network, conversation, event, changes, now)


def _entry(
    network: Network,
    conversation: Conversation,
    event: events.ModeSet,
    changes: Sequence[ModeChange],
    now: float,
) -> Entry:
    text = " ".join([event.modes, *_with_nicks(network, event.arguments, changes)])
    entry = event_entry(network, conversation, "mode", event.by, event, now, text, event.target)
    entry.has_sentence, entry.reason = _sentences_apply(network, changes), event.reason
    entry.server_ranks = tuple(_server_ranks(network, changes).items())
    return entry


def _is_restored(network: Network, by: str, changes: Sequence[ModeChange]) -> bool:
    """Return whether a server only gives somebody the ranks that the person has anyway, as after a JOIN.

    That is no news, and would stand there again at each of these. No nick has a full stop.
    """
    ranks = network.prefixes()
    return "." in by and all(change.sign == "+" and change.mode in ranks for change in changes)


def known(network: Network, event: events.ModesKnown, now: float) -> list[Change]:
    """Apply the reply to MODE. It is shown unless it answers the first request, which the client sends."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    is_known = conversation.modes is not None
    changes = _parse(network, event.modes, event.arguments)
    conversation.modes = _modes_after(network, frozenset(), changes)
    if "k" in conversation.modes:
        _store_key(conversation, changes)
    else:
        conversation.channel_key = ""
    conversation.slow_seconds = conversation.keep_days = 0
    _store_numbers(network, conversation, changes)
    conversation.limit = 0
    _store_limit(conversation, changes)
    if not is_known:
        return [ConversationChanged(conversation)]
    said = Sentence(N_("Channel modes:"), ending=" ".join(["", event.modes, *event.arguments]))
    return [ConversationChanged(conversation), *note(network, conversation, "system", said, now)]


def created(network: Network, event: events.ChannelCreated, now: float) -> list[Change]:
    """Store when a channel was made."""
    conversation = network.find(event.channel)
    if conversation is None or conversation.made_at == event.made_at:
        return []
    conversation.made_at = event.made_at
    return [ConversationChanged(conversation)]


def _parse(network: Network, letters: str, arguments: Sequence[str]) -> list[ModeChange]:
    return parse(letters, arguments, network.mode_kinds())


def _sentences_apply(network: Network, changes: Iterable[ModeChange]) -> bool:
    """Return whether the sentences of `CHANNEL_MODES` are true for these changes.

    Servers use the less common letters for different things. If all modes of a server are in the table with
    the same kind, it is probably a Chatapp server. On others only the common modes and ranks have them.
    """
    theirs = network.mode_kinds()
    ranks = _server_ranks(network, changes)
    if theirs.items() <= KINDS.items():
        return True
    return all(
        change.mode in ranks
        or (
            change.mode in CHANNEL_MODES
            and CHANNEL_MODES[change.mode].is_common
            and theirs.get(change.mode) is KINDS[change.mode]
        )
        for change in changes
    )


def _server_ranks(network: Network, changes: Iterable[ModeChange]) -> dict[str, str]:
    """Return the prefixes of the changed ranks that only this server has, by letter: `{"y": "!"}`."""
    prefixes = network.prefixes()
    return {
        change.mode: prefixes[change.mode]
        for change in changes
        if change.mode in prefixes and KINDS.get(change.mode) is not ModeKind.RANK
    }


def _store_key(conversation: Conversation, changes: Iterable[ModeChange]) -> None:
    """Store the key for joining again after a lost connection. Some servers show it as `*`."""
    for change in changes:
        if change.mode == "k" and change.sign == "-":
            conversation.channel_key = ""
        elif change.mode == "k" and change.parameter and change.parameter.strip("*"):
            conversation.channel_key = change.parameter


def _store_numbers(network: Network, conversation: Conversation, changes: Sequence[ModeChange]) -> None:
    """Store how long a member must wait between two messages, and how many days messages are kept.

    On other servers the letters mean something else.
    """
    for change in changes:
        if change.mode not in (SLOW_MODE, KEEP_MODE) or not _sentences_apply(network, [change]):
            continue
        number = (parse_whole(change.parameter or "") or 0) if change.sign == "+" else 0
        if change.mode == SLOW_MODE:
            conversation.slow_seconds = number
        else:
            conversation.keep_days = number


def _store_limit(conversation: Conversation, changes: Iterable[ModeChange]) -> None:
    """Store the most members that the channel can have."""
    for change in changes:
        if change.mode == "l":
            conversation.limit = (parse_whole(change.parameter or "") or 0) if change.sign == "+" else 0


def _store_bans(
    network: Network,
    conversation: Conversation,
    changes: Iterable[ModeChange],
    event: events.ModeSet,
    at: float,
) -> None:
    """Store the bans and mutes that we see being set or lifted; some servers list mutes separately."""
    lists = {"b", "q"} if network.mode_kinds().get("q") is ModeKind.LIST else {"b"}
    for change in changes:
        mask = change.parameter
        if change.mode not in lists or not mask:
            continue
        mask = mask if change.mode == "b" else f"{QUIET}{mask}"
        if change.sign == "-":
            conversation.bans.pop(mask, None)
        elif mask in conversation.bans:
            ban = conversation.bans[mask]
            conversation.bans[mask] = replace(ban, reason=event.reason or ban.reason)
        elif len(conversation.bans) < MAX_BANS:
            conversation.bans[mask] = ChannelBan(mask, event.by, at, reason=event.reason)


def _with_nicks(network: Network, arguments: Sequence[str], changes: Iterable[ModeChange]) -> Iterator[str]:
    """Yield the arguments of a change; the nick of a person stands for a mask that means only this person."""
    masks = {change.parameter for change in changes if change.mode in _MASK_LISTS}
    for argument in arguments:
        begin, mask = mask_matches.split_mute(argument)
        nick = mask_matches.nick_of(network, mask) if argument in masks else ""
        yield f"{begin}{nick or mask}"


def _own_modes(network: Network, event: events.ModeSet) -> list[Change]:
    """Apply the only user mode that matters here: whether we are a server operator."""
    signs = {change.mode: change.sign for change in parse(event.modes, (), kinds={})}
    is_operator = signs["o"] == "+" if "o" in signs else network.is_server_operator
    if is_operator == network.is_server_operator:
        return []
    network.is_server_operator, network.server_role = is_operator, ""
    return [ConversationChanged(each) for each in network.channels()]


def _change_rank(network: Network, member: Member, change: ModeChange) -> None:
    prefixes = network.prefixes()
    ranks = set(member.ranks) - {prefixes[change.mode]}
    if change.sign == "+":
        ranks.add(prefixes[change.mode])
    member.ranks = "".join(sorted(ranks, key="".join(prefixes.values()).find))


def _modes_after(network: Network, modes: frozenset[str], changes: Iterable[ModeChange]) -> frozenset[str]:
    """Return the letters that are set in a channel after these changes, without lists and ranks."""
    kinds = network.mode_kinds()
    left = set(modes)
    for change in changes:
        if kinds.get(change.mode) not in (ModeKind.LIST, ModeKind.RANK):
            (left.add if change.sign == "+" else left.discard)(change.mode)
    return frozenset(left)
