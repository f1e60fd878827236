"""Sentences for a user who is banned from a server."""

from __future__ import annotations

from datetime import datetime, timedelta

from chatapp.client.model.network import Network
from chatapp.client.text.ban_notices import ban_notice
from chatapp.gui.transcript.blocks import format_time


def ban_line(network: Network, now: float, twelve_hours: bool = False) -> str:
    """Return who has banned us, until when, and why: `by Ben until tomorrow 08:00. Reason: insults`."""
    notice = ban_notice(network.problem)
    parts = [f"by {network.display_name(notice.by)}"] if notice.by else []
    if notice.until is not None:
        parts.append(f"until {moment(notice.until, now, twelve_hours)}")
    elif notice.is_for_ever:
        parts.append("for ever")
    begin = " ".join(parts)
    if not notice.reason:
        return begin
    return f"{begin}. Reason: {notice.reason}" if begin else notice.reason


def ends_by_itself(network: Network) -> bool:
    """Return whether the ban has an end that is known."""
    return ban_notice(network.problem).until is not None


def moment(time: float, now: float, twelve_hours: bool = False) -> str:
    """Return a time as people say it: `today 18:30`, `tomorrow 08:00`, `3 February 2027 08:00`."""
    try:
        when, today = datetime.fromtimestamp(time), datetime.fromtimestamp(now).date()
    except (OverflowError, ValueError, OSError):
        return "a far day"
    clock = format_time(time, twelve_hours)
    names = {today: "today", today + timedelta(days=1): "tomorrow"}
    year = f" {when.year}" if when.year != today.year else ""
    day = names.get(when.date(), f"{when.day} {when:%B}{year}")
    return f"{day} {clock}"
