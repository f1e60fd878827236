"""The part of the configuration that connections need: who may use plain text, and what browsers get."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import Literal

from chatapp.protocol.addresses import is_loopback
from chatapp.server.config import LimitsConfig
from chatapp.server.net.transfer_limits import TransferLimits
from chatapp.server.state.file_transfers import FileContents

PlaintextPolicy = Literal["anyone", "this computer", "nobody"]
"""Who may connect without TLS."""


@dataclass(frozen=True, slots=True)
class Site:
    """The content of the page for browsers, and the pages that may open a WebSocket.

    Attributes:
        network: The name of the chat.
        invite: The invite link.
        origins: Other sites whose pages may open a WebSocket, as browsers write them.
        names: The names of this server in lower case, see `http_origin.is_own_host`.
    """

    network: str = ""
    invite: str = ""
    origins: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TransferService:
    """What connections need to serve files.

    Attributes:
        forgive: Called with the address of a connection on which a file is served, and the time in seconds;
            see `ConnectionLimits.forgive`.
    """

    contents: FileContents
    limits: TransferLimits
    forgive: Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class ConnectionPolicy:
    """The rules for a new connection.

    Attributes:
        limits: The limits of the configuration.
        commands: The names of the IRC commands, to recognise a first line of IRC.
        context: The TLS context; None when TLS is off.
        plaintext: Who may connect without TLS.
        refusal: The text for clients that must use TLS and do not.
        site: What browsers get.
        files: Serves requests about files; None if there are none.
    """

    limits: LimitsConfig
    commands: Container[str]
    context: ssl.SSLContext | None = None
    plaintext: PlaintextPolicy = "anyone"
    refusal: str = ""
    site: Site = field(default_factory=Site)
    files: TransferService | None = None

    def allows_plaintext(self, address: str) -> bool:
        """Return whether a client at this address may connect without TLS."""
        return self.plaintext == "anyone" or (self.plaintext == "this computer" and is_loopback(address))
