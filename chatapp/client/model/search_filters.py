"""Filters that are typed into a search: `timeout in:general from:ben after:"1 March" has:link`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from chatapp.client.model.search import Has, SearchQuery
from chatapp.languages.translation import N_, _

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORTEST = 3  # letters of the name of a day or a month
NO_DAY = N_("“{text}” is not a day. Write it like 2026-03-12, yesterday, monday or 1 March.")

_HAS: dict[str, Has] = {"file": "file", "files": "file", "link": "link", "links": "link"}

# The name and the value: in quotes, as `1 March` or `1 March 2026`, or one word
_FILTER = re.compile(
    r'(?<!\S)(in|from|before|after|has):(?:"([^"]*)"|(\d{1,2}\.?\s+[^\W\d_]{3,}(?:\s+\d{4})?)|(\S*))(?=\s|$)',
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(r"(\d{1,2})\.? ([a-z]+)(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]+) (\d{1,2})(?:,? (\d{4}))?")


@dataclass(frozen=True, slots=True)
class TypedSearch:
    """What a text in the search field means.

    Args:
        query: The filters before, with those of the text; `query.text` has the words only.
        rest: The text without the filters that were understood.
        problem: What is wrong with the first filter that was not understood, as a sentence; else empty.
    """

    query: SearchQuery
    rest: str
    problem: str = ""


def parse(typed: str, today: date, base: SearchQuery, is_complete: bool = True) -> TypedSearch:
    """Read the filters of a text.

    Args:
        base: The filters that are set already.
        is_complete: Whether the user has ended the text; else a filter counts only before a space.
    """
    query, problem, kept, at = base, "", [], 0
    for found in _FILTER.finditer(typed):
        if not is_complete and not _is_ended(found, typed):
            continue
        value = " ".join(next((each for each in found.groups()[1:] if each is not None), "").split())
        try:
            query = _with_filter(query, found[1].lower(), value, today)
        except ValueError as error:
            problem = problem or str(error)
            continue
        kept.append(typed[at : found.start()])
        at = found.end()
    rest = "".join([*kept, typed[at:]])
    if at:
        rest = re.sub(r"\s{2,}", " ", rest).lstrip()
    return TypedSearch(replace(query, text=" ".join(_FILTER.sub(" ", rest).split())), rest, problem)


def parse_day(text: str, today: date) -> date:
    """Read a day: `2026-03-12`, `yesterday`, `monday` (the last one), `1 March` (not a future one).

    Raises:
        ValueError: It is no day; the text is a sentence for the user.
    """
    word = " ".join(text.lower().split())
    if word in ("today", "yesterday"):
        return today - timedelta(days=word == "yesterday")
    weekday = _named(word, DAYS)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % len(DAYS))
    try:
        return _day_of_month(word, today) or date.fromisoformat(word)
    except ValueError:
        raise ValueError(_(NO_DAY).format(text=text)) from None


def _with_filter(query: SearchQuery, name: str, value: str, today: date) -> SearchQuery:
    if name == "from":
        value = value.lstrip("@")
    if not value:
        raise ValueError(_("“{name}:” needs a value.").format(name=name))
    if name == "in":
        return replace(query, conversation=value)
    if name == "from":
        return replace(query, nick=value)
    if name == "after":
        return replace(query, after=parse_day(value, today))
    if name == "before":
        return replace(query, before=parse_day(value, today))
    has = _HAS.get(value.lower())
    if has is None:
        raise ValueError(_("“has:{value}” is not known. Write has:file or has:link.").format(value=value))
    return replace(query, has=query.has | {has})


def _day_of_month(word: str, today: date) -> date | None:
    """Read `1 march`, `march 1`, each with or without a year."""
    if found := _DAY_MONTH.fullmatch(word):
        day, name, year = found.groups()
    elif found := _MONTH_DAY.fullmatch(word):
        name, day, year = found.groups()
    else:
        return None
    month = _named(name, MONTHS)
    if month is None:
        return None
    if year:
        return date(int(year), month + 1, int(day))
    return _latest(month + 1, int(day), today)


def _latest(month: int, day: int, today: date) -> date:
    """Return the last such day that is not in the future; of 29 February that may be years ago.

    Raises:
        ValueError: There is no such day.
    """
    for year in range(today.year, today.year - 5, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise ValueError("no such day")


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Return the number of the only name that begins with a word."""
    found = [number for number, name in enumerate(names) if name.startswith(word)]
    return found[0] if len(word) >= SHORTEST and len(found) == 1 else None


def _is_ended(found: re.Match[str], typed: str) -> bool:
    """Return whether a space follows; a lone number may still become `1 March`."""
    is_number = found[4] is not None and found[4].rstrip(".").isdecimal() and len(found[4]) < len("2026")
    return found.end() < len(typed) and not is_number
