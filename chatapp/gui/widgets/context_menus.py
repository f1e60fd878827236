"""What can be done with a person or a conversation, and the menu that offers it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.network import Network
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.keyboard_focus import DONE
from chatapp.protocol import modes


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of a menu; without words it is a line between groups."""

    words: str = ""
    act: Callable[[], object] = lambda: None


def person_items(
    network: Network,
    conversation: Conversation | None,
    nick: str,
    run: Callable[[str], object],
    mention: Callable[[str], object],
) -> Iterator[MenuItem]:
    """What can be done with somebody who was seen in this conversation.

    Takes  run: does a slash command
    """
    if network.is_me(nick):
        yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
        return
    ignored = is_ignored(network, nick)
    yield MenuItem("Message", lambda: run(f"/msg {nick}"))
    yield MenuItem("Mention", lambda: mention(nick))
    yield MenuItem("Who is this?", lambda: run(f"/whois {nick}"))
    yield MenuItem()
    yield MenuItem("Stop ignoring" if ignored else "Ignore", lambda: run(f"/ignore {nick}"))
    member = conversation.members.get(network.fold(nick)) if conversation else None
    if conversation and member and network.may(conversation, modes.KICK_LEVEL):
        yield MenuItem()
        if network.may(conversation, modes.RANKS["o"].giver):
            verb = "deop" if network.prefixes().get("o", "@") in member.ranks else "op"
            yield MenuItem(
                "Take operator" if verb == "deop" else "Make operator", lambda: run(f"/{verb} {nick}")
            )
        yield MenuItem(f"Kick from {conversation.title}", lambda: run(f"/kick {nick}"))
        yield MenuItem(f"Ban from {conversation.title}", lambda: run(f"/ban {nick}"))


def conversation_items(
    network: Network,
    conversation: Conversation,
    run: Callable[[str], object],
    read: Callable[[], object],
    mute: Callable[[], object],
    copy_link: Callable[[], object],
) -> Iterator[MenuItem]:
    """What can be done with a conversation in the list."""
    if conversation.unread or conversation.mentions:
        yield MenuItem("Mark as read", read)
    if conversation.kind != "server":
        yield MenuItem("Stop muting" if conversation.muted else "Mute", mute)
    if conversation.kind == "direct":
        yield MenuItem("Who is this?", lambda: run(f"/whois {conversation.name}"))
    if conversation.kind == "channel" and network.state == "online" and not conversation.joined:
        yield MenuItem("Join again", lambda: run(f"/join {conversation.name}"))
    if conversation.kind == "channel" and conversation.joined:
        if network.state == "online":
            yield MenuItem("Copy invite link", copy_link)
        yield MenuItem("Leave", lambda: run("/part"))
    else:
        yield MenuItem("Close", lambda: run("/part"))


def pop_up(master: tk.Misc, theme: Theme, items: Iterable[MenuItem], x: int, y: int) -> tk.Menu:
    """Open a menu at a place of the screen."""
    menu = theme.menu(master)
    for item in items:
        if item.words:
            menu.add_command(label=item.words, command=item.act)
        else:
            menu.add_separator()
    post(menu, x, y)
    return menu


def post(menu: tk.Menu, x: int, y: int) -> None:
    """Open a menu of something that is not typed into: when it closes, the composer has the keyboard."""
    menu.master.event_generate(DONE)  # Tk gives the keyboard back to what has it now
    menu.tk_popup(x, y)
