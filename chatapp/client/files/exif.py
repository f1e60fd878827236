"""Exif: how the camera was held, the only part of it that is kept.

Source: Exif 2.32
"""

from __future__ import annotations

import struct

UPRIGHT = 1

_ORIENTATION = 0x0112
_MOST_ENTRIES = 1000  # that are looked at


def orientation_of(exif: bytes) -> int:
    """Return how the camera was held: 1 for upright, or if that is not known."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None:
        return UPRIGHT
    try:
        (at,) = struct.unpack_from(f"{order}I", exif, 4)
        (entries,) = struct.unpack_from(f"{order}H", exif, at)
        for number in range(min(entries, _MOST_ENTRIES)):
            tag, kind, count, value = struct.unpack_from(f"{order}HHIH", exif, at + 2 + 12 * number)
            if (tag, kind, count) == (_ORIENTATION, 3, 1):
                return int(value) if 1 <= value <= 8 else UPRIGHT
    except struct.error:
        pass
    return UPRIGHT


def exif_of(orientation: int) -> bytes:
    """Return Exif that says only how the camera was held; empty if it was upright."""
    if orientation == UPRIGHT:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
