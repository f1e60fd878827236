"""Makes standard output and standard error accept any text, independent of the locale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO


def accept_any_text(*streams: TextIO | None, errors: str = "backslashreplace") -> None:
    """Make streams accept any text. Pipes and files get UTF-8; terminals keep their encoding.

    Args:
        streams: None stands for a stream that the process does not have.
        errors: How characters that cannot be written are replaced, as in `str.encode`.
    """
    for stream in streams:
        reconfigure: Callable[..., object] | None = getattr(stream, "reconfigure", None)
        if stream is not None and reconfigure:
            if stream.isatty():
                reconfigure(errors=errors)
            else:
                reconfigure(encoding="utf-8", errors=errors)
