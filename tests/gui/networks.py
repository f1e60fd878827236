"""A network as the tests of the window like to have it, and what is written on a canvas."""

from __future__ import annotations

import tkinter as tk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network


def make_network(*channels: str, nick: str = "ana") -> Network:
    """A network that we are on, in these channels; the first one is in sight."""
    network = Network()
    network.name, network.nick, network.state = "Room 12", nick, "online"
    for name in channels:
        network.add(name, "channel").joined = True
    network.current = network.find(channels[0]) if channels else None
    return network


def add_members(network: Network, channel: str, *people: str) -> Conversation:
    """Let people into a channel: `@ben` an operator, `(dee)` one who is away."""
    conversation = network.find(channel)
    assert conversation is not None
    for each in people:
        nick = each.strip("@+()")
        person = network.person(nick)
        person.away = each.startswith("(")
        conversation.members[network.fold(nick)] = Member(person, each[: each.index(nick)].strip("("))
    return conversation


def drawn_texts(canvas: tk.Canvas) -> dict[str, tuple[int, int]]:
    """Every text on a canvas and its place, from top to bottom."""
    items = [item for item in canvas.find_all() if canvas.tk.call(canvas, "type", item) == "text"]
    texts = {canvas.tk.call(canvas, "itemcget", item, "-text"): canvas.coords(item) for item in items}
    return {str(text): (round(x), round(y)) for text, (x, y) in texts.items()}
