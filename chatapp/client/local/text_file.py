"""Writes a text file whole or not at all, and says in plain words why it could not be written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from chatapp.client.files.disk_errors import why_not_written
from chatapp.languages.translation import _
from chatapp.system.whole_files import write_text_whole


class _Stopped(Exception):
    """Nobody wants the file any more."""


def write_text(path: Path, pieces: Iterable[str], is_stopped: Callable[[], bool] = lambda: False) -> str:
    """Write the file; return why it could not be written, as a sentence, or an empty string.

    A file that exists is replaced only by a complete one.

    Args:
        is_stopped: Whether nobody wants the file any more. It is asked again and again; after the first True
            there is no file, and no problem.
    """
    try:
        write_text_whole(path, _until_stopped(pieces, is_stopped))
    except _Stopped:
        return ""
    except OSError as error:
        reason = why_not_written(error)
        return _("{name} could not be written. {reason}").format(name=path.name, reason=reason)
    return ""


def write_text_soon(
    path: Path,
    pieces: Iterable[str],
    done: Callable[[str], object],
    is_stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Write the file in a thread, since a disk may be slow.

    Args:
        done: Called with what `write_text` returns. Thread: the new one.
        is_stopped: See `write_text`. Thread: the new one.
    """

    def work() -> None:
        done(write_text(path, pieces, is_stopped))

    threading.Thread(target=work, name="text file", daemon=True).start()


def _until_stopped(pieces: Iterable[str], is_stopped: Callable[[], bool]) -> Iterator[str]:
    for piece in pieces:
        if is_stopped():
            raise _Stopped
        yield piece
    if is_stopped():
        raise _Stopped
