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
import threading
from queue import Empty, SimpleQueue

LEAST_BYTES = 16 * 1024
"""The least size of a piece for the thread; a smaller one is hashed sooner than it is handed over."""

IDLE_SECONDS = 5.0
"""How long the thread waits for a piece until it ends."""


class HashingThread:
    """The thread for the pieces of all uploads. It starts with the first piece, and ends when there is none.

    Thread: any.
    """

    def __init__(self) -> None:
        self._pieces: SimpleQueue[tuple[ContentHash, bytes | bytearray]] = SimpleQueue()
        self._lock = threading.Lock()  # held while the thread starts or ends
        self._is_running = False

    def add(self, content: ContentHash, piece: bytes | bytearray) -> None:
        """Have a piece hashed; the thread then calls `content.add`.

        Raises:
            RuntimeError: The system starts no more threads.
        """
        with self._lock:
            if not self._is_running:
                threading.Thread(target=self._run, name="hashing", daemon=True).start()
                self._is_running = True
            self._pieces.put((content, piece))

    def _run(self) -> None:
        while True:
            try:
                content, piece = self._pieces.get(timeout=IDLE_SECONDS)
            except Empty:
                with self._lock:
                    if self._pieces.empty():
                        self._is_running = False
                        return
                continue
            content.add(piece)
            del content, piece  # the next one may take hours to come


class ContentHash:
    """The hash of one upload.

    Thread: the connection's; `add` belongs to the hashing thread.
    """

    def __init__(self, thread: HashingThread) -> None:
        self._thread = thread
        self._hash = hashlib.sha256()
        self._turn = _thread.allocate_lock()  # held while the hashing thread has a piece
        self._failure: MemoryError | None = None

    def update(self, data: bytes | bytearray) -> None:
        """Append bytes; wait until those before them are hashed."""
        if len(data) >= LEAST_BYTES:
            self._turn.acquire()
            try:
                self._thread.add(self, data)
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
