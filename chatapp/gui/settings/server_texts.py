"""What the page "This server" says. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from chatapp.client.model.server_overview import InviteCodeRow, ServerBan, ServerOverview, ServerStatus
from chatapp.gui.main.ban_texts import moment
from chatapp.gui.transcript.blocks import format_time
from chatapp.protocol.invite_links import BadInvite, Invite

GROUP, GROUPS_PER_LINE = 4, 4  # digits of a fingerprint
KILO = 1000  # bytes, as file managers count them
_UNITS = (("day", 86400), ("hour", 3600), ("minute", 60))


def count(number: int, one: str, several: str = "") -> str:
    """Return a number with its noun: `1 code`, `2 codes`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def uptime(seconds: float) -> str:
    """Return how long the server has been running."""
    for unit, size in _UNITS:
        if number := int(seconds // size):
            return f"Running for {count(number, unit)}"
    return "Just started"


def summary(status: ServerStatus, now: float) -> str:
    """Return the line in the head of the page: `Running for 3 days · 12 of 60 people`."""
    people = f"{status.online:,} of {count(status.known, 'person', 'people')}"
    return f"{uptime(max(now - status.started, 0))} · {people}"


def size(number: int) -> str:
    """Return a number of bytes for people: `412 MB`."""
    value, unit = float(number), "bytes"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < KILO:
            break
        value, unit = value / KILO, larger
    return f"{value:.1f} {unit}" if value < 10 and unit != "bytes" else f"{value:.0f} {unit}"


def storage(status: ServerStatus) -> str:
    """Return what is stored: `412 MB · 10,000 messages · kept for 90 days`."""
    kept = f"kept for {count(status.keep_days, 'day')}" if status.keep_days else "kept for ever"
    return f"{size(status.size)} · {count(status.messages, 'message')} · {kept}"


def fingerprint(digits: str) -> str:
    """Return a fingerprint in groups that are easy to compare."""
    groups = [digits[at : at + GROUP].upper() for at in range(0, len(digits), GROUP)]
    lines = [groups[at : at + GROUPS_PER_LINE] for at in range(0, len(groups), GROUPS_PER_LINE)]
    return "\n".join(map(" ".join, lines))


def invite_link(overview: ServerOverview) -> str:
    """Return the link for other people, with the newest code that can still be used; empty if unknown."""
    if not overview.links:
        return ""
    code = next((each.code for each in overview.codes if each.code and each.left), "")
    try:
        return str(replace(Invite.parse(overview.links[0]), code=code))
    except BadInvite:
        return overview.links[0]


def code_name(code: InviteCodeRow) -> str:
    """Return a code as it is read out: in capitals; only its first group if the server knows no more."""
    return code.code.upper() if code.code else f"{code.label.upper()}-…"


def code_facts(code: InviteCodeRow, now: float, twelve_hours: bool = False) -> str:
    """Return until when a code works and how often it was used."""
    until = "for ever" if code.until is None else f"until {moment(code.until, now, twelve_hours)}"
    used = f"used {count(code.used, 'time')}" if code.used else "not used yet"
    left = "" if code.left else " · used up"
    return f"{until} · {used}{left}"


def ban_facts(ban: ServerBan, by: str, now: float, twelve_hours: bool = False) -> str:
    """Return why, by whom and until when: `Insults · by you · until tomorrow 08:00`."""
    until = "for ever" if ban.until is None else f"until {moment(ban.until, now, twelve_hours)}"
    return " · ".join(part for part in (ban.reason, f"by {by}", until) if part)


def when(at: float | None, today: date, twelve_hours: bool = False) -> str:
    """Return the time of an entry today, else its day: `10:12`, `Yesterday`, `9 March`."""
    if at is None:
        return ""
    day = datetime.fromtimestamp(at).date()
    if day == today:
        return format_time(at, twelve_hours)
    year = f" {day.year}" if day.year != today.year else ""
    return "Yesterday" if (today - day).days == 1 else f"{day.day} {day:%B}{year}"


def candidates(
    people: Sequence[tuple[str, str]], holders: Sequence[str], fold: Callable[[str], str]
) -> list[str]:
    """Return the accounts that can be made moderators: of people who are here, without a role.

    Args:
        people: Account and shown name of each person; the account is empty for a guest.
        holders: The accounts that have a role.
    """
    taken = {fold(name) for name in holders}
    accounts = {fold(account): account for account, _ in people if account and fold(account) not in taken}
    return sorted(accounts.values(), key=str.casefold)
