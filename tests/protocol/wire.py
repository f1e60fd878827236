"""A connection between two TLS pipes, without sockets."""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.protocol.tls import TlsPipe


def wire_of(pipe: TlsPipe) -> bytes:
    """Return all bytes that are waiting to be sent."""
    wire = bytearray()
    data = pipe.take()
    while data:
        wire += data
        data = pipe.sent(len(data))
    return bytes(wire)


class Wire:
    """Carry bytes between a client and a server, in pieces of a certain size, and store the data that they
    read."""

    def __init__(self, client: TlsPipe, server: TlsPipe, size: int = 1 << 20) -> None:
        self.client = client
        self.server = server
        self.client_read = self.server_read = b""
        self._size = size

    def carry(self) -> None:
        """Carry bytes until neither side has anything to send."""
        while self._to_server() | self._to_client():
            continue

    def _to_server(self) -> bool:
        wire = wire_of(self.client)
        for piece in self._pieces(wire):
            self.server_read += self.server.feed(piece)
        return bool(wire)

    def _to_client(self) -> bool:
        wire = wire_of(self.server)
        for piece in self._pieces(wire):
            self.client_read += self.client.feed(piece)
        return bool(wire)

    def _pieces(self, wire: bytes) -> Iterator[bytes]:
        return (wire[start : start + self._size] for start in range(0, len(wire), self._size))
