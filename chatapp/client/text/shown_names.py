"""Messages as they are shown: `@ben` of a person who has a display name is shown as `@Ben Okafor`.

What is sent, stored and copied keeps the nick. Links and code stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from chatapp.client.text.formatting import Span, spans
from chatapp.client.text.mentions import find_people

LONGEST_LINE = 360  # characters of a message that are looked at for one line

NameOf = Callable[[str], str]
"""Returns the name to show for the nick of a person; empty if there is no such person."""


def with_names(found: Sequence[Span], name_of: NameOf) -> Sequence[Span]:
    """Return spans in which each `@nick` of a person is a span of its own, with the name of that person."""
    if not any("@" in span.text for span in found):
        return found
    return [part for span in found for part in _parts(span, name_of)]


def displayed_with_names(text: str, name_of: NameOf) -> str:
    """Return a text as it is displayed, without the marks of formatting."""
    return "".join(span.text for span in with_names(spans(text), name_of))


def with_breaks(found: Sequence[Span]) -> Sequence[Span]:
    """Return spans with a line break before and after each block of code."""
    if all(span.kind != "block" for span in found):
        return found
    broken: list[Span] = []
    for span in found:
        if broken and "block" in (span.kind, broken[-1].kind):
            has_break = broken[-1].text.endswith("\n") or span.text.startswith("\n")
            broken += [] if has_break else [Span("\n")]
        broken.append(span)
    return broken


def one_line(text: str, name_of: NameOf) -> str:
    """Return the beginning of a text as it is displayed, in one line."""
    found = with_breaks(with_names(spans(text[:LONGEST_LINE]), name_of))
    return " ".join("".join(span.text for span in found).split())


def _parts(span: Span, name_of: NameOf) -> Iterable[Span]:
    """Return a span with the names of the people in it."""
    if span.kind == "mention" and span.text.startswith("@"):
        name = name_of(span.text[1:])
        return (span.part(f"@{name}") if name else span,)
    return _split(span, name_of) if span.kind == "plain" else (span,)


def _split(span: Span, name_of: NameOf) -> Iterator[Span]:
    """Yield a span split at the mentions of people."""
    at, text = 0, span.text
    for start, end, name in find_people(text, name_of):
        if start > at:
            yield span.part(text[at:start])
        yield span.person(text[start + 1 : end], name)
        at = end
    if at < len(text):
        yield span.part(text[at:]) if at else span
