"""Checks that an upload is a small PNG picture before it is kept as the thumbnail of a file; its size.

Source: PNG specification (third edition), sections 5.2 and 11.2.1
"""

from __future__ import annotations

from chatapp.protocol.file_ids import THUMBNAIL_HEIGHT, THUMBNAIL_WIDTH

HEAD_BYTES = 24
"""The bytes at the beginning that are checked."""

NOT_SMALL_PNG = f"A thumbnail is a PNG picture of at most {THUMBNAIL_WIDTH}x{THUMBNAIL_HEIGHT} pixels"

_START = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + b"IHDR"


def is_small_png(head: bytes) -> bool:
    """Return whether a file that begins with these bytes is a PNG picture of the size of a thumbnail."""
    return size_of(head) is not None


def size_of(head: bytes) -> tuple[int, int] | None:
    """Return the width and height of a thumbnail by its first bytes; None if it is no small PNG picture."""
    if len(head) < HEAD_BYTES or not head.startswith(_START):
        return None
    width, height = int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
    return (width, height) if 0 < width <= THUMBNAIL_WIDTH and 0 < height <= THUMBNAIL_HEIGHT else None
