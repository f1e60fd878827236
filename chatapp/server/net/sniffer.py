"""Who is there? The first bytes decide: a browser begins with a verb of HTTP, everybody else talks in lines.
The first of these says whether it is an IRC client or a person, see `firstline`.

feed(bytes) → lines; and what HTTP or WebSocket must answer waits in `answer`
"""

from __future__ import annotations

from collections.abc import Callable, Container
from http import HTTPStatus

from chatapp.protocol.lines import LineBuffer, TooLong
from chatapp.server.core import first_line
from chatapp.server.net import http
from chatapp.server.net.http import HttpError, Site
from chatapp.server.net.websocket import WebSocket

TLS_HANDSHAKE = b"\x16"  # the first byte of a ClientHello; no line of text begins so
NO_TLS = "There is no TLS here: connect without it"

Lines = list[bytes | TooLong]


class ProtocolSniffer:
    """What comes over one connection, once it is decrypted.

    Args:
        lines: cuts and judges them.
        site: what browsers are shown.
        refusal: why this peer may not talk over this connection: others could read along; else "".
        commands: the names of IRC commands.
        was_asked_for_name: says whether the peer has been asked for a name.
    """

    __slots__ = (
        "_commands", "_lines", "_next", "_refusal", "_site", "_start", "_was_asked", "answer", "ended",
        "is_person", "socket", "unwelcome",
    )  # fmt: skip

    def __init__(
        self,
        lines: LineBuffer,
        site: Site,
        refusal: str,
        commands: Container[str],
        was_asked_for_name: Callable[[], bool],
    ) -> None:
        self.answer = b""  # to be sent as it is
        self.ended = False  # send the answer, then hang up
        self.unwelcome = ""  # words to hang up with
        self.is_person = False  # who types, and knows no IRC
        self.socket: WebSocket | None = None  # through which lines go out, if there is one
        self._lines = lines
        self._site = site
        self._refusal = refusal
        self._commands = commands
        self._was_asked = was_asked_for_name
        self._start = b""
        self._next: Callable[[bytes], Lines] = self._meet

    def feed(self, data: bytes) -> Lines:
        """The lines that these bytes complete."""
        return self._next(data)

    def take_scraps(self) -> int:
        """How many frames without a line and empty lines there were since the last time."""
        scraps, self._lines.blank = self._lines.blank, 0
        if self.socket:
            scraps, self.socket.scraps = scraps + self.socket.scraps, 0
        return scraps

    def _meet(self, data: bytes) -> Lines:
        self._start += data
        if len(self._start) < http.SNIFF_BYTES and b"\n" not in self._start:
            return []
        start, self._start = self._start, b""
        if http.is_request(start):
            self._next = self._serve
        elif self._refusal or start.startswith(TLS_HANDSHAKE):
            self.unwelcome = self._refusal or NO_TLS
            self._next = self._ignore
        else:
            self._next = self._begin
        return self._next(start)

    def _begin(self, data: bytes) -> Lines:
        """Lines until one of them says who is there."""
        lines = self._lines.feed(data)
        texts = [line.decode(errors="replace") for line in lines if isinstance(line, bytes) and line.strip()]
        if not texts:
            return [line for line in lines if isinstance(line, TooLong)]
        peer = first_line.classify(texts, self._was_asked(), self._commands)
        if peer == "stranger":
            self.unwelcome = first_line.rejection_text(texts[0])
            self._next = self._ignore
            return []
        self.is_person = peer == "person"
        self._next = self._lines.feed
        return lines

    def _serve(self, data: bytes) -> Lines:
        self._start += data
        try:
            request = http.read(self._start)
            if request is None:
                return []
            http.check(request, self._site)
            if not http.wants_websocket(request):
                return self._end(http.serve(request, self._site))
            if self._refusal:
                raise HttpError(HTTPStatus.FORBIDDEN, self._refusal)
            self.answer, agreed = http.upgrade(request, self._site)
        except HttpError as rejected:
            return self._end(rejected.answer)
        self.socket = WebSocket(agreed.startswith("binary"), self._lines)
        self._next = self._frames
        return self._frames(self._start.partition(b"\r\n\r\n")[2])

    def _frames(self, data: bytes) -> Lines:
        assert self.socket
        lines = self.socket.feed(data)
        self.answer += self.socket.take()
        self.ended = self.socket.ended
        return lines

    def _end(self, answer: bytes) -> Lines:
        self.answer = answer
        self.ended = True
        self._next = self._ignore
        return []

    def _ignore(self, data: bytes) -> Lines:
        return []
