"""Connects to a server through a SOCKS5 or HTTP proxy. The proxy looks up the name of the server.

    dial the proxy > its login > which server > from here on the bytes of the server

Exactly the bytes of the proxy are read, so that the first bytes of the server stay in the socket.

Source: RFC 1928 and RFC 1929 (SOCKS5), RFC 9110 section 9.3.6 (CONNECT), RFC 7617 (Basic).
"""

from __future__ import annotations

import base64
import logging
import re
import socket
import time
from collections.abc import Callable

from chatapp.client.transport.dial import CONNECT_SECONDS, Unreachable, UnreachableKind, dial
from chatapp.client.transport.proxy_socket import ProxyEnded, ProxySocket, WaitCancelled
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import join_host_port, packed, parse_address
from chatapp.protocol.proxy_address import ProxyAddress

ANSWER_SECONDS = 30.0  # for everything that the proxy has to answer; it connects to the server meanwhile
LONGEST_HEAD = 16384  # bytes of the answer of an HTTP proxy

_VERSION, _LOGIN_VERSION = 5, 1
_NO_LOGIN, _PASSWORD_LOGIN = 0, 2
_CONNECT = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4
_ADDRESS_BYTES = {_IPV4: 4, _IPV6: 16}
_NAME_IN_ASCII = re.compile(r"[A-Za-z0-9._-]{1,253}")
_STATUS = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: ([^\r\n]*))?\r?\n")

_SOCKS_REFUSALS: dict[int, tuple[UnreachableKind, str]] = {
    2: ("proxy", N_("The proxy {proxy} does not allow connections to {server}.")),
    3: ("host", N_("The proxy {proxy} cannot reach the network of {server}.")),
    4: ("host", N_("The proxy {proxy} cannot reach {server}. Check the spelling of its address.")),
    5: ("refused", N_("The proxy {proxy} can reach {host}, but no server answers on port {port}.")),
    6: ("timeout", N_("{server} did not answer the proxy {proxy} in time.")),
    7: ("proxy", N_("The proxy {proxy} does not make connections for chat.")),
    8: (
        "proxy",
        N_("The proxy {proxy} does not support this kind of address. Use the name of the server instead."),
    ),
}
_HTTP_REFUSALS: dict[int, tuple[UnreachableKind, str]] = {
    403: ("proxy", N_("The proxy {proxy} does not allow connections to {server}.")),
    405: ("proxy", N_("The proxy {proxy} does not make connections for chat.")),
    501: ("proxy", N_("The proxy {proxy} does not make connections for chat.")),
    404: ("host", N_("The proxy {proxy} cannot reach {server}. Check the spelling of its address.")),
    502: ("host", N_("The proxy {proxy} cannot reach {server}. Check its address and port.")),
    503: ("host", N_("The proxy {proxy} cannot reach {server} at present.")),
    504: ("timeout", N_("{server} did not answer the proxy {proxy} in time.")),
}

_OTHER_REFUSAL: tuple[UnreachableKind, str] = (
    "proxy",
    N_("The proxy {proxy} cannot connect to {server}. It answered: {detail}."),
)

log = logging.getLogger(__name__)


def dial_through(
    proxy: ProxyAddress,
    host: str,
    port: int,
    wake: socket.socket,
    cancelled: Callable[[], bool],
    seconds: float = CONNECT_SECONDS,
    answer_seconds: float = ANSWER_SECONDS,
) -> socket.socket | None:
    """Connect to a host through a proxy.

    Args:
        wake: Becomes readable when `cancelled` has to be checked.
        cancelled: Whether to give up.
        seconds: How long to try to reach the proxy.
        answer_seconds: How long to wait until the proxy is connected with the server.

    Returns:
        A non-blocking socket whose other end is the server; None when cancelled.

    Raises:
        Unreachable: It failed, with the reason for the user.

    Thread:
        One that may block.
    """
    server = _for_proxy(host)
    try:
        sock = dial(proxy.host, proxy.port, wake, cancelled, seconds)
    except Unreachable as error:
        raise Unreachable(
            "proxy",
            _("The proxy {proxy} cannot be reached. {reason}").format(proxy=proxy.place, reason=error.reason),
        ) from error
    if sock is None:
        return None
    waiting = ProxySocket(sock, wake, cancelled, time.monotonic() + answer_seconds)
    try:
        (_open_socks5 if proxy.kind == "socks5" else _open_http)(waiting, proxy, server, port)
    except WaitCancelled:
        sock.close()
        return None
    except (ProxyEnded, OSError) as error:
        sock.close()
        log.info("proxy %s: %r", proxy.place, error)
        raise _broken(proxy, error, answer_seconds) from error
    except Unreachable:
        sock.close()
        raise
    return sock


