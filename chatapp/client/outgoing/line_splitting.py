"""What we say, in pieces that fit into lines.

A server relays a line with our `nick!user@host` before it, and cuts what then goes beyond 512 bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from chatapp.client.model.model import EntryKind
from chatapp.protocol.lines import LINE_BYTES
from chatapp.protocol.message import Message, cut

JOIN_BYTES = 400  # of names and keys in a line
ASK_ABOVE = 20  # messages beyond which a person is asked before a text is sent
LEAST_ROOM = 64  # bytes of text in a line, however long the names are that a server gives

_ACTION = "\x01ACTION {}\x01"
_UNKNOWN_USER_HOST = "!" + "u" * 10 + "@" + "h" * 63  # the longest that servers give


def saying(kind: EntryKind, target: str, text: str) -> Message:
    """The line that says something; an "action" is a CTCP one."""
    return Message("PRIVMSG", [target, _ACTION.format(text) if kind == "action" else text])


def pieces(kind: EntryKind, target: str, text: str, nick: str, source: str) -> Iterator[str]:
    """The lines of a text, each short enough to reach everybody whole; empty lines cannot be sent.

    Takes  source: our `nick!user@host` as others see it, empty while unknown
    """
    others = saying(kind, target, ":")  # a text that needs its colon
    others.source = source or nick + _UNKNOWN_USER_HOST
    room = max(LEAST_ROOM, LINE_BYTES - len(b"\r\n") - len(others.body().encode()) + len(":"))
    for line in re.split(r"\r\n|\r|\n", text):
        while line.strip():
            piece = _fitting(line, room)
            yield piece
            line = line[len(piece) :].lstrip(" ")


def ask_before(count: int) -> str:
    """Return what to ask before a text is sent as so many messages, or nothing where nobody need be asked."""
    return f"This makes {count} messages. Press Enter again to send them all." if count > ASK_ABOVE else ""


def joins(channels: Iterable[tuple[str, str]]) -> list[Message]:
    """The lines that join channels, each given with its key or nothing: as many in a line as fit."""
    rows: list[list[tuple[str, str]]] = []
    room = 0
    for channel in sorted(channels, key=lambda channel: not channel[1]):  # keys belong to the first names
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
    """The beginning of a line that fits, to the end of a word if one ends in its second half."""
    piece = cut(line, room)
    if len(piece) == len(line):
        return line
    space = piece.rfind(" ")
    return piece[:space] if space > len(piece) // 2 else piece
