"""What is remembered of the server that was started from here, so that a later window knows it again.

    server.json       where it listens, which certificate it has, the link that brings others to it
    owner-password    makes the person who gives it to OPER its owner

Both lie beside the record of what the server prints, for this user alone. The password is kept in a file and
in no password store: it opens nothing that the data folder, which the same user owns, does not open as well.
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

HERE = "127.0.0.1"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LocalServerRecord:
    """A server that was started from here.

    Attributes:
        port: Where it listens on this computer.
        link: Brings others to it. Its pin is the fingerprint of the server's certificate.
    """

    port: int
    link: Invite

    @classmethod
    def load(cls, folder: Path) -> LocalServerRecord | None:
        """The one that was started last; None when there is none, or it could not be known again."""
        kept = json_file.load(folder / "server.json")
        port, link = kept.get("port"), kept.get("link")
        if not isinstance(port, int) or not isinstance(link, str) or not is_valid_port(port):
            return None
        try:
            found = cls(port, Invite.parse(link))
        except BadInvite:
            return None
        return found if found.link.pin else None

    def save(self, folder: Path) -> None:
        """Remember it in place of the one before."""
        try:
            json_file.save(folder / "server.json", {"port": self.port, "link": str(self.link)})
        except OSError as error:
            log.warning("the server that was started cannot be remembered: %s", error)

    def answers(self, seconds: float) -> bool:
        """Whether it is this server that listens there: it proves that it has the certificate's key.

        Another user of this computer can listen on the same port, and must not get the owner's password.

        Args:
            seconds: How long each step may take.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # it is compared with the one that is known
        try:
            with (
                socket.create_connection((HERE, self.port), timeout=seconds) as sock,
                context.wrap_socket(sock) as secured,
            ):
                return fingerprint(secured.getpeercert(binary_form=True) or b"") == self.link.pin
        except OSError:
            return False


def owner_password(folder: Path) -> str:
    """The password that the server has handed over at its first start; empty when there is none."""
    try:
        return password_file(folder).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        log.warning("the owner's password cannot be read: %s", error)
        return ""


def password_file(folder: Path) -> Path:
    """Where the server writes it."""
    return folder / "owner-password"
