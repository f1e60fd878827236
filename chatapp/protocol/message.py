"""One IRC message, parsed and written: tags, source, command, parameters.

    @time=2026-03-12T09:58:00.000Z;msgid=x1 :ben!b@host PRIVMSG #general :Good morning
     tags                                    source     command  parameters

A Message is made for each line, so it is a plain class with slots, which is fast to make.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from chatapp.protocol import graphemes

_ESCAPES = str.maketrans({";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n", "\0": None})
_ENDS = str.maketrans("\r\n\0", "   ")
_NOT_IN_PARAMETER = str.maketrans(" \r\n\0", "____")
_UNESCAPES = {":": ";", "s": " ", "r": "\r", "n": "\n"}  # any other escaped character is that character
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)  # a lone backslash at the end is dropped
BODY_BYTES = 510  # the most of a line, without tags and CR LF: RFC 1459 section 2.3

_TEXT_LAST = frozenset({
    "PRIVMSG", "NOTICE", "TOPIC", "QUIT", "KICK", "AWAY", "ERROR",
    "332", "353", "372", "730", "731", "732",
})  # fmt: skip
"""Commands whose last parameter is text: simple clients expect a colon before it."""

_NO_TAGS: Mapping[str, str] = {}
_CHARACTER_BYTES = 4  # the most that one character has in UTF-8


class MalformedMessage(ValueError):
    """A line is not an IRC message: it has no command."""


class Message:
    """One message. Messages are compared by their parts, and never changed after they are passed on.

    Args:
        params: Any number of parameters.
        source: Such as `nick!user@host` or a server name; empty for none.

    Source:
        RFC 1459 section 2.3, IRCv3 message-tags.
    """

    __slots__ = ("command", "params", "source", "tags")

    def __init__(
        self, command: str, params: Iterable[str] = (), source: str = "", tags: Mapping[str, str] = _NO_TAGS
    ) -> None:
        self.command = command
        self.params = tuple(params)
        self.source = source
        self.tags = tags

    @classmethod
    def parse(cls, line: str) -> Message:
        """Read a line without its CR LF. A command of ASCII letters becomes upper case.

        Raises:
            MalformedMessage: There is no command.
        """
        tags: Mapping[str, str] = _NO_TAGS
        source = ""
        if line.startswith("@"):
            head, _, line = line.partition(" ")
            tags = parse_tags(head[1:])
            line = line.lstrip(" ")
        if line.startswith(":"):
            head, _, line = line.partition(" ")
            source = head[1:]
        line, colon, trailing = line.partition(" :")
        words = line.split(" ")  # at spaces only: other white space is text
        if "" in words:
            words = [word for word in words if word]
        if not words:
            raise MalformedMessage("a line without a command")
        if colon:
            words.append(trailing)
        command = words[0]
        message = cls.__new__(cls)
        message.command = command.upper() if command.isascii() else command  # "joın" is not JOIN
        message.params = tuple(words[1:])
        message.source = source
        message.tags = tags
        return message

    @property
    def nick(self) -> str:
        """The nick of the source, or the name of the server that sent it."""
        return self.source.partition("!")[0].partition("@")[0]  # !user and @host may be missing

    @property
    def text(self) -> str:
        """The last parameter; empty when there is none."""
        return self.params[-1] if self.params else ""

    def tagged(self, **tags: str) -> Message:
        """Return the same message with these tags added."""
        return Message(self.command, self.params, self.source, {**self.tags, **tags})

    def body(self) -> str:
        """Write the line without its tags and CR LF. CR, LF and NUL in it become spaces.

        All parameters but the last must be without spaces, not empty, and must not begin with a colon.
        """
        params = self.params
        parts = [f":{self.source}", self.command] if self.source else [self.command]
        if params:
            parts += params[:-1]
            last = params[-1]
            colon = not last or last[0] == ":" or " " in last or self.command in _TEXT_LAST
            parts.append(f":{last}" if colon else last)
        return one_line(" ".join(parts))

    def __str__(self) -> str:
        """Write the whole line without CR LF."""
        return f"@{format_tags(self.tags)} {self.body()}" if self.tags else self.body()

    def __repr__(self) -> str:
        return f"<Message {self}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        mine = (self.command, self.params, self.source, dict(self.tags))
        return mine == (other.command, other.params, other.source, dict(other.tags))


def parse_tags(text: str) -> dict[str, str]:
    """Read tags such as `a=1;b;+c=x\\sy`. A missing value is empty. Of equal keys the last one counts."""
    tags = {}
    for item in text.split(";"):
        key, _, value = item.partition("=")
        if key:
            tags[key] = _unescape(value) if "\\" in value else value
    return tags


def format_tags(tags: Mapping[str, str]) -> str:
    """Write tags, without the `@`."""
    return ";".join(f"{key}={escape_tag(value)}" if value else key for key, value in tags.items())


def escape_tag(value: str) -> str:
    """Escape the five characters that a tag value may not contain; NUL is dropped."""
    return value.translate(_ESCAPES)


def one_line(text: str) -> str:
    """Replace CR, LF and NUL by spaces, so that the text stays one line."""
    return text.translate(_ENDS) if has_ends(text) else text


def has_ends(text: str) -> bool:
    """Return whether a text contains CR, LF or NUL, which no line may contain."""
    return "\n" in text or "\r" in text or "\0" in text


def cut(text: str, size: int) -> str:
    """Return the longest beginning of a text that has at most `size` bytes of UTF-8.

    A grapheme cluster (what users see as one character) stays whole, unless the first one is longer.
    """
    if len(text) * _CHARACTER_BYTES <= size:
        return text
    text, whole = text[: size + 1], text
    data = text.encode()
    if len(data) <= size:
        return whole
    piece = data[:size].decode(errors="ignore")
    return piece[: graphemes.floor(text, len(piece))] or piece


def pack(words: Iterable[str], size: int, separator: str = " ") -> Iterator[str]:
    """Join words into as few texts as possible.

    Args:
        words: Without the separator in them.
        size: The largest number of bytes of a text. A longer word becomes a text of its own.
    """
    data, between = separator.join(words).encode(), separator.encode()
    start = 0
    while len(data) - start > size:
        end = data.rfind(between, start + 1, start + size + len(between))
        if end < 0:
            end = data.find(between, start)
        if end < 0:
            break
        yield data[start:end].decode()
        start = end + len(between)
    if start < len(data):
        yield data[start:].decode()


def middle(text: str) -> str:
    """Make a text valid as a parameter before the last one: `a b` becomes `a_b`, an empty text `*`."""
    return text.translate(_NOT_IN_PARAMETER).lstrip(":") or "*"


def _unescape(value: str) -> str:
    return _ESCAPED.sub(lambda escape: _UNESCAPES.get(escape[1], escape[1]), value)
