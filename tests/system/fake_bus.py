"""A session bus with a notification service, for tests: one client, on a thread of its own."""

from __future__ import annotations

import socket
import sys
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

from chatapp.system import dbus_wire
from chatapp.system.dbus_wire import BusMessage

DEADLINE = 10.0  # seconds
SERVICE = "org.freedesktop.Notifications"


class FakeBus:
    """Accepts one connection after the other; `calls` collects what is called.

    Attributes:
        abilities: What the service says that it can do; None if there is no service.
        accepts: Whether it accepts the user.
    """

    def __init__(self, folder: Path) -> None:
        self.address = f"unix:path={folder / 'bus'},guid=0"
        self.abilities: list[str] | None = ["actions", "body", "body-markup"]
        self.accepts = True
        self.calls: SimpleQueue[BusMessage] = SimpleQueue()
        self._number = 0
        self._client: socket.socket | None = None
        self._listener = _unix_socket()
        self._listener.bind(str(folder / "bus"))
        self._listener.listen()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def environment(self) -> dict[str, str]:
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def next_call(self, member: str) -> BusMessage:
        """Wait for the next call of a method, and skip others."""
        while True:
            message = self.calls.get(timeout=DEADLINE)
            if message.member == member:
                return message

    def signal(self, member: str, *body: object) -> None:
        """Send a signal of the notification service about a number and something else."""
        kinds = "us" if isinstance(body[-1], str) else "uu"
        message = BusMessage(dbus_wire.SIGNAL, 99, "/", SERVICE, member, signature=kinds, body=list(body))
        assert self._client
        self._client.sendall(dbus_wire.encode(message))

    def hang_up(self) -> None:
        """Close the connection of the client."""
        if self._client:
            with suppress(OSError):
                self._client.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.hang_up()
        self._thread.join(DEADLINE)

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                self._client, _ = self._listener.accept()
                with self._client, suppress(OSError, EOFError):
                    self._serve(self._client)

    def _serve(self, client: socket.socket) -> None:
        line = _read_until(client, b"\r\n")
        assert line.startswith(b"\0AUTH EXTERNAL ")
        if not self.accepts:
            client.sendall(b"REJECTED ANONYMOUS\r\n")
            return
        client.sendall(b"OK 1234\r\n")
        assert _read_until(client, b"\r\n") == b"BEGIN\r\n"
        while True:
            start = _read(client, dbus_wire.FIXED_HEADER)
            call = dbus_wire.decode(start + _read(client, dbus_wire.size_of(start) - len(start)))
            client.sendall(dbus_wire.encode(self._reply(call)))
            self.calls.put(call)

    def _reply(self, call: BusMessage) -> BusMessage:
        reply = BusMessage(dbus_wire.RETURN, 1, reply_serial=call.serial)
        if call.destination == SERVICE and self.abilities is None:
            return replace(reply, type=dbus_wire.ERROR, signature="s", body=["no such service"])
        match call.member:
            case "Hello":
                return replace(reply, signature="s", body=[":1.1"])
            case "GetCapabilities":
                return replace(reply, signature="as", body=[self.abilities])
            case "Notify":
                replaced = call.body[1]
                self._number += not replaced
                return replace(reply, signature="u", body=[replaced or self._number])
        return reply


def _unix_socket() -> socket.socket:
    if sys.platform == "win32":
        raise OSError("Windows has no session bus")
    return socket.socket(socket.AF_UNIX)


def _read(client: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        piece = client.recv(count - len(found))
        if not piece:
            raise EOFError
        found += piece
    return found


def _read_until(client: socket.socket, end: bytes) -> bytes:
    found = b""
    while not found.endswith(end):
        found += _read(client, 1)
    return found
