"""What the page "This server" says. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from chatapp.client.model.server_overview import (
    InviteCodeRow,
    ServerBan,
    ServerOverview,
    ServerStatus,
    usable_code,
)
from chatapp.client.model.server_storage import KeptFile, PersonUse, ServerStorage
from chatapp.gui.transcript.blocks import format_time
from chatapp.languages.dates import day_and_month, moment, near_day
from chatapp.languages.numbers import format_number, format_size
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.invite_links import BadInvite, Invite


def uptime(seconds: float) -> str:
    """Return how long the server has been running."""
    minutes = int(seconds // 60)
    hours, days = minutes // 60, minutes // 60 // 24
    if days:
        text = ngettext("Running for {count} day", "Running for {count} days", days)
    elif hours:
        text = ngettext("Running for {count} hour", "Running for {count} hours", hours)
    elif minutes:
        text = ngettext("Running for {count} minute", "Running for {count} minutes", minutes)
    else:
        text = _("Just started")
    return text.format(count=format_number(days or hours or minutes))


def summary(status: ServerStatus, now: float) -> str:
    """Return the line in the head of the page: `Running for 3 days · 12 of 60 people online`."""
    text = ngettext("{online} of {count} person online", "{online} of {count} people online", status.known)
    people = text.format(online=format_number(status.online), count=format_number(status.known))
    return f"{uptime(max(now - status.started, 0))} · {people}"


def storage(status: ServerStatus) -> str:
    """Return what is stored: `412 MB · 10,000 messages · kept for 90 days`."""
    messages = ngettext("{count} message", "{count} messages", status.messages)
    kept = _("kept for ever")
    if status.keep_days:
        kept = ngettext("kept for {count} day", "kept for {count} days", status.keep_days)
    return " · ".join(
        (
            format_size(status.size),
            messages.format(count=format_number(status.messages)),
            kept.format(count=format_number(status.keep_days)),
        )
    )


def files_facts(use: ServerStorage) -> str:
    """Return how many files are kept, and for how long: `12 files, 30 MB of 2.0 GB · kept for 90 days`."""
    size = format_size(use.size)
    if use.most:
        size = _("{size} of {most}").format(size=size, most=format_size(use.most))
    kept = _("kept for ever")
    if use.keep_days:
        kept = ngettext("kept for {count} day", "kept for {count} days", use.keep_days)
    return f"{_file_count(use.files)}, {size} · {kept.format(count=format_number(use.keep_days))}"


def person_files(use: PersonUse) -> str:
    """Return what one person keeps: `10 files, 29 MB`."""
    return f"{_file_count(use.files)}, {format_size(use.size)}"


def file_facts(file: KeptFile, by: str, now: float, twelve_hours: bool = False) -> str:
    """Return the size of a file, its sender and its time: `29 MB · by Ben · today 10:12`.

    Args:
        by: The name of the sender; "" for the user.
    """
    who = _("by {name}").format(name=by) if by else _("by you")
    at = moment(file.at, now, twelve_hours) if file.at is not None else ""
    return " · ".join(part for part in (format_size(file.size), who, at) if part)


def _file_count(count: int) -> str:
    return ngettext("{count} file", "{count} files", count).format(count=format_number(count))


def code_in(link: str) -> str:
    """Return the invite code that a link has, in capitals as it is read out; empty for none."""
    try:
        return Invite.parse(link).code.upper()
    except BadInvite:
        return ""


def invite_link(overview: ServerOverview) -> str:
    """Return the link for other people, with the newest code that can still be used; empty if unknown."""
    if not overview.links:
        return ""
    code = usable_code(overview)
    try:
        return str(replace(Invite.parse(overview.links[0]), code=code.code if code else ""))
    except BadInvite:
        return overview.links[0]


def code_name(code: InviteCodeRow) -> str:
    """Return a code as it is read out: in capitals; only its first group if the server knows no more."""
    return code.code.upper() if code.code else f"{code.label.upper()}-…"


def code_facts(code: InviteCodeRow, now: float, twelve_hours: bool = False) -> str:
    """Return until when a code works and how often it was used."""
    uses = ngettext("used {count} time", "used {count} times", code.used) if code.used else _("not used yet")
    parts = [_until(code.until, now, twelve_hours), uses.format(count=format_number(code.used))]
    if not code.left:
        parts.append(_("used up"))
    return " · ".join(parts)


def ban_facts(ban: ServerBan, by: str, now: float, twelve_hours: bool = False) -> str:
    """Return why, by whom and until when: `Insults · by Ben · until tomorrow 08:00`.

    Args:
        by: The name of the person who set the ban; "" for the user.
    """
    who = _("by {name}").format(name=by) if by else _("by you")
    return " · ".join(part for part in (ban.reason, who, _until(ban.until, now, twelve_hours)) if part)


def _until(end: float | None, now: float, twelve_hours: bool) -> str:
    """Return when something ends: `until tomorrow 08:00`, `for ever`."""
    return _("for ever") if end is None else _("until {time}").format(time=moment(end, now, twelve_hours))


def when(at: float | None, today: date, twelve_hours: bool = False) -> str:
    """Return the time of an entry today, else its day: `10:12`, `Yesterday`, `9 March`."""
    if at is None:
        return ""
    day = date.fromtimestamp(at)
    if day == today:
        return format_time(at, twelve_hours)
    return near_day(day, today) or day_and_month(day, today)


def candidates(
    people: Sequence[tuple[str, str]], holders: Sequence[str], fold: Callable[[str], str]
) -> list[str]:
    """Return the accounts that can be made moderators: of people who are here, without a role.

    Args:
        people: Account and shown name of each person; the account is empty for a guest.
        holders: The accounts that have a role.
    """
    taken = {fold(name) for name in holders}
    accounts = {fold(account): account for account, name in people if account and fold(account) not in taken}
    return sorted(accounts.values(), key=str.casefold)
