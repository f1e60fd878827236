"""The configuration: TOML in, frozen dataclasses out. Every key has a default; an unknown key is an error.

An error names the key and what it may be.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints


class BadConfig(ValueError):
    """The configuration cannot be used; the words say which key and what is allowed."""


@dataclass(frozen=True, slots=True)
class Server:
    name: str = "chatapp.local"
    network: str = "Chatapp"
    host: str = "127.0.0.1"
    port: int = 5000
    password: str = ""
    motd: str = ""
    cloak: str = "people"


@dataclass(frozen=True, slots=True)
class Accounts:
    registration: Literal["open", "invite", "closed"] = "open"
    members_only: bool = False
    always_on: bool = True
    require_email: bool = False


@dataclass(frozen=True, slots=True)
class Channels:
    default: tuple[str, ...] = ("#general",)
    default_modes: str = "nt"
    who_may_create: Literal["anyone", "members", "moderators"] = "anyone"


@dataclass(frozen=True, slots=True)
class History:
    enabled: bool = True
    keep_days: int = 0
    page: int = 1000
    durability: Literal["normal", "full"] = "normal"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, characters, seconds and counts; the table of the README says which."""

    unterminated: int = 8192
    send_queue: int = 1024 * 1024
    registration_seconds: int = 30
    ping_seconds: int = 90
    drop_seconds: int = 150
    connections_per_address: int = 16
    new_connections_per_address: int = 32
    connections: int = 10_000
    flood_burst: int = 20
    flood_per_second: int = 5
    password_attempts: int = 5
    registrations: int = 30
    nick: int = 32
    channel: int = 64
    topic: int = 390
    kick: int = 390
    away: int = 390
    password: int = 1024
    channels_per_user: int = 100
    masks: int = 100
    monitor: int = 100
    metadata_keys: int = 100
    metadata_value: int = 350
    targets: int = 4


@dataclass(frozen=True, slots=True)
class Config:
    server: Server = field(default_factory=Server)
    accounts: Accounts = field(default_factory=Accounts)
    channels: Channels = field(default_factory=Channels)
    history: History = field(default_factory=History)
    limits: Limits = field(default_factory=Limits)
    operators: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Config:
    """The configuration in a file.

    Raises  BadConfig, with words that name the file, the key and what it may be
    """
    try:
        return parse(path.read_text("utf-8"))
    except OSError as error:
        raise BadConfig(f"cannot read {path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadConfig(f"{path} is not UTF-8 text") from error
    except BadConfig as error:
        raise BadConfig(f"{path}: {error}") from error


def parse(text: str) -> Config:
    """The configuration that a TOML text says.

    Raises  BadConfig
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"not TOML: {error}") from error
    known = {each.name: each for each in fields(Config)}
    parts: dict[str, Any] = {}
    for section, values in data.items():
        if section not in known:
            raise BadConfig(f"unknown section [{section}]; there are {_listed(known)}")
        if not isinstance(values, dict):
            raise BadConfig(f"{section} is a section: write [{section}] and its keys below")
        parts[section] = _operators(values) if section == "operators" else _section(section, values)
    return Config(**parts)


def with_flags(config: Config, host: str | None, port: int | None) -> Config:
    """The configuration with what the command line says instead."""
    server = config.server
    return replace(
        config,
        server=replace(
            server, host=server.host if host is None else host, port=server.port if port is None else port
        ),
    )


def _section(name: str, values: dict[str, Any]) -> Any:
    kind = _SECTIONS[name]
    hints = get_type_hints(kind)
    for key, value in values.items():
        if key not in hints:
            raise BadConfig(f"unknown key {key} in [{name}]; there are {_listed(hints)}")
        values[key] = _value(f"[{name}] {key}", value, hints[key])
    return kind(**values)


def _value(key: str, value: Any, hint: Any) -> Any:
    if get_origin(hint) is Literal:
        allowed = get_args(hint)
        if value not in allowed:
            raise BadConfig(f"{key} is one of {', '.join(map(repr, allowed))}, not {value!r}")
    elif get_origin(hint) is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadConfig(f"{key} is a list of strings, not {value!r}")
        return tuple(value)
    elif hint is int and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise BadConfig(f"{key} is a whole number from 0, not {value!r}")
    elif hint is bool and not isinstance(value, bool):
        raise BadConfig(f"{key} is true or false, not {value!r}")
    elif hint is str and not isinstance(value, str):
        raise BadConfig(f"{key} is a string, not {value!r}")
    return value


def _operators(values: dict[str, Any]) -> dict[str, str]:
    for name, value in values.items():
        if not isinstance(value, str):
            raise BadConfig(f"[operators] {name} is a password hash in quotes, not {value!r}")
    return values


def _listed(names: dict[str, Any]) -> str:
    return ", ".join(sorted(names))


_SECTIONS: dict[str, type] = {
    "server": Server,
    "accounts": Accounts,
    "channels": Channels,
    "history": History,
    "limits": Limits,
}
