"""The words of the page "My account"."""

from __future__ import annotations

from datetime import date, datetime

from chatapp.client.model.own_account import OwnSession
from chatapp.gui.transcript.blocks import format_time

NOW_SECONDS = 120.0  # within which a session counts as used now
COLOUR_NAMES = (
    "Red", "Salmon", "Orange", "Amber", "Olive", "Lime", "Green", "Turquoise",
    "Cyan", "Sky blue", "Blue", "Periwinkle", "Violet", "Lilac", "Magenta", "Pink",
)  # fmt: skip
PROTECTED = "Your name is protected. Nobody else can use it."
PROTECTED_NOW = "Your name is protected now. Nobody else can use it."
UNPROTECTED = "Anybody can take your name while you are not connected. A password keeps it for you."


def protected_since(registered: float | None, now: float) -> str:
    """Return since when the name is protected.

    Args:
        registered: In Unix seconds; None if it is not known.
    """
    if registered is None:
        return PROTECTED
    since = {0: "today", 1: "yesterday"}.get(_days(registered, now)) or day_text(registered, now)
    return f"Your name is protected since {since}. Nobody else can use it."


def day_text(seconds: float, now: float) -> str:
    """Return `9 March`, with the year if it is another one."""
    day = date.fromtimestamp(seconds)
    year = f" {day.year}" if day.year != datetime.fromtimestamp(now).year else ""
    return f"{day.day} {day:%B}{year}"


def moment_text(seconds: float, now: float, twelve_hours: bool) -> str:
    """Return when somebody was there: `now`, `today 14:05`, `yesterday 16:40`, `9 March 18:25`."""
    if now - seconds < NOW_SECONDS:
        return "now"
    day = {0: "today", 1: "yesterday"}.get(_days(seconds, now)) or day_text(seconds, now)
    return f"{day} {format_time(seconds, twelve_hours)}"


def session_title(session: OwnSession) -> str:
    """Return what a session is called."""
    if session.is_this:
        return "This computer"
    if session.is_terminal:
        return "Terminal"
    if session.program == "Chatapp":
        return session.system or "Another computer"
    return session.program.replace("_", " ") or "Another program"


def session_note(session: OwnSession, now: float, twelve_hours: bool) -> str:
    """Return where a session is, when it was used last, and its address."""
    where = session.system if session.is_this or not session.computer else session.computer
    when = "now" if session.is_this else moment_text(session.active, now, twelve_hours)
    where = "" if where == session_title(session) else where.replace("_", " ")
    return " · ".join(filter(None, (where, when, session.address)))


def _days(seconds: float, now: float) -> int:
    return (date.fromtimestamp(now) - date.fromtimestamp(seconds)).days
