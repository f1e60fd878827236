"""Reads the addresses of files in texts: `file://` URIs and absolute paths. Does not look at the disk.

Source: RFC 8089 (file URIs), RFC 2483 section 5 (text/uri-list)
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

MOST_LINES = 200  # of a text that may be nothing but addresses
MOST_CHARACTERS = 4096  # of such a line

_DRIVE = re.compile(r"/[A-Za-z]:")


def path_of_uri(uri: str) -> Path | None:
    """Return the path in a `file://` URI; None for any other text."""
    try:
        parts = urlsplit(uri.strip())
        path = unquote(parts.path, errors="surrogateescape")
    except ValueError:
        return None
    if parts.scheme.lower() != "file" or not path.startswith("/") or "\0" in path:
        return None
    if sys.platform == "win32":
        if parts.netloc and parts.netloc != "localhost":
            return Path(f"//{parts.netloc}{path}")
        return Path(path[1:] if _DRIVE.match(path) else path)
    return Path(path) if parts.netloc in ("", "localhost", _own_name(parts.netloc)) else None


def paths_of_uris(lines: Iterable[str]) -> tuple[Path, ...]:
    """Return the paths in a list of URIs, without comments and what is no file."""
    found = (path_of_uri(line) for line in lines if not line.startswith("#"))
    return tuple(path for path in found if path is not None)


def paths_in(text: str) -> tuple[Path, ...]:
    """Return the paths of a text in which each line is one; empty if it has anything else."""
    lines = text.strip().splitlines()
    if not lines or len(lines) > MOST_LINES or max(map(len, lines)) > MOST_CHARACTERS:
        return ()
    found = tuple(filter(None, map(_path, lines)))
    return found if len(found) == len(lines) else ()


def _path(line: str) -> Path | None:
    """Return the path in a line, which may stand in quotation marks, as Windows copies it."""
    line = line.strip()
    if len(line) > 1 and line[0] == line[-1] and line[0] in "\"'":
        line = line[1:-1]
    if line.lower().startswith("file:"):
        return path_of_uri(line)
    path = Path(line)
    return path if path.is_absolute() and path.name and "\0" not in line else None


def _own_name(host: str) -> str:
    """Return a host if it is this computer: some programs put its name into their URIs."""
    import platform

    return host if host.lower() == platform.node().lower() else ""
