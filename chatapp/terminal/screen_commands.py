"""Slash commands that only the terminal client has, in place of lists and buttons.

All other commands are those of `client.outgoing.slash_commands`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from chatapp.client.client import Client
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Member
from chatapp.client.model.network import Network
from chatapp.client.outgoing import slash_commands
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole
from chatapp.terminal import file_commands, message_commands
from chatapp.terminal.account_commands import PASSWORD, PROTECT, SESSIONS, USAGES, AccountCommands
from chatapp.terminal.file_commands import FILES, SAVE, SEND, FileCommands
from chatapp.terminal.file_commands import USAGES as FILE_USAGES
from chatapp.terminal.panel import numbered_conversations

KEYS = N_(
    "Tab completes, ↑ recalls sent lines; Alt+1 to 9, Alt+↑, Alt+↓: change conversation; Alt+a: next unread."
)


class Frontend(Protocol):
    """The chat that runs the commands: the interactive one or the one for pipes."""

    client: Client

    @property
    def account(self) -> AccountCommands: ...
    @property
    def files(self) -> FileCommands: ...
    def print_note(self, text: str) -> None: ...
    def leave(self) -> None: ...


class ScreenCommand(NamedTuple):
    """A slash command; `run` gets the arguments and returns why it was refused, or None."""

    usage: str
    purpose: str
    run: Callable[[Frontend, str], str | None]


def run(frontend: Frontend, text: str) -> str | None:
    """Run a command, or send a message to the current conversation.

    Returns:
        None, or why it was refused.
    """
    name, _, arguments = text[1:].partition(" ")
    command = COMMANDS.get(name.lower()) if text.startswith("/") else None
    if command:
        return command.run(frontend, arguments.strip())
    return frontend.client.run(frontend.client.network.current, text)


def usage(text: str) -> str | None:
    """Return the hint for a command that is being typed; None for other text."""
    if not text.startswith("/") or text.startswith("//"):
        return None
    name, space, _ = text[1:].lower().partition(" ")
    if name in COMMANDS:
        return _description(COMMANDS[name])
    matching = () if space or name in slash_commands.COMMANDS else _matching(text)
    return "  ".join(matching) or slash_commands.usage(text)


def complete_command(text: str) -> str | None:
    """Return the command that begins with a text, if there is exactly one."""
    matching = _matching(text) if text.startswith("/") else ()
    return f"{matching[0]} " if len(matching) == 1 else None


def _matching(text: str) -> tuple[str, ...]:
    """Return all commands that begin with a text."""
    names = dict.fromkeys([*slash_commands.COMMANDS, *COMMANDS])
    return tuple(f"/{name}" for name in names if f"/{name}".startswith(text.lower()))


def _go(frontend: Frontend, arguments: str) -> str | None:
    network = frontend.client.network
    if not arguments:
        found = _most_urgent(network)
        problem = _("Nothing is unread. /go NAME opens a channel or a direct message.")
    else:
        number = parse_whole(arguments)
        found = _find(network, arguments) if number is None else numbered_conversations(network).get(number)
        problem = _(
            "There is no conversation {name}. /join #CHANNEL joins a channel, /msg NAME TEXT sends a direct"
            " message."
        ).format(name=arguments)
    if found is None:
        return problem
    frontend.client.open(found)
    return None


def _most_urgent(network: Network) -> Conversation | None:
    """Return the unread conversation to open first: with mentions, then direct, then the longest."""
    unread = (each for each in network.conversations.values() if each.unread and each is not network.current)
    return max(unread, key=lambda each: (each.mentions, each.kind == "direct", each.unread), default=None)


def _find(network: Network, name: str) -> Conversation | None:
    """Return the conversation of this name, else the only one that begins with it."""
    folded = network.fold(name).lstrip("#")
    matching = [each for key, each in network.conversations.items() if key.lstrip("#").startswith(folded)]
    return network.find(name) or (matching[0] if len(matching) == 1 else None)


def _names(frontend: Frontend, arguments: str) -> str | None:
    network = frontend.client.network
    current = network.current
    if current is None or current.kind != "channel":
        return _("/names works only in a channel.")
    members = sorted(current.members.values(), key=lambda each: (network.rank(each), network.fold(each.nick)))
    frontend.print_note(
        _("{count} here: {names}").format(count=len(members), names=", ".join(map(_member, members)))
    )
    return None


def _list(frontend: Frontend, arguments: str) -> str | None:
    if frontend.client.network.state != "online":
        return _("You are not connected.")
    frontend.client.list_channels()
    return None


def _older(frontend: Frontend, arguments: str) -> str | None:
    current = frontend.client.network.current
    if current is None or current.complete:
        return _("There are no earlier messages.")
    frontend.client.load_older(current)
    return None if current.loading_older else _("The server has no earlier messages.")


def _retry(frontend: Frontend, arguments: str) -> str | None:
    current = frontend.client.network.current
    failed = [each for each in current.entries if each.state == "failed"] if current else []
    if not current or not failed:
        return _("There are no unsent messages here.")
    return next(filter(None, (frontend.client.retry(current, entry) for entry in failed)), None)


def _on_client(command: Callable[[Client, str], str | None]) -> Callable[[Frontend, str], str | None]:
    """Return a command that needs only the client of the front-end."""
    return lambda frontend, arguments: command(frontend.client, arguments)


def _reconnect(frontend: Frontend, arguments: str) -> str | None:
    frontend.client.reconnect_now()
    return None


def _quit(frontend: Frontend, arguments: str) -> str | None:
    frontend.client.send(Message("QUIT", [arguments] if arguments else []))
    frontend.leave()
    return None


def _help(frontend: Frontend, arguments: str) -> str | None:
    name = arguments.removeprefix("/").lower()
    if name in COMMANDS:
        frontend.print_note(_description(COMMANDS[name]))
        return None
    problem = frontend.client.run(frontend.client.network.current, f"/help {arguments}")
    current = frontend.client.network.current
    if not arguments and current:
        network = frontend.client.network
        hidden = slash_commands.COMMANDS.keys() | message_commands.missing(network)
        hidden |= file_commands.missing(network)
        own = (_description(each) for name, each in COMMANDS.items() if name not in hidden)
        frontend.client.note(current, "\n".join([*own, _(KEYS)]))
    return problem


def _description(command: ScreenCommand) -> str:
    return f"{command.usage}  –  {_(command.purpose)}"


def _member(member: Member) -> str:
    name = f"{member.ranks[:1]}{member.nick}"
    return _("{name} (away)").format(name=name) if member.away else name


COMMANDS: dict[str, ScreenCommand] = {
    "go": ScreenCommand("/go [NAME or NUMBER]", N_("open a conversation, or the next unread one"), _go),
    "names": ScreenCommand("/names", N_("list the members of the channel"), _names),
    "list": ScreenCommand("/list", N_("list the channels"), _list),
    "older": ScreenCommand("/older", N_("show earlier messages"), _older),
    "retry": ScreenCommand("/retry", N_("send unsent messages again"), _retry),
    "reply": ScreenCommand(
        "/reply NAME TEXT",
        N_("reply to the last message of a person"),
        _on_client(message_commands.reply),
    ),
    "react": ScreenCommand(
        "/react NAME REACTION",
        N_("react to the last message of a person, such as with 👍; again to take it back"),
        _on_client(message_commands.react),
    ),
    "edit": ScreenCommand("/edit TEXT", N_("change your last message"), _on_client(message_commands.edit)),
    "delete": ScreenCommand("/delete", N_("delete your last message"), _on_client(message_commands.delete)),
    "undo": ScreenCommand(
        "/undo", N_("show the message again that you have just deleted"), _on_client(message_commands.undo)
    ),
    SEND: ScreenCommand(
        FILE_USAGES[SEND],
        N_("send a file, with a message if you like"),
        lambda frontend, arguments: frontend.files.send(arguments),
    ),
    FILES: ScreenCommand(
        FILE_USAGES[FILES],
        N_("list the files of this conversation"),
        lambda frontend, arguments: frontend.files.list_files(arguments),
    ),
    SAVE: ScreenCommand(
        FILE_USAGES[SAVE],
        N_("save a file that was sent, by default the latest one"),
        lambda frontend, arguments: frontend.files.save(arguments),
    ),
    PROTECT: ScreenCommand(
        USAGES[PROTECT],
        N_("protect your name with a password"),
        lambda frontend, arguments: frontend.account.protect(arguments),
    ),
    PASSWORD: ScreenCommand(
        USAGES[PASSWORD],
        N_("change the password of your name"),
        lambda frontend, arguments: frontend.account.change_password(arguments),
    ),
    SESSIONS: ScreenCommand(
        USAGES[SESSIONS],
        N_("list where you are logged in, or log out there"),
        lambda frontend, arguments: frontend.account.sessions(arguments),
    ),
    "reconnect": ScreenCommand("/reconnect", N_("try to reconnect now"), _reconnect),
    "quit": ScreenCommand("/quit [REASON]", N_("disconnect and exit"), _quit),
    "help": ScreenCommand("/help [COMMAND]", N_("list the commands"), _help),
}
