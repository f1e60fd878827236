"""Messages of several lines: collected from a batch, stored as one text, sent as a batch or line by line.

In `params` and in the database such a message is one text. LF separates lines; CR separates the pieces of a
long line that was sent in pieces. Neither can occur in an IRC line, so recipients get the lines as the sender
split them.

Source: IRCv3 multiline, client-batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message, cut
from chatapp.protocol.numerics import FailError

BATCH_TYPE = "draft/multiline"
CONCAT = "draft/multiline-concat"
MAX_BYTES = 4096  # of the text of one message
MAX_LINES = 100  # of one message
IDLE_SECONDS = 60.0  # an open batch without a new line for this long is dropped

_BREAK = re.compile("([\n\r])")
_MESSAGE_COMMANDS = ("PRIVMSG", "NOTICE")
_ON_EVERY_LINE = ("time", "account", "bot")


class LinePart(NamedTuple):
    """A line as it was sent; `is_joined` means that it continues the line before it."""

    text: str
    is_joined: bool


@dataclass(slots=True)
class MultilineDraft:
    """A batch that a client has opened and not closed yet.

    Attributes:
        reference: The client's name for the batch.
        tags: The tags of the line that opened it.
        label: The label of that line; None for none.
        last_line_at: The time of its last line, in seconds of the clock that the caller uses.
        size: The bytes of its text so far.
        is_rejected: Whether it was rejected: its further lines are ignored.
    """

    reference: str
    target: str
    tags: Mapping[str, str]
    label: str | None
    last_line_at: float
    command: str = ""
    pieces: list[LinePart] = field(default_factory=list)
    size: int = 0
    is_rejected: bool = False

    def add(self, msg: Message) -> None:
        """Add a line.

        Raises:
            FailError: MULTILINE_INVALID, MULTILINE_INVALID_TARGET, MULTILINE_MAX_BYTES, MULTILINE_MAX_LINES.
        """
        target = msg.params[0] if msg.params else ""
        text = msg.params[1] if len(msg.params) > 1 else ""
        is_joined = CONCAT in msg.tags
        if msg.command not in _MESSAGE_COMMANDS or self.command not in ("", msg.command):
            raise invalid_batch("A batch must contain only PRIVMSG, or only NOTICE")
        if names.fold(target) != names.fold(self.target):
            reason = "The target of the line differs from the target of its batch"
            raise FailError("BATCH", "MULTILINE_INVALID_TARGET", reason, self.target, target)
        if is_joined and not text:
            raise invalid_batch("A blank line cannot continue another line")
        self.command = msg.command
        self.size += len(text.encode()) + (1 if self.pieces and not is_joined else 0)
        self.pieces.append(LinePart(text, is_joined))
        if self.size > MAX_BYTES:
            raise FailError("BATCH", "MULTILINE_MAX_BYTES", "The message is too long", str(MAX_BYTES))
        if len(self.pieces) > MAX_LINES:
            raise FailError("BATCH", "MULTILINE_MAX_LINES", "The message has too many lines", str(MAX_LINES))

    def message(self) -> Message:
        """Return the complete message.

        Raises:
            FailError: MULTILINE_INVALID.
        """
        if not any(piece.text for piece in self.pieces):
            raise invalid_batch("A message must have more than blank lines")
        first, *rest = self.pieces
        text = first.text + "".join(("\r" if piece.is_joined else "\n") + piece.text for piece in rest)
        return Message(self.command, (self.target, text), tags=self.tags)

    def reject(self) -> None:
        """Drop the lines, and ignore further ones."""
        self.is_rejected = True
        self.pieces.clear()


def with_line_feeds(text: str) -> str:
    """Return a text with LF as the end of each line, instead of CR LF or CR."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def invalid_batch(text: str) -> FailError:
    """Return the error for a problem that has no code of its own."""
    return FailError("BATCH", "MULTILINE_INVALID", text)


def is_multiline(text: str) -> bool:
    """Return whether a text has more than one line, or a line in pieces."""
    return "\n" in text or "\r" in text


def split_lines(text: str) -> list[LinePart]:
    """Split a text into the lines in which it was sent."""
    first, *rest = _BREAK.split(text)
    return [LinePart(first, False), *(LinePart(rest[i + 1], rest[i] == "\r") for i in range(0, len(rest), 2))]


def in_pieces(text: str, size: int) -> str:
    """Split each line that has more than `size` bytes into pieces. `text` has no pieces yet."""
    return "\n".join("\r".join(_pieces(line, size)) for line in text.split("\n"))


def _pieces(line: str, size: int) -> Iterator[str]:
    while len(line.encode()) > size:
        piece = cut(line, size)
        yield piece
        line = line[len(piece) :]
    yield line


def to_batch(message: Message) -> Iterator[Message]:
    """Yield a message as one batch, for sessions with draft/multiline. Only the first line has its tags."""
    target, text = message.params
    reference = f"m{message.tags['msgid']}"
    yield Message("BATCH", (f"+{reference}", BATCH_TYPE, target), message.source, message.tags)
    for piece in split_lines(text):
        tags = {"batch": reference, CONCAT: ""} if piece.is_joined else {"batch": reference}
        yield Message(message.command, (target, piece.text), message.source, tags)
    yield Message("BATCH", (f"-{reference}",), message.source)


def to_lines(message: Message) -> Iterator[Message]:
    """Yield a message for each line that is not blank, for sessions without draft/multiline.

    The first message has all tags. The others have the tags that apply to each line, such as `+draft/reply`,
    but no msgid: "Servers MUST only include a message ID on the first message".
    """
    target, text = message.params
    tags = message.tags
    for piece in split_lines(text):
        if piece.text:
            yield Message(message.command, (target, piece.text), message.source, tags)
            tags = {
                key: value for key, value in message.tags.items() if key in _ON_EVERY_LINE or key[0] == "+"
            }
