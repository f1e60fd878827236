"""Writes and reads ISUPPORT (005), the features that a server announces.

Source: modern IRC "Feature Advertisement", draft-hardy-irc-isupport.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

TOKENS_PER_LINE = 13  # a line has at most 15 parameters, with the nick and the text
LINE_BYTES = 380  # of tokens, so that the line fits with the name of the server, a nick and the text

_ESCAPED = re.compile(r"\\x([0-9A-Fa-f]{2})")


def tokens(values: Mapping[str, str | int | None]) -> list[str]:
    """Write each value as `NAME=value`, escaped, or as `NAME` where it is None."""
    return [name if value is None else f"{name}={_escape(str(value))}" for name, value in values.items()]


def rows(items: Iterable[str]) -> list[list[str]]:
    """Group tokens into lines that are neither too long nor have too many parameters."""
    grouped: list[list[str]] = []
    left = 0
    for item in items:
        size = len(item.encode()) + 1
        if not grouped or len(grouped[-1]) == TOKENS_PER_LINE or size > left:
            grouped.append([])
            left = LINE_BYTES
        grouped[-1].append(item)
        left -= size
    return grouped


def parse(items: Iterable[str]) -> dict[str, str | None]:
    """Read the tokens of a 005. A negated name (`-NAME`) is None, a name without value is empty."""
    read: dict[str, str | None] = {}
    for item in items:
        name, _, value = item.partition("=")
        if name.startswith("-"):
            read[name[1:]] = None
        elif name:
            read[name] = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return read


def prefixes(value: str) -> dict[str, str]:
    """Read PREFIX: `(ov)@+` is `{"o": "@", "v": "+"}`, highest first; empty if it is malformed."""
    match = re.fullmatch(r"\(([^)]*)\)(.*)", value)
    return dict(zip(match[1], match[2], strict=False)) if match else {}


def _escape(value: str) -> str:
    return value.replace("\\", "\\x5C").replace(" ", "\\x20").replace("=", "\\x3D")
