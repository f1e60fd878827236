"""Slash commands: a table of what can be typed, its usage, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from chatapp.client.model import ignored_people
from chatapp.client.model.changes import Change
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import EntryKind
from chatapp.client.model.network import Network
from chatapp.client.outgoing.ban_masks import mask_of, masks_to_lift
from chatapp.client.transport.certificates import is_here
from chatapp.protocol import names
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.message import MalformedMessage, Message


class CommandError(Exception):
    """A command that cannot be done, in words for whoever typed it."""


class CommandContext(Protocol):
    """What a command may do; the client is one."""

    network: Network

    def send(self, message: Message) -> None: ...
    def quote(self, message: Message) -> None: ...
    def say(self, conversation: Conversation, text: str, kind: EntryKind = "message") -> None: ...
    def note(self, conversation: Conversation, text: str) -> None: ...
    def join(self, channel: str, key: str = "") -> None: ...
    def direct(self, nick: str) -> Conversation: ...
    def leave(self, conversation: Conversation, reason: str = "") -> None: ...
    def clear(self, conversation: Conversation) -> None: ...
    def show(self, changes: Iterable[Change]) -> None: ...
    def quit(self, reason: str = "") -> None: ...
    def invite_link(self, conversation: Conversation | None) -> str: ...


class SlashCommand(NamedTuple):
    """What it is called with and for, what it does, how many words it needs, whether it needs a server."""

    usage: str
    purpose: str
    do: Callable[[CommandContext, Conversation, str], None]
    least: int = 0
    online: bool = True


def run(desk: CommandContext, conversation: Conversation, text: str) -> None:
    """Do what was typed: a command, or after `//` or without a slash something said.

    Raises  Refused
    """
    if not text.startswith("/") or text.startswith("//"):
        return desk.say(conversation, text[1:] if text.startswith("//") else text)
    name, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(name.lower())
    if command is None:
        raise CommandError(
            f"There is no command /{name}. /help lists them; // begins a message with a slash."
        )
    if len(rest.split()) < command.least:
        raise CommandError(f"Usage: {command.usage}")
    if command.online and desk.network.state != "online":
        raise CommandError("You are not connected.")
    return command.do(desk, conversation, rest.strip())


def spoken(text: str) -> str:
    """Return what of a typed text is said in a conversation; nothing for a command that says nothing."""
    if not text.startswith("/") or text.startswith("//"):
        return text[1:] if text.startswith("//") else text
    name, _, rest = text[1:].partition(" ")
    return {"me": rest, "msg": rest.strip().partition(" ")[2]}.get(name.lower(), "")


def usage(text: str) -> str | None:
    """What to show under a command that is being typed; nothing for other text."""
    if not text.startswith("/") or text.startswith("//"):
        return None
    name, space, _ = text[1:].partition(" ")
    command = COMMANDS.get(name.lower())
    if command:
        return f"{command.usage}  –  {command.purpose}"
    found = [] if space else [f"/{each}" for each in COMMANDS if each.startswith(name.lower())]
    return "  ".join(found) or f"There is no command /{name}."


def _join(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    channels, _, key = rest.partition(" ")
    for channel in channels.split(","):
        desk.join(channel if desk.network.is_channel(channel) else f"#{channel}", key.strip())


def _part(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    first, _, reason = rest.partition(" ")
    if desk.network.is_channel(first):
        desk.leave(_known(desk, first), reason)
    else:
        desk.leave(conversation, rest)


def _msg(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    name, _, text = rest.partition(" ")
    target = _known(desk, name) if desk.network.is_channel(name) else desk.direct(name)
    if text.strip():
        desk.say(target, text)


def _me(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    _talkable(conversation)
    desk.say(conversation, rest, "action")


def _nick(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    if len(rest.split()) > 1:
        raise CommandError(names.why_no_nick(rest))
    desk.send(Message("NICK", [rest]))


def _topic(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    channel = _channel(conversation)
    if rest:
        desk.send(Message("TOPIC", [channel, rest]))
    else:
        desk.note(conversation, conversation.topic or "No topic is set.")


def _away(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    desk.send(Message("AWAY", [rest or "Away"]))


def _back(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    desk.send(Message("AWAY"))


def _whois(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    nick = rest or (conversation.name if conversation.kind == "direct" else "")
    if not nick:
        raise CommandError(f"Usage: {COMMANDS['whois'].usage}")
    desk.send(Message("WHOIS", [_one_word(nick)]))
    desk.network.whois_asked_in[desk.network.fold(nick)] = conversation


def _invite(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    nick, _, channel = rest.partition(" ")
    desk.send(Message("INVITE", [nick, _one_word(channel) if channel else _channel(conversation)]))


def _link(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    link = desk.invite_link(conversation)
    who = "On this computer one can" if is_here(Invite.parse(link).host) else "Others"
    desk.note(conversation, f"{who} join with this link: {link}")


def _code(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    desk.send(Message("INVITECODE", rest.split()))


def _kick(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    nick, _, reason = rest.partition(" ")
    desk.send(Message("KICK", [_channel(conversation), nick, *([reason] if reason else [])]))


def _ban(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    name, _, reason = rest.partition(" ")
    channel, mask = _channel(conversation), mask_of(desk.network, name)
    if not mask:
        raise CommandError(
            f"The host of {name} is not known. Look it up with /whois {name}, then type /ban *!*@HOST."
        )
    conversation.own_bans[desk.network.fold(name)] = mask
    desk.send(Message("MODE", [channel, "+b", mask]))
    if desk.network.fold(name) in conversation.members:
        desk.send(Message("KICK", [_channel(conversation), name, *([reason] if reason else [])]))


def _unban(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    masks = masks_to_lift(desk.network, conversation, _one_word(rest))
    desk.send(Message("MODE", [_channel(conversation), "-" + "b" * len(masks), *masks]))


def _op(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    for nick in rest.split():
        desk.send(Message("MODE", [_channel(conversation), "+o", nick]))


def _deop(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    for nick in rest.split():
        desk.send(Message("MODE", [_channel(conversation), "-o", nick]))


def _ignore(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    network = desk.network
    if not rest:
        words = ", ".join(ignored_people.ignored_names(network)) or "nobody"
        return desk.note(conversation, f"You ignore {words}.")
    if network.is_me(_one_word(rest)):
        raise CommandError("You cannot ignore yourself.")
    if ignored_people.is_ignored(network, rest) or ignored_people.is_ignored(network, rest, account=rest):
        ignored_people.stop_ignoring(network, rest)
        return desk.note(conversation, f"You see again what {rest} writes.")
    desk.show(ignored_people.ignore(network, rest))
    return desk.note(conversation, f"You no longer see what {rest} writes. The same command undoes it.")


def _oper(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    name, _, password = rest.partition(" ")
    if not password:
        raise CommandError(f"Usage: {COMMANDS['oper'].usage}")
    desk.send(Message("OPER", [name, _one_word(password.strip())]))


def _quote(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    try:
        desk.quote(Message.parse(rest))
    except MalformedMessage as error:
        raise CommandError(f"This is no command of a server: {error}.") from None


def _clear(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    desk.clear(conversation)


def _quit(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    desk.quit(rest)


def _help(desk: CommandContext, conversation: Conversation, rest: str) -> None:
    command = COMMANDS.get(rest.removeprefix("/").lower())
    if rest and command is None:
        raise CommandError(f"There is no command {rest}.")
    shown = [command] if command else COMMANDS.values()
    desk.note(conversation, "\n".join(f"{each.usage}  –  {each.purpose}" for each in shown))


def _channel(conversation: Conversation) -> str:
    if conversation.kind != "channel":
        raise CommandError("That works in a channel only.")
    return conversation.name


def _talkable(conversation: Conversation) -> None:
    if conversation.kind == "server":
        raise CommandError("Nobody would read that here. Choose a channel or a person first.")


def _known(desk: CommandContext, channel: str) -> Conversation:
    found = desk.network.find(channel)
    if found is None:
        raise CommandError(f"You are not in {channel}.")
    return found


def _one_word(text: str) -> str:
    if " " in text:
        raise CommandError("A name cannot contain spaces.")
    return text


COMMANDS: dict[str, SlashCommand] = {
    "join": SlashCommand("/join #CHANNEL [KEY]", "go into a channel", _join, 1),
    "part": SlashCommand("/part [#CHANNEL] [REASON]", "leave a channel", _part, online=False),
    "msg": SlashCommand("/msg NAME [TEXT]", "write to one person alone", _msg, 1),
    "me": SlashCommand("/me TEXT", "say what you are doing", _me, 1, online=False),
    "nick": SlashCommand("/nick NAME", "change your name", _nick, 1),
    "topic": SlashCommand("/topic [TEXT]", "show or set the topic of the channel", _topic),
    "away": SlashCommand("/away [REASON]", "tell others that you are not here", _away),
    "back": SlashCommand("/back", "you are here again", _back),
    "whois": SlashCommand("/whois [NAME]", "ask who somebody is", _whois),
    "invite": SlashCommand("/invite NAME [#CHANNEL]", "invite somebody to a channel", _invite, 1),
    "link": SlashCommand("/link", "show the link that brings others here", _link),
    "code": SlashCommand(
        "/code [ACCOUNTS [DAYS]]", "make a code with which invited people get an account", _code
    ),
    "kick": SlashCommand("/kick NAME [REASON]", "remove somebody from the channel", _kick, 1),
    "ban": SlashCommand("/ban NAME [REASON]", "remove somebody and keep them out", _ban, 1),
    "unban": SlashCommand("/unban NAME", "let somebody in again", _unban, 1),
    "op": SlashCommand("/op NAME …", "make somebody an operator of the channel", _op, 1),
    "deop": SlashCommand("/deop NAME …", "take operator from somebody", _deop, 1),
    "ignore": SlashCommand(
        "/ignore [NAME]", "hide what somebody writes, or show it again", _ignore, online=False
    ),
    "oper": SlashCommand("/oper NAME PASSWORD", "run the server, as its owner", _oper, 1),
    "quote": SlashCommand("/quote COMMAND", "send the server a command of its own", _quote, 1),
    "clear": SlashCommand("/clear", "empty this view", _clear, online=False),
    "quit": SlashCommand("/quit [REASON]", "disconnect", _quit, online=False),
    "help": SlashCommand("/help [COMMAND]", "list the commands", _help, online=False),
}
