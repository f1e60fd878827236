"""What the first line of a connection says of its peer: an IRC client, a person with netcat, or neither.

A client begins with a command. A person types a name: one word, or whatever he answers to the question for
it. Everything else is a program that speaks something else, such as SSH or the line of a proxy that is not
trusted. It is sent away, for what it says next may be a password, and a person's lines are said to everybody.

    before the question   `NICK ann` client   `Keshav` person   `WEBIRC …`, `SSH-2.0-x` stranger
    after it              `NICK ann` client   `Nick`, `Rahul Rao` persons   `STARTTLS` stranger
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from typing import Literal

from chatapp.protocol import names
from chatapp.protocol.message import MalformedMessage, Message

LONGEST = 64  # characters of a word that may be a name

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
"""Lines by which programs get in."""

_SECRET = frozenset({
    "AUTHENTICATE", "IDENTIFY", "NICKSERV", "NS", "OPER", "PASS", "REGISTER", "VERIFY", "WEBIRC",
})  # fmt: skip
"""First words of lines that may hold a password."""

_SERVICE = frozenset({"NICKSERV", "NS"})
"""Those of them that people type too, in any letter case."""

_BEGIN = frozenset({"CAP", "NICK", "PING", "PONG", "USER"})
"""Other commands with which a client may begin."""

_FOREIGN = frozenset({
    "AUTH", "CAPA", "CAPABILITY", "EHLO", "FLUSH_ALL", "HELO", "LHLO", "LOGIN", "NOOP", "PROXY", "SERVER",
    "SERVICE", "STARTTLS", "STLS", "WEBIRC",
})  # fmt: skip
"""Words by which programs begin whose protocol the server does not speak; in IMAP a number stands before."""

_WHY = {
    "PROXY": "A PROXY line is taken only from an address in [proxy] trusted of the configuration",
    "STARTTLS": "There is no STARTTLS here: begin with TLS at once, the port is the same",
    "WEBIRC": "There is no WEBIRC here: use the PROXY protocol, see [proxy] of the configuration",
}


def judge(lines: Sequence[str], asked: bool, commands: Container[str]) -> Peer:
    """Who sends these lines, the first of a connection.

    Args:
        lines: those that came together, at least one.
        asked: whether the peer was asked for a name before.
        commands: the names of IRC commands that the server knows.
    """
    first = lines[0].strip()
    command, has_parameters = _read(first)
    if asked:
        return _answer(first, command, has_parameters, commands)
    if command in commands:
        return "client"
    if command in _FOREIGN or not names.is_nick(names.normal(first), LONGEST):
        return "stranger"
    return "stranger" if any(_LOGIN.fullmatch(line.strip()) for line in lines[1:]) else "person"


def is_of_a_program(line: str) -> bool:
    """Whether a line is in the form in which programs log in, which people do not write to each other."""
    match = _LOGIN.fullmatch(line.strip())
    return match is not None and (match["command"].isupper() or match["command"].upper() in _SERVICE)


def why(line: str) -> str:
    """What a stranger is told who begins with this line."""
    command, _ = _read(line.strip())
    usual = "This is a chat server: speak IRC to it, or type a name and nothing else to chat by hand"
    return _WHY.get(command, usual)


def _answer(line: str, command: str, has_parameters: bool, commands: Container[str]) -> Peer:
    """Who answers so to the question for a name."""
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


def _read(line: str) -> tuple[str, bool]:
    """The command in capitals, and whether it has parameters."""
    try:
        message = Message.parse(line)
    except MalformedMessage:
        return "", False
    return message.command, bool(message.params)
