"""The plain visitor: somebody with netcat or telnet. Lines in are words said in the channel, lines out are
words.

    Choose a username:
    Rahul
    Rahul joined the chat!
    Keshav: hello

An adapter between people and the protocol: what a plain visitor types becomes commands, what the server
says to one becomes words, and nothing else of the server knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chatapp.protocol import names
from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.protocol.printable import bare
from chatapp.server.core import first_line
from chatapp.server.core.inbound import Item

QUESTION = b"Choose a username: "
NOT_A_NAME = "This looks like the login of a program, not like a name"
NOT_SAID = "Not said: this looks like the login of a program, and may hold a password"
LINE = ""  # the command of a line that a plain visitor typed: no line of IRC can have it


def read(lines: Iterable[bytes | TooLong]) -> list[Item]:
    """What a plain visitor typed, for the inbox. Text in another encoding comes with holes."""
    return [line(raw.decode(errors="replace")) for raw in lines if isinstance(raw, bytes)]


def line(text: str) -> Message:
    """What a plain visitor typed, for the inbox."""
    return Message(LINE, (text,))


def is_typed(text: str, named: bool) -> bool:
    """Whether a person may have typed this, as words or as a name, rather than a program that logs in.

    Args:
        named: whether the visitor has a name already.
    """
    if named:
        return not first_line.is_of_a_program(text)
    return not text.strip() or first_line.judge([text], asked=True, commands=()) == "person"


def incoming(text: str, named: bool, channel: str) -> list[Message]:
    """The commands that a typed line stands for.

    Takes  named: whether the visitor has a name already; channel: where words are said
    """
    text = text.strip()
    if not named:
        nick = text.replace(" ", "_")
        return [Message("NICK", (nick,)), Message("USER", (nick or "guest", "0", "*", text or "guest"))]
    return [Message("PRIVMSG", (channel, text))] if text else []


def outgoing(message: Message) -> bytes:
    """What a plain visitor is told of a message; nothing for most."""
    say = _SAY.get(message.command)
    words = say(message) if say else ""
    return f"{bare(words)}\n".encode() if words else b""


def _said(message: Message) -> str:
    text = message.params[1]
    if text.startswith("\x01"):
        text = text.strip("\x01").removeprefix("ACTION ")
        return f"* {message.nick} {text}"
    public = names.looks_like_channel(message.params[0].lstrip("~&@%+"))
    return f"{message.nick}: {text}" if public else f"{message.nick} (only to you): {text}"


_SAY: dict[str, Callable[[Message], str]] = {
    "PRIVMSG": _said,
    "NOTICE": _said,
    "JOIN": lambda message: f"{message.nick} joined the chat!",
    "PART": lambda message: f"{message.nick} left the chat!",
    "QUIT": lambda message: f"{message.nick} left the chat!",
    "NICK": lambda message: f"{message.nick} is now called {message.params[0]}",
    "KICK": lambda message: (
        f"{message.params[1]} was removed from the chat by {message.nick}: {message.text}"
    ),
    "TOPIC": lambda message: f"{message.nick} set the topic: {message.text}",
    "ERROR": lambda message: message.text,
    "404": lambda message: message.text,
    "432": lambda message: f"{message.text}. {QUESTION.decode().strip()}",
    "433": lambda message: f"This name is taken. {QUESTION.decode().strip()}",
    "FAIL": lambda message: message.text,
}
