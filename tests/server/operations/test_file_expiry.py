"""How long files are kept."""

from __future__ import annotations

from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.operations.file_expiry import expiry, has_expired
from chatapp.server.storage.file_rows import StoredFile
from tests.server.file_service import FileTest

FILE = StoredFile("id", "a", "text/plain", "00", 1, "=ann", "ann", "=ann", created=1000)


class Expiry(FileTest):
    def test_a_file_is_kept_for_the_configured_days(self) -> None:
        self.write_config("keep_days = 2")
        end = 1000 + 2 * DAY_MILLISECONDS
        self.assertEqual(expiry(self.world, 1000), end)
        self.assertEqual([has_expired(self.world, FILE, now) for now in (end - 1, end)], [False, True])

    def test_or_for_ever(self) -> None:
        self.write_config("keep_days = 0")
        self.assertIsNone(expiry(self.world, 1000))
        self.assertFalse(has_expired(self.world, FILE, 10**15))
