"""What a server does with files: whether it takes them, how large they may be, how long it keeps them.

    soju.im/FILEHOST=https://chat.example:5000/upload/TOKEN     where files are sent; only if we may send some
    chatapp/FILES=id:k3Xq9p,max:25000000,days:90,who:members    only from a server that keeps them itself

Source: soju.im/FILEHOST
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import urlsplit

from chatapp.client.model.network import Network
from chatapp.client.text.file_links import apart_from_text, without_files
from chatapp.languages.numbers import format_size
from chatapp.languages.translation import N_, _
from chatapp.protocol.addresses import is_this_computer
from chatapp.protocol.numbers import parse_whole

ABOUT_PASSWORD_HOST = N_("Files of this server go to {host}. Send your account's password there?")

SERVICE = "chatapp/FILES"
UPLOAD_TOKENS = ("soju.im/FILEHOST", "draft/FILEHOST")

Senders = Literal["everybody", "members", "moderators", "nobody"]
_SENDERS: dict[str, Senders] = {
    "everybody": "everybody", "members": "members", "moderators": "moderators", "nobody": "nobody",
}  # fmt: skip
_WHO_MAY = {
    "members": N_("Only people with an account can send files here."),
    "moderators": N_("Only moderators can send files here."),
    "nobody": N_("Nobody can send files here now."),
}
_NOT_NOW = N_("Files cannot be sent here now.")


@dataclass(frozen=True, slots=True)
class FileService:
    """The files that a server keeps itself.

    Attributes:
        prefix: With which the ids of its files begin.
        most_bytes: The size of the largest file that it takes; 0 for no limit.
        days: How long it keeps a file; 0 for no limit.
        who: Who may send files.
    """

    prefix: str
    most_bytes: int = 0
    days: int = 0
    who: Senders = "everybody"

    @property
    def who_may(self) -> str:
        """Who alone may send files, as a sentence; empty if everybody may."""
        return _(_WHO_MAY[self.who]) if self.who in _WHO_MAY else ""


def file_service(network: Network) -> FileService | None:
    """Return the files that the server keeps itself; None if it keeps none."""
    return _parsed(network.isupport.get(SERVICE, ""))


@lru_cache(maxsize=64)
def _parsed(token: str) -> FileService | None:
    """Read the token of a server; every message is looked through for links to its files."""
    values = {name: value for name, _colon, value in (each.partition(":") for each in token.split(","))}
    prefix = values.get("id", "")
    who = _SENDERS.get(values.get("who", ""), "everybody")
    most, days = (parse_whole(values.get(name, "")) or 0 for name in ("max", "days"))
    return FileService(prefix, most, days, who) if prefix else None


def file_prefix(network: Network) -> str:
    """Return with what the ids of the server's files begin; empty if it keeps none."""
    service = file_service(network)
    return service.prefix if service else ""


def with_file_names(network: Network, text: str) -> str:
    """Return a message with the names of its files in place of their links, for a line about it."""
    words, files = apart_from_text(text, file_prefix(network))
    names = [_("File: {name}").format(name=each.name) for each in files]
    return "\n".join([*([words] if words else []), *names]) if names else text


def shown_text(network: Network, text: str) -> str:
    """Return the text of a message as the messages show it: of its files only the names."""
    words, files = without_files(text, file_prefix(network))
    return "\n".join([*([words] if words else []), *(each.name for each in files)]) if files else text


def upload_address(network: Network) -> str:
    """Return the URL for uploads; empty if we may not send files, or only without encryption."""
    for token in UPLOAD_TOKENS:
        url = network.isupport.get(token, "")
        try:
            parts = urlsplit(url)
            host = parts.hostname if parts.port != 0 else ""
        except ValueError:
            continue
        if host and (parts.scheme == "https" or (parts.scheme == "http" and _may_be_open(network, host))):
            return url
    return ""


def can_send_files(network: Network) -> bool:
    """Return whether files can be sent, now or when the connection is back."""
    return network.state != "offline" and bool(upload_address(network))


def why_none(network: Network) -> str:
    """Return why a server that keeps files takes none from us; empty if it takes some, and for others."""
    service = file_service(network)
    if service is None or upload_address(network):
        return ""
    return service.who_may or _(_NOT_NOW)


def size_problem(network: Network, name: str, size: int) -> str:
    """Return why a file is too large for the server, as a sentence; empty if it is not."""
    service = file_service(network)
    if service is None or not service.most_bytes or size <= service.most_bytes:
        return ""
    return _("“{name}” is {size}. This server takes files of up to {limit}.").format(
        name=name, size=format_size(size), limit=format_size(service.most_bytes)
    )


def _may_be_open(network: Network, host: str) -> bool:
    """Return whether files, and the password with them, may travel without encryption: as the messages do."""
    stays_here = bool(file_prefix(network)) or is_this_computer(host)
    return network.privacy == "open" or (network.privacy == "here" and stays_here)
