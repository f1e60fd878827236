"""The SHA-256 of contents, made by a thread beside the transfers."""

from __future__ import annotations

import hashlib
import threading
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from chatapp.server.storage.content_hash import LEAST_BYTES, ContentHash
from chatapp.system.worker_thread import WorkerThread

LARGE = bytes(range(256)) * (LEAST_BYTES // 256)
SMALL = b"Minutes"
DEADLINE = 20


def hashing_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "hashing"]


class ContentHashes(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(self.wait_for_the_threads)
        self.thread = WorkerThread("hashing", idle_seconds=0.01)

    def wait_for_the_threads(self) -> None:
        for thread in hashing_threads():
            thread.join(DEADLINE)

    def of(self, *pieces: bytes) -> str:
        made = ContentHash(self.thread)
        for piece in pieces:
            made.update(piece)
        return made.hexdigest()

    def test_no_bytes_have_a_hash_too(self) -> None:
        self.assertEqual(self.of(), hashlib.sha256().hexdigest())

    def test_pieces_of_any_size_are_hashed_in_their_order(self) -> None:
        pieces = [LARGE, SMALL, SMALL, LARGE, LARGE + SMALL, b"", LARGE]
        self.assertEqual(self.of(*pieces), hashlib.sha256(b"".join(pieces)).hexdigest())

    def test_uploads_at_the_same_time_do_not_mix(self) -> None:
        files = [[bytes([number]) * LEAST_BYTES, SMALL] * 50 for number in range(8)]
        with ThreadPoolExecutor(len(files)) as workers:
            made = list(workers.map(lambda pieces: self.of(*pieces), files))
        self.assertEqual(made, [hashlib.sha256(b"".join(pieces)).hexdigest() for pieces in files])

    def test_small_pieces_need_no_thread(self) -> None:
        self.of(SMALL, SMALL)
        self.assertEqual(hashing_threads(), [])

    def test_the_thread_ends_without_uploads_and_starts_again_for_the_next(self) -> None:
        for _ in range(3):
            self.assertEqual(self.of(LARGE), hashlib.sha256(LARGE).hexdigest())
            self.wait_for_the_threads()
            self.assertEqual(hashing_threads(), [])

    def test_where_no_thread_can_be_started_the_connection_hashes(self) -> None:
        refusal = RuntimeError("can't start new thread")
        with mock.patch.object(threading.Thread, "start", side_effect=refusal):
            made = self.of(LARGE, SMALL, LARGE)
        self.assertEqual(made, hashlib.sha256(LARGE + SMALL + LARGE).hexdigest())

    def test_a_piece_that_cannot_be_hashed_fails_its_upload_alone(self) -> None:
        with mock.patch.object(hashlib, "sha256") as made:
            made.return_value.update.side_effect = MemoryError
            broken = ContentHash(self.thread)
        broken.update(LARGE)
        broken.update(LARGE)
        self.assertRaises(MemoryError, broken.hexdigest)
        self.assertEqual(self.of(LARGE, LARGE), hashlib.sha256(LARGE + LARGE).hexdigest())
