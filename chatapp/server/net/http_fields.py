"""Header fields of requests about files and of their responses: names, lengths, ranges, validators.

Source: RFC 9110 (HTTP semantics), RFC 6266 (Content-Disposition), RFC 8187 (parameters that are not ASCII).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, unquote_to_bytes

LENGTH_DIGITS = 15  # of the longest Content-Length that is read; a million gigabytes

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_PARAMETER = re.compile(
    rf';\s*(?P<name>{_TOKEN})\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s;"]*))'
)
_EXTENDED = re.compile(r"(?i:(?P<charset>utf-8|iso-8859-1))'[^']*'(?P<value>.*)")
_MEDIA_TYPE = re.compile(rf"\s*(?P<type>{_TOKEN}/{_TOKEN})\s*(?:;.*)?", re.DOTALL)
_RANGE = re.compile(r"\s*bytes\s*=\s*(?P<first>[0-9]{0,18})-(?P<last>[0-9]{0,18})\s*", re.IGNORECASE)
_ETAG = re.compile(r'(?:W/)?"(?P<tag>[^"]*)"')
_UNSAFE_IN_QUOTES = re.compile(r"[^ !#-\[\]-~]|%")


class Unsatisfiable(Exception):
    """A range that no byte of the file is in."""


def file_name(disposition: str) -> str:
    """Return the name in a `Content-Disposition`, as the client wrote it; empty for none.

    `filename*` counts more than `filename`. Some clients write UTF-8 into the latter.
    """
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(disposition):
        quoted = match["quoted"]
        value = match["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        found.setdefault(match["name"].lower(), value)
    return _extended(found.get("filename*", "")) or _utf_8(found.get("filename", ""))


def _extended(value: str) -> str:
    match = _EXTENDED.fullmatch(value)
    return unquote_to_bytes(match["value"]).decode(match["charset"], "replace") if match else ""


def _utf_8(value: str) -> str:
    """Return a value that was read as Latin-1; most clients mean UTF-8."""
    try:
        return value.encode("latin-1").decode()
    except ValueError:
        return value


def disposition(name: str, is_inline: bool) -> str:
    """Return the `Content-Disposition` of a download with this name, which may be empty."""
    kind = "inline" if is_inline else "attachment"
    if not name:
        return kind
    plain = _UNSAFE_IN_QUOTES.sub("_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


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
    """Whether `If-None-Match` names this tag, or any."""
    return field.strip() == "*" or any(match["tag"] == tag for match in _ETAG.finditer(field))


def is_same_version(if_range: str, tag: str, created: int) -> bool:
    """Whether `If-Range` means the file as it is: by a strong tag, or by its date.

    Args:
        created: When the file was made; milliseconds since 1970.
    """
    text = if_range.strip()
    return text == f'"{tag}"' or (not text.endswith('"') and _seconds(text) == created // 1000)


def is_unchanged_since(field: str, created: int) -> bool:
    """Whether a file was made at the time in `If-Modified-Since` or before.

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
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
