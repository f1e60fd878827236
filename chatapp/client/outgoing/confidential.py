"""Commands that hold a password, which are neither shown again nor written to a file."""

from __future__ import annotations

from chatapp.protocol.message import MalformedMessage, Message

_COMMANDS = frozenset({
    "AUTHENTICATE", "CONFIRM", "NICKSERV", "NS", "OPER", "PASS", "REGISTER", "SETPASS", "VERIFY",
})  # fmt: skip
_SENDS = frozenset({"MSG", "NOTICE", "PRIVMSG", "SQUERY"})
_SERVICES = frozenset({"authserv", "nickserv", "q", "userserv"})  # nicks, without `@server`


def holds_password(text: str) -> bool:
    """Return whether a text from the composer is a command that may hold a password."""
    if not text.startswith("/") or text.startswith("//"):
        return False
    name, _, rest = text[1:].strip().partition(" ")
    try:
        message = Message.parse(rest.strip() if name.lower() == "quote" else text[1:].strip())
    except MalformedMessage:
        return False
    command = message.command.upper()
    to = message.params[0].partition("@")[0].lower() if message.params else ""
    return command in _COMMANDS or (command in _SENDS and to in _SERVICES)
