"""Messages of many lines: how they are gathered, kept, and told to who knows them and who does not.

In `params` and in the database such a message is one text. A line break is LF; where a long line was sent in
pieces there is a CR, for neither can stand in a line of IRC. So every reader gets the lines as they were cut
by who wrote them.

Source  IRCv3 multiline, client-batch
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.protocol import names
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError

BATCH_TYPE = "draft/multiline"
CONCAT = "draft/multiline-concat"
MAX_BYTES = 4096  # of a whole message
MAX_LINES = 100
IDLE_SECONDS = 60.0  # without a line, after which a batch is given up

_BREAK = re.compile("([\n\r])")
_SAYING = ("PRIVMSG", "NOTICE")
_ON_EVERY_LINE = ("time", "account", "bot")


class LinePart(NamedTuple):
    """A line as it was sent; `is_joined` when it goes on where the one before it ended."""

    text: str
    is_joined: bool


@dataclass(slots=True)
class MultilineDraft:
    """A batch that a client has opened, while its lines come in.

    Takes  reference: as the client calls it; tags, label: of its first line; touched: seconds, when its last
           line came
    """

    reference: str
    target: str
    tags: Mapping[str, str]
    label: str | None
    touched: float
    command: str = ""
    pieces: list[LinePart] = field(default_factory=list)
    size: int = 0  # bytes
    is_over: bool = False  # something was wrong with it: what still comes of it is not heard

    def add(self, msg: Message) -> None:
        """One more line.

        Raises  Failed MULTILINE_INVALID, MULTILINE_INVALID_TARGET, MULTILINE_MAX_BYTES, MULTILINE_MAX_LINES
        """
        target = msg.params[0] if msg.params else ""
        text = msg.params[1] if len(msg.params) > 1 else ""
        is_joined = CONCAT in msg.tags
        if msg.command not in _SAYING or self.command not in ("", msg.command):
            raise invalid("A batch has only PRIVMSG in it, or only NOTICE")
        if names.fold(target) != names.fold(self.target):
            words = "The line has another target than its batch"
            raise FailError("BATCH", "MULTILINE_INVALID_TARGET", words, self.target, target)
        if is_joined and not text:
            raise invalid("A blank line cannot go on where another ended")
        self.command = msg.command
        self.size += len(text.encode()) + (1 if self.pieces and not is_joined else 0)
        self.pieces.append(LinePart(text, is_joined))
        if self.size > MAX_BYTES:
            raise FailError("BATCH", "MULTILINE_MAX_BYTES", "The message is too long", str(MAX_BYTES))
        if len(self.pieces) > MAX_LINES:
            raise FailError("BATCH", "MULTILINE_MAX_LINES", "The message has too many lines", str(MAX_LINES))

    def message(self) -> Message:
        """What was said, when all of it is there.

        Raises  Failed MULTILINE_INVALID
        """
        if not any(piece.text for piece in self.pieces):
            raise invalid("A message is more than blank lines")
        first, *rest = self.pieces
        text = first.text + "".join(("\r" if piece.is_joined else "\n") + piece.text for piece in rest)
        return Message(self.command, (self.target, text), tags=self.tags)

    def end(self) -> None:
        """Nothing more is wanted of it."""
        self.is_over = True
        self.pieces.clear()


def invalid(words: str) -> FailError:
    """What is wrong with a batch, where there is no code for it."""
    return FailError("BATCH", "MULTILINE_INVALID", words)


def is_multiline(text: str) -> bool:
    """Whether a text has more than one line."""
    return "\n" in text or "\r" in text


def pieces(text: str) -> list[LinePart]:
    """A text as the lines in which it was sent."""
    first, *rest = _BREAK.split(text)
    return [LinePart(first, False), *(LinePart(rest[i + 1], rest[i] == "\r") for i in range(0, len(rest), 2))]


def batched(message: Message) -> Iterator[Message]:
    """A message of many lines for who knows them: one batch. Its tags stand on the first line of it alone."""
    target, text = message.params
    reference = f"m{message.tags['msgid']}"
    yield Message("BATCH", (f"+{reference}", BATCH_TYPE, target), message.source, message.tags)
    for piece in pieces(text):
        tags = {"batch": reference, CONCAT: ""} if piece.is_joined else {"batch": reference}
        yield Message(message.command, (target, piece.text), message.source, tags)
    yield Message("BATCH", (f"-{reference}",), message.source)


def unbatched(message: Message) -> Iterator[Message]:
    """The same for everybody else: a message for each line that is not blank.

    The first has all the tags. The others have those that say something of each line, such as `+draft/reply`,
    but no msgid: "Servers MUST only include a message ID on the first message".
    """
    target, text = message.params
    tags = message.tags
    for piece in pieces(text):
        if piece.text:
            yield Message(message.command, (target, piece.text), message.source, tags)
            tags = {
                key: value for key, value in message.tags.items() if key in _ON_EVERY_LINE or key[0] == "+"
            }
