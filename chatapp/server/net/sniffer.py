"""Detects the protocol of a client from its first bytes: HTTP, WebSocket, IRC, or plain text of a person.

A browser begins with an HTTP method, all other clients with a line. The first line shows whether an IRC
client or a person has connected, see `core/first_line.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from http import HTTPStatus

from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.server.core import first_line
from chatapp.server.net import file_requests, http
from chatapp.server.net.http import HttpError, HttpRequest
from chatapp.server.net.policy import Site
from chatapp.server.net.websocket import WebSocket

TLS_HANDSHAKE = b"\x16"  # the first byte of a ClientHello; no line of text begins with it
NO_TLS = "TLS is switched off on this server: connect without TLS"

Lines = list[bytes | TooLong]


class ProtocolSniffer:
    """Turns the decrypted bytes of one connection into lines.

    Args:
        lines: Splits lines and checks their length.
        site: What browsers get.
        refusal: Why this client may not use an unencrypted connection; empty when it may.
        commands: The names of the IRC commands.
        was_asked: Returns whether the client has been asked for a name.
        has_files: Whether requests about files are served.

    Attributes:
        file_request: A request about a file, which is served outside of the sniffer; None so far.
        rest: The bytes after its head.
        reply: Bytes to send as they are.
        ended: Whether to disconnect after the reply.
        rejection: The text to disconnect with; empty while the client is accepted.
        is_person: Whether the client is a person who types text without IRC commands.
        websocket: The WebSocket that frames the lines; None without one.
    """

    __slots__ = (
        "_commands", "_has_files", "_lines", "_next", "_refusal", "_site", "_start", "_was_asked", "ended",
        "file_request", "is_person", "rejection", "reply", "rest", "websocket",
    )  # fmt: skip

    def __init__(
        self,
        lines: LineBuffer,
        site: Site,
        refusal: str,
        commands: Container[str],
        was_asked: Callable[[], bool],
        has_files: bool = False,
    ) -> None:
        self.file_request: HttpRequest | None = None
        self.rest = b""
        self.reply = b""
        self.ended = False
        self.rejection = ""
        self.is_person = False
        self.websocket: WebSocket | None = None
        self._lines = lines
        self._site = site
        self._refusal = refusal
        self._commands = commands
        self._was_asked = was_asked
        self._has_files = has_files
        self._start = b""
        self._next: Callable[[bytes], Lines] = self._read_first_bytes

    def feed(self, data: bytes) -> Lines:
        """Return the lines that these bytes complete."""
        return self._next(data)

    def take_blank(self) -> int:
        """Return the number of empty lines, and of frames without a line, since the last call."""
        blank, self._lines.blank = self._lines.blank, 0
        if self.websocket:
            blank, self.websocket.blank = blank + self.websocket.blank, 0
        return blank

    def _read_first_bytes(self, data: bytes) -> Lines:
        self._start += data
        if len(self._start) < http.SNIFF_BYTES and b"\n" not in self._start:
            return []
        start, self._start = self._start, b""
        if http.is_request(start):
            self._next = self._read_request
        elif self._refusal or start.startswith(TLS_HANDSHAKE):
            self.rejection = self._refusal or NO_TLS
            self._next = self._discard
        else:
            self._next = self._read_first_line
        return self._next(start)

    def _read_first_line(self, data: bytes) -> Lines:
        """Read lines until one of them shows whether this is a client or a person."""
        lines = self._lines.feed(data)
        texts = [line.decode(errors="replace") for line in lines if isinstance(line, bytes) and line.strip()]
        if not texts:
            return [line for line in lines if isinstance(line, TooLong)]
        peer = first_line.classify(texts, self._was_asked(), self._commands)
        if peer == "stranger":
            self.rejection = first_line.rejection_text(texts[0])
            self._next = self._discard
            return []
        self.is_person = peer == "person"
        self._next = self._lines.feed
        return lines

    def _read_request(self, data: bytes) -> Lines:
        self._start += data
        try:
            request = http.read(self._start)
            if request is None:
                return []
            if self._has_files and file_requests.is_file_path(request.path):
                return self._leave(request)
            http.check_host(request, self._site)
            if not http.is_upgrade(request):
                return self._end(http.serve(request, self._site))
            if self._refusal:
                raise HttpError(HTTPStatus.FORBIDDEN, self._refusal)
            self.reply, agreed = http.upgrade(request, self._site)
        except HttpError as error:
            return self._end(error.response)
        self.websocket = WebSocket(agreed.startswith("binary"), self._lines)
        self._next = self._read_frames
        return self._read_frames(self._start.partition(b"\r\n\r\n")[2])

    def _leave(self, request: HttpRequest) -> Lines:
        """Leave a request about a file to others.

        `Host` does not matter: a page of another site knows neither the id of a file nor a token, and
        `FileExchange` refuses its uploads.

        Raises:
            HttpError: The client must use TLS and does not.
        """
        if self._refusal:
            raise HttpError(HTTPStatus.FORBIDDEN, self._refusal)
        self.file_request = request
        self.rest = self._start.partition(b"\r\n\r\n")[2]
        self._start = b""
        self._next = self._discard
        return []

    def _read_frames(self, data: bytes) -> Lines:
        assert self.websocket
        lines = self.websocket.feed(data)
        self.reply += self.websocket.take()
        self.ended = self.websocket.ended
        return lines

    def _end(self, reply: bytes) -> Lines:
        self.reply = reply
        self.ended = True
        self._next = self._discard
        return []

    def _discard(self, data: bytes) -> Lines:
        return []
