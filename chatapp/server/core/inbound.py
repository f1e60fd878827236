"""What a client's lines are for the core: messages, bursts, or the refusal of what is neither.

Lines said to one channel in a row, without tags, are one Burst: parsed, checked, kept and rendered
together. That is how a busy channel costs less than its lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import MalformedMessage, Message, parse_tags
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, FailError, NumericError

_SAYING = "PRIVMSG #"
_COMMAND = len("PRIVMSG ")


class MessageBurst:
    """What one session said to one channel in a row: at least one text, each not empty."""

    __slots__ = ("target", "texts")

    def __init__(self, target: str, text: str) -> None:
        self.target = target
        self.texts = [text]

    def __repr__(self) -> str:
        return f"<Burst of {len(self.texts)} to {self.target}>"


@dataclass(frozen=True, slots=True)
class InvalidLine:
    """A line that cannot be read. Takes  error: what its sender is told; tags: those that it had"""

    error: NumericError | FailError
    tags: dict[str, str]


Item = Message | MessageBurst | InvalidLine


def label_of(item: Item) -> str | None:
    """What the sender wants to know the answer by."""
    return None if isinstance(item, MessageBurst) else item.tags.get("label")


def read(lines: Iterable[bytes | TooLong]) -> list[Item]:
    """Lines as items, in order; a line without a command is left out."""
    items: list[Item] = []
    head, texts = "\n", [""]  # what begins the lines of the burst that goes on; no line begins with LF
    for raw in lines:
        try:
            line = raw.decode()  # type: ignore[union-attr]  # a TooLong cannot, and is rare
        except (UnicodeDecodeError, AttributeError):
            items.append(_unread(raw))
            head = "\n"
            continue
        if line.startswith(head) and len(line) > len(head):
            texts.append(line[len(head) :])
            continue
        burst = _burst(line) if line.startswith(_SAYING) else None
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
    """The burst that this line begins, if it is the plainest kind of message."""
    head, _, text = line.partition(" :")
    target = head[_COMMAND:]
    return MessageBurst(target, text) if text and " " not in target and "," not in target else None


def _unread(raw: bytes | TooLong) -> InvalidLine:
    if isinstance(raw, TooLong):
        return InvalidLine(NumericError(ERR_INPUTTOOLONG), _tags(raw.tags))
    return InvalidLine(_not_text(raw), _tags(raw.partition(b" ")[0]))


def _tags(head: bytes) -> dict[str, str]:
    """The tags that begin a line, as far as they are text."""
    return parse_tags(head[1:].decode(errors="replace")) if head.startswith(b"@") else {}


def _not_text(raw: bytes) -> FailError:
    words = raw.decode(errors="replace").split()
    command = next((word.upper() for word in words if word[0] not in "@:"), "*")
    known = command if command.isalnum() and command.isascii() else "*"
    return FailError(known, "INVALID_UTF8", "Not UTF-8 text")
