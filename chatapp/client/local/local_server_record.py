"""The server on this computer that belongs to the user, as a later window recognises it.

The server itself writes where it listens into its data folder, see `chatapp.system.server_record`. Windows of
the first version wrote it into their settings folder, as `server.json`.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from pathlib import Path

from chatapp.client import json_file
from chatapp.protocol.addresses import LOCALHOST, is_valid_port
from chatapp.protocol.invite_links import BadInvite, Invite
from chatapp.system.server_record import ServerRecord


@dataclass(frozen=True, slots=True)
class LocalServerRecord:
    """A server that was started here.

    Attributes:
        port: Its port on this computer.
        link: The link with which others can join. Its pin is the fingerprint of the server's certificate.
        name: The name of its chat; empty if it is not known.
    """

    port: int
    link: Invite
    name: str = ""

    @classmethod
    def load(cls, data: Path, settings: Path) -> LocalServerRecord | None:
        """Return the server as it last started; None if there is none, or it cannot be recognised.

        Args:
            data: The data folder of the server.
            settings: The settings folder, where the first version wrote the record.
        """
        found = ServerRecord.load(data)
        if found is not None:
            return cls._of(found.port, found.link, found.name)
        stored = json_file.load(settings / "server.json")
        port, link = stored.get("port"), stored.get("link")
        return cls._of(port, link) if isinstance(port, int) and isinstance(link, str) else None

    @classmethod
    def _of(cls, port: int, link: str, name: str = "") -> LocalServerRecord | None:
        try:
            found = cls(port, Invite.parse(link), name)
        except BadInvite:
            return None
        return found if found.link.pin and is_valid_port(port) else None

    def answers(self, seconds: float) -> bool:
        """Return whether this server listens on the port, which it proves with the key of its certificate.

        Another user of this computer can listen on the same port, and must not get the owner's key.

        Args:
            seconds: How long each step may take.
        """
        from chatapp.protocol.tls import fingerprint, unverified_context  # OpenSSL would delay the window

        try:
            with (
                socket.create_connection((LOCALHOST, self.port), timeout=seconds) as sock,
                unverified_context().wrap_socket(sock) as secured,
            ):
                return fingerprint(secured.getpeercert(binary_form=True) or b"") == self.link.pin
        except OSError:
            return False
