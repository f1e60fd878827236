"""Tells which messages contain a link, or a link to a file: the attribute `has` of SEARCH.

The server calls `contains` in SQL, the client for the messages that it has loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from chatapp.protocol.file_ids import ID

_FILE_ENDINGS = (
    "7z|aac|apk|avi|avif|bmp|bz2|csv|deb|dmg|doc|docx|epub|exe|flac|gif|gz|heic|iso|jpeg|jpg|json|key|m4a|m4v"
    "|md|mkv|mov|mp3|mp4|mpeg|mpg|msi|odg|odp|ods|odt|ogg|opus|pdf|png|pps|ppt|pptx|py|rar|rtf|svg|tar|tex|tgz"
    "|tif|tiff|txt|wav|webm|webp|wma|wmv|xls|xlsx|xml|xz|yaml|yml|zip|zst"
)
_HOST = r"https?://[^\s/?#<>\"]+"

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "link": re.compile(_HOST, re.IGNORECASE),
    "file": re.compile(
        rf"{_HOST}/(?:[^\s<>\"?#]*\.(?:{_FILE_ENDINGS})(?![\w/])|files/{ID.pattern}(?![\w-]))", re.IGNORECASE
    ),
}
"""The values of the attribute `has` of SEARCH, with what they look for."""


def contains(kind: str, text: str) -> bool:
    """Return whether a text contains something of this kind, a key of PATTERNS."""
    return PATTERNS[kind].search(text) is not None
