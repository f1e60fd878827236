"""What the entries of the moderation log say, as sentences for people."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.model.server_overview import LogEntry, target_of
from chatapp.languages.translation import N_, _

_SETTINGS = {
    ("access", "everyone"): N_("let anybody join"),
    ("access", "invite"): N_("let only people with an invitation or an account join"),
    ("access", "accounts"): N_("let only accounts join"),
    ("sharing", "on"): N_("shared the chat on the network"),
    ("sharing", "off"): N_("stopped sharing the chat on the network"),
    ("closed", "on"): N_("closed the chat to new people"),
    ("closed", "off"): N_("opened the chat to new people"),
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
    name, details = target_of(entry.about), entry.details
    if details.startswith(_ENDLESS):
        return _("banned {name}: {reason}").format(name=name, reason=details.removeprefix(_ENDLESS))
    until, colon, reason = details.partition("Z: ")
    day, letter, clock = until.removeprefix("until ").partition("T")
    if not (colon and letter):
        return _("banned {name}: {reason}").format(name=name, reason=details)
    text = _("banned {name} until {day} {time} UTC: {reason}")
    return text.format(name=name, day=day, time=clock[:5], reason=reason)


def _kick(entry: LogEntry) -> str:
    """The details are `from #channel: reason`."""
    name, details = _nick(entry.about), entry.details
    channel, colon, reason = details.removeprefix("from ").partition(": ")
    if not colon:
        return _("removed {name}: {reason}").format(name=name, reason=details)
    return _("removed {name} from {channel}: {reason}").format(name=name, channel=channel, reason=reason)


def _redact(entry: LogEntry) -> str:
    """The details are `of ACCOUNT, MSGID reason`."""
    author, rest = [*entry.details.removeprefix("of ").split(", ", 1), ""][:2]
    reason = rest.partition(" ")[2].strip()
    text = _("deleted a message of {name} in {channel}").format(name=author, channel=entry.about)
    return f"{text}: {reason}" if reason else text


def _file(entry: LogEntry) -> str:
    """The details are `deleted NAME (ID)`."""
    name = entry.details.removeprefix("deleted ").rpartition(" (")[0]
    return _("deleted the file {file} of {name}").format(file=name, name=entry.about)


def _code(entry: LogEntry) -> str:
    code = entry.about.upper()
    if entry.details == "revoked":
        return _("revoked the code {code}").format(code=code)
    return _("made the code {code} for {details}").format(code=code, details=entry.details)


def _role(entry: LogEntry) -> str:
    text = {
        "owner": _("made {name} an owner"),
        "moderator": _("made {name} a moderator"),
        "member": _("made {name} a member"),
    }.get(entry.details, _("made {name} {role}"))
    return text.format(name=entry.about, role=entry.details)


def _setting(entry: LogEntry) -> str:
    if entry.about == "name":
        return _("named the chat {name}").format(name=entry.details)
    known = _SETTINGS.get((entry.about, entry.details))
    if known:
        return _(known)
    return _("set {setting} to {value}").format(setting=entry.about, value=entry.details)


def _lockdown(entry: LogEntry) -> str:
    return _(_SETTINGS.get(("closed", entry.details), N_("changed the lockdown")))


def _with_reason(text: str, entry: LogEntry) -> str:
    return f"{text}: {entry.details}" if entry.details else text


_BY_KEY = N_("became an owner with the key of this computer")
_BY_PASSWORD = N_("became an owner with the owner's password")

_SENTENCES: dict[str, Callable[[LogEntry], str]] = {
    "BAN": _ban,
    "UNBAN": lambda entry: _("lifted the ban of {name}").format(name=target_of(entry.about)),
    "KICK": _kick,
    "KILL": lambda entry: _with_reason(_("disconnected {name}").format(name=_nick(entry.about)), entry),
    "REDACT": _redact,
    "FILES": _file,
    "INVITECODE": _code,
    "GUESTNICKS": lambda entry: _("freed the name {name}").format(name=entry.about),
    "ROLE": _role,
    "OPER": lambda entry: _(_BY_KEY if entry.about == "owner-key" else _BY_PASSWORD),
    "SETTING": _setting,
    "LOCKDOWN": _lockdown,
    "MODE": lambda entry: _("changed {name}: {details}").format(name=entry.about, details=entry.details),
    "JOIN": lambda entry: _("joined {channel} {details}").format(channel=entry.about, details=entry.details),
    "REHASH": lambda entry: _("reloaded the configuration"),
    "STOP": lambda entry: _with_reason(_("stopped the server"), entry),
    "DIE": lambda entry: _("stopped the server"),
    "UNREGISTER": lambda entry: _("deleted the account {name}").format(name=entry.about),
}
"""The sentences by action. An action without one is shown as it is stored."""
