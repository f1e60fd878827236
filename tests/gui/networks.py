"""Networks for the tests of the window."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network


def make_network(*channels: str, nick: str = "ana") -> Network:
    """Return a network that is online, in these channels; the first one is the current conversation."""
    network = Network()
    network.name, network.nick, network.state = "Room 12", nick, "online"
    for name in channels:
        network.add(name, "channel").joined = True
    network.current = network.find(channels[0]) if channels else None
    return network


def add_members(network: Network, channel: str, *people: str) -> Conversation:
    """Add members to a channel: `~ann` is the owner, `@ben` an operator, `(dee)` is away."""
    conversation = network.find(channel)
    assert conversation is not None
    for each in people:
        nick = each.strip("~@+()")
        person = network.person(nick)
        person.away = each.startswith("(")
        conversation.members[network.fold(nick)] = Member(person, each[: each.index(nick)].strip("("))
    return conversation
