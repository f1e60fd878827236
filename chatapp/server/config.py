"""The configuration: TOML in, frozen dataclasses out. Every key has a default; an unknown key is an error.

An error names the key and what it may be. Each key says what it is for, and which numbers it may be: that is
what `run_server.py config` prints.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from chatapp.protocol import http_origin, names
from chatapp.protocol.addresses import LAST_PORT, parse_network
from chatapp.protocol.credentials import Credentials
from chatapp.protocol.modes import FLAGS

T = TypeVar("T")

_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,62}")


class BadConfig(ValueError):
    """The configuration cannot be used; the words say which key and what is allowed."""


def _key(default: T, words: str, least: int = 0, most: int = 0) -> T:
    """A key of the configuration.

    Takes  words: what it is for, a line; least, most: of a number, no highest one when 0
    """
    found: T = field(default=default, metadata={"words": words, "least": least, "most": most})
    return found


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """What the server is called, where it listens, who may come in at all."""

    name: str = _key("chatapp.local", "its name on the wire: its host name, if it has one")
    network: str = _key("Chatapp", "what people see as the name of this chat")
    host: str = _key("127.0.0.1", "the address to listen on; 0.0.0.0 is every address of this computer")
    port: int = _key(5000, "the port to listen on; 0 takes a free one", most=LAST_PORT)
    password: str = _key("", "who does not give it with PASS cannot come in; empty: nobody needs one")
    motd: str = _key("", "the message of the day, shown to everybody who comes; may have several lines")
    cloak: str = _key("people", "the end of the host names that stand for addresses")


@dataclass(frozen=True, slots=True)
class TlsConfig:
    """Encryption, on the same port."""

    mode: Literal["auto", "required", "off"] = _key("auto", "whether a client may, must or cannot use it")
    certificate: str = _key("", "the file of the certificate; empty: the server makes one for itself")
    key: str = _key("", "the file of its key; empty: it is in the certificate's file")
    client_authority: str = _key("", "the file of who vouches for certificates that log clients in")
    sts_days: int = _key(0, "for so many days clients shall insist on TLS, if browsers trust the certificate")


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Browsers, on the same port."""

    origins: tuple[str, ...] = _key(
        (), "sites, as https://example.org, whose pages may connect, or which are this server behind a proxy"
    )


@dataclass(frozen=True, slots=True)
class ProxyConfig:
    """Proxies in front, which say by the PROXY protocol for whom they connect."""

    trusted: tuple[str, ...] = _key((), "their addresses or networks; nobody else may connect from there")
    secure: bool = _key(False, "whether they take only TLS, and pass on what was in it, without saying so")


@dataclass(frozen=True, slots=True)
class AccountsConfig:
    """Names with a password."""

    registration: Literal["open", "invite", "closed"] = _key("open", "who may make an account")
    members_only: bool = _key(False, "whether only who has an account may come in")
    always_on: bool = _key(True, "whether who has an account stays in the channels while away")
    absent_days: int = _key(30, "after so many days without a visit they leave after all", least=1)
    require_email: bool = _key(False, "whether an account needs an address of e-mail")
    register_before_connect: bool = _key(True, "whether REGISTER works before the connection is complete")
    shortest_password: int = _key(4, "characters that a new password has at least", least=1)


@dataclass(frozen=True, slots=True)
class ChannelsConfig:
    """Where people talk."""

    default: tuple[str, ...] = _key(("#general",), "where everybody is put who comes in")
    default_modes: str = _key("nt", "the modes of a new channel: any of " + FLAGS)
    who_may_create: Literal["anyone", "members", "moderators"] = _key("anyone", "who may make a channel")


@dataclass(frozen=True, slots=True)
class HistoryConfig:
    """What was said."""

    enabled: bool = _key(True, "whether it is kept")
    keep_days: int = _key(0, "for how many days; 0 is for ever")
    page: int = _key(1000, "messages that a client may ask for at once", least=1)
    durability: Literal["normal", "full"] = _key(
        "normal", "nothing that was seen is lost when the program dies (normal), or the power fails (full)"
    )


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """How much is too much. IPv6 addresses count by /64; local addresses are private and loopback ones."""

    unterminated: int = _key(8192, "bytes of a line without an end that are kept", least=4608)
    send_queue: int = _key(1024 * 1024, "bytes that wait for a client that does not read", least=16384)
    registration_seconds: int = _key(30, "seconds in which one has to say who one is", least=1)
    ping_seconds: int = _key(90, "seconds of silence after which a client is asked whether it lives", least=1)
    drop_seconds: int = _key(150, "seconds of silence after which it is sent away", least=2)
    connections_per_address: int = _key(128, "connections of one address; 0: any number")
    local_connections_per_address: int = _key(5000, "the same of a local address; 0: any number")
    new_connections_per_address: int = _key(512, "new ones of one address in 10 minutes; 0: any number")
    local_new_connections_per_address: int = _key(20_000, "the same of a local address; 0: any number")
    connections: int = _key(10_000, "connections in all", least=1)
    flood_burst: int = _key(20, "commands that a client may send at once", least=1)
    flood_per_second: int = _key(5, "commands a second after that; 0: any number")
    password_attempts: int = _key(5, "wrong passwords of an address in a minute; 0: any number, also below")
    local_password_attempts: int = _key(
        300, "the same of a local address, of which password_attempts for each account; 0: any number"
    )
    password_attempts_per_account: int = _key(60, "wrong passwords of an account in a minute; 0: any number")
    registrations: int = _key(30, "accounts made by an address in 10 minutes; 0: any number")
    local_registrations: int = _key(2000, "the same of a local address; 0: any number")
    nick: int = _key(32, "characters of a nick", least=1, most=64)
    channel: int = _key(64, "characters of a channel's name, the # among them", least=2, most=100)
    topic: int = _key(390, "bytes of a topic", least=1, most=390)
    kick: int = _key(390, "bytes of the comment of a KICK, PART or QUIT", least=1, most=390)
    away: int = _key(390, "bytes of the words of AWAY", least=1, most=390)
    password: int = _key(1024, "bytes of a password", least=8)
    channels_per_user: int = _key(100, "channels that somebody may be in", least=1)
    new_channels: int = _key(
        200, "channels that an account, or an address of guests, may make in 10 minutes; 0: any number"
    )
    masks: int = _key(100, "masks in each list of a channel: bans, exceptions, invitations", least=1)
    monitor: int = _key(100, "nicks that a client may MONITOR")
    metadata_keys: int = _key(100, "keys of METADATA of one person or channel")
    metadata_subscriptions: int = _key(100, "keys of METADATA that a client may subscribe to")
    metadata_changes: int = _key(120, "changes of METADATA by one person in a minute; 0: any number")
    metadata_value: int = _key(350, "bytes of a value of METADATA", most=350)
    targets: int = _key(4, "targets of one message", least=1)
    absent: int = _key(10_000, "people with an account that stay without a connection")


