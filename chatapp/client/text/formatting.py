"""A message's text as runs of one look: links, mentions, code, bold and italic, mIRC's control codes.

    see **this**: https://a.example/b_(c).  ->  "see ", bold "this", ": ", link "https://a.example/b_(c)", "."

The marks themselves are not part of what is shown. What is no complete mark is shown as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from chatapp.client.text import links
from chatapp.client.text.mentions import find
from chatapp.protocol.printable import UNSHOWN

SpanKind = Literal["plain", "link", "mention", "code", "block"]


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text. `colour` and `back` are mIRC numbers from 0 to 98, or `#rrggbb`."""

    text: str
    kind: SpanKind = "plain"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    reverse: bool = False
    colour: int | str | None = None
    back: int | str | None = None


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
_UNSHOWN = re.compile(f"[{UNSHOWN}]")

_MARKS = re.compile(
    r"```(?:[\w+-]*\n)?(?P<block>.+?)\n?```"
    r"|(?<!`)(?P<ticks>`{1,2})(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    rf"|(?P<link>{links.PATTERN})"
    r"|(?<![\w*])\*\*(?=[^\s*])(?P<bold>.+?)(?<=[^\s*])\*\*(?![\w*])"
    r"|(?<![\w*])\*(?=[^\s*])(?P<italic>[^*]*?)(?<=[^\s*])\*(?![\w*])",
    re.DOTALL | re.IGNORECASE,
)
_MAY_BE_MARKED = re.compile(rf"[*`]|{links.HINT}", re.IGNORECASE)


def spans(text: str, nick: str = "") -> list[Span]:
    """The runs of a text, in order; none is empty. What is a link, `links` decides; where one leads, too.

    Takes  nick: whose mentions are marked; empty for nobody's
    """
    return [
        part
        for run in _coded(text)
        for part in (_marked(run, nick) if run.kind == "plain" else [run])
        if part.text
    ]


def mentions(text: str, nick: str) -> bool:
    """Whether a text calls this nick by name, outside of links and code."""
    if not nick or not find(text, nick):
        return False
    return any(span.kind == "mention" for span in spans(text, nick))


def plain(text: str) -> str:
    """A text without control codes, for where no look can be shown. The marks stay."""
    return _UNSHOWN.sub("", _CODES.sub("", text))


def _coded(text: str) -> Iterator[Span]:
    """The runs between control codes, each with the look that the codes gave it."""
    style, at = _PLAIN, 0
    for match in _CODES.finditer(text):
        yield replace(style, text=_UNSHOWN.sub("", text[at : match.start()]))
        style, at = _after(style, match), match.end()
    yield replace(style, text=_UNSHOWN.sub("", text[at:]))


def _after(style: Span, match: re.Match[str]) -> Span:
    """The look after a control code."""
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
    return colour if colour < 99 else None  # 99 is "the usual one"


def _marked(run: Span, nick: str) -> Iterator[Span]:
    """A run with links, code, bold and italic taken out of it, mentions in what is left."""
    text, at = run.text, 0
    if _MAY_BE_MARKED.search(text):
        look = 0  # where to look for the next one
        while match := _MARKS.search(text, look):
            inner, look = list(_inner(match, run, nick)), match.end()
            if inner:
                if match["link"]:
                    look = match.start() + len(inner[0].text)
                yield from _named(replace(run, text=text[at : match.start()]), nick)
                yield from inner
                at = look
    yield from _named(replace(run, text=text[at:]), nick)


def _inner(match: re.Match[str], run: Span, nick: str) -> Iterator[Span]:
    if match["block"]:
        yield replace(run, text=match["block"], kind="block")
    elif match["code"]:
        yield replace(run, text=match["code"], kind="code")
    elif match["link"]:
        link = links.trimmed(match["link"])
        if link:
            yield replace(run, text=link, kind="link")
    elif match["bold"]:
        yield from _marked(replace(run, text=match["bold"], bold=True), nick)
    else:
        yield from _marked(replace(run, text=match["italic"], italic=True), nick)


def _named(run: Span, nick: str) -> Iterator[Span]:
    at = 0
    if nick:
        for start, end in find(run.text, nick):
            yield replace(run, text=run.text[at:start])
            yield replace(run, text=run.text[start:end], kind="mention")
            at = end
    yield replace(run, text=run.text[at:])
