"""How a connection's bytes travel: as they are, or through TLS.

A link has one of the two, and need not know which. Before the first byte of the peer it is undecided.

feed(wire bytes) → plain bytes;   write(plain bytes), flush(send) → wire bytes to the socket
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable

from chatapp.protocol.tls import TlsPipe

Send = Callable[[bytes | bytearray | memoryview], int]
"""Sends what the socket takes at once and says how many bytes that were, 0 when it is full."""


class Undecided:
    """Before the peer's first byte, which says whether it speaks TLS: nothing can be sent yet."""

    __slots__ = ()

    is_secure = is_done = False
    certificate = b""
    pending = 0

    def feed(self, data: bytes) -> bytes:
        raise AssertionError("the first byte decides")

    def write(self, data: bytes) -> None:
        raise AssertionError("nothing can be sent yet")

    def flush(self, send: Send) -> int:
        return 0

    def close(self) -> None:
        """There is nothing to close."""


class Clear:
    """Bytes as they are. Thread: `feed` by the reader, the rest by the core."""

    __slots__ = ("_unsent",)

    is_secure = False
    is_done = True
    certificate = b""

    def __init__(self) -> None:
        self._unsent: bytes | bytearray = b""  # the latter for a slow reader: it grows and shrinks cheaply

    @property
    def pending(self) -> int:
        """Bytes that are written and not sent."""
        return len(self._unsent)

    def feed(self, data: bytes) -> bytes:
        return data

    def write(self, data: bytes) -> None:
        if not self._unsent:
            self._unsent = data
        elif isinstance(self._unsent, bytearray):
            self._unsent += data
        else:
            self._unsent = bytearray(self._unsent + data)

    def flush(self, send: Send) -> int:
        """Gives  the bytes that are not sent"""
        sent = send(self._unsent) if self._unsent else 0
        if sent >= len(self._unsent):
            self._unsent = b""
        elif isinstance(self._unsent, bytearray):
            del self._unsent[:sent]
        else:
            self._unsent = self._unsent[sent:]
        return len(self._unsent)

    def close(self) -> None:
        """There is no goodbye but the end itself."""


class Secure:
    """The same through TLS. Thread: any.

    Takes  context: with the server's certificate
    """

    __slots__ = ("_pipe",)

    is_secure = True

    def __init__(self, context: ssl.SSLContext) -> None:
        self._pipe = TlsPipe(context, threading.Lock(), server_side=True)

    @property
    def pending(self) -> int:
        return self._pipe.pending

    @property
    def is_done(self) -> bool:
        """Whether all of it is sent after `close`, the goodbye too, or cannot be sent any more."""
        return self._pipe.parted

    @property
    def certificate(self) -> bytes:
        """The peer's, in DER; empty when it has shown none."""
        return self._pipe.certificate

    def feed(self, data: bytes) -> bytes:
        """Raises  TlsError"""
        return self._pipe.feed(data)

    def write(self, data: bytes) -> None:
        self._pipe.write(data)

    def flush(self, send: Send) -> int:
        """Gives  the bytes that could be sent and are not: what waits for the handshake waits for the peer"""
        wire = self._pipe.take()
        while wire:
            wire = self._pipe.sent(send(wire))
        return self._pipe.unsent

    def close(self) -> None:
        self._pipe.close()
