"""The contents of files, in the data folder: each content once, under its SHA-256.

    files/partial/3f0c9a…          contents that are being received
    files/9f/9f86d081884c7d65…     complete contents

Contents are written under another name and renamed when they are complete. So a crash leaves nothing but
files in `partial`, which the next start deletes.
"""

# Contents and the rows that name them change on different threads: a connection finishes contents before the
# core stores their row, and a worker deletes contents after the core has deleted their last row. If the same
# contents are uploaded meanwhile, the worker would delete what a new row is about to name. So `finish` holds
# the contents until the connection calls `release`, and contents that are held are not deleted before that.

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

from chatapp.server.state.file_transfers import ContentsTooLarge, StoredContents
from chatapp.server.storage.content_hash import ContentHash
from chatapp.system.worker_thread import WorkerThread

RESERVE_BYTES = 64 * 1024 * 1024
"""The free space of the disk that files never use, so that the database can still be written."""

CHECK_BYTES = 4 * 1024 * 1024
"""How much is written between two checks of the free space: other programs write too."""

HASHING_IDLE_SECONDS = 5.0
"""How long the thread that hashes uploads waits for a piece until it ends."""

_PARTIAL = "partial"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_DIGITS = 64  # of a SHA-256


def free_bytes(folder: Path) -> int:
    """Return the free space of the disk of a folder, in bytes."""
    return shutil.disk_usage(folder).free


def place_of(sha256: str) -> str:
    """Return where contents are, within the folder of all."""
    return f"{sha256[:2]}/{sha256}"


