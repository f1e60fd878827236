"""What a client's lines are for the core: messages, bursts, or the refusal of what is neither.

Lines said to one channel in a row, without tags, are one Burst: parsed, checked, kept and rendered
together. That is how a busy channel costs less than its lines.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..protocol.lines import TooLong
from ..protocol.message import Malformed, Message
from ..protocol.numerics import ERR_INPUTTOOLONG, Failed, Refused

_SAYING = "PRIVMSG #"
_COMMAND = len("PRIVMSG ")


class Burst:
    """What one session said to one channel in a row: at least one text, each not empty."""

    __slots__ = ("target", "texts")

    def __init__(self, target: str, text: str) -> None:
        self.target = target
        self.texts = [text]

    def __repr__(self) -> str:
        return f"<Burst of {len(self.texts)} to {self.target}>"


Item = Message | Burst | Refused | Failed


def read(lines: Iterable[bytes | TooLong]) -> list[Item]:
    """Lines as items, in order; a line without a command is left out."""
    items: list[Item] = []
    head, texts = "\n", [""]  # what begins the lines of the burst that goes on; no line begins with LF
    for raw in lines:
        try:
            line = raw.decode()  # type: ignore[union-attr]  # a TooLong cannot, and is rare
        except (UnicodeDecodeError, AttributeError):
            items.append(_refusal(raw))
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
        except Malformed:
            continue
    return items


def _burst(line: str) -> Burst | None:
    """The burst that this line begins, if it is the plainest kind of message."""
    head, _, text = line.partition(" :")
    target = head[_COMMAND:]
    return Burst(target, text) if text and " " not in target and "," not in target else None


def _refusal(raw: bytes | TooLong) -> Refused | Failed:
    if isinstance(raw, TooLong):
        return Refused(ERR_INPUTTOOLONG)
    words = raw.decode(errors="replace").split()
    command = next((word.upper() for word in words if word[0] not in "@:"), "*")
    known = command if command.isalnum() and command.isascii() else "*"
    return Failed(known, "INVALID_UTF8", "Not UTF-8 text")
