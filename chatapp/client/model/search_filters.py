"""Filters that are typed into a search: `timeout in:general from:ben after:"1 March" has:link`.

Their names, and those of days and months, are understood in the chosen language and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from chatapp.client.model.search import Has, SearchQuery
from chatapp.languages import dates
from chatapp.languages.translation import N_, _, pgettext

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORTEST = 3  # letters of the name of a day or a month
NO_DAY = N_("“{text}” is not a day. Write it like 2026-03-12, yesterday, monday or 1 March.")

_HAS: dict[str, Has] = {"file": "file", "files": "file", "link": "link", "links": "link"}

_NAMES = ("in", "from", "before", "after", "has")

# The value: in quotes, as `1 March` or `1 March 2026`, or one word
_VALUE = r'(?:"([^"]*)"|(\d{1,2}\.?\s+(?:de\s+)?[^\s\d:]{3,}(?:\s+\d{4})?)|(\S*))(?=\s|$)'
_DAY_MONTH = re.compile(r"(\d{1,2})\.? (?:de )?(\D+?)(?: (\d{4}))?")
_MONTH_DAY = re.compile(r"(\D+?) (\d{1,2})(?:,? (\d{4}))?")


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
    names = _names()
    pattern = _pattern(tuple(names))
    for found in pattern.finditer(typed):
        if not is_complete and not _is_ended(found, typed):
            continue
        value = " ".join(next((each for each in found.groups()[1:] if each is not None), "").split())
        try:
            query = _with_filter(query, names[found[1].lower()], found[1], value, today)
        except ValueError as error:
            problem = problem or str(error)
            continue
        kept.append(typed[at : found.start()])
        at = found.end()
    rest = "".join([*kept, typed[at:]])
    if at:
        rest = re.sub(r"\s{2,}", " ", rest).lstrip()
    return TypedSearch(replace(query, text=" ".join(pattern.sub(" ", rest).split())), rest, problem)


def parse_day(text: str, today: date) -> date:
    """Read a day: `2026-03-12`, `yesterday`, `monday` (the last one), `1 March` (not a future one).

    Raises:
        ValueError: It is no day; the text is a sentence for the user.
    """
    word = " ".join(text.lower().split())
    if word in ("today", _("Today").lower()):
        return today
    if word in ("yesterday", _("Yesterday").lower()):
        return today - timedelta(days=1)
    weekday = _named(word, DAYS, dates.WEEKDAYS)
    if weekday is not None:
        return today - timedelta(days=(today.weekday() - weekday) % len(DAYS))
    try:
        return _day_of_month(word, today) or date.fromisoformat(word)
    except ValueError:
        raise ValueError(_(NO_DAY).format(text=text)) from None


def _names() -> dict[str, str]:
    """Return the names of filters, in lower case: for those of the chosen language too, what they mean."""
    chosen = {
        pgettext("search filter", "in"): "in",
        pgettext("search filter", "from"): "from",
        pgettext("search filter", "before"): "before",
        pgettext("search filter", "after"): "after",
        pgettext("search filter", "has"): "has",
    }
    return {name.lower(): meant for name, meant in chosen.items()} | {name: name for name in _NAMES}


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches a filter: its name and its value."""
    return re.compile(rf"(?<!\S)({'|'.join(map(re.escape, names))}):{_VALUE}", re.IGNORECASE)


def _contents() -> dict[str, Has]:
    """Return what a message can be asked to contain, by the words for it."""
    chosen: dict[str, Has] = {
        pgettext("search filter", "file").lower(): "file",
        pgettext("search filter", "link").lower(): "link",
    }
    return chosen | _HAS


def _with_filter(query: SearchQuery, name: str, typed: str, value: str, today: date) -> SearchQuery:
    if name == "from":
        value = value.lstrip("@")
    if not value:
        raise ValueError(_("“{name}:” needs a value.").format(name=typed.lower()))
    if name == "in":
        return replace(query, conversation=value)
    if name == "from":
        return replace(query, nick=value)
    if name == "after":
        return replace(query, after=parse_day(value, today))
    if name == "before":
        return replace(query, before=parse_day(value, today))
    has = _contents().get(value.lower())
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
    month = _named(name, MONTHS, dates.MONTHS)
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


def _named(word: str, names: Iterable[str], translated: Iterable[str]) -> int | None:
    """Return the number of the only name that begins with a word, in English or in the chosen language.

    Args:
        translated: The same names, marked for translation.
    """
    for each_name in (names, [_(name).lower() for name in translated]):
        found = [number for number, name in enumerate(each_name) if name.startswith(word)]
        if len(word) >= SHORTEST and len(found) == 1:
            return found[0]
    return None


def _is_ended(found: re.Match[str], typed: str) -> bool:
    """Return whether a space follows; a lone number may still become `1 March`."""
    is_number = found[4] is not None and found[4].rstrip(".").isdecimal() and len(found[4]) < len("2026")
    return found.end() < len(typed) and not is_number
