"""Downloads a file by HTTP: first to `NAME.part`, which gets its name when all of it has come.

A connection that is lost is made again, and the download goes on where it was, if the file is still the same
one (If-Range). What has come is compared with the size, and with the hash if that is what the ETag holds.

Source: RFC 9110 sections 13 and 14
"""

from __future__ import annotations

import hashlib
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPResponse
from io import BufferedRandom
from pathlib import Path

from chatapp.client.files.disk_errors import why_not_written
from chatapp.client.files.saved_names import PART, free_path, part_of, safe_name
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.file_requests import TransferFailed, check, exchange, facts_of
from chatapp.client.transport.transfer_control import TransferControl
from chatapp.languages.translation import N_, _
from chatapp.system.downloaded_files import mark_as_downloaded

TRIES = 5
PAUSE_SECONDS = 1.0  # before the second one; twice as much before each further one
PIECE_BYTES = 65536

_SHA256 = re.compile(r'"([0-9a-f]{64})"')
_PARTIAL = 206
_RANGE_NOT_SATISFIABLE = 416
_BROKEN = N_("The file was damaged in transit. Try again.")
_TOO_SHORT = N_("The connection was lost.")


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """Download a file; the result is its path.

    Attributes:
        name: The name for it; it gets another one beside a file of this name.
        most_bytes: Of a file that is taken; None for no limit.
        replaces: Whether a file of this name is replaced: the user has chosen it.
    """

    target: ServerTarget
    path: str
    folder: Path
    name: str
    most_bytes: int | None = None
    replaces: bool = False

    def run(self, control: TransferControl) -> Path:
        """Do it.

        Raises:
            TransferFailed: It failed. Nothing is left behind.
        """
        part: Path | None = None
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            part, opened = self._begin()
            with opened as file:
                _Download(self, control, file).receive()
                file.flush()
                os.fsync(file.fileno())
            path = self._place(part)
            part.replace(path)
        except OSError as error:
            raise TransferFailed("disk", why_not_written(error)) from error
        finally:
            if part is not None:
                part.unlink(missing_ok=True)
        mark_as_downloaded(path)
        return path

    def _begin(self) -> tuple[Path, BufferedRandom]:
        """Return the path of the incomplete file, and the file."""
        while True:
            part = part_of(free_path(self.folder, safe_name(self.name)))
            with suppress(FileExistsError):  # another download has the same name
                return part, part.open("xb+")

    def _place(self, part: Path) -> Path:
        """Return the path of the complete file: a file with this name may have been made meanwhile."""
        if self.replaces:
            return self.folder / self.name
        path = part.with_name(part.name.removesuffix(PART))
        return free_path(self.folder, path.name) if os.path.lexists(path) else path


class _Download:
    """The state of one download."""

    def __init__(self, task: DownloadFile, control: TransferControl, file: BufferedRandom) -> None:
        self._task = task
        self._control = control
        self._file = file
        self._etag = ""
        self._size: int | None = None
        self._hash = hashlib.sha256()  # of what has come

    def receive(self) -> None:
        """Receive the whole file, over as many connections as that takes."""
        pause, fails = PAUSE_SECONDS, 0
        while True:
            before = self._control.done
            try:
                return self._receive_rest()
            except TransferFailed as error:
                fails = 1 if self._control.done > before else fails + 1
                if error.kind != "lost" or fails >= TRIES:
                    raise
            self._control.pause(pause if fails > 1 else PAUSE_SECONDS)
            pause = pause * 2 if fails > 1 else PAUSE_SECONDS

    def _receive_rest(self) -> None:
        task, control = self._task, self._control
        fields = {"Accept-Encoding": "identity"}
        if control.done and self._etag:
            fields |= {"Range": f"bytes={control.done}-", "If-Range": self._etag}
        with exchange(task.target, control, "GET", task.path, fields=fields, seconds=None) as response:
            if response.status != _RANGE_NOT_SATISFIABLE:
                check(response)
            if response.status != _PARTIAL:
                self._begin_again(response)
            elif not (control.done and self._continues(response)):
                self._etag = ""  # which lets the next try begin at the beginning
                raise TransferFailed("lost", _(_BROKEN))
            self._copy(response)
        self._verify()

    def _continues(self, response: HTTPResponse) -> bool:
        """Return whether a part begins where the file ends so far."""
        return (response.msg["Content-Range"] or "").startswith(f"bytes {self._control.done}-")

    def _begin_again(self, response: HTTPResponse) -> None:
        """Prepare for the whole file."""
        facts = facts_of(response)
        self._etag, self._size = facts.etag, facts.size
        self._control.done, self._control.total = 0, facts.size or 0
        self._file.seek(0)
        self._file.truncate()
        self._hash = hashlib.sha256()
        if response.status == _RANGE_NOT_SATISFIABLE:
            self._etag = ""
            raise TransferFailed("lost", _(_BROKEN))
        if self._task.most_bytes is not None and (facts.size or 0) > self._task.most_bytes:
            raise TransferFailed("refused", _("The file is too large to be shown."))

    def _copy(self, response: HTTPResponse) -> None:
        buffer = memoryview(bytearray(PIECE_BYTES))
        while count := response.readinto(buffer):
            data = buffer[:count]
            try:
                self._file.write(data)
            except OSError as error:
                raise TransferFailed("disk", why_not_written(error)) from error
            self._hash.update(data)
            self._control.done += count
            most = self._task.most_bytes
            if most is not None and self._control.done > most:
                raise TransferFailed("refused", _("The file is too large to be shown."))

    def _verify(self) -> None:
        """Compare what has come with what the server has."""
        if self._size is not None and self._control.done < self._size:
            raise TransferFailed("lost", _(_TOO_SHORT))
        expected = _SHA256.fullmatch(self._etag)
        if expected and self._hash.hexdigest() != expected[1]:
            raise TransferFailed("refused", _(_BROKEN))
