"""Parse the text of a message into spans: links, mentions, code, bold, italic, struck, mIRC control codes.

    see **this**: https://a.example/b_(c).  ->  "see ", bold "this", ": ", link "https://a.example/b_(c)", "."

The marks themselves are not shown. An incomplete mark is shown as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from chatapp.client.text import links
from chatapp.client.text.mentions import find
from chatapp.protocol.printable import NOT_SHOWN

SpanKind = Literal["plain", "link", "mention", "person", "code", "block"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text with one look. `colour` and `back` are mIRC numbers from 0 to 98, or `#rrggbb`.

    Attributes:
        kind: `mention` is a mention of us, `person` one of another user; see `shown_names`.
        language: The language of a block of code as its author named it, in lower case; empty if not named.
        nick: Who is mentioned, if it is a person.
    """

    text: str
    kind: SpanKind = "plain"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False
    colour: int | str | None = None
    back: int | str | None = None
    language: str = ""
    nick: str = ""

    def part(self, text: str) -> Span:
        """Return a part of it."""
        return _with_text(self, text)

    def person(self, nick: str, name: str) -> Span:
        """Return a mention in it, with the name to show."""
        return _with_text(self, f"@{name}", "person", nick)


_PLAIN = Span("")
_CODES = re.compile(
    r"\x03(?:(?P<colour>\d{1,2})(?:,(?P<back>\d{1,2}))?)?"
    r"|\x04(?:(?P<hex>[0-9A-Fa-f]{6})(?:,(?P<hexback>[0-9A-Fa-f]{6}))?)?"
    r"|(?P<toggle>[\x02\x11\x16\x1d\x1e\x1f])|(?P<reset>\x0f)"
)
_TOGGLES: dict[str, Callable[[Span], Span]] = {
    "\x02": lambda style: replace(style, bold=not style.bold),
    "\x11": lambda style: replace(style, kind="plain" if style.kind == "code" else "code"),
    "\x16": lambda style: replace(style, reverse=not style.reverse),
    "\x1d": lambda style: replace(style, italic=not style.italic),
    "\x1e": lambda style: replace(style, strike=not style.strike),
    "\x1f": lambda style: replace(style, underline=not style.underline),
}
_NOT_SHOWN = re.compile(f"[{NOT_SHOWN}]")

_MARKS = re.compile(
    r"```(?:(?P<language>[\w+#.-]*)\n)?(?P<block>.+?)\n?```"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    rf"|(?P<link>{links.PATTERN})"
    r"|(?<![\w*])\*\*(?=[^\s*])(?P<bold>.+?)(?<=[^\s*])\*\*(?![\w*])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*]*?)(?<=[^\s*])\*(?![\w*])"
    r"|(?<![\w~])~~(?=[^\s~])(?P<strike>[^~\n]*?)(?<=[^\s~])~~(?![\w~])",
    re.DOTALL | re.IGNORECASE,
)
_MAY_BE_MARKED = re.compile(rf"[*`]|~~|{links.HINT}", re.IGNORECASE)
_MAY_BE_FORMATTED = re.compile(f"[*`{NOT_SHOWN}]|~~")
_MAY_BE_SPLIT = re.compile(rf"[*`{NOT_SHOWN}]|~~|{links.HINT}", re.IGNORECASE)


def spans(text: str, *names: str) -> list[Span]:
    """Return the spans of a text, in order; none is empty. `links` decides what is a link.

    Args:
        names: Those whose mentions are marked; an empty one stands for none, one with an `@` is marked only
            after an `@`.
    """
    if not _MAY_BE_SPLIT.search(text):
        return [part for part in _split_at_mentions(Span(text), names) if part.text]
    return [
        part
        for span in _split_at_codes(text)
        for part in (_split_at_marks(span, names) if span.kind == "plain" else [span])
        if part.text
    ]


def mentions(text: str, nick: str) -> bool:
    """Return whether a text mentions this nick, outside links and code."""
    if not nick or not find(text, nick):
        return False
    return any(span.kind == "mention" for span in spans(text, nick))


