"""Reads HTTP requests about files: uploads, downloads, thumbnails.

    POST, OPTIONS        /upload, /upload/TOKEN
    GET, HEAD, DELETE    /files/ID/NAME
    GET, HEAD, PUT       /thumbnails/ID

Source: RFC 9110; RFC 9530 (Content-Digest); soju's specification of file uploads;
draft-ietf-httpapi-idempotency-key-header.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from chatapp.protocol import content_disposition
from chatapp.server.net import http_fields
from chatapp.server.net.http import HttpError, HttpRequest
from chatapp.server.net.http_body import Body, ChunkedBody, SizedBody
from chatapp.server.state.file_transfers import FileRequest, FileRequestKind

CONTINUE = "100-continue"

_KINDS: Mapping[str, Mapping[str, FileRequestKind]] = {
    "upload": {"POST": "upload", "OPTIONS": "options"},
    "files": {"GET": "download", "HEAD": "download", "DELETE": "delete"},
    "thumbnails": {"GET": "thumbnail", "HEAD": "thumbnail", "PUT": "put thumbnail"},
}
"""The first part of the path, the method, and what they ask for."""

_WITH_BODY: tuple[FileRequestKind, ...] = ("upload", "put thumbnail")
_BY_POST = "Files are sent with POST, for example: curl --data-binary @FILE URL"
_RAW = "Send the file itself as the body of the request"


def is_file_path(path: str) -> bool:
    """Return whether requests for this path are about files."""
    first, slash, _ = path[1:].partition("/")
    return first in _KINDS and (bool(slash) or first == "upload")


def read(request: HttpRequest) -> FileRequest:
    """Return what a request with such a path asks for.

    Raises:
        HttpError: It cannot be served.
    """
    place, _, rest = request.path[1:].partition("/")
    kind = _KINDS[place].get(request.method)
    if kind is None:
        text = _BY_POST if place == "upload" else ""
        raise HttpError(HTTPStatus.METHOD_NOT_ALLOWED, text, {"Allow": ", ".join(_KINDS[place])})
    if request.fields.get("expect", CONTINUE).lower() != CONTINUE:
        raise HttpError(HTTPStatus.EXPECTATION_FAILED)
    size = body_size(request)
    if kind in _WITH_BODY:
        _check_body(request)
    return FileRequest(
        kind,
        id="" if place == "upload" else rest.partition("/")[0],
        name=content_disposition.file_name(request.fields.get("content-disposition", "")),
        media_type=http_fields.media_type(request.fields.get("content-type", "")),
        size=size,
        authorization=request.fields.get("authorization", ""),
        token=rest if place == "upload" else "",
        key=request.fields.get("idempotency-key", ""),
        sha256=http_fields.sha256_digest(request.fields.get("content-digest", "")),
    )


def has_body(request: HttpRequest) -> bool:
    """Return whether a body follows the head."""
    return "transfer-encoding" in request.fields or request.fields.get("content-length", "0").strip("0") != ""


def body_size(request: HttpRequest) -> int | None:
    """Return the size of the body; None if there is none, or if it is known only at its end.

    Raises:
        HttpError: Its length is malformed or contradictory, or it is encoded in an unknown way.
    """
    coding, length = request.fields.get("transfer-encoding"), request.fields.get("content-length")
    if coding is not None:
        if length is not None:
            raise HttpError(HTTPStatus.BAD_REQUEST, "A chunked body has no Content-Length")
        if coding.lower() != "chunked":
            raise HttpError(HTTPStatus.NOT_IMPLEMENTED, "The only transfer encoding here is chunked")
        return None
    try:
        return None if length is None else http_fields.content_length(length)
    except ValueError as error:
        raise HttpError(HTTPStatus.BAD_REQUEST, "Content-Length is malformed") from error


def body_of(request: HttpRequest) -> Body:
    """Return the body of a request that `read` has accepted, to be received."""
    size = body_size(request)
    return ChunkedBody() if size is None else SizedBody(size)


def _check_body(request: HttpRequest) -> None:
    fields = request.fields
    if "transfer-encoding" not in fields and "content-length" not in fields:
        raise HttpError(HTTPStatus.LENGTH_REQUIRED)
    if "content-range" in fields:
        raise HttpError(HTTPStatus.BAD_REQUEST, "A part of a file cannot be uploaded")
    if fields.get("content-encoding", "identity").lower() != "identity":
        raise HttpError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _RAW, {"Accept-Encoding": "identity"})
