"""The contents of files on disk: complete or not there, each once, and never the last free space."""

from __future__ import annotations

import errno
import hashlib
import os
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from chatapp.server.state.file_transfers import ContentsTooLarge, StoredContents
from chatapp.server.storage.file_contents import CHECK_BYTES, RESERVE_BYTES, FileStore

TEXT = b"Minutes of the meeting"
SHA256 = hashlib.sha256(TEXT).hexdigest()


class ContentsTest(unittest.TestCase):
    """Contents in a temporary folder, on a disk with as much free space as the test wants."""

    def setUp(self) -> None:
        self.data = Path(self.enterContext(TemporaryDirectory()))
        self.free = RESERVE_BYTES + 1000
        self.store = FileStore(self.data / "files", free=lambda _: self.free)

    def put(self, data: bytes = TEXT) -> StoredContents:
        partial = self.store.begin(len(data), len(data))
        partial.write(data)
        return partial.finish()

    def files(self) -> list[str]:
        paths = self.data.rglob("*")
        return sorted(str(path.relative_to(self.data)) for path in paths if path.is_file())


class Contents(ContentsTest):
    def test_contents_are_stored_under_their_sha256(self) -> None:
        partial = self.store.begin(100)
        for piece in (TEXT[:7], TEXT[7:]):
            partial.write(piece)
        self.assertEqual(partial.finish(), StoredContents(SHA256, len(TEXT)))
        self.assertEqual(self.files(), [str(Path("files", SHA256[:2], SHA256))])
        with self.store.open(SHA256) as file:
            self.assertEqual(file.read(), TEXT)

    def test_empty_contents_can_be_stored(self) -> None:
        self.assertEqual(self.put(b"").size, 0)

    def test_the_same_contents_are_stored_once(self) -> None:
        self.assertEqual(self.put(), self.put())
        self.assertEqual(list(self.store.stored()), [StoredContents(SHA256, len(TEXT))])
        self.assertEqual(len(self.files()), 1)

    def test_nothing_is_there_before_the_first_upload(self) -> None:
        self.assertEqual(list(self.store.stored()), [])
        self.assertFalse(self.store.exists(SHA256) or self.store.is_intact(SHA256))
        self.assertEqual(self.store.delete_partial(), 0)
        self.store.delete(SHA256, lambda: True)
        self.assertEqual(self.files(), [])

    @unittest.skipIf(os.name == "nt", "Windows has no such permissions")
    def test_other_users_of_the_computer_cannot_read_contents(self) -> None:
        self.put()
        for path in self.data.rglob("*"):
            with self.subTest(path=path):
                self.assertEqual(path.stat().st_mode & 0o077, 0)

    def test_a_broken_off_upload_leaves_nothing(self) -> None:
        partial = self.store.begin(100)
        partial.write(TEXT)
        partial.abort()
        partial.abort()
        self.assertEqual(self.files(), [])

    def test_an_upload_that_was_interrupted_by_a_crash_is_deleted_at_the_next_start(self) -> None:
        partial = self.store.begin(100)
        partial.write(TEXT)
        self.addCleanup(partial.abort)
        if os.name == "nt":
            partial.abort()
            self.skipTest("Windows does not delete open files")
        self.put(b"complete")
        self.assertEqual(FileStore(self.data / "files").delete_partial(), 1)
        self.assertEqual(len(self.files()), 1)

    def test_more_bytes_than_permitted_are_refused_before_they_are_written(self) -> None:
        partial = self.store.begin(10)
        partial.write(b"0123456789")
        with self.assertRaises(ContentsTooLarge):
            partial.write(b"x")
        partial.abort()
        self.assertEqual(self.files(), [])

    def test_contents_that_are_damaged_are_recognised_and_repaired_by_another_upload(self) -> None:
        self.put()
        self.assertTrue(self.store.is_intact(SHA256))
        (self.data / self.files()[0]).write_bytes(b"")
        self.assertFalse(self.store.is_intact(SHA256))
        self.put()
        self.assertTrue(self.store.is_intact(SHA256))

    def test_durable_contents_are_written_through_before_they_get_their_name(self) -> None:
        store = FileStore(self.data / "files", "full", lambda _: self.free)
        partial = store.begin(len(TEXT))
        partial.write(TEXT)
        synced: list[bool] = []
        with mock.patch("os.fsync", lambda _: synced.append(store.exists(SHA256))):
            partial.finish()
        self.assertEqual(synced[0], False)
        self.assertEqual(len(synced), 1 if os.name == "nt" else 3)