def plain(text: str) -> str:
    """Return a text without control codes, for places without formatting. Marks such as `**` stay."""
    return _NOT_SHOWN.sub("", _CODES.sub("", text))


def displayed(text: str) -> str:
    """Return a text as it is displayed, without control codes and without the marks of formatting."""
    if not _MAY_BE_FORMATTED.search(text):
        return text
    return "".join(span.text for span in spans(text))


def _split_at_codes(text: str) -> Iterator[Span]:
    """Yield the spans between control codes, each with the look that the codes set."""
    style, at = _PLAIN, 0
    for match in _CODES.finditer(text):
        yield _with_text(style, _NOT_SHOWN.sub("", text[at : match.start()]))
        style, at = _after(style, match), match.end()
    yield _with_text(style, _NOT_SHOWN.sub("", text[at:]))


def _with_text(style: Span, text: str, kind: SpanKind | None = None, nick: str = "") -> Span:
    """Return a span with the look of another one. It is several times as fast as `replace`."""
    return Span(
        text, kind or style.kind, style.bold, style.italic, style.underline, style.strike, style.reverse,
        style.colour, style.back, style.language, nick,
    )  # fmt: skip


def _after(style: Span, match: re.Match[str]) -> Span:
    """Return the look after a control code."""
    if match["reset"]:
        return _PLAIN
    if match["toggle"]:
        return _TOGGLES[match["toggle"]](style)
    if match["colour"]:
        colour, back = int(match["colour"]), match["back"]
        return replace(style, colour=_known(colour), back=_known(int(back)) if back else style.back)
    if match["hex"]:
        hexback = match["hexback"]
        return replace(style, colour=f"#{match['hex']}", back=f"#{hexback}" if hexback else style.back)
    return replace(style, colour=None, back=None)


def _known(colour: int) -> int | None:
    return colour if colour < 99 else None  # 99 means the default colour


def _split_at_marks(run: Span, names: tuple[str, ...]) -> Iterator[Span]:
    """Yield a span split at links, code and marks such as `**`, and at mentions in the rest."""
    text, at = run.text, 0
    if _MAY_BE_MARKED.search(text):
        position = 0  # where the next search begins
        while match := _MARKS.search(text, position):
            inner, position = list(_marked_spans(match, run, names)), match.end()
            if inner:
                if match["link"]:
                    position = match.start() + len(inner[0].text)
                yield from _split_at_mentions(_with_text(run, text[at : match.start()]), names)
                yield from inner
                at = position
    yield from _split_at_mentions(_with_text(run, text[at:]), names)


def _marked_spans(match: re.Match[str], run: Span, names: tuple[str, ...]) -> Iterator[Span]:
    if match["block"]:
        yield replace(run, text=match["block"], kind="block", language=(match["language"] or "").lower())
    elif match["code"]:
        yield _with_text(run, match["code"], "code")
    elif match["link"]:
        link = links.trimmed(match["link"])
        if link:
            yield _with_text(run, link, "link")
    elif match["bold"]:
        yield from _split_at_marks(replace(run, text=match["bold"], bold=True), names)
    elif match["italic"]:
        yield from _split_at_marks(replace(run, text=match["italic"], italic=True), names)
    else:
        yield from _split_at_marks(replace(run, text=match["strike"], strike=True), names)


def _find_name(text: str, name: str) -> list[tuple[int, int]]:
    found = find(text, name.removeprefix("@"))
    return [place for place in found if text[place[0]] == "@"] if name[0] == "@" else found


def _split_at_mentions(run: Span, names: tuple[str, ...]) -> Iterator[Span]:
    found = [place for name in names if name for place in _find_name(run.text, name)]
    found.sort(key=lambda place: (place[0], -place[1]))
    if not found:
        yield run
        return
    at = 0
    for start, end in found:
        if start < at:  # in the mention of a longer name
            continue
        yield _with_text(run, run.text[at:start])
        yield _with_text(run, run.text[start:end], "mention")
        at = end
    yield _with_text(run, run.text[at:])
