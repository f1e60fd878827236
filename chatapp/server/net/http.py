"""The part of HTTP that the server speaks: one page, /health, and the upgrade to a WebSocket.

Requests about files are read and answered with the same functions, see `file_exchange`.

Source: RFC 9112, RFC 9110; RFC 6455 section 4.2.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

from chatapp.protocol import http_origin
from chatapp.server.net.policy import Site
from chatapp.server.net.websocket import SUBPROTOCOLS, accept_key

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT")
HEAD_BYTES = 8192  # the most of request line and header fields
SNIFF_BYTES = max(map(len, METHODS)) + 1  # enough bytes to recognise a request

_NO_FIELDS: Mapping[str, str] = {}
_KEY_BYTES = 16
_VERSION = "13"
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # of a field
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_TARGET = re.compile(r"(?:https?://(?P<authority>[^/?#]+))?(?P<path>/[^?#]*)?(?:[?#].*)?", re.IGNORECASE)
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{network}</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ font: 1.1rem/1.6 system-ui, sans-serif; max-width: 38rem; margin: 12vh auto; padding: 0 1rem }}
  code {{ word-break: break-all }}
</style>
<h1>{network}</h1>
<p>This is a chat server. To join, open Chatapp and paste this link as the server:</p>
<p><code>{invite}</code></p>
<p>Any IRC client works too: the address is this page's, with TLS.</p>
"""


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """The head of a request.

    Args:
        fields: The header fields, by their names in lower case. Bytes that are not ASCII are read as Latin-1.
        is_persistent: Whether another request may follow on the connection.
    """

    method: str
    path: str
    fields: Mapping[str, str]
    is_persistent: bool = False

    def tokens(self, field: str) -> list[str]:
        """Return the comma-separated tokens of a field, in lower case."""
        return [word.strip().lower() for word in self.fields.get(field, "").split(",") if word.strip()]


class HttpError(Exception):
    """A request cannot be served; `response` says why."""

    def __init__(self, status: HTTPStatus, text: str = "", fields: Mapping[str, str] = _NO_FIELDS) -> None:
        super().__init__(status)
        self.response = respond(status, f"{text or status.description or status.phrase}\n", fields=fields)


def is_request(data: bytes) -> bool:
    """Return whether these first bytes of a connection begin an HTTP request."""
    return data.partition(b" ")[0].decode("latin-1") in METHODS and b" " in data


def read(data: bytes) -> HttpRequest | None:
    """Read a request; None while its head is not complete.

    Raises:
        HttpError: It is malformed or too long.
    """
    head, end, _ = data.partition(b"\r\n\r\n")
    if len(head) > HEAD_BYTES:
        raise HttpError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
    if not end:
        return None
    try:
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, version = first.split(" ")
        target.encode("ascii")
    except ValueError as error:
        raise HttpError(HTTPStatus.BAD_REQUEST) from error
    if any(map(_CONTROL.search, (first, *lines))):
        raise HttpError(HTTPStatus.BAD_REQUEST)
    if version not in ("HTTP/1.1", "HTTP/1.0"):
        raise HttpError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        key = name.lower()
        if not colon or not _NAME.fullmatch(name) or (key == "host" and key in fields):
            raise HttpError(HTTPStatus.BAD_REQUEST)
        fields[key] = f"{fields[key]}, {value.strip()}" if key in fields else value.strip()
    match = _TARGET.fullmatch(target)
    if not match or not (match["authority"] or match["path"]):
        raise HttpError(HTTPStatus.BAD_REQUEST)
    if match["authority"]:
        fields["host"] = match["authority"]  # RFC 9112 section 3.2.2: replaces the field
    request = HttpRequest(method, match["path"] or "/", fields)
    return replace(
        request, is_persistent=version == "HTTP/1.1" and "close" not in request.tokens("connection")
    )


