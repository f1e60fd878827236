"""Where the files of a network are, and as whom they are sent.

A server that keeps files itself is reached at the address of the chat, with the same certificate, whatever
host name stands in a link. Another server of files, as of a bouncer, is reached at the address in its URL.

The server of the chat can announce any URL. The password goes to its own host, whose certificate is the one
of the chat or signed by a CA; to another host only if the user has allowed that; and never without encryption
to another computer.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from chatapp.client.login import Encrypt, Login
from chatapp.client.model.file_service import file_prefix, upload_address
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import at_origin
from chatapp.client.transport.certificates import ServerTarget, TrustedCertificates
from chatapp.protocol.addresses import is_this_computer, join_host_port

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

    def with_own_links(self, text: str) -> str:
        """Return a text whose links to files of the chat's server lead where this user reaches it.

        Links with the address that the server has told us stay as they are.
        """
        own, told = self.own, urlsplit(upload_address(self.network))
        scheme = "http" if own.encrypt == "never" else "https"
        origin = f"{scheme}://{join_host_port(own.host, own.port)}"
        return at_origin(text, file_prefix(self.network), origin, (f"{told.scheme}://{told.netloc}".lower(),))

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
        encrypt: Encrypt = "always" if parts.scheme == "https" else "never"
        if not self._is_chat_host(host):
            known = self.trusted.known(host, port)
            return ServerTarget(host, port, encrypt, known=known, proxy=self.login.proxy)
        if port == self.login.port:
            return replace(self.own, encrypt=encrypt)
        known = self.trusted.known(host, port) or self.own.pin or self.own.known
        return ServerTarget(self.login.host, port, encrypt, known=known, proxy=self.login.proxy)

    def password_host(self, url: str) -> str:
        """Return the host that would get the password with an upload, but is not that of the chat.

        Empty if there is none.
        """
        host = urlsplit(url).hostname or ""
        return host if self._wants_password(url) and not self._is_chat_host(host) else ""

    def password_host_key(self, host: str) -> str:
        """Return the key of the answer whether a host gets the password."""
        return f"{self.login.address} {host}"

    def login_field(self, url: str, hosts: Mapping[str, bool]) -> str:
        """Return what tells another server of files who we are, as HTTP has it; empty for nothing.

        The URL of the chat's own server has a token.

        Args:
            url: To which a file is sent.
            hosts: See `FileOptions.password_hosts`.
        """
        login, host = self.login, self.password_host(url)
        if not self._wants_password(url) or (host and not hosts.get(self.password_host_key(host))):
            return ""
        account = self.network.account or login.account or login.nick
        return "Basic " + b64encode(f"{account}:{login.password}".encode()).decode()

    def _wants_password(self, url: str) -> bool:
        """Return whether there is a password that a URL may get, if its host may."""
        parts = urlsplit(url)
        is_private = parts.scheme == "https" or is_this_computer(parts.hostname or "")
        return bool(url and self.login.password) and is_private and not self.is_own

    def _is_chat_host(self, host: str) -> bool:
        return host.removesuffix(".") == self.login.host.lower().removesuffix(".")

    @property
    def token_field(self) -> str:
        """What tells the chat's own server who we are, as HTTP has it; empty if we may send no files."""
        token = urlsplit(upload_address(self.network)).path.partition("/upload/")[2]
        return f"Bearer {token}" if token and self.is_own else ""