class FreeSpace(ContentsTest):
    def assertNoRoom(self, error: OSError) -> None:
        self.assertEqual(error.errno, errno.ENOSPC)

    def test_an_upload_that_would_use_the_reserve_is_refused(self) -> None:
        self.store.begin(1000, 1000).abort()
        with self.assertRaises(OSError) as raised:
            self.store.begin(1001, 1001)
        self.assertNoRoom(raised.exception)
        self.assertEqual(self.files(), [])

    def test_the_disk_of_the_folder_counts_which_may_be_another_than_that_of_the_database(self) -> None:
        free = {self.data / "files": RESERVE_BYTES + 1000, self.data: 0}
        store = FileStore(self.data / "files", free=lambda folder: free[folder])
        store.begin(1000, 1000).abort()

    def test_before_there_is_a_folder_the_disk_of_the_database_counts(self) -> None:
        store = FileStore(self.data / "files")
        with self.assertRaises(OSError) as raised:
            store.begin(1 << 60, 1 << 60)
        self.assertNoRoom(raised.exception)

    def test_uploads_at_the_same_time_share_the_free_space(self) -> None:
        first = self.store.begin(600, 600)
        with self.assertRaises(OSError) as raised:
            self.store.begin(600, 600)
        self.assertNoRoom(raised.exception)
        first.abort()
        self.store.begin(1000, 1000).abort()

    def test_a_finished_upload_does_not_reserve_what_it_did_not_use(self) -> None:
        partial = self.store.begin(1000, 1000)
        partial.write(b"a")
        partial.finish()
        self.store.begin(1000, 1000).abort()

    def test_an_upload_ends_when_another_program_fills_the_disk(self) -> None:
        self.free = RESERVE_BYTES + 3 * CHECK_BYTES
        partial = self.store.begin(2 * CHECK_BYTES, 2 * CHECK_BYTES)
        self.free = RESERVE_BYTES
        with self.assertRaises(OSError) as raised:
            partial.write(bytes(CHECK_BYTES))
        self.assertNoRoom(raised.exception)
        partial.abort()
        self.assertEqual(self.files(), [])

    def test_after_a_failure_to_create_the_file_nothing_stays_reserved(self) -> None:
        (self.data / "files").write_text("in the way")
        with self.assertRaises(OSError):
            self.store.begin(1000, 1000)
        (self.data / "files").unlink()
        self.store.begin(1000, 1000).abort()

    def test_an_upload_of_unknown_size_is_accepted_while_there_is_some_room(self) -> None:
        self.free = RESERVE_BYTES + CHECK_BYTES
        partial = self.store.begin(2**62)
        partial.write(bytes(CHECK_BYTES - 1))
        self.free = RESERVE_BYTES + 1
        with self.assertRaises(OSError) as raised:
            partial.write(bytes(2))
        self.assertNoRoom(raised.exception)
        partial.abort()
        self.store.begin(1, 1).abort()


class Deleting(ContentsTest):
    def test_contents_that_came_back_into_use_are_not_deleted(self) -> None:
        self.put()
        self.store.release(SHA256, is_kept=True)
        self.store.delete(SHA256, lambda: False)
        self.assertTrue(self.store.exists(SHA256))

    def test_contents_are_deleted(self) -> None:
        self.put()
        self.store.release(SHA256, is_kept=True)
        self.store.delete(SHA256, lambda: True)
        self.assertFalse(self.store.exists(SHA256))

    def test_contents_whose_row_is_about_to_be_stored_are_not_deleted(self) -> None:
        """A worker deletes contents for an old file while the same contents are uploaded again."""
        self.put()
        self.store.delete(SHA256, lambda: True)
        self.store.release(SHA256, is_kept=True)
        self.assertTrue(self.store.exists(SHA256))

    def test_contents_that_were_refused_are_deleted_after_their_release(self) -> None:
        self.put()
        self.store.delete(SHA256, lambda: True)
        self.store.release(SHA256, is_kept=False)
        self.assertFalse(self.store.exists(SHA256))

    def test_contents_that_another_upload_holds_are_deleted_only_after_both(self) -> None:
        self.put()
        self.put()
        self.store.delete(SHA256, lambda: True)
        self.store.release(SHA256, is_kept=False)
        self.assertTrue(self.store.exists(SHA256))
        self.store.release(SHA256, is_kept=True)
        self.assertTrue(self.store.exists(SHA256))

    def test_a_failed_end_leaves_nothing(self) -> None:
        partial = self.store.begin(100)
        partial.write(TEXT)
        with mock.patch.object(Path, "replace", side_effect=OSError(errno.EIO, "broken")):
            self.assertRaises(OSError, partial.finish)
        self.assertEqual(self.files(), [])
        self.store.begin(1000).abort()
