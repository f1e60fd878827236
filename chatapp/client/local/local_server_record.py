"""Files about the server that was started here, so that a later window recognises it.

    server.json       its port, its certificate, the link with which others can join
    owner-password    the password for OPER that makes a user its owner

Both are in the folder of the server's output and readable only by this user. The password is in a file and
not in a password store because it gives no access that the data folder of the same user does not give.
"""

from __future__ import annotations

import logging
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

from chatapp.client import json_file
from chatapp.protocol.addresses import is_valid_port
from chatapp.protocol.invite_links import BadInvite, Invite
from chatapp.protocol.tls import fingerprint

LOOPBACK = "127.0.0.1"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LocalServerRecord:
    """A server that was started here.

    Attributes:
        port: Its port on this computer.
        link: The link with which others can join. Its pin is the fingerprint of the server's certificate.
    """

    port: int
    link: Invite

    @classmethod
    def load(cls, folder: Path) -> LocalServerRecord | None:
        """Return the last server that was started; None if there is none, or it cannot be recognised."""
        stored = json_file.load(folder / "server.json")
        port, link = stored.get("port"), stored.get("link")
        if not isinstance(port, int) or not isinstance(link, str) or not is_valid_port(port):
            return None
        try:
            found = cls(port, Invite.parse(link))
        except BadInvite:
            return None
        return found if found.link.pin else None

    def save(self, folder: Path) -> None:
        """Store it in place of the previous one."""
        try:
            json_file.save(folder / "server.json", {"port": self.port, "link": str(self.link)})
        except OSError as error:
            log.warning("the record of the started server cannot be written: %s", error)

    def answers(self, seconds: float) -> bool:
        """Return whether this server listens on the port, which it proves with the key of its certificate.

        Another user of this computer can listen on the same port, and must not get the owner's password.

        Args:
            seconds: How long each step may take.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # the fingerprint is compared instead
        try:
            with (
                socket.create_connection((LOOPBACK, self.port), timeout=seconds) as sock,
                context.wrap_socket(sock) as secured,
            ):
                return fingerprint(secured.getpeercert(binary_form=True) or b"") == self.link.pin
        except OSError:
            return False


def owner_password(folder: Path) -> str:
    """Return the password that the server wrote at its first start; empty if there is none."""
    try:
        return password_file(folder).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        log.warning("the owner's password cannot be read: %s", error)
        return ""


def password_file(folder: Path) -> Path:
    """Return the path of the file to which the server writes the password."""
    return folder / "owner-password"
