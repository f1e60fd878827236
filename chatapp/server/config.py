"""The configuration: TOML in, frozen dataclasses out. Every key has a default; an unknown key is an error.

An error names the key and the allowed values. `run_server.py config` prints the description and the limits of
each key.
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
from chatapp.protocol.numbers import parse_whole

T = TypeVar("T")

_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,62}")


class BadConfig(ValueError):
    """The configuration cannot be used; the message says which key is wrong and what is allowed."""


def _key(default: T, description: str, least: int = 0, most: int = 0) -> T:
    """Define a key of the configuration.

    Args:
        default: The value of a configuration without this key.
        description: One line, for users.
        least: The smallest number that is allowed.
        most: The largest number that is allowed; 0 for no limit.
    """
    found: T = field(default=default, metadata={"description": description, "least": least, "most": most})
    return found


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """The name of the server, its address, and its password."""

    name: str = _key("chatapp.local", "the server name in IRC messages: its host name, if it has one")
    network: str = _key("Chatapp", "the name of this chat that users see")
    host: str = _key("127.0.0.1", "the address to listen on; 0.0.0.0 for all addresses of this computer")
    port: int = _key(5000, "the port to listen on; 0 for any free port", most=LAST_PORT)
    password: str = _key("", "clients must send it with PASS to connect; empty for no password")
    motd: str = _key("", "the message of the day, sent to each user who connects; may have several lines")
    cloak: str = _key("people", "the last part of the host names that replace addresses")


@dataclass(frozen=True, slots=True)
class TlsConfig:
    """Encryption, on the same port."""

    mode: Literal["auto", "required", "off"] = _key(
        "auto", "auto: other computers must use TLS, this computer may; required: all must; off: no TLS"
    )
    certificate: str = _key("", "the certificate file; empty: the server makes its own certificate")
    key: str = _key("", "the file with the private key; empty: the key is in the certificate file")
    client_authority: str = _key("", "CA file for client certificates, by which users can log in")
    sts_days: int = _key(0, "days for which clients must use TLS (IRCv3 sts); needs a certificate of a CA")


@dataclass(frozen=True, slots=True)
class WebConfig:
    """Browsers, on the same port."""

    origins: tuple[str, ...] = _key(
        (), "sites, such as https://example.org, whose pages may connect, also this server behind a proxy"
    )


@dataclass(frozen=True, slots=True)
class ProxyConfig:
    """Reverse proxies that send the address of each client with the PROXY protocol."""

    trusted: tuple[str, ...] = _key(
        (), "addresses or networks of proxies; every connection from there must send a PROXY header"
    )
    secure: bool = _key(False, "whether the proxies accept only TLS, although their headers do not say so")


@dataclass(frozen=True, slots=True)
class AccountsConfig:
    """Accounts: names with a password."""

    registration: Literal["open", "invite", "closed"] = _key(
        "open", "who can register an account: everybody, users with an invite code, or nobody"
    )
    members_only: bool = _key(False, "whether only users with an account can connect")
    invite_only: bool = _key(False, "whether guests need an invite code to connect")
    always_on: bool = _key(True, "whether users with an account stay in their channels while disconnected")
    absent_days: int = _key(30, "days after which a disconnected user leaves its channels", least=1)
    require_email: bool = _key(False, "whether an account needs an e-mail address")
    register_before_connect: bool = _key(True, "whether REGISTER works before the connection is registered")
    shortest_password: int = _key(4, "the least number of characters of a new password", least=1)
    guest_nick_hours: int = _key(
        24, "hours for which the nick of a guest who left is reserved for it; 0 for never", most=8760
    )


@dataclass(frozen=True, slots=True)
class ChannelsConfig:
    """Channels."""

    default: tuple[str, ...] = _key(("#general",), "channels that each user joins when connecting")
    default_modes: str = _key("nt", "the modes of a new channel: any of " + FLAGS)
    who_may_create: Literal["anyone", "members", "moderators"] = _key(
        "anyone", "who can create a channel: all users, users with an account, or moderators and owners"
    )


@dataclass(frozen=True, slots=True)
class HistoryConfig:
    """Stored messages."""

    enabled: bool = _key(True, "whether messages are stored")
    keep_days: int = _key(0, "days after which messages are deleted; 0 for never")
    edit_hours: int = _key(24, "hours in which users can edit their own messages; 0 for never")
    page: int = _key(1000, "the most messages that a client can request at once", least=1)
    durability: Literal["normal", "full"] = _key(
        "normal",
        "normal: a crash loses no delivered message; full: a power failure loses none either",
    )


@dataclass(frozen=True, slots=True)
class FilesConfig:
    """Files that users upload."""

    enabled: bool = _key(True, "whether users can send files, which the server keeps")
    who: Literal["everybody", "members", "moderators", "nobody"] = _key(
        "everybody",
        "who can send files: all users, users with an account, moderators and owners, or nobody",
    )
    max_bytes: int = _key(25_000_000, "the most bytes of a file; 0 for no limit")
    total_bytes: int = _key(2_000_000_000, "the most bytes of all files together; 0 for no limit")
    bytes_per_day: int = _key(
        500_000_000,
        "bytes that an account, or guests from one address, can send in 24 hours; 0 for no limit",
    )
    keep_days: int = _key(90, "days after which files are deleted; 0 for never")
    when_full: Literal["refuse", "oldest first"] = _key(
        "refuse", "what happens when total_bytes is reached: new files are refused, or the oldest are deleted"
    )
    url: str = _key(
        "", "where clients reach this server behind a proxy, such as https://example.org; empty: no proxy"
    )
    bytes_per_second: int = _key(0, "bytes per second for the files of one address; 0 for no limit")
    total_bytes_per_second: int = _key(0, "bytes per second for all files together; 0 for no limit")


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """Limits. IPv6 addresses count by /64; local addresses are private, link-local and loopback ones."""

    unterminated: int = _key(8192, "the most bytes of an incomplete line that are stored", least=4608)
    send_queue: int = _key(1024 * 1024, "the most bytes that wait for a slow client", least=16384)
    registration_seconds: int = _key(30, "seconds in which a client must complete registration", least=1)
    ping_seconds: int = _key(90, "idle seconds before the server sends PING", least=1)
    drop_seconds: int = _key(150, "idle seconds before the server disconnects a client", least=2)
    connections_per_address: int = _key(128, "connections from one address; 0 for no limit")
    local_connections_per_address: int = _key(5000, "connections from one local address; 0 for no limit")
    new_connections_per_address: int = _key(
        512, "new connections from one address in 10 minutes; 0 for no limit"
    )
    local_new_connections_per_address: int = _key(
        20_000, "new connections from one local address in 10 minutes; 0 for no limit"
    )
    connections: int = _key(10_000, "connections in all", least=1)
    flood_burst: int = _key(
        20,
        "commands that a client can send at once; four lines of a multiline message count as one",
        least=1,
    )
    flood_per_second: int = _key(5, "commands per second after flood_burst; 0 for no limit")
    password_attempts: int = _key(
        5, "wrong passwords from one address per minute; 0 for no limit, also of the next two keys"
    )
    local_password_attempts: int = _key(
        300,
        "the same for a local address, password_attempts of them for one account; 0 for no limit",
    )
    password_attempts_per_account: int = _key(
        60, "wrong passwords for one account per minute; 0 for no limit"
    )
    registrations: int = _key(30, "accounts registered from one address in 10 minutes; 0 for no limit")
    local_registrations: int = _key(
        2000, "accounts registered from one local address in 10 minutes; 0 for no limit"
    )
    nick: int = _key(32, "characters of a nick", least=1, most=64)
    channel: int = _key(64, "characters of a channel name, including the #", least=2, most=100)
    topic: int = _key(390, "bytes of a topic", least=1, most=390)
    kick: int = _key(390, "bytes of the reason of KICK, PART and QUIT", least=1, most=390)
    away: int = _key(390, "bytes of an away message", least=1, most=390)
    password: int = _key(1024, "bytes of a password", least=8)
    channels_per_user: int = _key(100, "channels that a user can be in", least=1)
    new_channels: int = _key(
        200, "channels created by one account, or by guests from one address, in 10 minutes; 0 for no limit"
    )
    masks: int = _key(100, "masks in each list of a channel (bans, exceptions, invite exceptions)", least=1)
    monitor: int = _key(100, "nicks that a client can MONITOR")
    metadata_keys: int = _key(100, "METADATA keys of a user or channel")
    metadata_subscriptions: int = _key(100, "METADATA keys that a client can subscribe to")
    metadata_changes: int = _key(120, "METADATA changes by one user per minute; 0 for no limit")
    metadata_value: int = _key(350, "bytes of a METADATA value", most=350)
    targets: int = _key(4, "targets of one message", least=1)
    absent: int = _key(10_000, "users with an account that stay in channels while disconnected")
    guests: int = _key(
        1000, "guests who left whose nicks and read markers are kept; those from one address at most a tenth"
    )


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration; `operators` maps the names for OPER to password hashes."""

    server: ServerConfig = field(default_factory=ServerConfig)
    tls: TlsConfig = field(default_factory=TlsConfig)
    web: WebConfig = field(default_factory=WebConfig)
    proxy: ProxyConfig = field(default_factory=ProxyConfig)
    accounts: AccountsConfig = field(default_factory=AccountsConfig)
    channels: ChannelsConfig = field(default_factory=ChannelsConfig)
    history: HistoryConfig = field(default_factory=HistoryConfig)
    files: FilesConfig = field(default_factory=FilesConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    operators: dict[str, str] = field(default_factory=dict)


def load(path: Path) -> Config:
    """Read a configuration file.

    Raises:
        BadConfig: It cannot be read or used; the message names the file, the key and the allowed values.
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
    """Read a configuration in TOML.

    Raises:
        BadConfig: It cannot be used.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(f"not TOML: {error}") from error
    known = {each.name: each for each in fields(Config)}
    parts: dict[str, Any] = {}
    for section, values in data.items():
        if section not in known:
            raise BadConfig(f"unknown section [{section}]; the sections are {_listed(known)}")
        if not isinstance(values, dict):
            raise BadConfig(f"{section} must be a section: write [{section}], and its keys below")
        parts[section] = _operators(values) if section == "operators" else _section(section, values)
    config = Config(**parts)
    _check(config)
    return config


def with_flags(config: Config, host: str | None, port: int | None) -> Config:
    """Return the configuration with the host and port of the command line, where they are given."""
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
    for key, value in values.items():
        if key not in known:
            raise BadConfig(f"unknown key {key} in [{name}]; the keys are {_listed(known)}")
        values[key] = _value(f"[{name}] {key}", value, hints[key], known[key].metadata)
    return kind(**values)


def typed_value(section: str, key: str, text: str) -> str | int:
    """Return the value of a key with a word or a number, from what a user types.

    Raises:
        BadConfig: It is not allowed; the message says what is.
    """
    kind = SECTIONS[section]
    hint, metadata = (
        get_type_hints(kind)[key],
        next(each for each in fields(kind) if each.name == key).metadata,
    )
    typed = parse_whole(text) if hint is int else text
    value: str | int = _value(key, text if typed is None else typed, hint, metadata)
    return value


def _value(key: str, value: Any, hint: Any, metadata: Mapping[str, Any]) -> Any:
    if get_origin(hint) is Literal:
        allowed = get_args(hint)
        if value not in allowed:
            raise BadConfig(f"{key} must be one of {', '.join(map(repr, allowed))}, not {value!r}")
    elif get_origin(hint) is tuple:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise BadConfig(f"{key} must be a list of strings, not {value!r}")
        return tuple(value)
    elif hint is int:
        _check_number(key, value, metadata["least"], metadata["most"])
    elif hint is bool and not isinstance(value, bool):
        raise BadConfig(f"{key} must be true or false, not {value!r}")
    elif hint is str and not isinstance(value, str):
        raise BadConfig(f"{key} must be a string, not {value!r}")
    return value


def _check_number(key: str, value: Any, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < least or 0 < most < value:
        allowed = f"from {least} to {most}" if most else f"of at least {least}"
        raise BadConfig(f"{key} must be a whole number {allowed}, not {value!r}")


def _operators(values: dict[str, Any]) -> dict[str, str]:
    for name, value in values.items():
        try:
            Credentials.parse(value)
        except (TypeError, ValueError):
            text = "must be a password hash as `run_server.py account hash` prints it"
            raise BadConfig(f"[operators] {name} {text}, in quotes") from None
    return values


def _check(config: Config) -> None:
    """Check the rules that the types of the keys do not express."""
    for key, value in (("name", config.server.name), ("cloak", config.server.cloak)):
        if not _HOST.fullmatch(value):
            raise BadConfig(f"[server] {key} must be a host name of letters, digits, - and ., not {value!r}")
    if config.tls.sts_days and not (config.tls.certificate or config.proxy.trusted):
        raise BadConfig("[tls] sts_days needs a certificate that browsers trust: set certificate")
    for address in config.proxy.trusted:
        if not parse_network(address, is_exact=True):
            text = "must list networks or addresses, such as 10.0.0.0/8"
            raise BadConfig(f"[proxy] trusted {text}, not {address!r}")
    for site in config.web.origins:
        if not _is_origin(site):
            raise BadConfig(f"[web] origins must list sites, like https://example.org, not {site!r}")
    if config.files.url and not (
        _is_origin(config.files.url) and config.files.url.startswith(("http:", "https:"))
    ):
        text = "must be like https://example.org, without anything behind it"
        raise BadConfig(f"[files] url {text}, not {config.files.url!r}")
    for channel in config.channels.default:
        if not names.is_channel(channel, config.limits.channel):
            raise BadConfig(f"[channels] default must list channel names, like #general, not {channel!r}")
    for letter in config.channels.default_modes:
        if letter not in FLAGS:
            raise BadConfig(f"[channels] default_modes must consist of letters of {FLAGS}, not {letter!r}")
    if config.accounts.shortest_password > config.limits.password:
        most = config.limits.password
        raise BadConfig(f"[accounts] shortest_password must be at most [limits] password, which is {most}")
    if config.limits.drop_seconds <= config.limits.ping_seconds:
        least = config.limits.ping_seconds
        raise BadConfig(f"[limits] drop_seconds must be above ping_seconds, which is {least}")


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
    "files": FilesConfig,
    "limits": LimitsConfig,
}
