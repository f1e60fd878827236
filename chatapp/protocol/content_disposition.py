"""The name of a file in HTTP: the field `Content-Disposition`.

    attachment; filename="gr__e.txt"; filename*=UTF-8''gr%C3%BC%C3%9Fe.txt

Source: RFC 6266, RFC 8187 (parameters that are not ASCII)
"""

from __future__ import annotations

import re
from typing import Literal
from urllib.parse import quote, unquote_to_bytes

_PARAMETER = re.compile(
    r";\s*(?P<name>[!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*"
    r'(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s;"]*))'
)
_EXTENDED = re.compile(r"(?i:(?P<charset>utf-8|iso-8859-1))'[^']*'(?P<value>.*)")
_UNSAFE_IN_QUOTES = re.compile(r"[^ !#-\[\]-~]|%")


def file_name(field: str) -> str:
    """Return the name in a `Content-Disposition`, as the other side wrote it; empty for none.

    `filename*` counts more than `filename`. Some programs write UTF-8 into the latter.

    Args:
        field: Its value. Bytes that are not ASCII were read as Latin-1.
    """
    found: dict[str, str] = {}
    for match in _PARAMETER.finditer(field):
        quoted = match["quoted"]
        value = match["plain"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
        found.setdefault(match["name"].lower(), value)
    return _extended(found.get("filename*", "")) or _utf_8(found.get("filename", ""))


def content_disposition(kind: Literal["inline", "attachment"], name: str) -> str:
    """Return the field with a name, in ASCII for old programs and in full; an empty name is left out."""
    if not name:
        return kind
    plain = _UNSAFE_IN_QUOTES.sub("_", name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


def _extended(value: str) -> str:
    match = _EXTENDED.fullmatch(value)
    return unquote_to_bytes(match["value"]).decode(match["charset"], "replace") if match else ""


def _utf_8(value: str) -> str:
    """Return a value that was read as Latin-1; most programs mean UTF-8."""
    try:
        return value.encode("latin-1").decode()
    except ValueError:
        return value
