"""The SHA-256 of contents that are being received, made beside the transfers.

SHA-256 is the most expensive part of a fast upload, and runs without the lock of the interpreter. So one
thread makes it for all uploads: while it hashes a piece, the connection receives and decrypts the next one.
In alternating runs on two busy cores it raised an upload over TLS from 0.30 to 0.39 times the rate of a
receiver without TLS and SHA-256. On two quiet cores an upload without TLS gained a fifth, one with
TLS nothing: its client needs one of the cores.
"""

from __future__ import annotations

import _thread
import hashlib
from functools import partial

from chatapp.system.worker_thread import WorkerThread

LEAST_BYTES = 16 * 1024
"""The least size of a piece for the thread; a smaller one is hashed sooner than it is handed over."""


class ContentHash:
    """The hash of one upload.

    Args:
        thread: Hashes the large pieces of all uploads.

    Thread: the connection's; `add` belongs to the hashing thread.
    """

    def __init__(self, thread: WorkerThread) -> None:
        self._thread = thread
        self._hash = hashlib.sha256()
        self._turn = _thread.allocate_lock()  # held while the hashing thread has a piece
        self._failure: MemoryError | None = None

    def update(self, data: bytes | bytearray) -> None:
        """Append bytes; wait until those before them are hashed."""
        if len(data) >= LEAST_BYTES:
            self._turn.acquire()
            try:
                self._thread.add(partial(self.add, data))
            except RuntimeError:
                self.add(data)
        else:
            with self._turn:
                self._hash.update(data)

    def add(self, piece: bytes | bytearray) -> None:
        """Append a piece that `update` has handed over. A failure is kept for `hexdigest`."""
        try:
            self._hash.update(piece)
        except MemoryError as error:
            self._failure = error
        finally:
            self._turn.release()

    def hexdigest(self) -> str:
        """Return the SHA-256 of all bytes in hexadecimal digits.

        Raises:
            MemoryError: A piece could not be hashed.
        """
        with self._turn:
            if self._failure:
                raise self._failure
            return self._hash.hexdigest()
