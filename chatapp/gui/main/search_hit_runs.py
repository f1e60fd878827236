"""Turns hits of a search into tagged text. Does not import tkinter.

#general                        Today      place: the conversation and the day
      Dee: mine hangs                      context: the message before the hit
(C)   Chen Li  10:02                       head; the avatar is an image before the tab
      Use socket.settimeout(15)            body: as displayed, with marks on the words
      Dee: that fixed it                   context: the message after the hit
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chatapp.client.model.file_service import with_file_names
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.client.text.formatting import Span, spans
from chatapp.client.text.occurrences import places
from chatapp.client.text.shown_names import NameOf, one_line, with_breaks, with_names
from chatapp.gui.transcript.blocks import format_time
from chatapp.gui.transcript.runs import Tags
from chatapp.languages.dates import day_and_month, near_day, short_weekday
from chatapp.languages.translation import _

LONGEST = 360  # characters of a message that are shown
BEFORE_HIT = 100  # of them before the first marked word, in a longer message

_LINE_END = re.compile(r"\s*[\n\r\x0b\x0c\x85\u2028\u2029]\s*")

TextRun = tuple[str, Tags]
"""A text and its tags."""

_SPAN_TAGS: dict[str, Tags] = {
    "link": ("link",),
    "person": ("person",),
    "code": ("code",),
    "block": ("code",),
}


def place_of(hit: SearchHit, today: date, server: str = "") -> tuple[str, str]:
    """Return the texts of the line above a hit: the conversation, and the day.

    Args:
        server: The name of the server, to stand behind the conversation; empty if there is only one.
    """
    network = hit.network
    conversation = network.find(hit.conversation)
    title = conversation.title if conversation else hit.conversation
    is_channel = network.is_channel(hit.conversation)
    place = title if is_channel else network.display_name(title)
    return f"{place} · {server}" if server else place, short_day(hit.entry.time, today)


def short_day(seconds: float, today: date) -> str:
    """Return `Today`, `Yesterday`, `Mon, 9 March`, or `Mon, 9 March 2025` for another year."""
    day = date.fromtimestamp(seconds)
    text = _("{weekday}, {date}").format(weekday=short_weekday(day), date=day_and_month(day, today))
    return near_day(day, today) or text


def head_runs(network: Network, entry: Entry, twelve_hours: bool) -> list[TextRun]:
    """Return name and time of a hit."""
    name = ("head", "name", f"nick{network.colour(entry.nick)}")
    time = f"   {format_time(entry.time, twelve_hours)}\n"
    return [(network.display_name(entry.nick), name), (time, ("head", "time"))]


def body_runs(text: str, words: re.Pattern[str] | None, name_of: NameOf) -> list[TextRun]:
    """Return a message in the look of its parts, with the tag `hit` on the words that were searched.

    Of a long message, the part around the first word is shown.

    Args:
        name_of: Returns the name to show for the nick of another person; empty if there is none.
    """
    found = with_breaks(with_names(spans(text), name_of))
    shown = "".join(span.text for span in found)
    marks = places(words, shown)
    start, stop = _window(shown, marks)
    runs: list[TextRun] = [("… ", ("body",))] if start else []
    at = 0
    for span in found:
        for first, last, is_hit in _pieces(at, at + len(span.text), marks):
            piece = shown[max(first, start) : min(last, stop)]
            if piece:
                runs.append((_LINE_END.sub(" ", piece), _tags(span, is_hit)))
        at += len(span.text)
    return [*runs, (" …\n" if stop < len(shown) else "\n", ("body",))]


def context_text(network: Network, entry: Entry) -> str:
    """Return a neighbour of a hit in one line: `Dee: that fixed it`."""
    name = network.display_name(entry.nick)
    text = (
        _("message deleted")
        if entry.deleted_by
        else one_line(with_file_names(network, entry.text), network.mentioned_name)
    )
    return f"{name} {text}" if entry.kind == "action" else f"{name}: {text}"


def _window(text: str, marks: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the part of a text to show."""
    if len(text) <= LONGEST:
        return 0, len(text)
    first = marks[0][0] if marks else 0
    start = 0 if first <= LONGEST // 2 else text.rfind(" ", 0, first - BEFORE_HIT) + 1
    return start, min(start + LONGEST, len(text))


def _pieces(start: int, stop: int, marks: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Yield the parts between two offsets, and whether each is marked."""
    at = start
    for first, last in marks:
        if first < stop and last > at:
            if first > at:
                yield at, first, False
            yield max(first, at), min(last, stop), True
            at = min(last, stop)
    if at < stop:
        yield at, stop, False


def _tags(span: Span, is_hit: bool) -> Tags:
    look = _SPAN_TAGS.get(span.kind, ())
    if span.bold and not look:
        look = ("bold",)
    return ("body", *look, "hit") if is_hit else ("body", *look)
