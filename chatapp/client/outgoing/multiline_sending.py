"""Texts of several lines, sent as one message where the server has multiline, else as one message a line.

    BATCH +m7 draft/multiline #general
    @batch=m7 PRIVMSG #general :A line
    @batch=m7 PRIVMSG #general :and a long one that
    @batch=m7;draft/multiline-concat PRIVMSG #general : goes on
    BATCH -m7

A text that is too long even for that becomes several messages, split at a line break; a block of code that is
open there is closed and opened again.

Source: IRCv3 multiline
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from chatapp.client.model.abilities import capability_number
from chatapp.client.model.model import EntryKind
from chatapp.client.model.network import Network
from chatapp.client.outgoing.line_splitting import privmsg, room_for, split_text
from chatapp.protocol.message import Message, cut
from chatapp.protocol.multiline import BATCH_TYPE, CONCAT, LinePart, with_line_feeds

USUAL_LINES = 100  # in one message, on a server that does not say it
_FENCE = "```"


class _Limits(NamedTuple):
    """The limits of one message: the bytes and lines of the server, and the bytes of one line."""

    size: int
    lines: int
    room: int


def texts_of(network: Network, kind: EntryKind, target: str, text: str) -> list[str]:
    """Return the messages as which a text is sent; with multiline each may have several lines."""
    limits = _limits(network, kind, target)
    if limits is None:
        return list(split_text(kind, target, text, network.nick, network.source))
    lines = with_line_feeds(text).split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        del lines[0]
    return list(_messages(lines, limits)) if lines else []


def to_lines(network: Network, kind: EntryKind, target: str, text: str, reference: str) -> list[Message]:
    """Return the lines with which one message is sent; its tags belong on the first one.

    Args:
        reference: The name of the batch, if it becomes one.
    """
    limits = _limits(network, kind, target)
    if limits is None or not is_batch(text, limits.room):
        return [privmsg(kind, target, text)]
    parts = [part for line in text.split("\n") for part in _parts(line, limits.room)]
    return [
        Message("BATCH", [f"+{reference}", BATCH_TYPE, target]),
        *(
            Message("PRIVMSG", [target, part.text], tags={"batch": reference, **_concat(part)})
            for part in parts
        ),
        Message("BATCH", [f"-{reference}"]),
    ]


def is_batch(text: str, room: int) -> bool:
    """Return whether a text does not fit into one line of this many bytes."""
    return "\n" in text or len(text.encode()) > room


def _limits(network: Network, kind: EntryKind, target: str) -> _Limits | None:
    """Return the limits of the server; None if it does not have multiline, or not for this kind."""
    if kind != "message" or not network.capabilities >= {BATCH_TYPE, "batch"}:
        return None
    size = capability_number(network, BATCH_TYPE, "max-bytes")
    if not size:
        return None
    lines = capability_number(network, BATCH_TYPE, "max-lines") or USUAL_LINES
    return _Limits(size, lines, min(size, room_for(kind, target, network.nick, network.source)))


def _messages(lines: list[str], limits: _Limits) -> Iterator[str]:
    """Put lines together into as few messages as the limits allow."""
    kept: list[str] = []
    size = count = 0
    fence = ""  # the line that has opened a block of code
    for line in _short_lines(lines, limits):
        parts, added = sum(1 for _ in _parts(line, limits.room)), len(line.encode()) + 1
        closing = 1 + len(_FENCE) if fence else 0
        if kept and (size + added + closing > limits.size or count + parts + bool(fence) > limits.lines):
            yield from _finished([*kept, _FENCE] if fence else kept)
            kept = [fence] if fence else []
            size, count = (len(fence.encode()) + 1, 1) if fence else (0, 0)
        kept.append(line)
        size, count = size + added, count + parts
        if line.lstrip().startswith(_FENCE) and line.count(_FENCE) == 1:
            fence = "" if fence else line[: limits.room // 2]
    yield from _finished(kept)


def _finished(lines: list[str]) -> Iterator[str]:
    """Yield a message, unless it has blank lines only, which no server accepts."""
    if any(line.strip() for line in lines):
        yield "\n".join(lines)


def _short_lines(lines: list[str], limits: _Limits) -> Iterator[str]:
    """Yield the lines; one that is too long for a whole message becomes several."""
    most = max(1, limits.size - 2 * limits.room) if limits.size > 3 * limits.room else limits.size
    for line in lines:
        while len(line.encode()) > most:
            piece = cut(line, most)
            yield piece
            line = line[len(piece) :]
        yield line


def _parts(line: str, room: int) -> Iterator[LinePart]:
    """Split a line where it would be cut, after a space if possible; no character is lost."""
    is_joined = False
    while len(line.encode()) > room:
        piece = cut(line, room)
        space = piece.rfind(" ") + 1
        piece = piece[:space] if space > len(piece) // 2 else piece
        yield LinePart(piece, is_joined)
        line, is_joined = line[len(piece) :], True
    if line or not is_joined:
        yield LinePart(line, is_joined)


def _concat(part: LinePart) -> dict[str, str]:
    return {CONCAT: ""} if part.is_joined else {}
