"""The key of a password is derived on a separate thread."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from chatapp.client.session.salting import KeyDerived, derive_key
from chatapp.client.transport.certificates import ServerTarget
from chatapp.protocol.credentials import salt_password
from chatapp.protocol.scram import Hello, KeyDerivation
from tests.client.base import FakeLink
from tests.client.transport.authority import PATIENCE
from tests.errors import Quiet

SALT, ROUNDS = b"salt and pepper!", 4096


class Deriving(Quiet):
    def derive(self, password: str) -> KeyDerived:
        inbox: SimpleQueue[Any] = SimpleQueue()
        self.link = FakeLink(ServerTarget("h", 1), inbox)
        task = KeyDerivation(SALT, ROUNDS, Hello("ana", "n" * 24), b"", "nonce")
        derive_key(inbox, self.link, password, task)
        item = inbox.get(timeout=PATIENCE)
        assert isinstance(item, KeyDerived)
        return item

    def test_the_key_is_delivered_with_its_link(self) -> None:
        item = self.derive("correct horse")
        self.assertEqual(salt_password("correct horse", SALT, ROUNDS), item.key)
        self.assertIs(self.link, item.link)

    def test_a_text_that_cannot_be_a_password_gives_no_key(self) -> None:
        """RFC 4013: a password contains no control characters."""
        self.assertIsNone(self.derive("bell\u0007\u00e9").key)

    def test_the_key_is_not_shown_by_accident(self) -> None:
        item = self.derive("correct horse")
        self.assertNotIn(repr(item.key), repr(item))
