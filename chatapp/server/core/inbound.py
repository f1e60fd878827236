"""Turns the lines of a client into items for the core: messages, bursts of messages, or invalid lines.

Consecutive PRIVMSGs without tags to one channel are one `MessageBurst`. It is parsed, checked, stored and
rendered as a whole, which costs less than handling its lines one by one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import MalformedMessage, Message, parse_tags
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, FailError, NumericError

_CHANNEL_MESSAGE = "PRIVMSG #"
_TARGET_AT = len("PRIVMSG ")


class MessageBurst:
    """The texts that one session sent to one channel in a row: at least one, none empty."""

    __slots__ = ("target", "texts")

    def __init__(self, target: str, text: str) -> None:
        self.target = target
        self.texts = [text]

    def __repr__(self) -> str:
        return f"<MessageBurst of {len(self.texts)} to {self.target}>"


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """A line that cannot be parsed.

    Args:
        error: The reply to it.
        tags: The tags of the line.
    """

    error: NumericError | FailError
    tags: dict[str, str]


Item = Message | MessageBurst | InvalidLine


def label_of(item: Item) -> str | None:
    """Return the label of an item, to put on its reply; None for none."""
    return None if isinstance(item, MessageBurst) else item.tags.get("label")


def read(lines: Iterable[bytes | TooLong]) -> list[Item]:
    """Return the lines as items, in order, without lines that have no command."""
    items: list[Item] = []
    head, texts = "\n", [""]  # the head of the lines that continue the burst; no line begins with LF
    for raw in lines:
        try:
            line = raw.decode()  # type: ignore[union-attr]  # TooLong has no decode, and is rare
        except (UnicodeDecodeError, AttributeError):
            items.append(_invalid(raw))
            head = "\n"
            continue
        if line.startswith(head) and len(line) > len(head):
            texts.append(line[len(head) :])
            continue
        burst = _burst(line) if line.startswith(_CHANNEL_MESSAGE) else None
        if burst:
            items.append(burst)
            head, texts = f"PRIVMSG {burst.target} :", burst.texts
            continue
        head = "\n"
        try:
            items.append(Message.parse(line))
        except MalformedMessage:
            continue
    return items


def _burst(line: str) -> MessageBurst | None:
    """Return the burst that begins with this line; None if the line is not of the simplest kind."""
    head, _, text = line.partition(" :")
    target = head[_TARGET_AT:]
    return MessageBurst(target, text) if text and " " not in target and "," not in target else None


def _invalid(raw: bytes | TooLong) -> InvalidLine:
    if isinstance(raw, TooLong):
        return InvalidLine(NumericError(ERR_INPUTTOOLONG), _tags(raw.tags))
    return InvalidLine(_not_text(raw), _tags(raw.partition(b" ")[0]))


def _tags(head: bytes) -> dict[str, str]:
    """Return the tags at the beginning of a line."""
    return parse_tags(head[1:].decode(errors="replace")) if head.startswith(b"@") else {}


def _not_text(raw: bytes) -> FailError:
    parts = raw.decode(errors="replace").split()
    command = next((part.upper() for part in parts if part[0] not in "@:"), "*")
    known = command if command.isalnum() and command.isascii() else "*"
    return FailError(known, "INVALID_UTF8", "Not UTF-8 text")
