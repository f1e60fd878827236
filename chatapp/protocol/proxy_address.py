"""The address of a proxy: `socks5://name:password@host:port` or `http://host:port`.

`socks5` always lets the proxy look up the names of servers, like `socks5h` of other programs, which is
accepted too.

Source: RFC 3986 section 3.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote, unquote

from chatapp.languages.translation import _
from chatapp.protocol.addresses import join_host_port, normal_ipv6, parse_port, split_host_port

ProxyKind = Literal["socks5", "http"]

PORTS: dict[ProxyKind, int] = {"socks5": 1080, "http": 8080}  # of an address without a port
LONGEST_CREDENTIAL = 255  # bytes of a name or password: RFC 1929 section 2


_KINDS: dict[str, ProxyKind] = {"socks5": "socks5", "socks5h": "socks5", "socks": "socks5", "http": "http"}
_HOST = re.compile(r"[\w.-]+")
_PLACE = re.compile(r"\[[0-9A-Fa-f:.]+\](?::[0-9]+)?|[^\[\]:]+(?::[0-9]+)?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class BadProxy(ValueError):
    """A text is not the address of a proxy; the message says why, for the user."""


@dataclass(frozen=True, slots=True)
class ProxyAddress:
    """A proxy and how to log in to it.

    Attributes:
        user: The user name; empty if the proxy needs none.
    """

    kind: ProxyKind
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def parse(cls, text: str) -> ProxyAddress:
        """Read the address of a proxy.

        Raises:
            BadProxy: It is not valid, or of another kind.
        """
        scheme, separator, rest = text.strip().partition("://")
        kind = _KINDS.get(scheme.lower())
        if not separator or kind is None:
            raise BadProxy(_("A proxy is written as socks5://HOST:PORT or http://HOST:PORT."))
        *credentials, place = rest.partition("/")[0].rsplit("@", 1)
        user, password = [*"".join(credentials).split(":", 1), ""][:2]
        return cls.of(kind, place, unquote(user), unquote(password))

    @classmethod
    def of(cls, kind: ProxyKind, place: str, user: str = "", password: str = "") -> ProxyAddress:
        """Return a proxy of this kind.

        Args:
            place: `host` or `host:port`.

        Raises:
            BadProxy: A part is not valid.
        """
        host, port_text = split_host_port(place)
        port = parse_port(port_text) if port_text else PORTS[kind]
        if not _PLACE.fullmatch(place) or not _is_host(host):
            raise BadProxy(_("Enter the address of the proxy, such as proxy.example:1080."))
        if port is None:
            raise BadProxy(_("Enter a port of the proxy from 1 to 65535."))
        if password and not user:
            raise BadProxy(_("Enter the user name that belongs to the password of the proxy."))
        for each in (user, password):
            if _CONTROL.search(each) or len(each.encode(errors="replace")) > LONGEST_CREDENTIAL:
                raise BadProxy(
                    _("User name and password of a proxy are one line of up to {most} bytes.").format(
                        most=LONGEST_CREDENTIAL
                    )
                )
        if kind == "http" and ":" in user:
            raise BadProxy(_("The user name for an HTTP proxy cannot contain a colon."))
        return cls(kind, host.lower(), port, user, password)

    @property
    def place(self) -> str:
        """`host:port`."""
        return join_host_port(self.host, self.port)

    @property
    def without_password(self) -> ProxyAddress:
        """The same proxy without the password."""
        return ProxyAddress(self.kind, self.host, self.port, self.user)

    def __str__(self) -> str:
        user = quote(self.user, safe="") + (f":{quote(self.password, safe='')}" if self.password else "")
        return f"{self.kind}://{user}{'@' if user else ''}{self.place}"


def _is_host(host: str) -> bool:
    if ":" not in host:
        return _HOST.fullmatch(host) is not None
    try:
        return bool(normal_ipv6(host))
    except ValueError:
        return False
