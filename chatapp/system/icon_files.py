"""Icon files of Windows and macOS, made from square PNG images. Pure functions.

Source: the ICO format since Windows Vista, whose images may be PNG; Apple's icns format.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping

ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)  # pixels

_ICNS_KINDS = {16: b"icp4", 32: b"icp5", 64: b"ic12", 128: b"ic07", 256: b"ic08"}
_ICON_KIND = 1  # in the header of an ICO file
_BITS = 32  # of a pixel


def ico(images: Mapping[int, bytes]) -> bytes:
    """Return an ICO file.

    Args:
        images: PNG data by the side in pixels, up to 256.
    """
    offset = 6 + 16 * len(images)
    head, body = struct.pack("<HHH", 0, _ICON_KIND, len(images)), b""
    for size, data in sorted(images.items()):
        side = size % 256  # 0 stands for 256
        head += struct.pack("<BBBBHHII", side, side, 0, 0, 1, _BITS, len(data), offset + len(body))
        body += data
    return head + body


def icns(images: Mapping[int, bytes]) -> bytes:
    """Return an icns file with those of the images that have a size it knows.

    Args:
        images: PNG data by the side in pixels.
    """
    body = b"".join(
        kind + struct.pack(">I", 8 + len(images[size])) + images[size]
        for size, kind in _ICNS_KINDS.items()
        if size in images
    )
    return b"icns" + struct.pack(">I", 8 + len(body)) + body
