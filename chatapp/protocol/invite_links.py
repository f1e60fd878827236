"""Invite links: the address of a server, channels to join, a certificate fingerprint, an invite code.

    ircs://192.168.1.20:5000/general,help?pin=sha256:9f86d0…&code=k3-ab9
    irc://irc.example.org/%23%23python
    chat://192.168.1.20/?code=K7QX-29FM

`ircs` and `chat` require TLS, and so does a pin. A name in the path without a channel prefix gets a `#`.

Source: the irc:// scheme in common use (draft-butcher-irc-url), RFC 3986. `pin` and `code` are additions of
Chatapp, and so is `chat`: a short form for links that are read by people, with the usual port of Chatapp.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from chatapp.languages.translation import _
from chatapp.protocol.addresses import is_valid_port, normal_ipv4, normal_ipv6

PORT_PLAIN, PORT_TLS, PORT_CHAT = 6667, 6697, 5000  # of links irc, ircs and chat without a port
LONGEST = 2048  # characters of a link
LONGEST_CHANNEL = 200  # characters
LONGEST_CODE = 128  # characters
MOST_CHANNELS = 20

_PIN = "sha256:"
_CHANNEL_TYPES = "#&"
_LINK = re.compile(
    r"(?P<scheme>ircs?|chat)://(?P<host>\[[^\]]*\]|[^][/?#:@]*)(?::(?P<port>[0-9]{1,5}))?"
    r"(?:/|(?=[#?])|$)(?P<path>[^?]*)(?:\?(?P<query>[^#]*)(?:#.*)?)?",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"(?:ircs?|chat)://", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_DIGITS = re.compile(r"[0-9.]+")
_HEX = re.compile(r"[0-9a-f]{64}")
_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


class BadInvite(ValueError):
    """A text is not a valid invite link; the message says why, for the user."""


@dataclass(frozen=True, slots=True)
class Invite:
    """The parts of an invite link.

    Attributes:
        pin: The SHA-256 of the server's certificate, 64 hexadecimal digits; empty for no pin.
        code: An invite code that allows its user to register an account; empty for none.
        secure: Whether TLS is required.
    """

    host: str
    port: int
    channels: tuple[str, ...] = ()
    pin: str = ""
    code: str = field(default="", repr=False)
    secure: bool = True

    @classmethod
    def parse(cls, text: str) -> Invite:
        """Read a link.

        Raises:
            BadInvite: It is not valid.
        """
        link = text.strip()
        if len(link) > LONGEST:
            raise BadInvite(_("This link is too long."))
        if not is_link(link):
            raise BadInvite(_("An invite link begins with chat://, ircs:// or irc://."))
        if _INVISIBLE.search(link) or _ESCAPE.search(link):
            raise BadInvite(
                _("This link contains characters that are not allowed. Copy the whole link again.")
            )
        if "@" in link.partition("://")[2].partition("/")[0]:
            raise BadInvite(_("This link contains a name or a password. Such links are not opened."))
        match = _LINK.fullmatch(link)
        if not match:
            raise BadInvite(_("This link has no valid address."))
        values = _values(match["query"] or "")
        pin = _pin(values.get("pin", ""))
        scheme = match["scheme"].lower()
        secure = scheme != "irc" or bool(pin)
        port = int(match["port"] or (PORT_CHAT if scheme == "chat" else PORT_TLS if secure else PORT_PLAIN))
        if not is_valid_port(port):
            raise BadInvite(_("The port in this link is not valid: ports are numbers from 1 to 65535."))
        return cls(_host(match["host"]), port, _channels(match["path"]), pin, _code(values), secure)

    def __str__(self) -> str:
        scheme = "ircs" if self.secure or self.pin else "irc"
        return f"{scheme}://{self._escaped_host}:{self.port}/{self._rest}"

    @property
    def chat_link(self) -> str:
        """The link with the scheme `chat`, which names the port only if it is not the usual one.

        It requires TLS, so one without it remains an irc:// link.
        """
        if not (self.secure or self.pin):
            return str(self)
        port = "" if self.port == PORT_CHAT else f":{self.port}"
        return f"chat://{self._escaped_host}{port}/{self._rest}"

    @property
    def _escaped_host(self) -> str:
        return f"[{self.host.replace('%', '%25')}]" if ":" in self.host else quote(self.host, safe="")

    @property
    def _rest(self) -> str:
        """What follows the slash after the address."""
        path = ",".join(map(_escaped_channel, self.channels))
        values = [f"pin={_PIN}{self.pin}"] if self.pin else []
        values += [f"code={quote(self.code, safe='')}"] if self.code else []
        return f"{path}{'?' if values else ''}{'&'.join(values)}"


def is_link(text: str) -> bool:
    """Return whether a text begins like an invite link, valid or not."""
    return _SCHEME.match(text.strip()) is not None


def _host(text: str) -> str:
    host = _unescape(text)
    try:
        if text.startswith("["):
            return normal_ipv6(host[1:-1])
        if _DIGITS.fullmatch(host):
            return normal_ipv4(host)
    except ValueError:
        raise BadInvite(_("“{text}” is not a valid IP address.").format(text=text)) from None
    labels = host.removesuffix(".").split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        raise BadInvite(_("This link has no valid address."))
    return host.lower()


def _channels(path: str) -> tuple[str, ...]:
    """Return the channels of a path, each once."""
    names = [_unescape(part) for part in path.split(",") if part]
    channels = dict.fromkeys(name if name[0] in _CHANNEL_TYPES else f"#{name}" for name in names)
    if len(channels) > MOST_CHANNELS:
        raise BadInvite(_("This link names more than {most} channels.").format(most=MOST_CHANNELS))
    for name in channels:
        if not 1 < len(name) <= LONGEST_CHANNEL or _INVISIBLE.search(name) or "," in name:
            raise BadInvite(_("This link names a channel that is not valid."))
    return tuple(channels)


def _values(query: str) -> dict[str, str]:
    """Return the first value of each key. Unknown keys are ignored: other programs may define them."""
    values: dict[str, str] = {}
    for pair in query.split("&"):
        key, _, value = pair.partition("=")
        values.setdefault(key.lower(), _unescape(value))
    return values


def _pin(text: str) -> str:
    if not text:
        return ""
    digits = text.lower().removeprefix(_PIN).replace(":", "")
    if not text.lower().startswith(_PIN) or not _HEX.fullmatch(digits):
        raise BadInvite(_("The fingerprint in this link is damaged. Copy the whole link again."))
    return digits


def _code(values: dict[str, str]) -> str:
    code = values.get("code", "")
    if len(code) > LONGEST_CODE or _INVISIBLE.search(code):
        raise BadInvite(_("The invite code in this link is damaged. Copy the whole link again."))
    return code


def _unescape(escaped: str) -> str:
    try:
        return unquote(escaped, errors="strict")
    except UnicodeDecodeError:
        raise BadInvite(_("This link contains bytes that are not UTF-8 text.")) from None


def _escaped_channel(channel: str) -> str:
    """Write a channel for a path: without its `#`, unless the rest would be read as another channel."""
    short = channel.removeprefix("#")
    return quote(channel if short == channel or short[0] in _CHANNEL_TYPES else short, safe="")