@dataclass(frozen=True, slots=True)
class Config:
    server: ServerConfig = field(default_factory=ServerConfig)
    tls: TlsConfig = field(default_factory=TlsConfig)
    web: WebConfig = field(default_factory=WebConfig)
    proxy: ProxyConfig = field(default_factory=ProxyConfig)
    accounts: AccountsConfig = field(default_factory=AccountsConfig)
    channels: ChannelsConfig = field(default_factory=ChannelsConfig)
    history: HistoryConfig = field(default_factory=HistoryConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
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
    config = Config(**parts)
    _check(config)
    return config


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
    kind = SECTIONS[name]
    known = {each.name: each for each in fields(kind)}
    hints = get_type_hints(kind)
    for word, value in values.items():
        if word not in known:
            raise BadConfig(f"unknown key {word} in [{name}]; there are {_listed(known)}")
        values[word] = _value(f"[{name}] {word}", value, hints[word], known[word].metadata)
    return kind(**values)


def _value(key: str, value: Any, hint: Any, about: Mapping[str, Any]) -> Any:
    if get_origin(hint) is Literal:
        allowed = get_args(hint)
        if value not in allowed:
            raise BadConfig(f"{key} is one of {', '.join(map(repr, allowed))}, not {value!r}")
    elif get_origin(hint) is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadConfig(f"{key} is a list of strings, not {value!r}")
        return tuple(value)
    elif hint is int:
        _check_number(key, value, about["least"], about["most"])
    elif hint is bool and not isinstance(value, bool):
        raise BadConfig(f"{key} is true or false, not {value!r}")
    elif hint is str and not isinstance(value, str):
        raise BadConfig(f"{key} is a string, not {value!r}")
    return value


def _check_number(key: str, value: Any, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least or 0 < most < value:
        end = f" to {most}" if most else ""
        raise BadConfig(f"{key} is a whole number from {least}{end}, not {value!r}")


def _operators(values: dict[str, Any]) -> dict[str, str]:
    for name, value in values.items():
        try:
            Credentials.parse(value)
        except (TypeError, ValueError):
            words = "is a password hash as `run_server.py account hash` prints it"
            raise BadConfig(f"[operators] {name} {words}, in quotes") from None
    return values


def _check(config: Config) -> None:
    """What a type does not say."""
    for word, value in (("name", config.server.name), ("cloak", config.server.cloak)):
        if not _HOST.fullmatch(value):
            raise BadConfig(f"[server] {word} is a host name of letters, digits, - and ., not {value!r}")
    if config.tls.sts_days and not (config.tls.certificate or config.proxy.trusted):
        raise BadConfig("[tls] sts_days needs a certificate that browsers trust: name it in certificate")
    for address in config.proxy.trusted:
        if not parse_network(address, is_exact=True):
            raise BadConfig(f"[proxy] trusted has addresses or networks, like 10.0.0.0/8, not {address!r}")
    for site in config.web.origins:
        if not _is_origin(site):
            raise BadConfig(f"[web] origins has sites, like https://example.org, not {site!r}")
    for channel in config.channels.default:
        if not names.is_channel(channel, config.limits.channel):
            raise BadConfig(f"[channels] default has names of channels, like #general, not {channel!r}")
    for letter in config.channels.default_modes:
        if letter not in FLAGS:
            raise BadConfig(f"[channels] default_modes has letters of {FLAGS}, not {letter!r}")
    if config.accounts.shortest_password > config.limits.password:
        most = config.limits.password
        raise BadConfig(f"[accounts] shortest_password is at most [limits] password, which is {most}")
    if config.limits.drop_seconds <= config.limits.ping_seconds:
        raise BadConfig(f"[limits] drop_seconds is above ping_seconds, {config.limits.ping_seconds}")


def _is_origin(text: str) -> bool:
    try:
        http_origin.parse_origin(text)
    except ValueError:
        return False
    return True


def _listed(names: dict[str, Any]) -> str:
    return ", ".join(sorted(names))


SECTIONS: dict[str, type] = {
    "server": ServerConfig,
    "tls": TlsConfig,
    "web": WebConfig,
    "proxy": ProxyConfig,
    "accounts": AccountsConfig,
    "channels": ChannelsConfig,
    "history": HistoryConfig,
    "limits": LimitsConfig,
}
