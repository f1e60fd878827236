"""Decides which certificates of servers are accepted, and explains the others to the user.

    signed by a CA of this computer, for this name          accepted
    named by the invite link, or trusted by the user        accepted
    not signed by a known CA                                the user is asked once; the answer is stored
    different from the certificate that the user trusted    a warning; the user may trust it
    different from the one that the invite link names       refused
    expired, not valid yet, or for another name             a warning; the user may trust it

A certificate also says which chat runs at an address: what is stored about the conversations of one must not
appear in another. The first chat that was trusted at an address needs no more name than the address.

A server on this computer may have any certificate the first time, unless an invite link names one: no other
computer can be in between. It is stored like a trusted one, because another chat may use the same port later.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from chatapp.client import json_file
from chatapp.client.login import Encrypt
from chatapp.languages.translation import N_, _

CertificateProblemKind = Literal[
    "unknown", "changed", "changed-here", "pin", "pin-here", "expired", "early", "name"
]

# OpenSSL's verification error numbers; any other error means that no known CA has signed the certificate
_REASONS: dict[int, CertificateProblemKind] = {9: "early", 10: "expired", 62: "name", 64: "name"}
CHAT_DIGITS = 16  # of a fingerprint, which tell a chat from others at its address

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """A server to connect to, and the certificate that is expected there.

    Attributes:
        pin: The fingerprint of an invite link: no other certificate is accepted; empty for none.
        known: The fingerprint that the user trusted before; empty for none.
        proxy: As in `Login.proxy`.
    """

    host: str
    port: int
    encrypt: Encrypt = "auto"
    pin: str = ""
    known: str = ""
    proxy: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CertificateProblem:
    """A certificate that is not accepted without asking the user. Nothing was sent to its server."""

    kind: CertificateProblemKind
    host: str
    port: int
    fingerprint: str

    @property
    def title(self) -> str:
        """The heading for the user."""
        return _(_TEXTS[self.kind][0]).format(host=self.host, port=self.port)

    @property
    def explanation(self) -> str:
        """The explanation for the user."""
        return _(_TEXTS[self.kind][1]).format(host=self.host, port=self.port)

    @property
    def can_be_trusted(self) -> bool:
        """Whether the user may decide to trust it."""
        return self.kind not in ("pin", "pin-here")

    @property
    def is_alarming(self) -> bool:
        """Whether trusting it must not be the default answer."""
        return self.kind != "unknown"

    @property
    def may_be_same_chat(self) -> bool:
        """Whether the chat that the user knew may have got a new certificate."""
        return self.kind == "changed"


_TEXTS: dict[CertificateProblemKind, tuple[str, str]] = {
    "unknown": (
        N_("Is this the right server?"),
        N_(
            "No certificate authority has signed the certificate of {host}, which is usual for a private"
            " chat. If you can, compare its fingerprint with the one that the server printed when it started."
            " You are asked only once."
        ),
    ),
    "changed": (
        N_("Stop: this may not be your server"),
        N_(
            "The certificate of {host} is not the one you trusted. The server may have been set up again."
            " But an attacker between you and the server would look just like this, and could read"
            " everything you write. Ask the operator of the server for its fingerprint. Trust this"
            " certificate only if its fingerprint is the same."
        ),
    ),
    "changed-here": (
        N_("Another chat may be running here now"),
        N_(
            "You joined a chat on port {port} of this computer ({host}), but now the certificate there is a"
            " different one. Nothing was sent. Your chat may have been stopped, and another one uses its"
            " port. Trust this certificate only if you want to be in the chat that runs there now."
        ),
    ),
    "pin": (
        N_("This is not the server of the invitation"),
        N_(
            "The invite link names the certificate of its server, and {host} has a different one. Nothing"
            " was sent to it. Ask for a new link. If that does not work either, an attacker may be between"
            " you and the server."
        ),
    ),
    "pin-here": (
        N_("Another chat runs on port {port}"),
        N_(
            "Another chat than the one you want to open uses port {port} of this computer ({host}). Nothing"
            " was sent to it. Stop that chat, or start yours on another port."
        ),
    ),
    "expired": (
        N_("The certificate has expired"),
        N_(
            "The certificate of {host} is signed by a certificate authority, but it has expired. Tell the "
            "operator of the server to renew it. Also check the clock of this computer. Nothing was sent yet."
        ),
    ),
    "early": (
        N_("The certificate is not valid yet"),
        N_(
            "The certificate of {host} becomes valid later. The clock of this computer is probably wrong. "
            "Nothing was sent yet."
        ),
    ),
    "name": (
        N_("The certificate is for another server"),
        N_(
            "The certificate is signed by a certificate authority, but not for the name {host}. "
            "The address may be misspelled, or this is the wrong server. "
            "Nothing was sent yet."
        ),
    ),
}


def find_problem(
    target: ServerTarget, fingerprint: str, code: int, is_local: bool = False
) -> CertificateProblem:
    """Find out what is wrong with a certificate.

    Args:
        fingerprint: The fingerprint of the certificate.
        code: OpenSSL's verification error number; 0 when OpenSSL did not verify it.
        is_local: Whether the server is on this computer.
    """
    kind: CertificateProblemKind
    if target.pin:
        kind = "pin-here" if is_local else "pin"
    elif target.known:
        kind = "changed-here" if is_local else "changed"
    else:
        kind = _REASONS.get(code, "unknown")
    return CertificateProblem(kind, target.host, target.port, fingerprint)


class TrustedCertificates:
    """The certificates that the user trusts, by host and port, stored in a file.

    Args:
        path: The file; None to forget them at the end of this process.
        today: Returns the date that is stored with a certificate.
    """

    def __init__(self, path: Path | None = None, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today
        self._latest: dict[str, str] = {}  # trusted by this process, also if the file cannot be written
        self._latest_chats: dict[str, dict[str, str]] = {}

    def known(self, host: str, port: int) -> str:
        """Return the fingerprint that is trusted for a server; empty when there is none."""
        key = _key(host, port)
        row = self._read().get(key)
        stored = row.get("fingerprint") if isinstance(row, dict) else None
        return self._latest.get(key) or (stored if isinstance(stored, str) else "")

    def trust(self, host: str, port: int, fingerprint: str, is_same_chat: bool = False) -> None:
        """Accept this certificate for a server from now on.

        Args:
            is_same_chat: Whether it is a new certificate of the chat that was trusted there before.
        """
        known, chats = self.known(host, port), self._chats(host, port)
        if fingerprint == known:
            return
        key = _key(host, port)
        name = chats.get(known, "") if is_same_chat else self.chat(host, port, fingerprint)
        self._latest[key], self._latest_chats[key] = fingerprint, {**chats, fingerprint: name}
        several = {"chats": self._latest_chats[key]} if chats else {}
        self._store(key, {"fingerprint": fingerprint, "since": self._today().isoformat(), **several})

    def chat(self, host: str, port: int, fingerprint: str = "") -> str:
        """Return what tells a chat from the others at its address; empty for the first one.

        Args:
            fingerprint: Its certificate; empty for the one that is trusted now.
        """
        fingerprint, chats = fingerprint or self.known(host, port), self._chats(host, port)
        return chats.get(fingerprint, fingerprint[:CHAT_DIGITS] if chats else "")

    def servers(self) -> list[str]:
        """Return the servers whose certificates are trusted, as `host:port`."""
        rows = (key for key, row in self._read().items() if isinstance(row, dict) and row.get("fingerprint"))
        keys = {*rows, *self._latest}
        return sorted(key.replace(" ", ":") for key in keys)

    def forget(self, server: str) -> None:
        """Trust the certificate of a server no longer.

        Args:
            server: As `servers` returns it.
        """
        host, _, port = server.rpartition(":")
        key = f"{host} {port}"
        chats = self._chats(host, int(port))
        self._latest.pop(key, None)
        self._store(key, {"chats": chats} if chats else None)

    def _chats(self, host: str, port: int) -> dict[str, str]:
        """Return what `chat` returns for each certificate that was trusted at an address."""
        key = _key(host, port)
        row = self._read().get(key)
        stored = row.get("chats") if isinstance(row, dict) else None
        if not isinstance(stored, dict):  # by a version that did not tell chats apart
            stored = {known: ""} if (known := self.known(host, port)) else {}
        texts = {each: chat for each, chat in stored.items() if isinstance(chat, str)}
        return texts | self._latest_chats.get(key, {})

    def _store(self, key: str, row: dict[str, Any] | None) -> None:
        """Write the row of a server into the file; None deletes it."""
        if self._path is None:
            return
        try:
            with json_file.locked(self._path):
                rows = self._read()
                rows.pop(key, None)
                json_file.save(self._path, rows if row is None else {**rows, key: row})
        except OSError as error:
            log.warning("Cannot store the trusted certificates in %s: %s", self._path, error)

    def _read(self) -> dict[str, Any]:
        """Read the file each time: another window may have written it."""
        return json_file.load(self._path) if self._path else {}


def _key(host: str, port: int) -> str:
    return f"{host.lower().removesuffix('.')} {port}"