def _open_socks5(sock: ProxySocket, proxy: ProxyAddress, host: str, port: int) -> None:
    """Log in and open the tunnel: RFC 1928 sections 3 to 6."""
    methods = [_NO_LOGIN, _PASSWORD_LOGIN] if proxy.user else [_NO_LOGIN]
    sock.send(bytes([_VERSION, len(methods), *methods]))
    version, method = sock.read(2)
    if version != _VERSION:
        raise _not_a_proxy(proxy)
    if method == _PASSWORD_LOGIN and proxy.user:
        user, password = proxy.user.encode(), proxy.password.encode()
        sock.send(bytes([_LOGIN_VERSION, len(user)]) + user + bytes([len(password)]) + password)
        if sock.read(2)[1] != 0:
            raise _wrong_login(proxy)
    elif method != _NO_LOGIN:
        raise _needs_login(proxy)
    sock.send(bytes([_VERSION, _CONNECT, 0]) + _socks_address(host) + port.to_bytes(2, "big"))
    version, reply, _, kind = sock.read(4)
    if version != _VERSION:
        raise _not_a_proxy(proxy)
    if reply != 0:
        raise _refused(_SOCKS_REFUSALS.get(reply, _OTHER_REFUSAL), proxy, host, port, f"code {reply}")
    length = sock.read(1)[0] if kind == _NAME else _ADDRESS_BYTES.get(kind)
    if length is None:
        raise _not_a_proxy(proxy)
    sock.read(length + 2)  # the address at the proxy, which nobody needs


def _open_http(sock: ProxySocket, proxy: ProxyAddress, host: str, port: int) -> None:
    """Open the tunnel by CONNECT, with the login at once if there is one."""
    place = join_host_port(host, port)
    lines = [f"CONNECT {place} HTTP/1.1", f"Host: {place}"]
    if proxy.user:
        login = base64.b64encode(f"{proxy.user}:{proxy.password}".encode()).decode("ascii")
        lines.append(f"Proxy-Authorization: Basic {login}")
    sock.send("".join(f"{line}\r\n" for line in [*lines, ""]).encode("ascii"))
    found = _STATUS.match(sock.read_head(LONGEST_HEAD))
    if not found:
        raise _not_a_proxy(proxy)
    status = int(found[1])
    if status == 407:
        raise _wrong_login(proxy) if proxy.user else _needs_login(proxy)
    if not 200 <= status < 300:
        detail = f"{status} {(found[2] or b'').decode(errors='replace')}".strip()
        raise _refused(_HTTP_REFUSALS.get(status, _OTHER_REFUSAL), proxy, host, port, detail)


def _for_proxy(host: str) -> str:
    """Return a host as it is written in a request to a proxy: an address, or a name in ASCII."""
    if "%" in host:
        reason = _("{host} is an address on this network only, which a proxy cannot reach.").format(host=host)
        raise Unreachable("host", reason)
    if parse_address(host) is not None:
        return host
    try:
        name = host.removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if not _NAME_IN_ASCII.fullmatch(name):
        raise Unreachable("host", _("“{host}” is not a valid server address.").format(host=host))
    return name


def _socks_address(host: str) -> bytes:
    if parse_address(host) is None:
        return bytes([_NAME, len(host)]) + host.encode("ascii")
    address = packed(host)
    return bytes([_IPV4 if len(address) == _ADDRESS_BYTES[_IPV4] else _IPV6]) + address


def _refused(
    refusal: tuple[UnreachableKind, str], proxy: ProxyAddress, host: str, port: int, detail: str
) -> Unreachable:
    kind, text = refusal
    log.info("proxy %s refused %s port %s: %s", proxy.place, host, port, detail)
    server = join_host_port(host, port)
    return Unreachable(
        kind, _(text).format(proxy=proxy.place, server=server, host=host, port=port, detail=detail)
    )


def _needs_login(proxy: ProxyAddress) -> Unreachable:
    return Unreachable(
        "proxy", _("The proxy {proxy} needs a user name and a password.").format(proxy=proxy.place)
    )


def _wrong_login(proxy: ProxyAddress) -> Unreachable:
    return Unreachable(
        "proxy", _("The proxy {proxy} does not accept this user name and password.").format(proxy=proxy.place)
    )


def _not_a_proxy(proxy: ProxyAddress) -> Unreachable:
    kind = "SOCKS5" if proxy.kind == "socks5" else "HTTP"
    return Unreachable(
        "proxy",
        _("What answers at {proxy} is not a proxy of the kind {kind}.").format(proxy=proxy.place, kind=kind),
    )


def _broken(proxy: ProxyAddress, error: Exception, seconds: float) -> Unreachable:
    if isinstance(error, TimeoutError):
        return Unreachable(
            "proxy",
            _("The proxy {proxy} did not answer within {seconds:.0f} seconds.").format(
                proxy=proxy.place, seconds=seconds
            ),
        )
    return Unreachable(
        "proxy", _("The proxy {proxy} has closed the connection without an answer.").format(proxy=proxy.place)
    )
