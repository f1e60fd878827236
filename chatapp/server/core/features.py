"""The features of this server: its version, its capabilities with their values, its ISUPPORT tokens.

Source: IRCv3 capability-negotiation; modern IRC "Feature Advertisement"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chatapp import __version__
from chatapp.protocol import edits, modes, multiline
from chatapp.protocol.capabilities import GUEST_KEY, NAMES
from chatapp.protocol.sasl import MECHANISMS
from chatapp.server.config import AccountsConfig, Config, FilesConfig, HistoryConfig, LimitsConfig
from chatapp.server.state import masks
from chatapp.server.state.message_ids import MAX_LISTED
from chatapp.server.state.metadata import MAX_KEY_BYTES

HOUR_SECONDS = 3600
VERSION = f"chatapp-{__version__}"
CAP_LINE_BYTES = 400
"""The most bytes of names in one CAP line, so that the whole line fits."""

_OF_HISTORY = {
    "draft/chathistory", "draft/event-playback", "draft/message-edit", "draft/message-redaction",
    "soju.im/search", "CHATHISTORY", "MSGREFTYPES", "chatapp/REDACT", "chatapp/SEARCH",
}  # fmt: skip
"""Capabilities and tokens that are offered only while the history is switched on."""

OVERVIEW_PARTS = ("status", "roles", "bans", "codes", "log", "storage")
"""What OVERVIEW lists."""

_MANY_TARGETS = ("PRIVMSG", "NOTICE", "TAGMSG", "KICK")
"""Commands that accept several targets, at most `limits.targets`."""


def offered_capabilities(config: Config, is_private: bool = True) -> dict[str, str]:
    """Return the capabilities that CAP LS lists, with their values.

    Args:
        is_private: See `sasl_mechanisms`.
    """
    values = {
        "draft/account-registration": ",".join(_registration(config.accounts)),
        "draft/message-edit": _message_edit(config.history),
        "draft/metadata-2": _metadata(config.limits),
        "draft/metadata-3": f"{_metadata(config.limits)},max-key-bytes={MAX_KEY_BYTES}",
        "draft/multiline": f"max-bytes={multiline.MAX_BYTES},max-lines={multiline.MAX_LINES}",
        "sasl": ",".join(sasl_mechanisms(is_private)),
    }
    missing = {"draft/account-registration"} if config.accounts.registration == "closed" else set()
    if not is_private:
        missing.add(GUEST_KEY)
    if not config.files.enabled:
        missing.add("chatapp/file-notify")
    if not config.history.edit_hours:
        missing.add("draft/message-edit")
    if not config.history.enabled:
        missing |= _OF_HISTORY
    return {name: values.get(name, "") for name in NAMES if name not in missing}


def capability_tokens(capabilities: Mapping[str, str], with_values: bool) -> list[str]:
    """Return capabilities as CAP writes them: `name`, or `name=value` if wanted and if there is a value."""
    return [f"{name}={value}" if value and with_values else name for name, value in capabilities.items()]


def _registration(accounts: AccountsConfig) -> Iterator[str]:
    if accounts.register_before_connect:
        yield "before-connect"
    yield "custom-account-name"
    if accounts.require_email:
        yield "email-required"


def sasl_mechanisms(is_private: bool) -> list[str]:
    """Return the names of the SASL mechanisms that a session may use.

    Args:
        is_private: Whether no third party can read the connection: only then may a mechanism reveal a
            password.
    """
    return [each.name for each in MECHANISMS.values() if is_private or not each.reveals_password]


def isupport_tokens(config: Config, file_prefix: str = "") -> dict[str, str | int | None]:
    """Return the tokens of 005 with their values; None for a token without one.

    Args:
        file_prefix: The first characters of the ids of files; empty where no files are kept.
    """
    limits = config.limits
    required: dict[str, None] = {"draft/ACCOUNTREQUIRED": None} if config.accounts.members_only else {}
    tokens = required | {
        "ACCOUNTEXTBAN": masks.ACCOUNT_EXTBAN,
        "AWAYLEN": limits.away,
        "BOT": "B",
        "CASEMAPPING": "ascii",
        "CHANLIMIT": f"#:{limits.channels_per_user}",
        "CHANMODES": modes.chanmodes(),
        "CHANNELLEN": limits.channel,
        "CHANTYPES": "#",
        "CHATHISTORY": config.history.page,
        "ELIST": "CMNTU",
        "EXCEPTS": "e",
        "EXTBAN": masks.EXTBAN,
        "INVEX": "I",
        "KICKLEN": limits.kick,
        "MAXLIST": ",".join(f"{mode}:{limits.masks}" for mode in modes.LISTS),
        "MAXTARGETS": limits.targets,
        "MODES": modes.MAX_CHANGES,
        "MONITOR": limits.monitor,
        "MSGREFTYPES": "msgid,timestamp",
        "NETWORK": config.server.network,
        "NICKLEN": limits.nick,
        "PREFIX": modes.prefix(),
        "SAFELIST": None,
        "STATUSMSG": modes.PREFIXES,
        "TARGMAX": ",".join(f"{command}:{limits.targets}" for command in _MANY_TARGETS),
        "TOPICLEN": limits.topic,
        "UTF8ONLY": None,
        "WHOX": None,
        "chatapp/OVERVIEW": ",".join(OVERVIEW_PARTS),
        "chatapp/REDACT": MAX_LISTED,
        "chatapp/SEARCH": "has,suggest",
        "chatapp/SESSIONS": None,
        "chatapp/SETPASS": None,
        "chatapp/TBAN": None,
        "chatapp/UNREGISTER": None,
    }
    if file_prefix and config.files.enabled:
        tokens["chatapp/FILES"] = _files(config.files, file_prefix)
    missing = () if config.history.enabled else _OF_HISTORY
    return {name: value for name, value in tokens.items() if name not in missing}


def _message_edit(history: HistoryConfig) -> str:
    return f"window={history.edit_hours * HOUR_SECONDS},max-bytes={edits.MAX_BYTES}"


def _files(files: FilesConfig, prefix: str) -> str:
    return f"id:{prefix},max:{files.max_bytes},days:{files.keep_days},who:{files.who}"


def _metadata(limits: LimitsConfig) -> str:
    return (
        f"before-connect,max-subs={limits.metadata_subscriptions},max-keys={limits.metadata_keys}"
        f",max-value-bytes={limits.metadata_value}"
    )
