"""Days and times of day in words, in the language that is chosen."""

from __future__ import annotations

from datetime import date, datetime

from chatapp.languages.translation import N_, _, pgettext

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
SHORT_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def day_and_month(day: date, today: date | None = None) -> str:
    """Return `12 March`, with the year if it is not this one: `12 March 2024`.

    Args:
        today: None for a day with its year.
    """
    month = _(MONTHS[day.month - 1])
    if today is not None and day.year == today.year:
        return _("{day} {month}").format(day=day.day, month=month)
    return _("{day} {month} {year}").format(day=day.day, month=month, year=day.year)


def near_day(day: date, today: date) -> str:
    """Return `Today` or `Yesterday`; "" for any other day."""
    return {0: _("Today"), 1: _("Yesterday")}.get((today - day).days, "")


def weekday(day: date) -> str:
    """Return the day of the week: `Monday`."""
    return _(WEEKDAYS[day.weekday()])


def short_weekday(day: date) -> str:
    """Return the short name of the day of the week: `Mon`."""
    return _(SHORT_WEEKDAYS[day.weekday()])


def time_of_day(hour: int, minute: int, twelve_hours: bool) -> str:
    """Return a time of day: `09:58`, or `9:58 am`."""
    if not twelve_hours:
        return f"{hour:02}:{minute:02}"
    text = _("{time} am") if hour < 12 else _("{time} pm")
    return text.format(time=f"{hour % 12 or 12}:{minute:02}")


def moment(seconds: float, now: float, twelve_hours: bool = False) -> str:
    """Return a time inside a sentence: `today 18:30`, `tomorrow 08:00`, `3 February 2027 08:00`.

    Args:
        seconds: In Unix seconds, in the past or in the future, like `now`.
    """
    try:
        when, today = datetime.fromtimestamp(seconds), datetime.fromtimestamp(now).date()
    except (OverflowError, ValueError, OSError):
        return _("a far day")
    near = {-1: _("yesterday {time}"), 0: _("today {time}"), 1: _("tomorrow {time}")}
    text = near.get((when.date() - today).days) or pgettext("moment", "{date} {time}")
    clock = time_of_day(when.hour, when.minute, twelve_hours)
    return text.format(date=day_and_month(when.date(), today), time=clock)
