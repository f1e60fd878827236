"""Responses to downloads: what a browser may show, what it only saves, ranges, and what it has already.

A file is never executed on the page of another: browsers take the type from `Content-Type` alone (`nosniff`),
and the policy forbids scripts and everything that would be loaded. Only pictures, PDF, sound, video and plain
text are shown; all other files are saved.

Source: RFC 9110, RFC 9111 (caching), RFC 8594 (Sunset), RFC 8288 (Link), HTML (sizes of a link).
"""

from __future__ import annotations

from collections.abc import Container
from http import HTTPStatus
from typing import NamedTuple

from chatapp.protocol.content_disposition import content_disposition
from chatapp.server.net import http_fields
from chatapp.server.net.http import HttpRequest
from chatapp.server.net.http_fields import Unsatisfiable
from chatapp.server.state.file_transfers import FileFound

CACHE_SECONDS = 24 * 3600
"""The time for which a browser may show its own copy; a deleted file is gone everywhere after it."""

_SHOWN = frozenset({"image/png", "image/gif", "image/jpeg", "image/webp", "application/pdf", "text/plain"})
_SHOWN_KINDS = ("audio/", "video/")
_SAVED_TYPE = "application/octet-stream"
_PDF = "application/pdf"
_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'"


class Preview(NamedTuple):
    """The thumbnail of a file: its path, and its size in pixels."""

    path: str
    width: int
    height: int


class Download(NamedTuple):
    """A response: its head, and which bytes of the contents follow it."""

    head: bytes
    bytes: range


def respond(
    found: FileFound,
    request: HttpRequest,
    now: int,
    is_last: bool = True,
    preview: Preview | None = None,
    origins: Container[str] = (),
) -> Download:
    """Return the response to GET or HEAD.

    Args:
        now: In milliseconds since 1970.
        is_last: Whether the connection ends after it.
        preview: Its thumbnail; None for none.
        origins: See `grants`.
    """
    status, part = _status(found, request)
    is_pictured = status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT)
    fields = _validators(found, now)
    if is_pictured:
        fields += _description(found, preview)
        fields.append(f"Content-Length: {len(part)}")
    if status == HTTPStatus.PARTIAL_CONTENT:
        fields.append(f"Content-Range: bytes {part.start}-{part.stop - 1}/{found.size}")
    elif status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        fields += [f"Content-Range: bytes */{found.size}", "Content-Length: 0"]
    fields += [f"{name}: {value}" for name, value in grants(request, origins).items()]
    if is_last:
        fields.append("Connection: close")
    head = "\r\n".join([f"HTTP/1.1 {status.value} {status.phrase}", *fields, "", ""]).encode()
    return Download(head, part if is_pictured and request.method == "GET" else range(0))


def grants(request: HttpRequest, origins: Container[str]) -> dict[str, str]:
    """Return the fields that let a page of another site use files, if the configuration allows that site.

    Source: Fetch Standard, section 3.3 (CORS protocol).

    Args:
        origins: Sites whose pages may do so, as browsers write them.
    """
    origin = request.fields.get("origin", "")
    if not origin or origin not in origins:
        return {}
    fields = {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "ETag, Link, Location, Sunset",
        "Vary": "Origin",
    }
    if "access-control-request-method" in request.fields:
        fields["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
        fields["Access-Control-Allow-Headers"] = "Authorization, Content-Disposition, Content-Type"
    return fields


def _status(found: FileFound, request: HttpRequest) -> tuple[HTTPStatus, range]:
    """Return the status and the bytes asked for."""
    fields, everything = request.fields, range(found.size)
    if _has_copy(found, request):
        return HTTPStatus.NOT_MODIFIED, range(0)
    if_range = fields.get("if-range")
    is_current = if_range is None or http_fields.is_same_version(if_range, found.sha256, found.created)
    if request.method == "GET" and "range" in fields and is_current:
        try:
            part = http_fields.byte_range(fields["range"], found.size)
        except Unsatisfiable:
            return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, range(0)
        if part is not None:
            return HTTPStatus.PARTIAL_CONTENT, part
    return HTTPStatus.OK, everything


def _has_copy(found: FileFound, request: HttpRequest) -> bool:
    """Return whether the client has these contents already."""
    tags = request.fields.get("if-none-match")
    if tags is not None:
        return http_fields.names_etag(tags, found.sha256)
    since = request.fields.get("if-modified-since")
    return since is not None and http_fields.is_unchanged_since(since, found.created)


def _validators(found: FileFound, now: int) -> list[str]:
    """Return the fields about the time, copies of the file, and its end."""
    seconds = CACHE_SECONDS
    fields = [
        f"Date: {http_fields.http_date(now)}",
        f'ETag: "{found.sha256}"',
        f"Last-Modified: {http_fields.http_date(found.created)}",
    ]
    if found.expires is not None:
        seconds = max(0, min(seconds, (found.expires - now) // 1000))
        fields.append(f"Sunset: {http_fields.http_date(found.expires)}")
    return [*fields, f"Cache-Control: private, max-age={seconds}"]


def _description(found: FileFound, preview: Preview | None) -> list[str]:
    """Return the fields about the contents and how they are shown."""
    is_shown = found.media_type in _SHOWN or found.media_type.startswith(_SHOWN_KINDS)
    shown_type = "text/plain; charset=utf-8" if found.media_type == "text/plain" else found.media_type
    # browsers show no PDF in a sandbox, and a script in a PDF cannot leave it
    policy = _POLICY if found.media_type == _PDF else f"{_POLICY}; sandbox"
    fields = [
        f"Content-Type: {shown_type if is_shown else _SAVED_TYPE}",
        f"Content-Disposition: {content_disposition('inline' if is_shown else 'attachment', found.name)}",
        "Accept-Ranges: bytes",
        "X-Content-Type-Options: nosniff",
        f"Content-Security-Policy: {policy}",
        "Referrer-Policy: no-referrer",
    ]
    if preview:
        size = f"{preview.width}x{preview.height}"  # as HTML writes it
        fields.append(f'Link: <{preview.path}>; rel="preview"; type="image/png"; sizes="{size}"')
    return fields
