"""Slash commands: a table with usage, purpose and function of each command."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol

from chatapp.client.model import ignored_people, server_overview
from chatapp.client.model.changes import Change
from chatapp.client.model.channel_modes import QUIET
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import EntryKind
from chatapp.client.model.network import Network
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.ban_masks import masks_to_lift, mute_prefix
from chatapp.client.outgoing.moderation import Measure, MeasureKind
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import is_this_computer
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.message import MalformedMessage, Message

NOT_OFFERED = N_("This server does not offer that.")


class CommandError(Exception):
    """A command cannot be carried out. The text is for the user who typed it."""


class CommandContext(Protocol):
    """The actions that a command can use; `UserActions` provides them."""

    network: Network

    def send(self, message: Message) -> None: ...
    def quote(self, message: Message) -> None: ...
    def say(self, conversation: Conversation, text: str, kind: EntryKind = "message") -> None: ...
    def note(self, conversation: Conversation, text: str) -> None: ...
    def change_name(self, name: str) -> str | None: ...
    def join(self, channel: str, key: str = "") -> None: ...
    def open_direct(self, nick: str) -> Conversation: ...
    def leave(self, conversation: Conversation, reason: str = "") -> None: ...
    def clear(self, conversation: Conversation) -> None: ...
    def show(self, changes: Iterable[Change]) -> None: ...
    def quit(self, reason: str = "") -> None: ...
    def invite_link(self, conversation: Conversation | None) -> str: ...


class SlashCommand(NamedTuple):
    """One slash command.

    Attributes:
        usage: The command as typed, with placeholders in capitals.
        purpose: A verb phrase for the help.
        do: Called with the conversation and the rest of the line.
        least: The fewest words after the command.
        online: Whether it needs a connection.
        message: For a command that sends a message: returns its text, from the rest of the line. The user is
            asked before a long text is sent as many messages.
        is_offered: Whether a server has it; where not, it is neither listed nor completed.
    """

    usage: str
    purpose: str
    do: Callable[[CommandContext, Conversation, str], None]
    least: int = 0
    online: bool = True
    message: Callable[[str], str] | None = None
    is_offered: Callable[[Network], bool] = lambda network: True


def run(context: CommandContext, conversation: Conversation, text: str) -> None:
    """Run a command, or send a message: a text without a slash, or after `//`.

    Raises:
        CommandError: The command cannot be carried out.
    """
    message = plain_message(text)
    if message is not None:
        return context.say(conversation, message)
    name, rest = _first_word(text[1:])
    command = COMMANDS.get(name.lower())
    if command is None:
        raise CommandError(
            _(
                "There is no command /{name}. /help lists all commands. // sends a text that begins with /."
            ).format(name=name)
        )
    if len(rest.split()) < command.least:
        raise CommandError(_("Usage: {usage}").format(usage=command.usage))
    if command.online and context.network.state != "online":
        raise CommandError(_("You are not connected."))
    return command.do(context, conversation, rest)


def offered(network: Network) -> dict[str, SlashCommand]:
    """Return the commands that the server has, by name."""
    return {name: each for name, each in COMMANDS.items() if each.is_offered(network)}


def plain_message(text: str) -> str | None:
    """Return the message in a typed text without a slash, or after `//`; None for a command."""
    if text.startswith("//"):
        return text[1:]
    return None if text.startswith("/") else text


def message_part(text: str) -> str:
    """Return the part of a typed text that is sent as a message; empty for other commands."""
    message = plain_message(text)
    if message is not None:
        return message
    name, _, rest = text[1:].partition(" ")
    command = COMMANDS.get(name.lower())
    return command.message(rest.strip()) if command and command.message else ""


def usage(text: str) -> str | None:
    """Return the hint for a command that is being typed; None for other text."""
    if plain_message(text) is not None:
        return None
    name = text[1:].split(" ", 1)[0]
    command = COMMANDS.get(name.lower())
    if command:
        return f"{command.usage}  –  {_(command.purpose)}"
    found = [] if " " in text else [f"/{each}" for each in COMMANDS if each.startswith(name.lower())]
    return "  ".join(found) or _("There is no command /{name}.").format(name=name)


def _join(context: CommandContext, conversation: Conversation, rest: str) -> None:
    channels, _, key = rest.partition(" ")
    for channel in channels.split(","):
        context.join(channel if context.network.is_channel(channel) else f"#{channel}", key.strip())


def _part(context: CommandContext, conversation: Conversation, rest: str) -> None:
    first, _, reason = rest.partition(" ")
    if context.network.is_channel(first):
        context.leave(_known(context, first), reason)
    else:
        context.leave(conversation, rest)


def _msg(context: CommandContext, conversation: Conversation, rest: str) -> None:
    name, _, text = rest.partition(" ")
    target = _known(context, name) if context.network.is_channel(name) else context.open_direct(name)
    if text.strip():
        context.say(target, text)


def _me(context: CommandContext, conversation: Conversation, rest: str) -> None:
    context.say(conversation, rest, "action")


def _nick(context: CommandContext, conversation: Conversation, rest: str) -> None:
    problem = context.change_name(rest)
    if problem:
        raise CommandError(problem)


def _topic(context: CommandContext, conversation: Conversation, rest: str) -> None:
    channel = _channel(conversation)
    if rest:
        context.send(Message("TOPIC", [channel, rest]))
    else:
        context.note(conversation, conversation.topic or _("This channel has no topic."))


def _away(context: CommandContext, conversation: Conversation, rest: str) -> None:
    context.network.away_text = rest
    context.send(Message("AWAY", [rest or _("Away")]))


def _back(context: CommandContext, conversation: Conversation, rest: str) -> None:
    context.send(Message("AWAY"))


def _whois(context: CommandContext, conversation: Conversation, rest: str) -> None:
    nick = rest or (conversation.name if conversation.kind == "direct" else "")
    if not nick:
        raise CommandError(_("Usage: {usage}").format(usage=COMMANDS["whois"].usage))
    context.send(Message("WHOIS", [_one_word(nick)]))
    context.network.whois_asked_in[context.network.fold(nick)] = conversation


def _invite(context: CommandContext, conversation: Conversation, rest: str) -> None:
    nick, _, channel = rest.partition(" ")
    context.send(Message("INVITE", [nick, _one_word(channel) if channel else _channel(conversation)]))


def _link(context: CommandContext, conversation: Conversation, rest: str) -> None:
    link = context.invite_link(conversation)
    if is_this_computer(Invite.parse(link).host):
        text = _("People on this computer can join with this link: {link}")
    else:
        text = _("Others can join with this link: {link}")
    context.note(conversation, text.format(link=link))


def _code(context: CommandContext, conversation: Conversation, rest: str) -> None:
    if not _has_codes(context.network):
        raise CommandError(_(NOT_OFFERED))
    context.send(Message("INVITECODE", rest.split()))


def _kick(context: CommandContext, conversation: Conversation, rest: str) -> None:
    nick, _, reason = rest.partition(" ")
    context.send(Message("KICK", [_channel(conversation), nick, *([reason] if reason else [])]))


def _ban(context: CommandContext, conversation: Conversation, rest: str) -> None:
    _take_measure(context, conversation, "ban", rest)


def _mute(context: CommandContext, conversation: Conversation, rest: str) -> None:
    if not mute_prefix(context.network):
        raise CommandError(_(moderation.NO_MUTE))
    _take_measure(context, conversation, "mute", rest)


def _take_measure(context: CommandContext, conversation: Conversation, kind: MeasureKind, rest: str) -> None:
    """Ban or mute a person, for a time if the first word after the name is a duration."""
    _channel(conversation)
    network = context.network
    name, reason = _first_word(rest)
    first, others = _first_word(reason)
    duration = first if moderation.DURATION.fullmatch(first) else ""
    if duration and not moderation.has_durations(network, kind):
        raise CommandError(_(moderation.NO_DURATION))
    measure = Measure(kind, name, duration, others if duration else reason)
    try:
        order = moderation.order(network, conversation, measure)
    except moderation.NoMask:
        command = f"/{kind} *!*@HOST"
        raise CommandError(
            _("The host of {name} is unknown. Find it with /whois {name}, then type {command}.").format(
                name=name, command=command
            )
        ) from None
    for step in order.steps:
        context.send(step.message)


def _unban(context: CommandContext, conversation: Conversation, rest: str) -> None:
    masks = masks_to_lift(context.network, conversation, _one_word(rest))
    context.send(Message("MODE", [_channel(conversation), "-" + "b" * len(masks), *masks]))


def _unmute(context: CommandContext, conversation: Conversation, rest: str) -> None:
    network, channel = context.network, _channel(conversation)
    prefix = mute_prefix(network)
    if not prefix:
        raise CommandError(_(moderation.NO_MUTE))
    masks = [each.removeprefix(prefix) for each in masks_to_lift(network, conversation, _one_word(rest))]
    letter, before = ("q", "") if prefix == QUIET else ("b", prefix)
    lifted = [f"{before}{each}" for each in dict.fromkeys(masks)]
    context.send(Message("MODE", [channel, "-" + letter * len(lifted), *lifted]))


def _op(context: CommandContext, conversation: Conversation, rest: str) -> None:
    for nick in rest.split():
        context.send(Message("MODE", [_channel(conversation), "+o", nick]))


def _deop(context: CommandContext, conversation: Conversation, rest: str) -> None:
    for nick in rest.split():
        context.send(Message("MODE", [_channel(conversation), "-o", nick]))


def _ignore(context: CommandContext, conversation: Conversation, rest: str) -> None:
    network = context.network
    if not rest:
        ignored = ", ".join(ignored_people.ignored_names(network)) or _("nobody")
        return context.note(conversation, _("You are ignoring {names}.").format(names=ignored))
    if network.is_me(_one_word(rest)):
        raise CommandError(_("You cannot ignore yourself."))
    if ignored_people.is_ignored(network, rest) or ignored_people.is_ignored(network, rest, account=rest):
        ignored_people.stop_ignoring(network, rest)
        return context.note(conversation, _("You are no longer ignoring {name}.").format(name=rest))
    context.show(ignored_people.ignore(network, rest))
    return context.note(
        conversation, _("You are ignoring {name}. To undo this, type /ignore {name} again.").format(name=rest)
    )


def _oper(context: CommandContext, conversation: Conversation, rest: str) -> None:
    name, password = _first_word(rest)
    if not password:
        raise CommandError(_("Usage: {usage}").format(usage=COMMANDS["oper"].usage))
    context.send(Message("OPER", [name, _one_word(password)]))


def _quote(context: CommandContext, conversation: Conversation, rest: str) -> None:
    try:
        context.quote(Message.parse(rest))
    except MalformedMessage as error:
        raise CommandError(_("This is not a valid IRC message: {reason}.").format(reason=error)) from None


def _clear(context: CommandContext, conversation: Conversation, rest: str) -> None:
    context.clear(conversation)


def _quit(context: CommandContext, conversation: Conversation, rest: str) -> None:
    context.quit(rest)


def _help(context: CommandContext, conversation: Conversation, rest: str) -> None:
    command = COMMANDS.get(rest.removeprefix("/").lower())
    if rest and command is None:
        raise CommandError(_("There is no command /{name}.").format(name=rest.removeprefix("/")))
    shown = [command] if command else offered(context.network).values()
    context.note(conversation, "\n".join(f"{each.usage}  –  {_(each.purpose)}" for each in shown))


def _has_codes(network: Network) -> bool:
    return server_overview.TOKEN in network.isupport


def _can_mute(network: Network) -> bool:
    return bool(mute_prefix(network))


def _channel(conversation: Conversation) -> str:
    if conversation.kind != "channel":
        raise CommandError(_("This command works only in a channel."))
    return conversation.name


def _known(context: CommandContext, channel: str) -> Conversation:
    found = context.network.find(channel)
    if found is None:
        raise CommandError(_("You are not in {channel}.").format(channel=channel))
    return found


def _after_first_word(text: str) -> str:
    return text.partition(" ")[2]


def _first_word(text: str) -> tuple[str, str]:
    """Return the first word of a text, and the rest."""
    first, _, rest = text.partition(" ")
    return first, rest.strip()


def _one_word(text: str) -> str:
    if " " in text:
        raise CommandError(_("A name cannot contain spaces."))
    return text


COMMANDS: dict[str, SlashCommand] = {
    "join": SlashCommand("/join #CHANNEL [KEY]", N_("join a channel"), _join, 1),
    "part": SlashCommand("/part [#CHANNEL] [REASON]", N_("leave a channel"), _part, online=False),
    "msg": SlashCommand("/msg NAME [TEXT]", N_("send a direct message"), _msg, 1, message=_after_first_word),
    "me": SlashCommand("/me TEXT", N_("say what you are doing"), _me, 1, online=False, message=str),
    "nick": SlashCommand("/nick NAME", N_("change your name"), _nick, 1),
    "topic": SlashCommand("/topic [TEXT]", N_("show or set the topic of the channel"), _topic),
    "away": SlashCommand("/away [REASON]", N_("mark yourself as away"), _away),
    "back": SlashCommand("/back", N_("mark yourself as back"), _back),
    "whois": SlashCommand("/whois [NAME]", N_("show information about a person"), _whois),
    "invite": SlashCommand("/invite NAME [#CHANNEL]", N_("invite a person to a channel"), _invite, 1),
    "link": SlashCommand("/link", N_("show a link with which others can join"), _link),
    "code": SlashCommand(
        "/code [ACCOUNTS [DAYS]]", N_("create an invite code for new accounts"), _code, is_offered=_has_codes
    ),
    "kick": SlashCommand("/kick NAME [REASON]", N_("remove a person from the channel"), _kick, 1),
    "ban": SlashCommand(
        "/ban NAME [DURATION] [REASON]",
        N_("remove a person from the channel and keep them out, such as for 30m, 12h or 7d"),
        _ban,
        1,
    ),
    "unban": SlashCommand("/unban NAME", N_("lift the ban on a person"), _unban, 1),
    "mute": SlashCommand(
        "/mute NAME [DURATION] [REASON]",
        N_("let a person read but not write in the channel"),
        _mute,
        1,
        is_offered=_can_mute,
    ),
    "unmute": SlashCommand("/unmute NAME", N_("let a person write again"), _unmute, 1, is_offered=_can_mute),
    "op": SlashCommand("/op NAME …", N_("make a person an operator of the channel"), _op, 1),
    "deop": SlashCommand("/deop NAME …", N_("remove a person as operator of the channel"), _deop, 1),
    "ignore": SlashCommand(
        "/ignore [NAME]", N_("hide the messages of a person, or show them again"), _ignore, online=False
    ),
    "oper": SlashCommand("/oper NAME PASSWORD", N_("log in as a server operator"), _oper, 1),
    "quote": SlashCommand("/quote COMMAND", N_("send a raw IRC message to the server"), _quote, 1),
    "clear": SlashCommand("/clear", N_("clear this view"), _clear, online=False),
    "quit": SlashCommand("/quit [REASON]", N_("disconnect from the server"), _quit, online=False),
    "help": SlashCommand("/help [COMMAND]", N_("list the commands"), _help, online=False),
}
