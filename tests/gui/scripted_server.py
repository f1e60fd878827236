"""A server that says what a test tells it to, over a real socket, without a thread: it acts when asked.

It speaks no TLS, and hangs up on who tries.
"""

from __future__ import annotations

import contextlib
import socket

from chatapp.protocol.lines import LineBuffer

TLS = b"\x16\x03"  # so begins who tries to encrypt


class ScriptedServer:
    """Listens on a free port of this computer, for one client after the other."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.port: int = self._listener.getsockname()[1]
        self._client: socket.socket | None = None
        self._lines = LineBuffer()
        self.heard: list[str] = []

    def hears(self, start: str) -> bool:
        """Whether a line that begins so has come; it and those before it are taken off the list."""
        self._look()
        place = next((place for place, line in enumerate(self.heard) if line.startswith(start)), None)
        if place is None:
            return False
        del self.heard[: place + 1]
        return True

    def say(self, *lines: str) -> None:
        """Send these lines to the client."""
        assert self._client is not None, "nobody is connected"
        self._client.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def hang_up(self) -> None:
        """Close the connection; a new one may come."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def close(self) -> None:
        """End it all."""
        self.hang_up()
        self._listener.close()

    def _look(self) -> None:
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
                self.heard += [line.decode() for line in self._lines.feed(data) if isinstance(line, bytes)]
