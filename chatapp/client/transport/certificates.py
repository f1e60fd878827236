"""Which certificate a server may show, and what people are asked when it shows another.

    an authority of this computer vouches for it, for this name   accepted, nothing is asked
    it is the one of the invite link, or was trusted here before  accepted
    nobody vouches for it                                         asked once, then remembered
    it is another than the one that was trusted                   stops with a warning
    it is another than the one of the link                        refused
    it has expired, or is for another name                        stops and says so

On this computer nobody is in between, and any certificate will do, unless a link names one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from chatapp.client import json_file
from chatapp.client.login import Encrypt
from chatapp.protocol.addresses import is_loopback

CertificateProblemKind = Literal["unknown", "changed", "pin", "expired", "early", "name"]

# OpenSSL's number of what is wrong -> what that means here; of anything else: nobody vouches for it
_REASONS: dict[int, CertificateProblemKind] = {9: "early", 10: "expired", 62: "name", 64: "name"}
_GROUP, _GROUPS_A_LINE = 4, 8  # digits of a fingerprint as it is shown

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ServerTarget:
    """Where to connect, how, and which certificate is expected there.

    The pin is of an invite link: no other certificate will do. The known one was trusted here before.
    """

    host: str
    port: int
    encrypt: Encrypt = "auto"
    pin: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class CertificateProblem:
    """A certificate that is not accepted without a word; nothing was said to whoever showed it."""

    kind: CertificateProblemKind
    host: str
    port: int
    fingerprint: str

    @property
    def title(self) -> str:
        return _WORDS[self.kind][0].format(host=self.host)

    @property
    def words(self) -> str:
        return _WORDS[self.kind][1].format(host=self.host)

    @property
    def is_open(self) -> bool:
        """Whether somebody may decide to trust it all the same."""
        return self.kind != "pin"

    @property
    def is_alarming(self) -> bool:
        """Whether to go on is the exception: who does not read must not get there."""
        return self.kind != "unknown"


_WORDS: dict[CertificateProblemKind, tuple[str, str]] = {
    "unknown": (
        "Is this the right server?",
        "{host} shows a certificate that nobody vouches for, as is usual for a chat of one's own. If you "
        "can, compare its fingerprint with the one that the server printed when it started. "
        "You are asked only once.",
    ),
    "changed": (
        "Stop: this may not be your server",
        "{host} shows another certificate than the one you trusted. Perhaps the server was set up anew. But "
        "somebody between you and the server would look just like this, and could read everything you "
        "write. Ask whoever runs the server for its fingerprint, and trust this one only if it is the same.",
    ),
    "pin": (
        "This is not the server of the invitation",
        "The link says which certificate its server has, and {host} shows another. Nothing was sent to it. "
        "Ask for a new link. If that does not work either, somebody may be between you and the server.",
    ),
    "expired": (
        "The certificate has expired",
        "An authority that this computer trusts has vouched for the certificate of {host}, but its time is "
        "over. Most likely nobody has renewed it: tell whoever runs the server. Look at the clock of this "
        "computer, too. Nothing was sent yet.",
    ),
    "early": (
        "The certificate is not valid yet",
        "The certificate of {host} is for a time to come. Most likely the clock of this computer is wrong. "
        "Nothing was sent yet.",
    ),
    "name": (
        "The certificate is for another server",
        "An authority that this computer trusts vouches for the certificate, but not for the name {host}. "
        "Perhaps the address should be written in another way; perhaps you talk to the wrong computer. "
        "Nothing was sent yet.",
    ),
}


def doubt(target: ServerTarget, fingerprint: str, code: int) -> CertificateProblem:
    """What is wrong with a certificate.

    Takes  code: by which OpenSSL refused it; 0 when it was not asked
    """
    kind: CertificateProblemKind
    if target.pin:
        kind = "pin"
    elif target.known:
        kind = "changed"
    else:
        kind = _REASONS.get(code, "unknown")
    return CertificateProblem(kind, target.host, target.port, fingerprint)


def is_here(address: str) -> bool:
    """Whether an address, or the name for it, is this computer's own (loopback)."""
    return address == "localhost" or is_loopback(address)


def grouped(fingerprint: str) -> str:
    """A fingerprint as people compare it: in groups of four, on lines."""
    groups = [fingerprint[place : place + _GROUP] for place in range(0, len(fingerprint), _GROUP)]
    lines = [groups[place : place + _GROUPS_A_LINE] for place in range(0, len(groups), _GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


class TrustedCertificates:
    """The certificates that a person trusted, by host and port, in a file.

    Takes  path: None keeps them for this run only
           today: for the file, so that people see since when
    """

    def __init__(self, path: Path | None = None, today: Callable[[], date] = date.today) -> None:
        self._path = path
        self._today = today
        self._latest: dict[str, str] = {}  # what was trusted in this run, also if it could not be written

    def known(self, host: str, port: int) -> str:
        """The fingerprint that is trusted there; nothing when none is."""
        key = _key(host, port)
        row = self._read().get(key)
        kept = row.get("fingerprint") if isinstance(row, dict) else None
        return self._latest.get(key) or (kept if isinstance(kept, str) else "")

    def trust(self, host: str, port: int, fingerprint: str) -> None:
        """From now on this certificate is the right one there."""
        if fingerprint == self.known(host, port):
            return
        key = _key(host, port)
        self._latest[key] = fingerprint
        if self._path is None:
            return
        row = {"fingerprint": fingerprint, "since": self._today().isoformat()}
        try:
            with json_file.locked(self._path):
                json_file.save(self._path, {**self._read(), key: row})
        except OSError as error:
            log.warning("the trusted certificate cannot be written to %s: %s", self._path, error)

    def _read(self) -> dict[str, Any]:
        """Every time anew, for a second window may have written."""
        return json_file.load(self._path) if self._path else {}


def _key(host: str, port: int) -> str:
    return f"{host.lower().removesuffix('.')} {port}"
