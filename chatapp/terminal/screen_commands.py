"""Slash commands that only a screen of text needs: it has no lists to click on. All others are `actions`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from chatapp.client.client import Client
from chatapp.client.model.model import Conversation, Member, Network
from chatapp.client.outgoing import slash_commands
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import whole
from chatapp.terminal.panel import numbered

KEYS = "Tab completes, ↑ brings back; Alt+1 to 9, Alt+↑ or ↓: other conversations; Alt+a: what is unread."


class Front(Protocol):
    """What the commands work on."""

    client: Client

    def tell(self, words: str) -> None: ...
    def leave(self) -> None: ...


class ScreenCommand(NamedTuple):
    """As in `actions`; what it does gives the words of a refusal, or nothing."""

    usage: str
    purpose: str
    do: Callable[[Front, str], str | None]


def run(front: Front, text: str) -> str | None:
    """Do what was typed.

    Gives  None, or why it was refused
    """
    name, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(name.lower()) if text.startswith("/") else None
    if command:
        return command.do(front, rest.strip())
    return front.client.run(front.client.network.current, text)


def usage(text: str) -> str | None:
    """What to show while a command is typed; nothing for other text."""
    if not text.startswith("/") or text.startswith("//"):
        return None
    name, space, _ = text[1:].lower().partition(" ")
    if name in COMMANDS:
        return _described(COMMANDS[name])
    begun = () if space or name in slash_commands.COMMANDS else _begun(text)
    return "  ".join(begun) or slash_commands.usage(text)


def completed(text: str) -> str | None:
    """The command whose beginning was typed, if there is only one."""
    begun = _begun(text) if text.startswith("/") else ()
    return f"{begun[0]} " if len(begun) == 1 else None


def _begun(text: str) -> tuple[str, ...]:
    """All commands that begin so."""
    names = dict.fromkeys([*slash_commands.COMMANDS, *COMMANDS])
    return tuple(f"/{name}" for name in names if f"/{name}".startswith(text.lower()))


def _go(front: Front, rest: str) -> str | None:
    network = front.client.network
    if not rest:
        found = _most_urgent(network)
        problem = "Nothing is unread. /go NAME leads to a channel or a person."
    else:
        number = whole(rest)
        found = _named(network, rest) if number is None else numbered(network).get(number)
        problem = f"You are in no conversation {rest}. /join goes into a channel, /msg writes to a person."
    if found is None:
        return problem
    front.client.open(found)
    return None


def _most_urgent(network: Network) -> Conversation | None:
    """What is unread elsewhere: first where we are called by name, then what is for us alone."""
    unread = (each for each in network.conversations.values() if each.unread and each is not network.current)
    return max(unread, key=lambda each: (each.mentions, each.kind == "direct", each.unread), default=None)


def _named(network: Network, name: str) -> Conversation | None:
    """The conversation of this name, else the only one that begins so."""
    folded = network.fold(name).lstrip("#")
    begun = [each for key, each in network.conversations.items() if key.lstrip("#").startswith(folded)]
    return network.find(name) or (begun[0] if len(begun) == 1 else None)


def _names(front: Front, rest: str) -> str | None:
    network = front.client.network
    current = network.current
    if current is None or current.kind != "channel":
        return "That works in a channel only."
    members = sorted(current.members.values(), key=lambda each: (network.rank(each), network.fold(each.nick)))
    front.tell(f"{len(members)} here: {', '.join(map(_member, members))}")
    return None


def _list(front: Front, rest: str) -> str | None:
    if front.client.network.state != "online":
        return "You are not connected."
    front.client.list_channels()
    return None


def _older(front: Front, rest: str) -> str | None:
    current = front.client.network.current
    if current is None or current.complete:
        return "There is nothing before what you have seen."
    front.client.load_older(current)
    return None if current.loading_older else "The server has nothing older to show."


def _retry(front: Front, rest: str) -> str | None:
    current = front.client.network.current
    failed = [each for each in current.entries if each.state == "failed"] if current else []
    if not current or not failed:
        return "Nothing here waits to be sent again."
    return next(filter(None, (front.client.retry(current, entry) for entry in failed)), None)


def _reconnect(front: Front, rest: str) -> str | None:
    front.client.reconnect_now()
    return None


def _quit(front: Front, rest: str) -> str | None:
    front.client.send(Message("QUIT", [rest] if rest else []))
    front.leave()
    return None


def _help(front: Front, rest: str) -> str | None:
    name = rest.removeprefix("/").lower()
    if name in COMMANDS:
        front.tell(_described(COMMANDS[name]))
        return None
    refusal = front.client.run(front.client.network.current, f"/help {rest}")
    current = front.client.network.current
    if not rest and current:
        more = (_described(each) for name, each in COMMANDS.items() if name not in slash_commands.COMMANDS)
        front.client.note(current, "\n".join([*more, KEYS]))
    return refusal


def _described(command: ScreenCommand) -> str:
    return f"{command.usage}  –  {command.purpose}"


def _member(member: Member) -> str:
    return f"{member.ranks[:1]}{member.nick}{' (away)' if member.away else ''}"


COMMANDS: dict[str, ScreenCommand] = {
    "go": ScreenCommand(
        "/go [NAME or NUMBER]", "to another conversation, or to where something is unread", _go
    ),
    "names": ScreenCommand("/names", "who is in the channel", _names),
    "list": ScreenCommand("/list", "which channels there are", _list),
    "older": ScreenCommand("/older", "show what was said before", _older),
    "retry": ScreenCommand("/retry", "send again what could not be sent", _retry),
    "reconnect": ScreenCommand("/reconnect", "do not wait for the next try", _reconnect),
    "quit": ScreenCommand("/quit [REASON]", "leave", _quit),
    "help": ScreenCommand("/help [COMMAND]", "list the commands", _help),
}
