"""How long a ban or a mute lasts, as the moderation dialog offers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

MORNING = 8  # the hour of "Until tomorrow 08:00"
NO_END = "No end"


class Duration(NamedTuple):
    """One choice.

    Attributes:
        command: As the server reads it; empty for no end.
        phrase: The end of the sentence "Tom is banned …"; empty for no end.
    """

    label: str
    command: str
    phrase: str


def durations(now: datetime) -> list[Duration]:
    """Return the choices at a local time, shortest first."""
    morning = (now + timedelta(days=1)).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    minutes = max(round((morning - now).total_seconds() / 60), 1)
    tomorrow = f"tomorrow {MORNING:02}:00"
    return [
        Duration("15 minutes", "15m", "for 15 minutes"),
        Duration("1 hour", "1h", "for 1 hour"),
        Duration(f"Until {tomorrow}", f"{minutes}m", f"until {tomorrow}"),
        Duration("1 week", "7d", "for 1 week"),
        Duration(NO_END, "", ""),
    ]
