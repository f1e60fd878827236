"""The parts of a text that are code: between backticks, or in a block between lines of three backticks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

FENCE = "```"

_OPENING = re.compile("^```", re.MULTILINE)
_CODE = re.compile(r"```.*?(?:```|\Z)|(?<!`)(`{1,2})(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def map_outside_code(text: str, change: Callable[[str], str]) -> str:
    """Return the text with `change` applied to each part that is not code."""
    parts, at = [], 0
    for code in _CODE.finditer(text):
        parts += [change(text[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, change(text[at:])])


def is_in_block(before: str) -> bool:
    """Return whether the text before a place opens a block of code, in a new line, and does not close it."""
    opening = _OPENING.search(before)
    return opening is not None and before.count(FENCE, opening.start()) % 2 == 1


def is_in_code(before: str) -> bool:
    """Return whether the text before a place opens code of any kind and does not close it."""
    return is_in_block(before) or before.rpartition("\n")[2].replace(FENCE, "").count("`") % 2 == 1


def fenced(code: str) -> str:
    """Return lines of code as a block."""
    return f"{FENCE}\n{code.strip(chr(10))}\n{FENCE}"


def block_lines(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the first line inside each block of code, and the first one after it, counted from 0.

    A block that is not closed ends with the text; an empty one is left out.
    """
    first: int | None = None
    for number, line in enumerate(lines):
        if first is None:
            first = number + 1 if line.startswith(FENCE) and line.count(FENCE) % 2 else None
        elif FENCE in line:
            if number > first:
                yield first, number
            first = None
    if first is not None and first < len(lines):
        yield first, len(lines)
