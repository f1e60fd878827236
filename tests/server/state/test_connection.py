"""The null connection of the session under which the server runs its tasks."""

from __future__ import annotations

import unittest

from chatapp.server.state.connection import Connection, NullConnection
from chatapp.server.state.session import Session


class Null(unittest.TestCase):
    def test_it_has_everything_that_a_session_needs(self) -> None:
        connection: Connection = NullConnection()
        session = Session(connection, 0.0)
        self.assertTrue(session.is_private)
        self.assertEqual((session.fingerprint, session.name), ("", "*"))

    def test_it_sends_nothing_and_has_no_backlog(self) -> None:
        connection = NullConnection()
        connection.put(b"PING x\r\n")
        self.assertEqual((connection.flush(), connection.backlog), (0, 0))
        connection.close()

    def test_it_does_not_start_plain_text(self) -> None:
        self.assertFalse(NullConnection().start_without_tls())
