"""Sentences for a user who is banned from a server."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.client.text.ban_notices import ban_notice
from chatapp.languages.dates import moment


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