class FileStore:
    """The contents in a folder, which is created with the first of them.

    Args:
        folder: `files` in the data folder, which exists.
        durability: "full" if complete contents have to survive a power cut.
        free: Returns the free space of the disk of a folder, in bytes.

    Thread: any.
    """

    def __init__(
        self,
        folder: Path,
        durability: Literal["normal", "full"] = "normal",
        free: Callable[[Path], int] = free_bytes,
    ) -> None:
        self._folder = folder
        self._is_durable = durability == "full"
        self._free = free
        self._lock = threading.Lock()
        self._promised = 0  # bytes that uploads may still write
        self._held: Counter[str] = Counter()
        self._unwanted: set[str] = set()  # held ones to delete when they are released
        self._hashing = WorkerThread("hashing", HASHING_IDLE_SECONDS)

    def begin(self, most_bytes: int, expected: int | None = None) -> PartialFile:
        """Begin to receive contents of at most this many bytes.

        Args:
            expected: How many bytes will come; None if that is not known.

        Raises:
            OSError: The disk has too little free space, or cannot be written.
        """
        promised = min(most_bytes, CHECK_BYTES) if expected is None else expected
        with self._lock:
            self._check_room(promised)
            self._promised += promised
        try:
            folder = self._folder / _PARTIAL
            self._folder.mkdir(mode=0o700, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
            path = folder / secrets.token_hex(16)
            return PartialFile(self, path, most_bytes, promised, ContentHash(self._hashing))
        except BaseException:
            self.take_back(promised)
            raise

    def open(self, sha256: str) -> BinaryIO:
        """Open contents to read.

        Raises:
            OSError: They are not there.
        """
        return self._path(sha256).open("rb", buffering=0)  # callers read large pieces

    def exists(self, sha256: str) -> bool:
        """Return whether these contents are there."""
        return self._path(sha256).is_file()

    def release(self, sha256: str, is_kept: bool) -> None:
        """Stop holding contents that `finish` returned.

        Args:
            is_kept: Whether the row that names them is stored.
        """
        with self._lock:
            if is_kept:
                self._unwanted.discard(sha256)
            self._held[sha256] -= 1
            if self._held[sha256] <= 0:
                del self._held[sha256]
                if sha256 in self._unwanted:
                    self._unwanted.remove(sha256)
                    self._path(sha256).unlink(missing_ok=True)

    def delete(self, sha256: str, is_unused: Callable[[], bool]) -> None:
        """Delete contents that no row names; nothing happens if they are not there.

        Args:
            is_unused: Looks up again whether no row names them, while no upload of the same can end.

        Raises:
            OSError: They cannot be deleted.
        """
        with self._lock:
            if sha256 in self._held:
                self._unwanted.add(sha256)
            elif is_unused():
                self._path(sha256).unlink(missing_ok=True)

    def stored(self) -> Iterator[StoredContents]:
        """Return all complete contents, in no order."""
        with suppress(FileNotFoundError):
            for folder in self._folder.iterdir():
                if len(folder.name) == 2 and folder.is_dir():  # not `partial`
                    yield from self._stored_in(folder)

    def _stored_in(self, folder: Path) -> Iterator[StoredContents]:
        for path in folder.iterdir():
            if len(path.name) == _DIGITS:
                with suppress(FileNotFoundError):
                    yield StoredContents(path.name, path.stat().st_size)

    def is_intact(self, sha256: str) -> bool:
        """Return whether contents are there and still have this SHA-256. It reads all of them.

        Raises:
            OSError: They cannot be read.
        """
        try:
            with self._path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def delete_partial(self) -> int:
        """Delete what an earlier run was receiving when it ended, and return the number of such files.

        Raises:
            OSError: They cannot be deleted.
        """
        try:
            paths = list((self._folder / _PARTIAL).iterdir())
        except FileNotFoundError:
            return 0
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def keep_room(self, more: int) -> None:
        """Check that an upload which will write this many bytes more leaves the reserve.

        Raises:
            OSError: It does not.
        """
        if self._room() < more:
            raise _no_room()

    def _check_room(self, more: int) -> None:
        if self._room() - self._promised < more:
            raise _no_room()

    def _room(self) -> int:
        """Return how many bytes files may still take on their disk, perhaps another than the database's."""
        try:
            return self._free(self._folder) - RESERVE_BYTES
        except FileNotFoundError:
            return self._free(self._folder.parent) - RESERVE_BYTES

    def take_back(self, count: int) -> None:
        """Note that bytes of an upload were written, or will not be."""
        with self._lock:
            self._promised -= count

    def keep(self, partial: Path, contents: StoredContents) -> None:
        """Put complete contents in their place and hold them.

        Raises:
            OSError: That failed.
        """
        place = self._path(contents.sha256)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with self._lock:
            self._replace(partial, place, contents.size)
            self._held[contents.sha256] += 1
        if self._is_durable:
            _sync_folder(place.parent)
            _sync_folder(self._folder)

    def _replace(self, partial: Path, place: Path, size: int) -> None:
        """Rename contents. This also repairs contents that a power cut has damaged."""
        try:
            partial.replace(place)
        except PermissionError:  # Windows: the same contents are being downloaded
            if not place.is_file() or place.stat().st_size != size:
                raise
            partial.unlink()

    def _path(self, sha256: str) -> Path:
        return self._folder / place_of(sha256)

    @property
    def is_durable(self) -> bool:
        """Whether complete contents survive a power cut."""
        return self._is_durable


class PartialFile:
    """Contents that are being received. Either `finish` or `abort` ends them.

    Args:
        path: The file to write; it does not exist.
        promised: The bytes for which there is room.
        content_hash: Of no bytes yet.

    Thread: the connection's.
    """

    def __init__(
        self, store: FileStore, path: Path, most_bytes: int, promised: int, content_hash: ContentHash
    ) -> None:
        self._store = store
        self._path = path
        self._most_bytes = most_bytes
        self._promised = promised  # and not written yet
        self._size = 0
        self._unchecked = 0  # bytes written since the last check of the free space
        self._hash = content_hash
        self._is_open = True
        self._file = os.fdopen(os.open(path, _NEW_FILE, 0o600), "wb")

    def write(self, data: bytes | bytearray) -> None:
        """Append bytes.

        Raises:
            ContentsTooLarge: There are too many.
            OSError: They cannot be written, or the disk has too little free space.
        """
        self._size += len(data)
        if self._size > self._most_bytes:
            raise ContentsTooLarge
        self._unchecked += len(data)
        if self._unchecked >= CHECK_BYTES:
            self._unchecked = 0
            self._store.keep_room(max(self._promised, len(data)))
        self._hash.update(data)
        self._file.write(data)
        self._use_promise(min(self._promised, len(data)))

    def finish(self) -> StoredContents:
        """Put the contents in their place; nothing is left in another place.

        Raises:
            OSError: That failed.
        """
        try:
            self._file.flush()
            if self._store.is_durable:
                os.fsync(self._file.fileno())
            self._file.close()
            contents = StoredContents(self._hash.hexdigest(), self._size)
            self._store.keep(self._path, contents)
        except BaseException:
            self.abort()
            raise
        self._end()
        return contents

    def abort(self) -> None:
        """Delete what was written."""
        with suppress(OSError):  # a full disk cannot take what is in the buffer
            self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._end()

    def _end(self) -> None:
        if self._is_open:
            self._is_open = False
            self._use_promise(self._promised)

    def _use_promise(self, count: int) -> None:
        self._promised -= count
        self._store.take_back(count)


def _sync_folder(folder: Path) -> None:
    """Have the names in a folder survive a power cut. Windows does that by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _no_room() -> OSError:
    return OSError(errno.ENOSPC, "The disk has too little free space")
