"""Derives the key of a password on a thread of its own: a server may demand rounds that take seconds."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from chatapp.client.transport.link import Inbox, LinkInterface
from chatapp.protocol.credentials import InvalidPassword, salt_password
from chatapp.protocol.scram import KeyDerivation


@dataclass(frozen=True, slots=True)
class KeyDerived:
    """The key for the login on this link; None if the text cannot be a password."""

    link: LinkInterface
    key: bytes | None = field(repr=False)


def derive_key(inbox: Inbox, link: LinkInterface, password: str, task: KeyDerivation) -> None:
    """Start the derivation. It puts a `KeyDerived` into the inbox.

    Thread:
        Any; the work is done on a new one.
    """

    def work() -> None:
        try:
            key = salt_password(password, task.salt, task.iterations)
        except InvalidPassword:
            inbox.put(KeyDerived(link, None))
        else:
            inbox.put(KeyDerived(link, key))

    threading.Thread(target=work, name="key derivation", daemon=True).start()
