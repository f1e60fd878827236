"""The modes of channels and the ranks of their members, as they are told and changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chatapp.client.incoming import events
from chatapp.client.model.changes import Change, ConversationChanged, MembersChanged
from chatapp.client.model.incoming_messages import note
from chatapp.client.model.members import happened
from chatapp.client.model.model import Conversation, Member, Network

_USUAL_MODES = "beI,k,l,imnst"  # CHANMODES where a server does not tell


def changed(network: Network, event: events.ModeSet, now: float) -> list[Change]:
    """Modes of a channel; ranks change members. Our own user modes are nobody's news."""
    if network.is_me(event.target):
        return _own_modes(network, event)
    conversation = network.find(event.target)
    if conversation is None or conversation.kind != "channel":
        return []
    for adding, letter, argument in _each_mode(network, event.modes, event.arguments):
        member = conversation.members.get(network.fold(argument))
        if member and letter in network.prefixes():
            _rank(network, member, letter, adding)
    if conversation.modes is not None:
        conversation.modes = _after(network, conversation.modes, event.modes, event.arguments)
    _keep_key(network, conversation, event.modes, event.arguments)
    text = " ".join([event.modes, *event.arguments])
    line = happened(network, conversation, "mode", event.by, event.time, event.msgid, now, text, event.target)
    return [MembersChanged(conversation), ConversationChanged(conversation), *line]


def known(network: Network, event: events.ModesKnown, now: float) -> list[Change]:
    """The modes of a channel. Once they are known, somebody has asked who wants to see them."""
    conversation = network.find(event.channel)
    if conversation is None:
        return []
    is_known = conversation.modes is not None
    conversation.modes = _after(network, frozenset(), event.modes, event.arguments)
    if "k" in conversation.modes:
        _keep_key(network, conversation, event.modes, event.arguments)
    else:
        conversation.channel_key = ""
    if not is_known:
        return [ConversationChanged(conversation)]
    text = " ".join(["The modes here are", event.modes, *event.arguments])
    return [ConversationChanged(conversation), *note(network, conversation, "system", text, now)]


def _keep_key(network: Network, conversation: Conversation, modes: str, arguments: Sequence[str]) -> None:
    """Remember the key with which to come back after a lost connection. Some servers hide it: `*`."""
    for adding, letter, argument in _each_mode(network, modes, arguments):
        if letter == "k" and not adding:
            conversation.channel_key = ""
        elif letter == "k" and argument.strip("*"):
            conversation.channel_key = argument


def _own_modes(network: Network, event: events.ModeSet) -> list[Change]:
    """Of those it matters only whether we are an operator of the server."""
    signs = {letter: adding for adding, letter, _ in _each_mode(network, event.modes, ())}
    governs = signs.get("o", network.governs)
    if governs == network.governs:
        return []
    network.governs = governs
    return [ConversationChanged(each) for each in network.channels()]


def _rank(network: Network, member: Member, letter: str, adding: bool) -> None:
    """Give a rank to a member, or take it."""
    prefixes = network.prefixes()
    ranks = set(member.ranks) - {prefixes[letter]}
    order = "".join(prefixes.values())
    member.ranks = "".join(sorted(ranks | {prefixes[letter]} if adding else ranks, key=order.find))


def _after(network: Network, modes: frozenset[str], changes: str, arguments: Sequence[str]) -> frozenset[str]:
    """Letters that are set in a channel, after a change. Lists and ranks are not among them."""
    lists = network.isupport.get("CHANMODES", _USUAL_MODES).partition(",")[0]
    passed_over = {*lists, *network.prefixes()}
    left = set(modes)
    for adding, letter, _ in _each_mode(network, changes, arguments):
        if letter not in passed_over:
            (left.add if adding else left.discard)(letter)
    return frozenset(left)


def _each_mode(network: Network, modes: str, given: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
    """Whether it is set, its letter, and its argument or nothing."""
    lists, always, when_set = (network.isupport.get("CHANMODES", _USUAL_MODES).split(",") + [""] * 3)[:3]
    with_argument = {*lists, *always, *network.prefixes()}
    arguments = iter(given)
    adding = True
    for letter in modes:
        if letter in "+-":
            adding = letter == "+"
        else:
            takes = letter in with_argument or (adding and letter in when_set)
            yield adding, letter, next(arguments, "") if takes else ""
