"""Links to files of the server: how they are recognised in a text, and how a message carries them.

    https://chat.example:5000/files/k3Xq9pZ2bC…/holiday%20plan.pdf
    https://chat.example:5000/files/k3Xq9pP8sD…/beach.jpg#533x400

The link of a picture may end with the size of its thumbnail, so that room for it is left from the start. A
browser does not send that part to the server.

A file is sent by a line with its link, after the text of the message. The id begins with a prefix that the
server announces, so the link is recognised whatever host name it has: a server can have several. What another
program gets of it begins with the address of the user's own connection, because that of the sender may not
work here: with TLS, the program may not accept the certificate; without it, everybody could read the file.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from chatapp.client.text.links import trimmed
from chatapp.protocol.file_ids import (
    ID_CHARACTERS,
    THUMBNAIL_HEIGHT,
    THUMBNAIL_WIDTH,
    clean_name,
    path,
)

_LINK = re.compile(
    rf"(?P<origin>https?://[^\s/?#<>\"]+)/files/(?P<id>[A-Za-z0-9_-]{{{ID_CHARACTERS}}})/(?P<name>[^\s/?#<>\"]+)"
    r"(?:#(?P<width>[1-9][0-9]{0,2})x(?P<height>[1-9][0-9]{0,2})(?![0-9A-Za-z]))?",
    re.IGNORECASE,
)


class FileLink(NamedTuple):
    """A link to a file of the server.

    Attributes:
        url: The link as it stands in the text.
        id: The id of the file.
        name: The name of the file, for people.
        preview: The width and height of its thumbnail, in pixels; None if the link does not say them.
    """

    url: str
    id: str
    name: str
    preview: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        """The path on the server, which does not compare the name."""
        return path(self.id, self.name)


def file_links(text: str, prefix: str) -> list[FileLink]:
    """Return the links to files of the server in a text, each file once.

    Args:
        prefix: With which the ids of its files begin; empty if it has none.
    """
    if not prefix or prefix not in text:
        return []
    found = (file_link(trimmed(match[0]), prefix) for match in _LINK.finditer(text))
    return list({link.id: link for link in found if link}.values())


@lru_cache(maxsize=4096)
def file_link(url: str, prefix: str) -> FileLink | None:
    """Return the file of the server that a whole link leads to; None for any other link."""
    match = _LINK.fullmatch(url)
    if not match or not prefix or not match["id"].startswith(prefix):
        return None
    preview = (int(match["width"]), int(match["height"])) if match["width"] else None
    if preview is not None and (preview[0] > THUMBNAIL_WIDTH or preview[1] > THUMBNAIL_HEIGHT):
        preview = None
    return FileLink(url, match["id"], clean_name(unquote(match["name"])), preview)


def at_origin(text: str, prefix: str, origin: str, others: Container[str] = ()) -> str:
    """Return a text whose links to files of the server lead to another address of it.

    Args:
        origin: Scheme, host and port of that address, such as `https://chat.example:5000`.
        others: Addresses in lower case that stay as they are.
    """
    if not prefix or prefix not in text:
        return text

    def moved(match: re.Match[str]) -> str:
        if not match["id"].startswith(prefix) or match["origin"].lower() in others:
            return match[0]
        return origin + match[0].removeprefix(match["origin"])

    return _LINK.sub(moved, text)


def without_files(text: str, prefix: str) -> tuple[str, list[FileLink]]:
    """Split a message into its text and its files.

    A line that has only the link of a file is no part of the text; a link within a sentence stays there.
    """
    if not prefix or prefix not in text:
        return text, []
    kept = [line for line in text.split("\n") if not file_link(line.strip(), prefix)]
    return "\n".join(kept).strip("\n"), file_links(text, prefix)


def apart_from_text(text: str, prefix: str) -> tuple[str, list[FileLink]]:
    """Split a message like `without_files`, but leave out the files whose links stay in the text."""
    words, files = without_files(text, prefix)
    return words, [each for each in files if each.url not in words]


def with_preview(url: str, width: int, height: int) -> str:
    """Return the link of a picture with the size of its thumbnail."""
    return f"{url.partition('#')[0]}#{width}x{height}"


def with_files(text: str, urls: Iterable[str]) -> str:
    """Return a message: the text first, then a line for each file."""
    return "\n".join([*([text] if text.strip() else []), *urls])
