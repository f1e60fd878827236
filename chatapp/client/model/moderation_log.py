"""What the entries of the moderation log say, as sentences for people."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.server_overview import LogEntry, target_of

_SETTINGS = {
    ("access", "everyone"): "let anyone join",
    ("access", "invite"): "let only people with an invitation or an account join",
    ("access", "accounts"): "let only accounts join",
    ("sharing", "on"): "shared the chat on the network",
    ("sharing", "off"): "stopped sharing the chat on the network",
    ("closed", "on"): "closed the chat to new people",
    ("closed", "off"): "opened the chat to new people",
}
_ENDLESS = "for ever: "


def sentence(entry: LogEntry) -> str:
    """Return what was done, to put after the name: `banned tom_h until tomorrow: Insults`."""
    make = _SENTENCES.get(entry.action)
    return make(entry) if make else f"{entry.action} {entry.about} {entry.details}".rstrip()


def _nick(about: str) -> str:
    return about.partition("!")[0]


def _ban(entry: LogEntry) -> str:
    """The details are `until TIME: reason` or `for ever: reason`."""
    target, details = target_of(entry.about), entry.details
    if details.startswith(_ENDLESS):
        return f"banned {target}: {details.removeprefix(_ENDLESS)}"
    return f"banned {target} {_without_clock(details)}"


def _without_clock(details: str) -> str:
    """Shorten `until 2026-03-12T08:00:00.000Z: reason` to the day and the minute, in UTC."""
    until, colon, reason = details.partition("Z: ")
    day, letter, clock = until.partition("T")
    return f"{day} {clock[:5]} UTC: {reason}" if colon and letter else details


def _kick(entry: LogEntry) -> str:
    """The details are `from #channel: reason`."""
    return f"removed {_nick(entry.about)} {entry.details}"


def _redact(entry: LogEntry) -> str:
    """The details are `of ACCOUNT, MSGID reason`."""
    author, _, rest = entry.details.removeprefix("of ").partition(", ")
    reason = rest.partition(" ")[2].strip()
    return f"deleted a message of {author} in {entry.about}" + (f": {reason}" if reason else "")


def _code(entry: LogEntry) -> str:
    if entry.details == "revoked":
        return f"revoked the code {entry.about.upper()}"
    return f"made the code {entry.about.upper()} for {entry.details}"


def _role(entry: LogEntry) -> str:
    role = {"owner": "an owner", "moderator": "a moderator", "member": "a member"}
    return f"made {entry.about} {role.get(entry.details, entry.details)}"


def _setting(entry: LogEntry) -> str:
    if entry.about == "name":
        return f"named the chat {entry.details}"
    return _SETTINGS.get((entry.about, entry.details), f"set {entry.about} to {entry.details}")


def _lockdown(entry: LogEntry) -> str:
    return _SETTINGS.get(("closed", entry.details), "changed the lockdown")


def _with_reason(text: str, entry: LogEntry) -> str:
    return f"{text}: {entry.details}" if entry.details else text


_SENTENCES: dict[str, Callable[[LogEntry], str]] = {
    "BAN": _ban,
    "UNBAN": lambda entry: f"lifted the ban of {target_of(entry.about)}",
    "KICK": _kick,
    "KILL": lambda entry: _with_reason(f"disconnected {_nick(entry.about)}", entry),
    "REDACT": _redact,
    "INVITECODE": _code,
    "ROLE": _role,
    "OPER": lambda entry: "became an owner with the owner's password",
    "SETTING": _setting,
    "LOCKDOWN": _lockdown,
    "MODE": lambda entry: f"changed {entry.about}: {entry.details}",
    "JOIN": lambda entry: f"joined {entry.about} {entry.details}",
    "REHASH": lambda entry: "reloaded the configuration",
    "STOP": lambda entry: _with_reason("stopped the server", entry),
    "DIE": lambda entry: "stopped the server",
    "UNREGISTER": lambda entry: f"deleted the account {entry.about}",
}
"""The sentences by action. An action without one is shown as it is stored."""
