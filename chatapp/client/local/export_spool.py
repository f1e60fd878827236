"""Keeps the messages of an export in a temporary file until its own file is written.

Pages come from the newest to the oldest, and the file begins with the oldest. So each page is appended as it
comes, and the pages of a conversation are read in reverse. Only the place of each page stays in memory.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from typing import NamedTuple

from chatapp.client.local.export_file import OwnMessage

IN_MEMORY = 1 << 20  # bytes; a small export needs no file


class _Page(NamedTuple):
    """Where the rows of one page are."""

    start: int
    size: int


class ExportSpool:
    """The messages that were found, in the order of the file when it is iterated. `close` deletes the file.

    Args:
        sort_key: Returns by what conversations are sorted.
    """

    def __init__(self, sort_key: Callable[[str], str] = str) -> None:
        self._sort_key = sort_key
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 closed by `close`
        self._pages: dict[str, list[_Page]] = {}
        self._count = 0
        self._end = 0

    def add(self, conversation: str, messages: Sequence[OwnMessage]) -> None:
        """Append a page of a conversation, the oldest message first. It is older than the pages before.

        Raises:
            OSError: The disk is full, or the like.
        """
        if not messages:
            return
        data = json.dumps([astuple(each) for each in messages]).encode()
        self._file.write(data)
        self._pages.setdefault(conversation, []).append(_Page(self._end, len(data)))
        self._end += len(data)
        self._count += len(messages)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[OwnMessage]:
        """Yield the messages of each conversation, the oldest first. One page at a time is in memory."""
        for conversation in sorted(self._pages, key=self._sort_key):
            for page in reversed(self._pages[conversation]):
                self._file.seek(page.start)
                for row in json.loads(self._file.read(page.size)):
                    yield OwnMessage(*row)

    def close(self) -> None:
        """Delete the temporary file."""
        self._file.close()
