"""The servers of the window: stored in the settings with their order and logins, without any secret.

Each server has a key, under which the settings hold its conversations as well: `host:port`, or
`nick@host:port` if another login on the same server has that one already. If a chat with another certificate
was at the address before, `/` and digits of its own certificate follow.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from chatapp.client.local.passwords import password_key
from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Encrypt, Login, without_proxy_password
from chatapp.protocol.addresses import LOCALHOST, is_valid_port, parse_port, split_host_port
from chatapp.protocol.names import fold

_ENCRYPT: dict[object, Encrypt] = {"auto": "auto", "always": "always", "never": "never"}


@dataclass(frozen=True, slots=True)
class SavedServer:
    """One server.

    Attributes:
        key: What its conversations are stored under.
        login: How to connect, without passwords and codes.
        name: The name of the chat.
        is_muted: Whether the user has muted it.
        is_local: Whether this computer runs it, started from a window.
        is_for_lan: Whether such a server listens on all addresses, as chats of the first version did.
        keeps_running: Whether such a server keeps running when the window is closed.
    """

    key: str
    login: Login
    name: str = ""
    is_muted: bool = False
    is_local: bool = False
    is_for_lan: bool = False
    keeps_running: bool = False


def load(settings: Settings) -> list[SavedServer]:
    """Return the servers in the order of the user. What is damaged is left out."""
    servers = (_server(key, settings.logins.get(key, {})) for key in settings.chats)
    return [each for each in servers if each is not None]


def are_several(settings: Settings) -> bool:
    """Return whether the last run had several servers, which are all connected again."""
    return len(load(settings)) > 1


def of_this_computer(settings: Settings, login: Login) -> SavedServer | None:
    """Return what is stored of the chat on this computer that has the port of a login, if anything is.

    The row of the same user is preferred.
    """
    here = replace(login, host=LOCALHOST)
    found = [each for each in load(settings) if each.login.address == here.address]
    return min(found, key=lambda each: (not each.is_local, not is_same(each.login, here)), default=None)


def store(settings: Settings, servers: Iterable[SavedServer]) -> None:
    """Store these servers and their order instead of those of before."""
    servers = list(servers)
    for each in servers:
        _note_move(settings, each, [other.login.address for other in servers])
    listed = {each.key: _values(each) for each in servers}
    if list(listed) != settings.chats:
        settings.chats = list(listed)
    if listed != settings.logins:
        settings.logins = listed


def free_key(login: Login, taken: Collection[str], chat: str = "") -> str:
    """Return a key for the server of a login that no other server of the window has.

    Args:
        chat: See `TrustedCertificates.chat`.
    """
    key = f"{login.address}/{chat}" if chat else login.address
    return key if key not in taken else f"{_user(login)}@{key}"


def chat_of(key: str) -> str:
    """Return what tells the chat of a key from the others at its address; empty for the first one."""
    return key.rpartition("@")[2].partition("/")[2]


def is_same(one: Login, other: Login) -> bool:
    """Return whether two logins are those of one user on one server."""
    here, there = ((each.host.casefold(), each.port) for each in (one, other))
    return here == there and _user(one) == _user(other)


def without_secrets(login: Login) -> Login:
    """Return a login without passwords and codes; the account exists by now."""
    proxy = without_proxy_password(login.proxy)
    return replace(
        login, password="", code="", server_password="", new_account=False, channels=(), proxy=proxy
    )


def as_stranger(login: Login) -> Login:
    """Return a login for another chat at the same address: the name, without what the first one accepted."""
    return replace(without_secrets(login), account="", remember=False)


def forget(settings: Settings, key: str) -> None:
    """Delete everything that is stored about the conversations on a server."""
    start = f"{key} "
    tables: tuple[dict[str, Any], ...] = (
        settings.drafts, settings.draft_files, settings.notify, settings.keys, settings.read,
        settings.marked_unread,
    )  # fmt: skip
    for table in tables:
        for each in [each for each in table if each.startswith(start)]:
            del table[each]
    for plain in (settings.current, settings.seen, settings.guest_keys):
        plain.pop(key, None)
    for name in ("muted", "favourites", "folded", "ignored", "conversations"):
        kept = [each for each in getattr(settings, name) if not each.startswith(start)]
        setattr(settings, name, kept)


def replace_address(settings: Settings, old: str, new: str) -> None:
    """Note that the chat at an address that was used before is at another one now."""
    if old in settings.servers:
        settings.servers = list(dict.fromkeys(new if each == old else each for each in settings.servers))


def _note_move(settings: Settings, server: SavedServer, addresses: Collection[str]) -> None:
    """Note the new address of a server on this computer that listens on another port than before."""
    before = _server(server.key, settings.logins.get(server.key, {}))
    old, new = before.login.address if before else "", server.login.address
    if before is None or not server.is_local or old == new:
        return
    if old not in addresses:
        replace_address(settings, old, new)
    old_key, new_key = password_key(before.login), password_key(server.login)
    if old_key in settings.remembered:
        renamed = (new_key if each == old_key else each for each in settings.remembered)
        settings.remembered = list(dict.fromkeys(renamed))


def _user(login: Login) -> str:
    return fold(login.account or login.nick)


def _values(server: SavedServer) -> dict[str, Any]:
    login = without_secrets(server.login)
    values: dict[str, Any] = {
        "server": login.address,
        "nick": login.nick,
        "display_name": login.display_name,
        "realname": login.realname,
        "account": login.account,
        "encrypt": login.encrypt,
        "pin": login.pin,
        "remember": login.remember,
        "proxy": login.proxy,
        "name": server.name,
        "muted": server.is_muted,
        "local": server.is_local,
        "lan": server.is_for_lan,
        "keep": server.keeps_running,
    }
    return {name: value for name, value in values.items() if value}


def _server(key: str, values: dict[str, Any]) -> SavedServer | None:
    def text(name: str) -> str:
        value = values.get(name, "")
        return value if isinstance(value, str) else ""

    host, port_text = split_host_port(text("server"))
    port = parse_port(port_text) or PORT
    if not host or not text("nick") or not is_valid_port(port):
        return None
    login = Login(
        host,
        port,
        text("nick"),
        realname=text("realname"),
        encrypt=_ENCRYPT.get(text("encrypt"), "auto"),
        pin=text("pin"),
        account=text("account"),
        remember=values.get("remember") is True,
        display_name=text("display_name"),
        proxy=text("proxy"),
    )
    return SavedServer(
        key,
        login,
        text("name"),
        is_muted=values.get("muted") is True,
        is_local=values.get("local") is True,
        is_for_lan=values.get("lan") is True,
        keeps_running=values.get("keep") is True,
    )
