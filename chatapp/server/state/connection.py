"""What a session needs of its connection, whoever makes it: a Link with a socket, or nobody at all."""

from __future__ import annotations

from typing import Protocol


class LineFramer(Protocol):
    """What puts lines into frames, such as a WebSocket."""

    def encode(self, data: bytes) -> bytes:
        """Returns these lines in frames."""

    def close(self) -> bytes:
        """Returns the frame that ends the connection, if one is needed."""


class Connection(Protocol):
    """What a session needs of its connection: see `link.Link`, which is one."""

    was_asked_for_name: bool  # for a name, as a person is

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

    def charge(self, commands: float) -> None: ...

    def close(self) -> None: ...

    def start_without_tls(self) -> bool: ...

    def abort(self) -> None: ...

    def dispose(self) -> None: ...


class NullConnection:
    """The connection of the house, in whose name the server does its chores: nobody listens."""

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

    def charge(self, commands: float) -> None: ...

    def close(self) -> None: ...

    def start_without_tls(self) -> bool:
        return False

    def abort(self) -> None: ...

    def dispose(self) -> None: ...
