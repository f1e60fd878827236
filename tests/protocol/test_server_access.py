"""Who may connect to a server."""

from __future__ import annotations

import unittest

from chatapp.protocol.server_access import read_access


class ServerAccess(unittest.TestCase):
    def test_the_known_words_are_read(self) -> None:
        for word in ("everyone", "invite", "accounts"):
            self.assertEqual(word, read_access(word))

    def test_anything_else_is_none(self) -> None:
        for word in ("", "Everyone", "nobody", None, 1):
            with self.subTest(word):
                self.assertIsNone(read_access(word))


if __name__ == "__main__":
    unittest.main()
