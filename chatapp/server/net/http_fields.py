"""Header fields of requests about files and of their responses: types, lengths, ranges, validators.

Source: RFC 9110 (HTTP semantics); RFC 9530 (Content-Digest)
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

LENGTH_DIGITS = 15  # of the longest Content-Length that is read; a million gigabytes

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_MEDIA_TYPE = re.compile(rf"\s*(?P<type>{_TOKEN}/{_TOKEN})\s*(?:;.*)?", re.DOTALL)
_RANGE = re.compile(r"\s*bytes\s*=\s*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})\s*", re.IGNORECASE)
_SHA256 = re.compile(r"(?:.*,)?\s*sha-256=:(?P<digest>[A-Za-z0-9+/]{43}=):\s*(?:,.*)?", re.DOTALL)
_ETAG = re.compile(r'(?:W/)?"(?P<tag>[^"]*)"')


class Unsatisfiable(Exception):
    """A range that no byte of the file is in."""


def media_type(content_type: str) -> str:
    """Return the type in a `Content-Type`, in lower case and without parameters; empty if it is malformed."""
    match = _MEDIA_TYPE.fullmatch(content_type)
    return match["type"].lower() if match else ""


def content_length(text: str) -> int:
    """Return a `Content-Length`.

    Raises:
        ValueError: It is malformed, or there were several.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= LENGTH_DIGITS):
        raise ValueError("not a length")
    return int(text)


def sha256_digest(content_digest: str) -> str:
    """Return the SHA-256 in a `Content-Digest`, in hexadecimal digits; empty if there is none."""
    match = _SHA256.fullmatch(content_digest)
    return base64.b64decode(match["digest"]).hex() if match else ""


def byte_range(text: str, size: int) -> range | None:
    """Return the bytes that a `Range` asks for.

    Args:
        size: Of the file.

    Returns:
        None for a range that may be ignored: malformed, in other units, or several at once.

    Raises:
        Unsatisfiable: No byte of the file is in it.
    """
    match = _RANGE.fullmatch(text)
    if not match or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        count = int(match["last"])
        if not count or not size:
            raise Unsatisfiable
        return range(max(0, size - count), size)
    first = int(match["first"])
    last = int(match["last"]) if match["last"] else size - 1
    if match["last"] and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return range(first, min(last, size - 1) + 1)


def names_etag(field: str, tag: str) -> bool:
    """Return whether `If-None-Match` names this tag, or any."""
    return field.strip() == "*" or any(match["tag"] == tag for match in _ETAG.finditer(field))


def is_same_version(if_range: str, tag: str, created: int) -> bool:
    """Return whether `If-Range` means the file as it is: by a strong tag, or by its date.

    Args:
        created: When the file was made; milliseconds since 1970.
    """
    text = if_range.strip()
    return text == f'"{tag}"' or (not text.endswith('"') and _seconds(text) == created // 1000)


def is_unchanged_since(field: str, created: int) -> bool:
    """Return whether a file was made at the time in `If-Modified-Since` or before.

    Args:
        created: In milliseconds since 1970.
    """
    seconds = _seconds(field)
    return seconds is not None and created // 1000 <= seconds


def http_date(milliseconds: int) -> str:
    """Return a time as HTTP writes it."""
    return format_datetime(datetime.fromtimestamp(milliseconds // 1000, UTC), usegmt=True)


def _seconds(text: str) -> int | None:
    """Return the seconds since 1970 of a date; None if it is malformed."""
    try:
        return int(parsedate_to_datetime(text).timestamp())
    except (ValueError, OverflowError, OSError, TypeError, IndexError):  # OSError: Windows, before 1970
        return None
