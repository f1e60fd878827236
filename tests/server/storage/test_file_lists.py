"""Lists of files, and how much they take."""

from __future__ import annotations

from chatapp.server.storage import file_lists
from tests.server.storage.test_file_rows import FileRowsTest, file


class Lists(FileRowsTest):
    def test_contents_are_counted_once_and_files_for_each_sender(self) -> None:
        self.add(file("a", "same"), file("b", "same"), file("c", owner="=bob", created=5))
        usage = file_lists.usage(self.store, "=ann", 500)
        self.assertEqual(usage, (20, 20, 2))
        self.assertEqual(file_lists.usage(self.store, "=bob", 500).lately, 0)
        self.assertEqual(self.total(), (3, 20))

    def test_usage_by_person_lists_the_largest_first(self) -> None:
        self.add(file("a"), file("b", owner="=bob", size=50), file("c"))
        use = file_lists.storage_use(self.store, 10)
        people = [(each.sender, each.files, each.size) for each in use.people]
        self.assertEqual(people, [("bob", 1, 50), ("ann", 2, 20)])

    def test_pages_of_files_begin_with_the_newest(self) -> None:
        self.add(file("a", created=1), file("b", created=2, owner="=Bob"), file("c", created=2))
        self.assertEqual([row.id for row in file_lists.newest(self.store, 2)], ["c", "b"])
        self.assertEqual([row.id for row in file_lists.newest(self.store, 2, before="b")], ["a"])
        self.assertEqual([row.id for row in file_lists.newest(self.store, 9, "bob")], ["b"])

    def test_expired_files_are_the_old_ones(self) -> None:
        self.add(file("a", created=1), file("b", created=5), file("c", created=3))
        self.assertEqual([row.id for row in file_lists.expired(self.store, 5, 10)], ["a", "c"])

    def test_the_oldest_files_that_free_enough(self) -> None:
        self.add(
            file("a", "shared", created=1), file("b", created=2), file("c", created=3),
            file("d", "shared", created=4),
        )  # fmt: skip
        self.assertEqual([row.id for row in file_lists.oldest(self.store, 15)], ["b", "c"])
        self.assertEqual({row.id for row in file_lists.oldest(self.store, 21)}, {"b", "c", "a", "d"})
