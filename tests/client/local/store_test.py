"""The base class of the tests of all password stores."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.client.local.password_store import PasswordStore
from tests.errors import Quiet

SERVER, NAME = "[::1]:5000", "ana"
PASSWORDS = ("correct horse", "grüße 🔑", '"quoted" \\ $HOME; -w', "'", "ab%20cd", "x" * 1000)


class StoreTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def holds(self, place: PasswordStore) -> None:
        """Check that the store returns a password for a server and a name until it is deleted."""
        for password in PASSWORDS:
            with self.subTest(password[:20]):
                place.put(SERVER, NAME, password)
                self.assertEqual(place.get(SERVER, NAME), password)
        place.put(SERVER, "ben's", "other")
        self.assertEqual(place.get(SERVER, "ben's"), "other")
        self.assertEqual(place.get("h:5001", NAME), "")
        place.delete(SERVER, NAME)
        place.delete(SERVER, NAME)
        self.assertEqual((place.get(SERVER, NAME), place.get(SERVER, "ben's")), ("", "other"))
