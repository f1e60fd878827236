"""Plain text for people with netcat or telnet: each line they type is a message to the default channel.

    Choose a username:
    Rahul
    Rahul joined the chat!
    Keshav: hello

Typed lines become commands, and messages of the server become sentences. Only the core and the connections
use this module; commands and operations do not know about plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.protocol import display_names, names
from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.protocol.modes import PREFIXES
from chatapp.protocol.printable import strip_controls
from chatapp.server.core import first_line
from chatapp.server.core.inbound import Item

NameOf = Callable[[str], str]

QUESTION = b"Choose a username: "
NOT_A_NAME = "This looks like the login of a program. Connect again and type only a name"
NOT_SENT = "Not sent: this looks like the login of a program and may hold a password"
LINE = ""
"""The command of a line that was typed as plain text. No line of IRC can have it."""


def read(lines: Iterable[bytes | TooLong]) -> list[Item]:
    """Return typed lines as items for the inbox. Bytes that are not UTF-8 become replacement characters."""
    return [line(raw.decode(errors="replace")) for raw in lines if isinstance(raw, bytes)]


def line(text: str) -> Message:
    """Return a typed line as an item for the inbox."""
    return Message(LINE, (text,))


def is_typed(text: str, has_name: bool) -> bool:
    """Return whether a person may have typed this line, rather than a program that logs in.

    Args:
        has_name: Whether the person has chosen a name; if not, the line is meant as one.
    """
    if has_name:
        return not first_line.looks_like_login(text)
    return not text.strip() or first_line.classify([text], asked=True, commands=()) == "person"


def incoming(text: str, has_name: bool, channel: str) -> list[Message]:
    """Return the commands for a typed line.

    Args:
        has_name: Whether the person has chosen a name; if not, the line is the name.
        channel: The channel that messages go to.
    """
    text = text.strip()
    if not has_name:
        nick = _nick(text)
        return [Message("NICK", (nick,)), Message("USER", (nick or "guest", "0", "*", text or "guest"))]
    return [Message("PRIVMSG", (channel, text))] if text else []


def metadata(name: str) -> dict[str, str]:
    """Return the metadata of a person with this name: a display name, unless the nick says the same."""
    try:
        shown = display_names.clean(name)
    except display_names.InvalidDisplayName:
        return {}
    return {} if shown == _nick(name) else {display_names.KEY: shown}


def outgoing(message: Message, name_of: NameOf = str) -> bytes:
    """Return a message as a line of plain text; empty for most kinds of messages.

    Args:
        name_of: Returns the name that people read for a nick.
    """
    write = _SENTENCES.get(message.command)
    text = write(message, name_of) if write else ""
    return f"{strip_controls(text)}\n".encode() if text else b""


def _nick(name: str) -> str:
    """Return the nick for a name, which has no spaces."""
    return "_".join(name.split())


def _message_text(message: Message, name_of: NameOf) -> str:
    text, author = message.params[1], name_of(message.nick)
    if text.startswith("\x01"):
        text = text.strip("\x01").removeprefix("ACTION ")
        return f"* {author} {text}"
    is_public = names.looks_like_channel(message.params[0].lstrip(PREFIXES))
    return f"{author}: {text}" if is_public else f"{author} (only to you): {text}"


def _renamed(message: Message, name_of: NameOf) -> str:
    """Return nothing for a new nick under the same display name."""
    before, now = name_of(message.nick), name_of(message.params[0])
    return "" if before == now else f"{before} is now called {now}"


_SENTENCES: dict[str, Callable[[Message, NameOf], str]] = {
    "PRIVMSG": _message_text,
    "NOTICE": _message_text,
    "JOIN": lambda message, name_of: f"{name_of(message.nick)} joined the chat!",
    "PART": lambda message, name_of: f"{name_of(message.nick)} left the chat!",
    "QUIT": lambda message, name_of: f"{name_of(message.nick)} left the chat!",
    "NICK": _renamed,
    "KICK": lambda message, name_of: (
        f"{name_of(message.params[1])} was removed from the chat by {name_of(message.nick)}: {message.text}"
    ),
    "TOPIC": lambda message, name_of: f"{name_of(message.nick)} set the topic: {message.text}",
    "ERROR": lambda message, name_of: message.text,
    "404": lambda message, name_of: message.text,
    "432": lambda message, name_of: f"{message.text}. {QUESTION.decode().strip()}",
    "433": lambda message, name_of: f"This name is taken. {QUESTION.decode().strip()}",
    "FAIL": lambda message, name_of: message.text,
}
