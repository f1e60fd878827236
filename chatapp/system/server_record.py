"""Where the server of a data folder listens: a small file in that folder, by which windows find the server.

    server.json    its port, its invite link, the fingerprint of its certificate, its name

The server writes it at each start and when its addresses, its certificate or its name change. It stays when
the server ends, so that the next start can use the same port. It holds no secret, but only the user of the
server can read the folder.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "server.json"
MAX_BYTES = 10_000  # of a record; a larger file is none

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """A server as it last started.

    Attributes:
        port: Its port on this computer.
        link: The link with which others can join.
        fingerprint: SHA-256 of its certificate, 64 hexadecimal digits; empty without TLS.
        name: The name of the chat; empty if it was written by a version that does not tell it.
    """

    port: int
    link: str
    fingerprint: str = ""
    name: str = ""

    @classmethod
    def load(cls, folder: Path) -> ServerRecord | None:
        """Return the record in a data folder; None if there is none that can be used."""
        try:
            with (folder / FILE).open(encoding="utf-8") as file:
                read = json.loads(file.read(MAX_BYTES))
        except (OSError, ValueError, RecursionError):
            return None
        match read:
            case {"port": int(port), "link": str(link), "fingerprint": str(fingerprint)} if 0 < port < 65536:
                name = read.get("name", "")
                return cls(port, link, fingerprint, name if isinstance(name, str) else "")
        return None

    def save(self, folder: Path) -> None:
        """Replace the record. If that fails, the reason is logged: the server works without it."""
        name = ""
        try:
            descriptor, name = tempfile.mkstemp(dir=folder, prefix=FILE)  # of mode 0600
            with open(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(self), file)
            os.replace(name, folder / FILE)
        except OSError as error:
            log.warning("The record of the server cannot be written: %s", error)
            with suppress(OSError):
                os.unlink(name)
