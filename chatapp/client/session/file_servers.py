"""Where the files of a network are, and as whom they are sent.

A server that keeps files itself is reached at the address of the chat, with the same certificate, whatever
host name stands in a link. Another server of files, as of a bouncer, is reached at the address in its URL.
"""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from chatapp.client.login import Encrypt, Login
from chatapp.client.model.file_service import file_prefix, upload_address
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class FileServers:
    """The servers of the files of one network."""

    network: Network
    login: Login
    trusted: TrustedCertificates

    @property
    def own(self) -> ServerTarget:
        """The server of the chat; without encryption only while the connection of the chat has none."""
        login = self.login
        is_open = self.network.state == "online" and self.network.privacy != "encrypted"
        encrypt: Encrypt = "never" if is_open else "always"
        known = self.trusted.known(login.host, login.port)
        return ServerTarget(login.host, login.port, encrypt, login.pin, known, login.proxy)

    @property
    def is_own(self) -> bool:
        """Whether files are sent to the server of the chat."""
        return bool(file_prefix(self.network))

    def for_upload(self, url: str) -> ServerTarget:
        """Return the server to which a file is sent."""
        if self.is_own:
            return self.own
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if (host, port) == (self.login.host.lower(), self.login.port):
            return replace(self.own, encrypt="always" if parts.scheme == "https" else "never")
        encrypt: Encrypt = "always" if parts.scheme == "https" else "never"
        return ServerTarget(host, port, encrypt, known=self.trusted.known(host, port), proxy=self.login.proxy)

    @property
    def login_field(self) -> str:
        """What tells another server of files who we are, as HTTP has it; empty if it is not needed or known.

        The URL of the chat's own server has a token.
        """
        login = self.login
        if self.is_own or not login.password:
            return ""
        account = self.network.account or login.account or login.nick
        return "Basic " + b64encode(f"{account}:{login.password}".encode()).decode()

    @property
    def token_field(self) -> str:
        """What tells the chat's own server who we are, as HTTP has it; empty if we may send no files."""
        token = urlsplit(upload_address(self.network)).path.partition("/upload/")[2]
        return f"Bearer {token}" if token and self.is_own else ""
