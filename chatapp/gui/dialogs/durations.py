"""How long a ban or a mute lasts, as the moderation dialog offers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from chatapp.languages.dates import time_of_day
from chatapp.languages.translation import N_, _

MORNING = 8  # the hour of "Until tomorrow 08:00"
NO_END = N_("No end")


class Duration(NamedTuple):
    """One choice.

    Attributes:
        command: As the server reads it; empty for no end.
        length: How long, such as "15 minutes"; empty if it has an end instead, or none.
        end: Until when, such as "tomorrow 08:00".
    """

    label: str
    command: str = ""
    length: str = ""
    end: str = ""


def durations(now: datetime) -> list[Duration]:
    """Return the choices at a local time, shortest first."""
    morning = (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    minutes = max(round((morning - now).total_seconds() / 60), 1)
    tomorrow = _("tomorrow {time}").format(time=time_of_day(MORNING, 0, False))
    quarter, hour, week = _("15 minutes"), _("1 hour"), _("1 week")
    return [
        Duration(quarter, "15m", length=quarter),
        Duration(hour, "1h", length=hour),
        Duration(_("Until {time}").format(time=tomorrow), f"{minutes}m", end=tomorrow),
        Duration(week, "7d", length=week),
        Duration(_(NO_END)),
    ]
