"""Quotations in a message: its lines that begin with `> `, outside of code."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from chatapp.client.text.formatting import Span

MARK = "> "
_LINE = re.compile(r"[^\n]*\n|[^\n]+")  # `splitlines` also divides at other characters

Role = Literal["plain", "mark", "words"]


class Part(NamedTuple):
    """A piece of a message: not in a quotation, the mark before a line of one, or its words."""

    span: Span
    role: Role = "plain"


def parts(found: Sequence[Span]) -> Iterator[Part]:
    """Yield the spans of a message, divided where a mark or a line of a quotation begins or ends."""
    if not any(">" in span.text for span in found):
        yield from map(Part, found)
        return
    edges = _edges("".join(map(_visible, found)))
    role, left = next(edges)
    for span in found:
        text = span.text
        while text:
            while not left:
                role, left = next(edges)
            piece, text = text[:left], text[left:]
            left -= len(piece)
            yield Part(span if piece == span.text else span.part(piece), role)


def _visible(span: Span) -> str:
    """Return a text of the same length in which no line of code looks like a quotation."""
    if span.kind == "block":
        return "\n" * len(span.text)
    return "`" * len(span.text) if span.kind == "code" else span.text


def _edges(text: str) -> Iterator[tuple[Role, int]]:
    """Yield the role and the length of each piece of a text. The first line of a quotation has words."""
    in_quotation, plain = False, 0
    for line in _LINE.findall(text):
        content = line.strip()
        in_quotation = (line.startswith(MARK) and content != ">") or (in_quotation and content == ">")
        if not in_quotation:
            plain += len(line)
            continue
        if plain:
            yield "plain", plain
            plain = 0
        mark = len(MARK) if line.startswith(MARK) else 1
        yield "mark", mark
        yield "words", len(line) - mark
    yield "plain", plain
