"""Files in the database, and what goes by itself."""

from __future__ import annotations

import unittest

from chatapp.server.storage import file_lists, file_rows, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_rows import StoredFile
from chatapp.server.storage.message_rows import StoredMessage


def file(
    name: str, contents: str = "", owner: str = "=ann", size: int = 10, created: int = 1000
) -> StoredFile:
    return StoredFile(
        name, f"{name}.txt", "text/plain", contents or f"of {name}", size, owner, owner[1:], owner, created
    )


class FileRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.store = Database(":memory:")
        self.addCleanup(self.store.close)

    def add(self, *files: StoredFile) -> None:
        for each in files:
            self.store.write(file_rows.insert(each))

    def message(self, number: int, *files: str, author: str = "=ann") -> None:
        """Store a message that links to files."""
        row = StoredMessage(number, "#1", "", number, "PRIVMSG", "ann!a@h", "ann", "text", {})
        self.store.write([message_rows.insert(row, 1), *file_rows.refer(number, files, author)])

    def ids(self) -> list[str]:
        return [row.id for row in file_lists.newest(self.store, 100)][::-1]

    def total(self) -> tuple[int, int]:
        use = file_lists.storage_use(self.store, 0)
        return use.files, use.size

    def unused(self) -> list[str]:
        return sorted(file_rows.unused(self.store, 100))


class Files(FileRowsTest):
    def test_a_file_is_found_by_its_id(self) -> None:
        self.add(file("a"))
        self.assertEqual(file_rows.find(self.store, "a"), file("a"))
        self.assertIsNone(file_rows.find(self.store, "b"))


class Cleaning(FileRowsTest):
    """A file goes with its last message, contents with their last file."""

    def test_a_file_goes_with_its_last_message(self) -> None:
        self.add(file("a"))
        self.message(1, "a")
        self.message(2, "a")
        self.store.write([message_rows.delete(1)])
        self.assertEqual(self.ids(), ["a"])
        self.store.write([message_rows.delete(2)])
        self.assertEqual((self.ids(), self.unused()), ([], ["of a"]))

    def test_a_file_that_was_never_sent_stays(self) -> None:
        self.add(file("a"))
        self.message(1)
        self.store.write([message_rows.delete(1)])
        self.assertEqual(self.ids(), ["a"])

    def test_others_cannot_make_a_file_go_that_its_owner_has_not_sent(self) -> None:
        self.add(file("a"))
        self.message(1, "a", author="=eve")
        self.store.write([message_rows.delete(1)])
        self.assertEqual(self.ids(), ["a"])

    def test_a_file_stays_while_others_refer_to_it(self) -> None:
        self.add(file("a"))
        self.message(1, "a")
        self.message(2, "a", author="=bob")
        self.store.write([message_rows.delete(1)])
        self.assertEqual(self.ids(), ["a"])
        self.store.write([message_rows.delete(2)])
        self.assertEqual(self.ids(), [])

    def test_many_messages_can_go_at_once(self) -> None:
        self.add(file("a"), file("b"), file("c"))
        self.message(1, "a", "b")
        self.message(2, "c")
        self.store.rows("DELETE FROM messages WHERE id <= 2")
        self.assertEqual((self.ids(), self.unused()), ([], ["of a", "of b", "of c"]))

    def test_an_edit_replaces_what_a_message_refers_to(self) -> None:
        self.add(file("a"), file("b"))
        self.message(1, "a")
        self.store.write([*file_rows.refer(1, ["b"], "=ann"), file_rows.delete_other_links(1, ["b"])])
        self.assertEqual(self.ids(), ["b"])

    def test_files_of_an_account_that_are_in_no_message(self) -> None:
        self.add(file("a"), file("b"), file("c", owner="=bob"))
        self.message(1, "a")
        self.assertEqual(file_rows.unsent(self.store, "=ann", 10), ["b"])

    def test_links_to_unknown_files_are_not_stored(self) -> None:
        self.message(1, "a")
        self.add(file("a"))
        self.store.write([message_rows.delete(1)])
        self.assertEqual(self.ids(), ["a"])

    def test_contents_stay_while_another_file_has_them(self) -> None:
        self.add(file("a", "same"), file("b", "same"))
        self.store.write([file_rows.delete("a")])
        self.assertEqual(self.unused(), [])
        self.store.write([file_rows.delete("b")])
        self.assertEqual((self.unused(), self.total()), (["same"], (0, 0)))

    def test_contents_that_come_back_are_used_again(self) -> None:
        self.add(file("a", "same"))
        self.store.write([file_rows.delete("a")])
        self.add(file("b", "same"))
        self.assertEqual(self.unused(), [])

    def test_contents_without_a_file_are_marked_and_others_are_not(self) -> None:
        self.add(file("a"))
        self.store.write([file_rows.mark_unused("of a"), file_rows.mark_unused("lost")])
        self.assertEqual(self.unused(), ["lost"])

    def test_deleted_contents_are_forgotten(self) -> None:
        self.add(file("a"), file("b"))
        self.store.write([file_rows.delete("a"), file_rows.delete("b")])
        self.store.write([file_rows.forget_unused(["of a"])])
        self.assertEqual(self.unused(), ["of b"])


class Thumbnails(FileRowsTest):
    def thumbnail(self, file_id: str, sha256: str) -> None:
        self.store.write(file_rows.set_thumbnail(file_id, sha256, 3))

    def test_a_thumbnail_goes_with_its_file(self) -> None:
        self.add(file("a"))
        self.thumbnail("a", "small")
        self.assertEqual(file_rows.size_of(self.store, "small"), 3)
        self.store.write([file_rows.delete("a")])
        self.assertEqual(self.unused(), ["of a", "small"])

    def test_a_replaced_thumbnail_goes(self) -> None:
        self.add(file("a"))
        self.thumbnail("a", "small")
        self.thumbnail("a", "other")
        self.assertEqual(self.unused(), ["small"])
        self.thumbnail("a", "other")
        self.assertEqual(self.unused(), ["small"])

    def test_a_thumbnail_of_a_file_that_is_gone_goes_at_once(self) -> None:
        self.thumbnail("a", "small")
        self.assertEqual((self.unused(), file_rows.size_of(self.store, "small")), (["small"], 0))

    def test_a_thumbnail_that_is_also_a_file_stays_while_that_does(self) -> None:
        self.add(file("a"), file("b", "small", size=3))
        self.thumbnail("a", "small")
        self.store.write([file_rows.delete("a")])
        self.assertEqual(self.unused(), ["of a"])
