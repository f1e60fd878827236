"""The one slow step of a login, on a thread of its own: a server may ask for many rounds."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from queue import SimpleQueue
from typing import Any

from chatapp.client.transport.link import LinkInterface
from chatapp.protocol.credentials import Unprepared, salted
from chatapp.protocol.scram import KeyDerivation


@dataclass(frozen=True, slots=True)
class Salted:
    """The salted password for the login on this link; None for a text that can be no password."""

    link: LinkInterface
    key: bytes | None = field(repr=False)


def salt(inbox: SimpleQueue[Any], link: LinkInterface, password: str, task: KeyDerivation) -> None:
    """Put a `Salted` into the inbox as soon as it is done."""

    def work() -> None:
        try:
            key = salted(password, task.salt, task.iterations)
        except Unprepared:
            inbox.put(Salted(link, None))
        else:
            inbox.put(Salted(link, key))

    threading.Thread(target=work, name="salting", daemon=True).start()
