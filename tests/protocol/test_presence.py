"""The away text of accounts that are not connected."""

from __future__ import annotations

import unittest

from chatapp.protocol.presence import ABSENT
from tests.server.base import ServerTest


class AbsentTest(ServerTest):
    def test_it_fits_into_an_away_text_of_the_server(self) -> None:
        self.assertLessEqual(len(ABSENT.encode()), self.world.config.limits.away)


if __name__ == "__main__":
    unittest.main()
