"""How long a ban lasts."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.client.outgoing.moderation import DURATION
from chatapp.gui.dialogs.durations import durations


class DurationsTest(unittest.TestCase):
    def test_tomorrow_is_counted_in_minutes(self) -> None:
        for now, minutes in ((datetime(2026, 3, 12, 20, 0), 720), (datetime(2026, 3, 12, 7, 0), 1500)):
            found = {each.label: each.command for each in durations(now)}
            self.assertEqual(found["Until tomorrow 08:00"], f"{minutes}m")

    def test_the_server_reads_each_of_them(self) -> None:
        for each in durations(datetime(2026, 3, 12, 23, 59, 59)):
            self.assertTrue(each.command == "" or DURATION.fullmatch(each.command), each)


if __name__ == "__main__":
    unittest.main()
