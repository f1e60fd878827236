"""Formatting commands on a text: bold, italic, code, lists, quotes. Each one is switched on and off again.

A command returns one `TextEdit`, so that a text field can do it, and undo it, in one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from chatapp.client.text.code_parts import FENCE, is_in_block

Format = Literal["bold", "italic", "code", "list", "quote", "block"]

_MARKS: Mapping[str, str] = {"bold": "**", "italic": "*", "code": "`"}
_PREFIXES: Mapping[str, str] = {"list": "- ", "quote": "> "}
_EDGES = re.compile(r"\s*(.*?)\s*\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of a text. All numbers are offsets; those of the selection are in the new text.

    Attributes:
        start: Where the replaced part begins.
        end: Where it ends.
        text: What replaces it.
        selected: Start and end of the new selection; equal for a cursor without one.
    """

    start: int
    end: int
    text: str
    selected: tuple[int, int]

    def apply(self, text: str) -> str:
        """Return the text after the change."""
        return text[: self.start] + self.text + text[self.end :]


def edit(kind: Format, text: str, start: int, end: int) -> TextEdit:
    """Return the change of a formatting command. "code" makes several lines a block.

    Args:
        start: Where the selection begins; the cursor if nothing is selected.
        end: Where the selection ends.
    """
    if kind == "code" and start == end and _suits_a_block(text):
        return _toggle_block(text, 0, len(text))
    if kind == "block" or (kind == "code" and "\n" in text[start:end].strip()):
        return _toggle_block(text, start, end)
    if kind in _PREFIXES:
        change = _toggle_prefix(text, start, end, _PREFIXES[kind])
    else:
        change = _toggle_mark(text, start, end, _MARKS[kind])
    last = change.selected[1]
    if is_in_block(change.apply(text)[:last]):
        # Enter begins a line here, which would replace what is selected
        return TextEdit(change.start, change.end, change.text, (last, last))
    return change


def _suits_a_block(text: str) -> bool:
    """Return whether a text has several lines, and is a block of code as a whole or has none."""
    lines = text.strip().split("\n")
    return len(lines) > 1 and (FENCE not in text or _is_block(lines))


def _is_block(lines: Sequence[str]) -> bool:
    """Return whether lines are one block of code, with its fences."""
    is_fenced = len(lines) > 1 and lines[0].startswith(FENCE) and lines[-1] == FENCE
    return is_fenced and not any(FENCE in line for line in lines[1:-1])


def _toggle_mark(text: str, start: int, end: int, mark: str) -> TextEdit:
    """Put marks around the selection, or remove them. Spaces at its edges stay outside of the marks."""
    if start == end:
        return _toggle_at_cursor(text, start, mark)
    inner = _EDGES.match(text, start, end)
    if inner and inner[1]:
        start, end = inner.span(1)
    size, selected = len(mark), text[start:end]
    if len(selected) > 2 * size and _is_marked(selected, size, len(selected) - size, mark):
        inside = selected[size:-size]
        return TextEdit(start, end, inside, (start, start + len(inside)))
    if _is_marked(text, start, end, mark):
        return TextEdit(start - size, end + size, selected, (start - size, end - size))
    return TextEdit(start, end, f"{mark}{selected}{mark}", (start + size, end + size))


def _toggle_at_cursor(text: str, at: int, mark: str) -> TextEdit:
    """Put marks around the cursor. Before a closing mark, leave what it closes; between two, remove them."""
    size = len(mark)
    line = text[text.rfind("\n", 0, at) + 1 : at]
    is_open = _count(line, mark) % 2 == 1
    if is_open and line.endswith(mark) and _is_marked(text, at, at, mark):
        return TextEdit(at - size, at + size, "", (at - size, at - size))
    if is_open and text.startswith(mark, at):
        return TextEdit(at, at, "", (at + size, at + size))
    return TextEdit(at, at, mark * 2, (at + size, at + size))


def _is_marked(text: str, start: int, end: int, mark: str) -> bool:
    """Return whether the marks stand around a part; the two stars of bold are not those of italic."""
    if mark == "`":
        return text[max(start - 1, 0) : start] == mark == text[end : end + 1]
    stars = min(_run(reversed(text[:start])), _run(text[end:]))
    return stars in ((2, 3) if mark == "**" else (1, 3))


def _run(characters: Iterable[str]) -> int:
    return sum(1 for _ in takewhile("*".__eq__, characters))


def _count(line: str, mark: str) -> int:
    """Return how often a mark stands in a line."""
    if mark == "*":
        return line.replace("**", "").count("*")
    return line.count(mark)


def _toggle_prefix(text: str, start: int, end: int, prefix: str) -> TextEdit:
    """Put a prefix before each line of the selection; remove it if all of them have it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", max(end - 1 if end > start else end, start))
    last = len(text) if last < 0 else last
    lines = text[first:last].split("\n")
    filled = [line for line in lines if line.strip()] or lines
    has_all = all(line.startswith(prefix) for line in filled)
    change: Callable[[str], str] = (
        (lambda line: line.removeprefix(prefix))
        if has_all
        else (lambda line: line if line not in filled or line.startswith(prefix) else prefix + line)
    )
    new = "\n".join(map(change, lines))
    if start == end:
        moved = max(first, end + len(new) - (last - first))
        return TextEdit(first, last, new, (moved, moved))
    return TextEdit(first, last, new, (first, first + len(new)))


def _toggle_block(text: str, start: int, end: int) -> TextEdit:
    """Make the selected lines a block of code, or an empty one at the cursor; or remove its fences.

    Nothing stays selected: the cursor is behind the block, so that Enter sends it. Lines that have a fence
    among others stay as they are, since a block ends at the first fence in it.
    """
    first = text.rfind("\n", 0, start) + 1 if start != end else start
    last = end if start == end else text.find("\n", end - 1 if end > first and text[end - 1] == "\n" else end)
    last = len(text) if last < 0 else last
    lines = text[first:last].strip("\n").split("\n")
    if _is_block(lines):
        inside = "\n".join(lines[1:-1])
        return TextEdit(first, last, inside, (first + len(inside),) * 2)
    if any(FENCE in line for line in lines):
        return TextEdit(end, end, "", (end, end))
    before = "" if first == 0 or text[first - 1] == "\n" else "\n"
    after = "" if last == len(text) or text[last] == "\n" else "\n"
    inside = "\n".join(lines)
    block = f"{before}{FENCE}\n{inside}\n{FENCE}"
    cursor = first + (len(block) if start != end else len(f"{before}{FENCE}\n"))
    return TextEdit(first, last, block + after, (cursor, cursor))
