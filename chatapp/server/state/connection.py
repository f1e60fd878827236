"""The interface of a connection that a session uses. `net.link.Link` implements it with a socket."""

from __future__ import annotations

from typing import Protocol

from chatapp.server.state.file_transfers import FileAnswer, HttpReply


class LineFramer(Protocol):
    """Puts lines into frames, as a WebSocket does."""

    def encode(self, data: bytes) -> bytes:
        """Return lines in frames."""

    def close(self) -> bytes:
        """Return the frame that ends the connection, or nothing if none is needed."""


class Connection(Protocol):
    """The connection of a session. `net.link.Link` describes the methods.

    Attributes:
        was_asked_for_name: Whether the peer was asked for a name in plain text, see `core.plain_text`.

    Thread: the core's.
    """

    was_asked_for_name: bool

    @property
    def address(self) -> str: ...

    @property
    def peer(self) -> tuple[str, int]: ...

    @property
    def backlog(self) -> int: ...

    @property
    def is_secure(self) -> bool: ...

    @property
    def certificate(self) -> bytes: ...

    def put(self, data: bytes) -> None: ...

    def send_raw(self, data: bytes, framer: LineFramer | None) -> None: ...

    def flush(self) -> int: ...

    def on_writable(self) -> None: ...

    def resume(self) -> None: ...

    def answer(self, answer: FileAnswer) -> None: ...

    def break_off(self, reply: HttpReply) -> None: ...

    def charge(self, commands: float) -> None: ...

    def close(self) -> None: ...

    def start_without_tls(self) -> bool: ...

    def abort(self) -> None: ...

    def dispose(self) -> None: ...


class NullConnection:
    """The connection of a session without a client, for tasks of the server: it sends nothing."""

    address = "127.0.0.1"
    peer = (address, 0)
    backlog = 0
    is_secure = True
    was_asked_for_name = False
    certificate = b""

    def put(self, data: bytes) -> None: ...

    def send_raw(self, data: bytes, framer: LineFramer | None) -> None: ...

    def flush(self) -> int:
        return 0

    def on_writable(self) -> None: ...

    def resume(self) -> None: ...

    def answer(self, answer: FileAnswer) -> None: ...

    def break_off(self, reply: HttpReply) -> None: ...

    def charge(self, commands: float) -> None: ...

    def close(self) -> None: ...

    def start_without_tls(self) -> bool:
        return False

    def abort(self) -> None: ...

    def dispose(self) -> None: ...
