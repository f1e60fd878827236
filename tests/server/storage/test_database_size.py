"""How much the database holds."""

from __future__ import annotations

import unittest

from chatapp.server.storage.database_size import measure
from tests.server.base import ServerTest


class Size(ServerTest):
    def test_messages_are_counted(self) -> None:
        self.enter("ann", channel="#c")
        before = measure(self.reader)
        self.say("ann", "PRIVMSG #c :one", "PRIVMSG #c :two")
        after = measure(self.reader)
        self.assertEqual(after.messages - before.messages, 2)
        self.assertGreaterEqual(before.size, 4096)


if __name__ == "__main__":
    unittest.main()
