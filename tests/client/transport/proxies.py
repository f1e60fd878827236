"""Little proxies on this computer: SOCKS5 and HTTP CONNECT, which resolve every name to one server."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Callable

PATIENCE = 10.0  # seconds; the operations take milliseconds
ADDRESS_BYTES = {1: 4, 4: 16}


class LittleProxy:
    """Accepts connections until closed, and connects all of them with one server.

    Args:
        target: Host and port of the server.
        login: `name:password` that it demands; empty for none.
        refusal: What it answers instead of connecting.
        answer: A replacement for its whole dialogue; returning ends the connection.
        host: Where it listens.

    Attributes:
        requests: The servers that were asked for, such as `chat.example:5000`.
    """

    def __init__(
        self,
        target: tuple[str, int],
        login: str = "",
        refusal: int = 0,
        answer: Callable[[socket.socket], object] | None = None,
        host: str = "127.0.0.1",
    ) -> None:
        self.requests: list[str] = []
        self._target = target
        self._login = login
        self._refusal = refusal
        self._answer = answer
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._listener = socket.create_server((host, 0), family=family)
        self.host = host
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Close everything and wait for the end of all threads."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(PATIENCE)

    def negotiate(self, sock: socket.socket) -> bool:
        """Speak the protocol of the proxy; return whether the tunnel is open."""
        raise NotImplementedError

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError, EOFError):
            if self._answer is not None:
                self._answer(sock)
                return
            if not self.negotiate(sock):
                return
            with socket.create_connection(self._target, PATIENCE) as server:
                server.settimeout(None)
                self._open.append(server)
                back = threading.Thread(target=_copy, args=(server, sock), daemon=True)
                back.start()
                _copy(sock, server)
                back.join(PATIENCE)


class SocksProxy(LittleProxy):
    """RFC 1928 and RFC 1929."""

    def negotiate(self, sock: socket.socket) -> bool:
        version, count = read(sock, 2)
        methods = read(sock, count)
        wanted = 2 if self._login else 0
        if version != 5 or wanted not in methods:
            sock.sendall(b"\x05\xff")
            return False
        sock.sendall(bytes([5, wanted]))
        if self._login:
            user = read(sock, read(sock, 2)[1]).decode()
            password = read(sock, read(sock, 1)[0]).decode()
            is_right = f"{user}:{password}" == self._login
            sock.sendall(bytes([1, 0 if is_right else 1]))
            if not is_right:
                return False
        _, _, _, kind = read(sock, 4)
        if kind == 3:
            host = read(sock, read(sock, 1)[0]).decode("ascii")
        else:
            packed = read(sock, ADDRESS_BYTES[kind])
            host = socket.inet_ntop(socket.AF_INET if kind == 1 else socket.AF_INET6, packed)
        self.requests.append(f"{host}:{int.from_bytes(read(sock, 2), 'big')}")
        sock.sendall(bytes([5, self._refusal, 0, 3, 1]) + b"x\0\0")
        return self._refusal == 0


class HttpProxy(LittleProxy):
    """RFC 9110 section 9.3.6."""

    def negotiate(self, sock: socket.socket) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += read(sock, 1)
        first, *fields = head.decode("ascii").split("\r\n")
        expected = base64.b64encode(self._login.encode()).decode()
        if self._login and f"Proxy-Authorization: Basic {expected}" not in fields:
            sock.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            return False
        self.requests.append(first.split()[1])
        if self._refusal:
            sock.sendall(f"HTTP/1.1 {self._refusal} Not here\r\n\r\n".encode())
            return False
        sock.sendall(b"HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n")
        return True


def read(sock: socket.socket, count: int) -> bytes:
    """Read exactly so many bytes."""
    received = b""
    while len(received) < count:
        part = sock.recv(count - len(received))
        if not part:
            raise EOFError
        received += part
    return received


def _copy(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
