"""One line of IRC and what it means: tags, source, command, parameters.

    @time=2026-03-12T09:58:00.000Z;msgid=x1 :ben!b@host PRIVMSG #general :Good morning
     tags                                    source     command  parameters

A Message is made for every line that passes, so it is a plain class with slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from chatapp.protocol import graphemes

_ESCAPES = str.maketrans({";": "\\:", " ": "\\s", "\\": "\\\\", "\r": "\\r", "\n": "\\n", "\0": None})
_ENDS = str.maketrans("\r\n\0", "   ")
_UNFIT = str.maketrans(" \r\n\0", "____")
_UNESCAPES = {":": ";", "s": " ", "r": "\r", "n": "\n"}  # any other character stands for itself
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)  # a lone backslash at the end stands for nothing
BODY_BYTES = 510  # a line without tags and CR LF, RFC 1459 section 2.3

_WORDS_LAST = frozenset({
    "PRIVMSG", "NOTICE", "TOPIC", "QUIT", "KICK", "AWAY", "ERROR",
    "332", "353", "372", "730", "731", "732",
})  # fmt: skip
"""Commands whose last parameter is text: simple clients wait for the colon before it."""

_NO_TAGS: Mapping[str, str] = {}
_MOST_BYTES = 4  # of a character in UTF-8


class MalformedMessage(ValueError):
    """The line is no IRC message: it has no command."""


class Message:
    """One message, compared by its parts and never a key. Nobody changes one that was handed on.

    Any number of parameters is taken.

    Source  RFC 1459 section 2.3, IRCv3 message-tags
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
        """The message of a line without its CR LF. A command of ASCII letters comes back in capitals.

        Raises  Malformed when no command is left
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
        words = line.split(" ")  # at spaces alone: other white space is text
        if "" in words:
            words = [word for word in words if word]
        if not words:
            raise MalformedMessage("a line without a command")
        if colon:
            words.append(trailing)
        command = words[0]
        message = cls.__new__(cls)
        message.command = command.upper() if command.isascii() else command  # "joın" is no JOIN
        message.params = tuple(words[1:])
        message.source = source
        message.tags = tags
        return message

    @property
    def nick(self) -> str:
        """The nick of the source, or the server's name when a server speaks."""
        return self.source.partition("!")[0].partition("@")[0]  # both !user and @host may be missing

    @property
    def text(self) -> str:
        """The last parameter, or nothing."""
        return self.params[-1] if self.params else ""

    def tagged(self, **tags: str) -> Message:
        """The same message with these tags set as well."""
        return Message(self.command, self.params, self.source, {**self.tags, **tags})

    def body(self) -> str:
        """The line without its tags and without CR LF. CR, LF and NUL within it become spaces.

        Takes  params: all but the last without spaces, not empty, not beginning with a colon
        """
        params = self.params
        parts = [f":{self.source}", self.command] if self.source else [self.command]
        if params:
            parts += params[:-1]
            last = params[-1]
            colon = not last or last[0] == ":" or " " in last or self.command in _WORDS_LAST
            parts.append(f":{last}" if colon else last)
        return one_line(" ".join(parts))

    def __str__(self) -> str:
        """The whole line without CR LF."""
        return f"@{format_tags(self.tags)} {self.body()}" if self.tags else self.body()

    def __repr__(self) -> str:
        return f"<Message {self}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Message):
            return NotImplemented
        mine = (self.command, self.params, self.source, dict(self.tags))
        return mine == (other.command, other.params, other.source, dict(other.tags))


def parse_tags(text: str) -> dict[str, str]:
    """`a=1;b;+c=x\\sy` as a dictionary; no value is the empty one, the last of equal keys wins."""
    tags = {}
    for item in text.split(";"):
        key, _, value = item.partition("=")
        if key:
            tags[key] = _unescape(value) if "\\" in value else value
    return tags


def format_tags(tags: Mapping[str, str]) -> str:
    """Tags as they stand on the wire, without the `@`."""
    return ";".join(f"{key}={escape_tag(value)}" if value else key for key, value in tags.items())


def escape_tag(value: str) -> str:
    """A tag's value with the five characters escaped that may not stand in one, and without NUL."""
    return value.translate(_ESCAPES)


def one_line(text: str) -> str:
    """The text with spaces for CR, LF and NUL, so that it cannot become more lines than one."""
    return text.translate(_ENDS) if has_ends(text) else text


def has_ends(text: str) -> bool:
    """Whether CR, LF or NUL is in a text, which no line may hold."""
    return "\n" in text or "\r" in text or "\0" in text


def cut(text: str, size: int) -> str:
    """Return the longest beginning of a text that takes at most `size` bytes of UTF-8.

    What people see as one character stays whole, unless the very first one is longer than that.
    """
    if len(text) * _MOST_BYTES <= size:
        return text
    text, whole = text[: size + 1], text
    data = text.encode()
    if len(data) <= size:
        return whole
    piece = data[:size].decode(errors="ignore")
    return piece[: graphemes.floor(text, len(piece))] or piece


def pack(words: Iterable[str], size: int, separator: str = " ") -> Iterator[str]:
    """Words, which hold no separator, in as few texts as can hold them.

    Takes  size: bytes of a text at most, unless a single word is longer
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
    """A text as a parameter before the last one can hold it: `a b` as `a_b`, nothing as `*`."""
    return text.translate(_UNFIT).lstrip(":") or "*"


def _unescape(value: str) -> str:
    return _ESCAPED.sub(lambda escape: _UNESCAPES.get(escape[1], escape[1]), value)
