"""ISUPPORT (005): what a server tells about itself, written and read.

Source  modern IRC "Feature Advertisement", draft-hardy-irc-isupport
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

TOKENS_A_LINE = 13  # so that a line holds at most fifteen parameters with nick and text

_ESCAPED = re.compile(r"\\x([0-9A-Fa-f]{2})")


def tokens(values: Mapping[str, str | int | None]) -> list[str]:
    """Each `NAME=value`, or the bare name where the value is None, with what a value may not hold escaped."""
    return [name if value is None else f"{name}={_escape(str(value))}" for name, value in values.items()]


def rows(items: Iterable[str]) -> list[list[str]]:
    """Tokens in rows as long as a line allows."""
    items = list(items)
    return [items[at : at + TOKENS_A_LINE] for at in range(0, len(items), TOKENS_A_LINE)]


def parse(items: Iterable[str]) -> dict[str, str | None]:
    """What the tokens of a 005 say. A name with None was negated (`-NAME`), one without value is empty."""
    read: dict[str, str | None] = {}
    for item in items:
        name, _, value = item.partition("=")
        if name.startswith("-"):
            read[name[1:]] = None
        elif name:
            read[name] = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value)
    return read


def prefixes(value: str) -> dict[str, str]:
    """`(ov)@+` as `{"o": "@", "v": "+"}`, highest first; nothing for what cannot be read."""
    match = re.fullmatch(r"\(([^)]*)\)(.*)", value)
    return dict(zip(match[1], match[2], strict=False)) if match else {}


def _escape(value: str) -> str:
    return value.replace("\\", "\\x5C").replace(" ", "\\x20").replace("=", "\\x3D")
