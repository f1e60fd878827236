"""The files that users keep on the server, read from replies."""

from __future__ import annotations

import unittest

from chatapp.client.model.server_storage import ServerStorage, read_storage

NOON = "2026-03-12T12:00:00.000Z"


class Reading(unittest.TestCase):
    def test_nothing_is_known_without_the_totals(self) -> None:
        self.assertIsNone(read_storage({"FILES FILE": [("x", "ben", "1", NOON, "text/plain", "a.txt")]}))
        self.assertIsNone(read_storage({"OVERVIEW STORAGE": [("1", "2")]}))

    def test_bad_numbers_and_times_are_zero_or_unknown(self) -> None:
        storage = read_storage(
            {
                "OVERVIEW STORAGE": [("many", "2", "-1", "x", "everybody", "Files")],
                "FILES FILE": [("x", "ben", "big", "never", "text/plain", "a.txt")],
            }
        )
        assert storage
        (file,) = storage.largest
        self.assertEqual((storage.files, storage.size, storage.most, file.size, file.at), (0, 2, 0, 0, None))

    def test_a_server_without_files(self) -> None:
        rows = {"OVERVIEW STORAGE": [("0", "0", "2000", "90", "nobody", "Files")]}
        self.assertEqual(read_storage(rows), ServerStorage(0, 0, 2000, 90))


if __name__ == "__main__":
    unittest.main()