def check_host(request: HttpRequest, site: Site) -> None:
    """Check that the request means this server, by one of its names.

    Raises:
        HttpError: 400 for a malformed `Host`, 403 for the name of another server.
    """
    if "host" not in request.fields:
        return  # not a browser: all browsers send it
    try:
        host = http_origin.parse_authority(request.fields["host"]).host
    except ValueError as error:
        raise HttpError(HTTPStatus.BAD_REQUEST) from error
    if not http_origin.is_own_host(host, site.names):
        text = "This server has another name. If you run it, add this site to origins in [web]"
        raise HttpError(HTTPStatus.FORBIDDEN, text)


def check_origin(request: HttpRequest, origins: Container[str]) -> None:
    """Check that a request comes from this server's page, a page that the configuration allows, or no page.

    Without this check, any web page that a user visits could talk to a server on the user's computer, or
    upload files with the password that the browser has stored.

    Args:
        origins: Sites whose pages are allowed, as browsers write them.

    Raises:
        HttpError: 403 for another page.
    """
    origin, host = request.fields.get("origin", ""), request.fields.get("host", "")
    if origin and origin not in origins and not http_origin.is_same_origin(origin, host):
        raise HttpError(HTTPStatus.FORBIDDEN, "Pages of this origin may not connect to this server")


def serve(request: HttpRequest, site: Site) -> bytes:
    """Return the response to a request that is not an upgrade to a WebSocket.

    Raises:
        HttpError: 404 or 405.
    """
    if request.path not in ("/", "/health"):
        raise HttpError(HTTPStatus.NOT_FOUND)
    if request.method not in ("GET", "HEAD"):
        raise HttpError(HTTPStatus.METHOD_NOT_ALLOWED, fields={"Allow": "GET, HEAD"})
    if request.path == "/health":
        body, kind = f"ok\n{site.network}\n", "text/plain"
    else:
        body = _PAGE.format(network=html.escape(site.network), invite=html.escape(site.invite))
        kind = "text/html"
    return respond(HTTPStatus.OK, body, kind, with_body=request.method == "GET")


def is_upgrade(request: HttpRequest) -> bool:
    """Return whether a request asks for a WebSocket."""
    return "websocket" in request.tokens("upgrade")


def upgrade(request: HttpRequest, site: Site) -> tuple[bytes, str]:
    """Return the response that begins a WebSocket, and the agreed subprotocol ("" for none).

    Raises:
        HttpError: The request is not a valid upgrade, or comes from a page of another site.
    """
    fields = request.fields
    if request.method != "GET" or "upgrade" not in request.tokens("connection"):
        raise HttpError(HTTPStatus.BAD_REQUEST)
    if fields.get("sec-websocket-version") != _VERSION:
        wanted = {"Upgrade": "websocket", "Sec-WebSocket-Version": _VERSION}
        raise HttpError(HTTPStatus.UPGRADE_REQUIRED, fields=wanted)
    key = fields.get("sec-websocket-key", "")
    if not _is_key(key):
        raise HttpError(HTTPStatus.BAD_REQUEST)
    check_origin(request, site.origins)
    offered = request.tokens("sec-websocket-protocol")
    agreed = next((name for name in offered if name in SUBPROTOCOLS), "")
    lines = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"]
    lines.append(f"Sec-WebSocket-Accept: {accept_key(key)}")
    if agreed:
        lines.append(f"Sec-WebSocket-Protocol: {agreed}")
    return "\r\n".join([*lines, "", ""]).encode(), agreed


def respond(
    status: HTTPStatus,
    body: str,
    kind: str = "text/plain",
    with_body: bool = True,
    fields: Mapping[str, str] = _NO_FIELDS,
    is_last: bool = True,
) -> bytes:
    """Return a whole response.

    Args:
        is_last: Whether the connection ends after it.
    """
    data = body.encode()
    lines = [f"HTTP/1.1 {status.value} {status.phrase}"]
    if status != HTTPStatus.NO_CONTENT:
        lines += [f"Content-Type: {kind}; charset=utf-8", f"Content-Length: {len(data)}"]
    lines += [
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options: nosniff",
        *(["Connection: close"] if is_last else ()),
        *(f"{name}: {value}" for name, value in fields.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + (data if with_body else b"")


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == _KEY_BYTES
    except (binascii.Error, ValueError):
        return False
