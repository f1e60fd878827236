"""`run_server.py files`: the files of users on the command line."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

from chatapp.server.cli.main import main
from chatapp.server.storage import audit_log, data_folder, file_lists, file_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_contents import FileStore, place_of
from chatapp.server.storage.file_rows import StoredFile

NOON = 1_773_316_800_000  # milliseconds: 2026-03-12T12:00:00Z


class FilesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name)
        self.store = Database(self.data / data_folder.DATABASE)
        self.addCleanup(self.store.close)
        self.contents = FileStore(self.data / data_folder.FILES)

    def add(self, name: str, sender: str = "ann", body: str = "") -> str:
        """Add a file and return the SHA-256 of its contents."""
        sha256 = self.put(body or name)
        size = len(body or name)
        row = StoredFile(
            f"id-{name}", f"{name}.txt", "text/plain", sha256, size, f"={sender}", sender, "", NOON
        )
        self.store.write(file_rows.insert(row))
        return sha256

    def put(self, body: str) -> str:
        partial = self.contents.begin(100)
        partial.write(body.encode())
        sha256 = partial.finish().sha256
        self.contents.release(sha256, is_kept=True)
        return sha256

    def run_files(self, *arguments: str, status: int = 0) -> list[str]:
        """Return the printed lines."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            found = main(["files", *arguments, "--data", str(self.data)])
        self.assertEqual(found, status, out.getvalue() + err.getvalue())
        return (out.getvalue() + err.getvalue()).splitlines()

    def path(self, sha256: str) -> Path:
        return self.data / data_folder.FILES / place_of(sha256)


class Listing(FilesTest):
    def test_files_are_listed_with_their_ids(self) -> None:
        self.add("plan")
        self.add("photo\x1b", "bob")
        lines = self.run_files("list")
        self.assertEqual(lines[0].split(), ["id-plan", "2026-03-12", "4", "bytes", "ann", "plan.txt"])
        self.assertIn("photo\\x1b", lines[1])
        self.assertEqual(lines[2], "2 files, 10 bytes on the disk")

    def test_the_list_can_be_of_one_person_and_short(self) -> None:
        self.add("a")
        self.add("b", "bob")
        self.add("c")
        self.assertEqual(len(self.run_files("list", "--sender", "Bob")), 2)
        self.assertEqual(len(self.run_files("list", "--count", "1")), 2)

    def test_without_a_database_the_command_fails(self) -> None:
        self.store.close()
        (self.data / data_folder.DATABASE).unlink()
        (line,) = self.run_files("list", status=2)
        self.assertIn("there is no database", line)


class Deleting(FilesTest):
    def test_files_and_their_contents_are_deleted_with_an_entry_in_the_log(self) -> None:
        gone, kept = self.add("a"), self.add("b")
        self.assertEqual(self.run_files("delete", "id-a"), ["Deleted a.txt"])
        self.assertEqual([self.contents.exists(gone), self.contents.exists(kept)], [False, True])
        self.assertIsNone(file_rows.find(self.store, "id-a"))
        (entry,) = audit_log.latest(self.store, 5)
        self.assertIn("deleted a.txt", entry.details)

    def test_a_running_server_deletes_the_contents_itself(self) -> None:
        sha256 = self.add("a")
        with data_folder.lock_folder(self.data):
            self.run_files("delete", "id-a")
        self.assertTrue(self.contents.exists(sha256))
        self.assertEqual(file_rows.unused(self.store, 5), [sha256])

    def test_nothing_is_deleted_if_one_id_is_wrong(self) -> None:
        self.add("a")
        (line,) = self.run_files("delete", "id-a", "id-x", status=2)
        self.assertIn("there is no file id-x", line)
        self.assertTrue(file_rows.find(self.store, "id-a"))


class Checking(FilesTest):
    def test_a_sound_server_has_no_problems(self) -> None:
        self.add("a")
        self.store.write(file_rows.set_thumbnail("id-a", self.put("png"), 3))
        self.assertEqual(self.run_files("check"), ["Checked 1 file, 4 bytes on the disk"])

    def test_missing_damaged_and_left_over_contents_are_named(self) -> None:
        missing, damaged, left_over = self.add("a"), self.add("b"), self.put("lost")
        self.path(missing).unlink()
        self.path(damaged).write_bytes(b"B")
        lines = self.run_files("check", status=1)
        self.assertEqual([line.split(":")[0] for line in lines[:3]], ["Missing", "Damaged", "Left over"])
        for sha256, line in zip((missing, damaged, left_over), lines, strict=False):
            self.assertIn(sha256, line)

    def test_repair_removes_what_cannot_be_used(self) -> None:
        missing, kept, left_over = self.add("a"), self.add("b"), self.put("lost")
        thumbnail = self.put("png")
        self.store.write(file_rows.set_thumbnail("id-b", thumbnail, 3))
        for sha256 in (missing, thumbnail):
            self.path(sha256).unlink()
        lines = self.run_files("check", "--repair")
        self.assertEqual(lines[0], "Deleted a.txt of ann: its contents are lost")
        self.assertEqual([row.id for row in file_lists.newest(self.store, 5)], ["id-b"])
        self.assertEqual([self.contents.exists(each) for each in (left_over, kept)], [False, True])
        self.assertEqual(file_rows.unused(self.store, 5), [])

    def test_repair_needs_a_server_that_does_not_run(self) -> None:
        with data_folder.lock_folder(self.data):
            (line,) = self.run_files("check", "--repair", status=2)
        self.assertIn("another server uses the data folder", line)

    def test_contents_that_wait_for_their_deletion_are_no_problem(self) -> None:
        self.add("a")
        with data_folder.lock_folder(self.data):
            self.run_files("delete", "id-a")
            lines = self.run_files("check")
        self.assertEqual(
            lines[0],
            "Contents of 1 deleted file are still on the disk; the server deletes them within seconds",
        )
        self.run_files("check", "--repair")
        self.assertEqual(len(self.run_files("check")), 1)
