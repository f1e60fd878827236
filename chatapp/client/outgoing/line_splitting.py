"""Split a text into messages that fit into IRC lines.

A server relays a message with our `nick!user@host` before it and cuts the line at 512 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chatapp.client.model.model import EntryKind
from chatapp.languages.translation import _
from chatapp.protocol.lines import LINE_BYTES
from chatapp.protocol.message import Message, cut

JOIN_BYTES = 400  # of channels and keys in one JOIN
ASK_ABOVE = 20  # messages; a longer text is sent only after a question
MIN_TEXT_BYTES = 64  # in a line, however long nick and host are

_ACTION = "\x01ACTION {}\x01"
_UNKNOWN_USER_HOST = "!" + "u" * 10 + "@" + "h" * 63  # the longest that servers use


def privmsg(kind: EntryKind, target: str, text: str) -> Message:
    """Return the message for a text; an "action" is a CTCP ACTION."""
    return Message("PRIVMSG", [target, _ACTION.format(text) if kind == "action" else text])


def split_text(kind: EntryKind, target: str, text: str, nick: str, source: str) -> Iterator[str]:
    """Split a text at its line breaks and where a line would be cut. Empty lines are left out.

    Args:
        source: Our `nick!user@host` as others see it; empty if unknown.
    """
    room = room_for(kind, target, nick, source)
    for line in re.split(r"\r\n|\r|\n", text):
        while line.strip():
            piece = _fitting(line, room)
            yield piece
            line = line[len(piece) :].lstrip(" ")


def room_for(kind: EntryKind, target: str, nick: str, source: str) -> int:
    """Return the most bytes of a text that fits into one line.

    Args:
        source: Our `nick!user@host` as others see it; empty if unknown.
    """
    relayed = privmsg(kind, target, ":")  # a text that needs its colon
    relayed.source = source or nick + _UNKNOWN_USER_HOST
    return max(MIN_TEXT_BYTES, LINE_BYTES - len(b"\r\n") - len(relayed.body().encode()) + len(":"))


def long_text_question(count: int, key: str = "Enter") -> str:
    """Return the question before a text is sent as this many messages; empty if none is needed.

    Args:
        key: The key that sends.
    """
    if count <= ASK_ABOVE:
        return ""
    return _("This will be sent as {count} messages. Press {key} again to send them.").format(
        count=count, key=key
    )


def join_messages(channels: Iterable[tuple[str, str]]) -> list[Message]:
    """Return the JOIN messages for channels, each with its key or an empty one: as few as possible."""
    rows: list[list[tuple[str, str]]] = []
    room = 0
    for channel in sorted(channels, key=lambda channel: not channel[1]):  # keys count for the first channels
        size = len("".join(channel).encode()) + len(",,")
        if size > room:
            rows.append([])
            room = JOIN_BYTES
        rows[-1].append(channel)
        room -= size
    return [
        Message("JOIN", [",".join(names), ",".join(filter(None, keys))] if any(keys) else [",".join(names)])
        for names, keys in (zip(*row, strict=True) for row in rows)
    ]


def _fitting(line: str, room: int) -> str:
    """Return the beginning of a line that fits, cut at a space if one is in its second half."""
    piece = cut(line, room)
    if len(piece) == len(line):
        return line
    space = piece.rfind(" ")
    return piece[:space] if space > len(piece) // 2 else piece
