"""What owners change while the server runs."""

from __future__ import annotations

import unittest

from chatapp.protocol.server_access import ACCESS
from chatapp.server.config import parse
from chatapp.server.state.live_settings import LiveSettings, access_of

WRITTEN = parse("[server]\nnetwork = 'Lab'\n[accounts]\nmembers_only = true")


class Applying(unittest.TestCase):
    def test_without_changes_the_configuration_stays(self) -> None:
        self.assertEqual(LiveSettings().applied_to(WRITTEN), WRITTEN)

    def test_the_name_replaces_that_of_the_configuration(self) -> None:
        found = LiveSettings(name="Room 12").applied_to(WRITTEN)
        self.assertEqual((found.server.network, access_of(found)), ("Room 12", "accounts"))

    def test_each_access_replaces_that_of_the_configuration(self) -> None:
        for access in ACCESS:
            with self.subTest(access):
                self.assertEqual(access_of(LiveSettings(access=access).applied_to(WRITTEN)), access)

    def test_keys_of_files_replace_those_of_the_configuration(self) -> None:
        found = LiveSettings(files={"who": "members", "keep_days": 3}).applied_to(WRITTEN).files
        self.assertEqual(
            (found.who, found.keep_days, found.max_bytes), ("members", 3, WRITTEN.files.max_bytes)
        )


if __name__ == "__main__":
    unittest.main()
