"""The ids, links and names of files that a server keeps.

    https://192.168.1.20:5000/files/k3Xa9_Qx7…/holiday.jpg

An id has 28 characters: 6 that are the same for all files of a server, and 22 that cannot be guessed. So a
client knows links to the files of its server by these 6 characters, whichever host name the link has. The
name at the end is for people only: the server does not compare it.
"""

from __future__ import annotations

import re
from urllib.parse import quote

PREFIX_CHARACTERS = 6
RANDOM_CHARACTERS = 22
ID_CHARACTERS = PREFIX_CHARACTERS + RANDOM_CHARACTERS
LONGEST_NAME = 255  # bytes

THUMBNAIL_BYTES = 60 * 1024
THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT = 640, 400  # pixels, the most

ID = re.compile(rf"[A-Za-z0-9_-]{{{ID_CHARACTERS}}}")
"""What an id looks like."""

_LINKED = re.compile(rf"/files/([A-Za-z0-9_-]{{{ID_CHARACTERS}}})(?![A-Za-z0-9_-])")
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_USUAL_NAME = "file"


def path(file_id: str, name: str) -> str:
    """Return the path of a file in its link."""
    return f"/files/{file_id}/{quote(name, safe='')}"


def linked(text: str, prefix: str) -> list[str]:
    """Return the ids of the files of a server to which a text has links, each once.

    Args:
        prefix: The first characters of the ids of this server; without one there are none.
    """
    if not prefix or prefix not in text:  # asked for every message: the cheapest check first
        return []
    return [each for each in dict.fromkeys(_LINKED.findall(text)) if each.startswith(prefix)]


def clean_name(name: str) -> str:
    """Return a file name that is safe to store and show.

    It has no folders, no control characters and none that change the direction of the text, and at most
    LONGEST_NAME bytes in UTF-8; the ending stays if a name is cut. An empty name becomes `file`.
    """
    last = re.split(r"[/\\]", name)[-1]
    last = _NEVER.sub("", last.encode("utf-8", "ignore").decode()).strip()
    if not last.strip(". "):
        return _USUAL_NAME
    if len(last.encode()) <= LONGEST_NAME:
        return last
    stem, dot, ending = last.rpartition(".")
    if not dot or len(ending.encode()) > LONGEST_NAME // 4:
        stem, dot, ending = last, "", ""
    room = LONGEST_NAME - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + ending
