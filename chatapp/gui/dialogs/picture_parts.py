"""Makes what the viewer shows of a large picture, on another thread: Tk would stand still for seconds."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from chatapp.client.files.image_headers import image_header
from chatapp.gui.widgets import tk_process
from chatapp.system.picture_parts import Cutter, PicturePart

MOST_BY_TK = 2_500_000
"""Pixels of a PNG or GIF that Tk may decode on the thread of the window: about a tenth of a second."""


def can_cut(media_type: str, cutters: Sequence[Cutter]) -> bool:
    """Return whether this computer can probably show pictures of this kind."""
    return bool(cutters) or media_type in tk_process.KINDS


def cut_picture(path: Path, media_type: str, part: PicturePart, cutters: Sequence[Cutter]) -> bytes:
    """Return a PPM, or a small PNG, of a part of a picture; empty if nothing can make it.

    Thread: any but Tk's.

    Args:
        cutters: Tried in this order until one can do it, and then a process of Tk.
    """
    for cut in (*cutters, tk_process.cut):
        data = cut(path, media_type, part)
        if data.startswith(b"P6"):
            return data
        header = image_header(BytesIO(data))
        if header is not None and header.media_type == "image/png":
            return data if header.width * header.height <= MOST_BY_TK else _as_ppm(data, part.background)
    return b""


def _as_ppm(data: bytes, background: str) -> bytes:
    """Return the PPM of a PNG."""
    with tempfile.TemporaryDirectory(prefix="chatapp-") as folder:
        path = Path(folder) / "whole.png"
        path.write_bytes(data)
        header = image_header(BytesIO(data))
        assert header is not None
        return tk_process.cut(path, "image/png", PicturePart(None, header.width, header.height, background))
