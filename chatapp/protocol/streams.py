"""Standard output and error output that take every text, whatever the locale says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO


def take_all(*streams: TextIO | None, errors: str = "backslashreplace") -> None:
    """Make streams take every text: a pipe is UTF-8 everywhere, a terminal shows what it can.

    Args:
        errors: What stands for a character that cannot be written, as `str.encode` knows it.
    """
    for stream in streams:
        reconfigure: Callable[..., object] | None = getattr(stream, "reconfigure", None)
        if stream is not None and reconfigure:
            if stream.isatty():
                reconfigure(errors=errors)
            else:
                reconfigure(encoding="utf-8", errors=errors)
