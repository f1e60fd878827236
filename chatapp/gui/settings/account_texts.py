"""The words of the page "My account"."""

from __future__ import annotations

from datetime import date

from chatapp.client.model.own_account import OwnSession
from chatapp.languages.dates import day_and_month, moment
from chatapp.languages.translation import N_, _

NOW_SECONDS = 120.0  # within which a session counts as used now
COLOUR_NAMES = (
    N_("Red"), N_("Salmon"), N_("Orange"), N_("Amber"), N_("Olive"), N_("Lime"),
    N_("Green"), N_("Turquoise"), N_("Cyan"), N_("Sky blue"), N_("Blue"),
    N_("Periwinkle"), N_("Violet"), N_("Lilac"), N_("Magenta"), N_("Pink"),
)  # fmt: skip
PROTECTED = N_("Your name is protected. Nobody else can use it.")
PROTECTED_NOW = N_("Your name is protected now. Nobody else can use it.")
UNPROTECTED = N_("Anybody can take your name while you are not connected. A password keeps it for you.")
KEPT_FOR_GUEST = N_(
    "Others can take your name when you have been away for a long time. A password keeps it and your messages"
    " for you, on every computer."
)

DIFFERENT = N_("The two passwords are not the same.")
EMPTY = N_("Please enter a password.")
TOO_LONG = N_("At most {most} characters; these are {count}.")


def protected_since(registered: float | None, now: float) -> str:
    """Return since when the name is protected.

    Args:
        registered: In Unix seconds; None if it is not known.
    """
    if registered is None:
        return _(PROTECTED)
    day, today = date.fromtimestamp(registered), date.fromtimestamp(now)
    near = {
        0: _("Your name has been protected since today. Nobody else can use it."),
        1: _("Your name has been protected since yesterday. Nobody else can use it."),
    }
    text = near.get((today - day).days) or _(
        "Your name has been protected since {date}. Nobody else can use it."
    )
    return text.format(date=day_and_month(day, today))


def last_use(seconds: float, now: float, twelve_hours: bool) -> str:
    """Return when a session was used last: `now`, `today 14:05`, `yesterday 16:40`, `9 March 18:25`."""
    return _("now") if now - seconds < NOW_SECONDS else moment(seconds, now, twelve_hours)


def session_title(session: OwnSession) -> str:
    """Return what a session is called."""
    if session.is_this:
        return _("This computer")
    if session.is_terminal:
        return _("Terminal")
    if session.program == "Chatapp":
        return session.system or _("Another computer")
    return session.program.replace("_", " ") or _("Another program")


def session_note(session: OwnSession, now: float, twelve_hours: bool) -> str:
    """Return where a session is, when it was used last, and its address."""
    where = session.system if session.is_this or not session.computer else session.computer
    when = _("now") if session.is_this else last_use(session.active, now, twelve_hours)
    where = "" if where == session_title(session) else where.replace("_", " ")
    return " · ".join(filter(None, (where, when, session.address)))
