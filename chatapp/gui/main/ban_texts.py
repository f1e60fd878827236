"""Sentences for a user who is banned from a server."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.client.text.ban_notices import ban_notice
from chatapp.languages.dates import moment
from chatapp.languages.translation import _


def ban_line(network: Network, now: float, twelve_hours: bool = False) -> str:
    """Return who banned us, until when, and why: `by Ben until tomorrow 08:00. Reason: insults`."""
    notice = ban_notice(network.problem)
    until = ""
    if notice.until is not None:
        begin = _("by {name} until {time}") if notice.by else _("until {time}")
        until = moment(notice.until, now, twelve_hours)
    elif notice.is_for_ever:
        begin = _("by {name} for ever") if notice.by else _("for ever")
    else:
        begin = _("by {name}") if notice.by else ""
    begin = begin.format(name=network.display_name(notice.by), time=until)
    if not notice.reason:
        return begin
    return _("{ban}. Reason: {reason}").format(ban=begin, reason=notice.reason) if begin else notice.reason


def ends_by_itself(network: Network) -> bool:
    """Return whether the ban has an end that is known."""
    return ban_notice(network.problem).until is not None
