"""A server on a real socket that sends the lines of a test. It has no thread and acts only when called.

It does not support TLS and closes connections that try it.
"""

from __future__ import annotations

import contextlib
import socket

from chatapp.protocol.lines import LineBuffer

TLS = b"\x16\x03"  # the first two bytes of a TLS handshake


class ScriptedServer:
    """Listens on a free local port for one client at a time."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._client: socket.socket | None = None
        self._lines = LineBuffer()
        self.lines: list[str] = []

    def received(self, start: str) -> bool:
        """Return whether a line with this beginning has arrived, and remove it and the lines before it."""
        self._accept_and_read()
        place = next((place for place, line in enumerate(self.lines) if line.startswith(start)), None)
        if place is None:
            return False
        del self.lines[: place + 1]
        return True

    def send(self, *lines: str) -> None:
        """Send these lines to the client."""
        assert self._client is not None, "no client is connected"
        self._client.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hang_up(self) -> None:
        """Close the connection; a new one may follow."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """Close the connection and the listener."""
        self.hang_up()
        self._listener.close()

    def _accept_and_read(self) -> None:
        with contextlib.suppress(BlockingIOError):
            client, _ = self._listener.accept()
            client.setblocking(False)
            self.hang_up()
            self._client, self._lines = client, LineBuffer()
        if self._client is not None:
            with contextlib.suppress(BlockingIOError):
                data = self._client.recv(65536)
                if data.startswith(TLS):
                    self.hang_up()
                    return
                self.lines += [line.decode() for line in self._lines.feed(data) if isinstance(line, bytes)]
