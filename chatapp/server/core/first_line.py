"""Classifies a peer by its first line: an IRC client, a person with netcat, or neither (a stranger).

A client begins with a command. A person types a name of one or several words. Everything else is a program
with another protocol, such as SSH or the header of a proxy that is not trusted. Its connection is closed,
because its next line may be a password, and a person's lines are sent to the whole channel.

    before the question   `NICK ann` client   `Rahul Rao` person   `WEBIRC …`, `SSH-2.0-x` stranger
    after it              `NICK ann` client   `Nick`, `Rahul Rao` persons   `STARTTLS` stranger
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from typing import Literal

from chatapp.protocol import names
from chatapp.protocol.message import MalformedMessage, Message

LONGEST_NAME = 64
"""The most characters of the name of a person."""

MOST_WORDS = 5
"""The most words of the name of a person who was not asked for it."""

_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-])*")

Peer = Literal["client", "person", "stranger"]

_LOGIN = re.compile(
    r"""(?:@\S+\ +)?(?::\S+\ +)?(?=(?P<command>[A-Z]+))(?:
    AUTHENTICATE\ +\S+
    | CAP\ +(?:LS|LIST|REQ|END|ACK|NAK)\b.*
    | IDENTIFY\ +\S+(?:\ +\S+)?
    | NICK\ +\S+
    | (?:NS|NICKSERV)\ +(?:IDENTIFY|LOGIN|REGISTER|SET|GHOST|RECOVER|RELEASE)\ .*
    | OPER\ +\S+\ +\S+
    | PASS\ +(?:\S+|:.*)
    | (?:PRIVMSG|NOTICE)\ +\S+\ +:.*
    | PROXY\ +(?:TCP4|TCP6|UNKNOWN)\b.*
    | REGISTER\ +\S+\ +(?:\*|\S+@\S+)\ +.+
    | SERV(?:ER|ICE)\ +\S+\ .*:.*
    | USER\ +\S+\ +(?:[0-9]+\ +\S+\ +.+|\S+\ +\S+\ +:.*)
    | VERIFY\ +\S+\ +\S+
    | WEBIRC\ +\S+\ +\S+\ +\S+\ +\S+.*
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""Lines with which programs log in."""

_SECRET = frozenset({
    "AUTHENTICATE", "IDENTIFY", "NICKSERV", "NS", "OPER", "PASS", "REGISTER", "VERIFY", "WEBIRC",
})  # fmt: skip
"""First words of lines that may contain a password."""

_SERVICE = frozenset({"NICKSERV", "NS"})
"""Those of them that people type by hand, in upper or lower case."""

_BEGIN = frozenset({"CAP", "NICK", "PING", "PONG", "USER"})
"""Other commands with which a client may begin."""

_FOREIGN = frozenset({
    "AUTH", "CAPA", "CAPABILITY", "EHLO", "FLUSH_ALL", "HELO", "LHLO", "LOGIN", "NOOP", "PROXY", "SERVER",
    "SERVICE", "STARTTLS", "STLS", "WEBIRC",
})  # fmt: skip
"""First words of protocols that the server does not speak. In IMAP a tag precedes them."""

_REJECTION_TEXTS = {
    "PROXY": "A PROXY header is accepted only from addresses in [proxy] trusted of the configuration",
    "STARTTLS": "This server has no STARTTLS. Begin with TLS at once; the port is the same",
    "WEBIRC": "This server has no WEBIRC. Use the PROXY protocol, see [proxy] of the configuration",
}

_SPEAK_IRC = "This is a chat server. Speak IRC to it, or type only a name to chat in plain text"


def classify(lines: Sequence[str], asked: bool, commands: Container[str]) -> Peer:
    """Return what kind of peer sends these lines, the first ones of a connection.

    Args:
        lines: The lines that came together, at least one.
        asked: Whether the peer was asked for a name before.
        commands: The names of all IRC commands that the server knows.
    """
    first = lines[0].strip()
    command, has_parameters = _read(first)
    if asked:
        return _answer(first, command, has_parameters, commands)
    if command in commands:
        return "client"
    if command in _FOREIGN or not (names.is_nick(names.normalize(first), LONGEST_NAME) or _is_name(first)):
        return "stranger"
    return "stranger" if any(_LOGIN.fullmatch(line.strip()) for line in lines[1:]) else "person"


def looks_like_login(line: str) -> bool:
    """Return whether a line has the form of a login of a program, which people do not write to each other."""
    match = _LOGIN.fullmatch(line.strip())
    return match is not None and (match["command"].isupper() or match["command"].upper() in _SERVICE)


def rejection_text(line: str) -> str:
    """Return the text for a stranger that begins with this line."""
    command, _ = _read(line.strip())
    return _REJECTION_TEXTS.get(command, _SPEAK_IRC)


def _answer(line: str, command: str, has_parameters: bool, commands: Container[str]) -> Peer:
    """Return what kind of peer gives this answer to the question for a name."""
    word = line.partition(" ")[0]
    if line.startswith(("@", ":")) or (has_parameters and command in _SECRET):
        return "client" if command in commands else "stranger"
    if word == "QUIT":
        return "client"
    is_usual = word.isupper() or (word.islower() and _LOGIN.fullmatch(line) is not None)
    if has_parameters and command in _BEGIN and is_usual:
        return "client"
    is_foreign = not _FOREIGN.isdisjoint(line.split(" ")[:2])
    if is_foreign or any(unicodedata.category(character) == "Cc" for character in line):
        return "stranger"
    return "person"  # also `Nick`, `Nick Carter`, `time`


def _is_name(line: str) -> bool:
    """Return whether a line is a name of several words, such as `Dora Keller` or `Ana van der Berg`.

    Commands of other protocols are written in capitals or in small letters; of a name some word begins with
    a capital letter, or it has letters without case.
    """
    words = line.split(" ")
    return (
        len(line) <= LONGEST_NAME
        and 2 <= len(words) <= MOST_WORDS
        and all(_NAME_WORD.fullmatch(word) for word in words)
        and not any(len(word.strip(".")) > 1 and word.isupper() for word in words)
        and not words[0].islower()
        and _FOREIGN.isdisjoint(word.upper() for word in words)
    )


def _read(line: str) -> tuple[str, bool]:
    """Return the command in upper case, and whether it has parameters."""
    try:
        message = Message.parse(line)
    except MalformedMessage:
        return "", False
    return message.command, bool(message.params)
