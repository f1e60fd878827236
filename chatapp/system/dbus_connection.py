"""A connection to the session bus of a Linux desktop.

Why not a program such as `gdbus`: a notification daemon reports clicks to the connection that has made the
notification, and that of a program is gone when it ends.

Source: D-Bus Specification, sections "Authentication Protocol" and "Server Addresses"
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import unquote

from chatapp.system import dbus_wire
from chatapp.system.dbus_wire import BadBusMessage, BusMessage

WAIT_SECONDS = 5.0  # for the bus, and for the reply to a call
MAX_LINE = 4096  # bytes of a line of the authentication
BUS = "org.freedesktop.DBus"


class BusUnavailable(Exception):
    """There is no session bus, it has closed the connection, or it has refused a call."""


def addresses(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the paths of the sockets of the session bus; an abstract one begins with a NUL."""
    for address in environment.get("DBUS_SESSION_BUS_ADDRESS", "").split(";"):
        transport, _, options = address.partition(":")
        pairs = dict(each.partition("=")[::2] for each in options.split(","))
        if transport == "unix" and "path" in pairs:
            yield unquote(pairs["path"])
        elif transport == "unix" and "abstract" in pairs:
            yield "\0" + unquote(pairs["abstract"])
    if environment.get("XDG_RUNTIME_DIR"):
        yield os.path.join(environment["XDG_RUNTIME_DIR"], "bus")


class BusConnection:
    """An open connection, used by one thread.

    Raises:
        BusUnavailable: There is no session bus.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._socket = _connect(environment)
        self._serial = 0
        self._waiting: list[BusMessage] = []  # signals that came while a reply was awaited
        try:
            self._authenticate()
            self.call(BUS, "/org/freedesktop/DBus", BUS, "Hello")
        except (OSError, BusUnavailable, BadBusMessage) as error:
            self.close()
            raise BusUnavailable(str(error)) from error

    def fileno(self) -> int:
        """Return the descriptor of the socket, to wait for it."""
        return self._socket.fileno()

    def call(
        self, name: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> list[object]:
        """Call a method and return its result.

        Raises:
            BusUnavailable: It was refused or not answered in WAIT_SECONDS.
        """
        self._serial += 1
        message = BusMessage(
            dbus_wire.CALL, self._serial, path, interface, member, name, signature=signature, body=list(body)
        )
        deadline = time.monotonic() + WAIT_SECONDS
        try:
            self._socket.settimeout(WAIT_SECONDS)
            self._socket.sendall(dbus_wire.encode(message))
            while True:
                reply = self._read(deadline)
                if reply.reply_serial == self._serial and reply.type in (dbus_wire.RETURN, dbus_wire.ERROR):
                    break
                self._waiting.append(reply)
        except (OSError, BadBusMessage) as error:
            raise BusUnavailable(str(error)) from error
        if reply.type == dbus_wire.ERROR:
            raise BusUnavailable(str(reply.body[0] if reply.body else "refused"))
        return reply.body

    def signals(self, wait: bool = False) -> list[BusMessage]:
        """Return the signals that have come.

        Args:
            wait: Whether the socket can be read, so that one more message is read.

        Raises:
            BusUnavailable: The connection is lost.
        """
        if wait:
            try:
                self._waiting.append(self._read(time.monotonic() + WAIT_SECONDS))
            except (OSError, BadBusMessage) as error:
                raise BusUnavailable(str(error)) from error
        found = [each for each in self._waiting if each.type == dbus_wire.SIGNAL]
        self._waiting.clear()
        return found

    def close(self) -> None:
        """Close the connection."""
        self._socket.close()

    def _authenticate(self) -> None:
        """Tell the bus which user we are; the system has told it already."""
        if sys.platform == "win32":
            raise BusUnavailable("no session bus")
        user = str(os.getuid()).encode().hex()
        self._socket.settimeout(WAIT_SECONDS)
        self._socket.sendall(f"\0AUTH EXTERNAL {user}\r\n".encode())
        line = b""
        while not line.endswith(b"\r\n") and len(line) < MAX_LINE:
            line += self._bytes(1, time.monotonic() + WAIT_SECONDS)
        if not line.startswith(b"OK "):
            raise BusUnavailable(f"the session bus says {line!r}")
        self._socket.sendall(b"BEGIN\r\n")

    def _read(self, deadline: float) -> BusMessage:
        start = self._bytes(dbus_wire.FIXED_HEADER, deadline)
        rest = dbus_wire.size_of(start) - len(start)
        return dbus_wire.decode(start + self._bytes(rest, deadline))

    def _bytes(self, count: int, deadline: float) -> bytes:
        found = bytearray()
        while len(found) < count:
            self._socket.settimeout(max(0.01, deadline - time.monotonic()))
            piece = self._socket.recv(count - len(found))
            if not piece:
                raise ConnectionError("the session bus has closed the connection")
            found += piece
        return bytes(found)


def _connect(environment: Mapping[str, str]) -> socket.socket:
    if sys.platform != "win32":
        for address in addresses(environment):
            found = socket.socket(socket.AF_UNIX)
            found.settimeout(WAIT_SECONDS)
            with suppress(OSError, ValueError):
                found.connect(address)
                return found
            found.close()
    raise BusUnavailable("no session bus")
