"""WHOIS replies: as text, each the end of a sentence that begins with the nick, and as values.

Source: modern IRC "WHOIS message"
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from chatapp.client.incoming.events import WhoisReply
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.message import Message
from chatapp.protocol.numbers import parse_whole


def with_values(reply: WhoisReply, message: Message) -> WhoisReply:
    """Return a reply with the values of one more of its lines."""
    params = message.params
    match message.command:
        case "311":
            return replace(reply, user=params[2], host=params[3], realname=message.text)
        case "317":
            return replace(reply, idle_seconds=parse_whole(params[2]))
        case "330":
            return replace(reply, account=params[2])
    return reply


def _idle(message: Message) -> str:
    """317 nick user seconds signon :text."""
    seconds = parse_whole(message.params[2]) or 0
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days:
        return ngettext("has been idle for a day", "has been idle for {count} days", days).format(count=days)
    if hours:
        return ngettext("has been idle for an hour", "has been idle for {count} hours", hours).format(
            count=hours
        )
    if minutes < 2:
        return _("was active just now")
    return ngettext("has been idle for a minute", "has been idle for {count} minutes", minutes).format(
        count=minutes
    )


FACTS: dict[str, Callable[[Message], str]] = {
    "276": lambda message: message.text,
    "307": lambda message: message.text,
    "311": lambda message: _("is {name} ({address})").format(
        name=message.text, address=f"{message.params[2]}@{message.params[3]}"
    ),
    "312": lambda message: _("is connected to {server}").format(server=message.params[2]),
    "313": lambda message: message.text,
    "317": _idle,
    "319": lambda message: _("is in {channels}").format(channels=message.text.strip()),
    "320": lambda message: message.text,
    "330": lambda message: _("is logged in as {account}").format(account=message.params[2]),
    "335": lambda message: _("is a bot"),
    "338": lambda message: _("is really at {address}").format(address=message.params[2]),
    "378": lambda message: message.text,
    "671": lambda message: message.text,
}
"""The text of each reply by its numeric."""
