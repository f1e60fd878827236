"""The password file: readable by its owner only, and unavailable where it cannot be written."""

from __future__ import annotations

import stat
import sys

from chatapp.client.local.password_store import PasswordFile, StoreUnavailable
from tests.client.local.store_test import NAME, SERVER, StoreTest


class Files(StoreTest):
    def test_a_file_is_readable_by_its_owner_only(self) -> None:
        path = self.folder / "deep" / "passwords.json"
        path.parent.mkdir()
        path.write_text("{}")
        path.chmod(0o644)
        self.holds(PasswordFile(path))
        if sys.platform != "win32":
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_a_file_that_cannot_be_written_is_unavailable(self) -> None:
        (self.folder / "file").write_text("")
        with self.assertLogs("chatapp") as logs:
            place = PasswordFile(self.folder / "file" / "passwords.json")
            self.assertRaises(StoreUnavailable, place.put, SERVER, NAME, "correct horse")
        self.assertNotIn("horse", "".join(logs.output))
