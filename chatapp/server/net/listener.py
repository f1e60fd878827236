"""Listening sockets, and a thread for each that accepts connections.

A connection that is not allowed (the server is full, or its address has too many) gets one line that says
why.
"""

from __future__ import annotations

import errno
import logging
import socket
import threading
import time
from collections.abc import Callable

from chatapp.protocol.addresses import IpNetwork, is_within, parse_network
from chatapp.server.config import Config
from chatapp.server.core.inbox import Connected, Disconnected, FromLink
from chatapp.server.net import proxy_protocol
from chatapp.server.net.connection_limits import ConnectionLimits, RefusalLimits
from chatapp.server.net.link import Link
from chatapp.server.net.policy import ConnectionPolicy
from chatapp.server.net.proxy_protocol import BadHeader, ProxiedClient
from chatapp.system.sockets import take_port_alone

BACKLOG = 1024  # connections that wait to be accepted
OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE_SECONDS = 0.2  # after the system has refused another open file
PROXY_SECONDS = 5.0  # the time in which a proxy must send its header

log = logging.getLogger(__name__)


class CannotListen(OSError):
    """An address cannot be listened on; the message says why and what to do."""


class Listener:
    """Accepts connections and starts their links.

    Args:
        deliver: Puts an arrival into the inbox.
        watch: Registers a link with the write watcher, see Link.

    Attributes:
        policy: For new connections; set before `start`, replaced by `configure`.
        limits: Counts the open connections.
    """

    def __init__(
        self,
        config: Config,
        deliver: Callable[[Connected | FromLink], None],
        watch: Callable[[Link], None],
    ) -> None:
        self.config = config
        self.policy = ConnectionPolicy(config.limits, ())
        self._deliver = deliver
        self._watch = watch
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # so that no connection is admitted after `close`
        self.limits = ConnectionLimits(config.limits)
        self._refusals = RefusalLimits(time.monotonic())
        self._proxies = _networks(config)

    def bind(self) -> list[tuple[str, int]]:
        """Open the listening sockets.

        Returns:
            Address and port of each.

        Raises:
            CannotListen: An address or the port cannot be used.
        """
        host, port = self.config.server.host, self.config.server.port
        hosts = ["0.0.0.0", "::"] if host in ("", "*", "0.0.0.0") else [host]
        for each in hosts:
            try:
                sock = self._open_socket(each, port)
            except OSError as error:
                if each == "::":
                    continue  # a computer without IPv6
                self.close()
                raise CannotListen(_explain(each, port, error)) from error
            self._sockets.append(sock)
            port = sock.getsockname()[1]
        return [sock.getsockname()[:2] for sock in self._sockets]

    def configure(self, config: Config, policy: ConnectionPolicy) -> None:
        """Use another configuration for new connections. Thread: any."""
        with self._lock:
            self.config, self.policy = config, policy
            self.limits.configure(config.limits)
            self._proxies = _networks(config)

    def start(self) -> None:
        """Begin to accept."""
        for sock in self._sockets:
            thread = threading.Thread(target=self._accept, args=(sock,), name="listener", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Accept no more connections."""
        with self._lock:
            self._stopping.set()
        for sock in self._sockets:
            _end_accept(sock)
        for thread in self._threads:
            thread.join()
        for sock in self._sockets:
            sock.close()

    def _deliver_admitted(self, arrival: FromLink) -> None:
        """Pass on the arrivals of a link, and stop counting its connection when it has ended."""
        if isinstance(arrival, Disconnected):
            self.limits.release(arrival.link.address)
        self._deliver(arrival)

    def _deliver_refused(self, arrival: FromLink) -> None:
        """Do the same for a connection that was refused."""
        if isinstance(arrival, Disconnected):
            self._refusals.release()
        self._deliver(arrival)

    def _open_socket(self, host: str, port: int) -> socket.socket:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, protocol)
        try:
            take_port_alone(sock)
            if family == socket.AF_INET6:
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            sock.bind(address)
            sock.listen(BACKLOG)
        except OSError:
            sock.close()
            raise
        return sock

    def _accept(self, listening: socket.socket) -> None:
        while not self._stopping.is_set():
            try:
                sock, peer = listening.accept()
            except OSError as error:
                if error.errno in OUT_OF_FILES:
                    log.error("Cannot accept more connections: %s", error.strerror)
                self._stopping.wait(PAUSE_SECONDS)
                continue
            if self._stopping.is_set():
                sock.close()
                return
            self.admit(sock, peer[:2])

    def admit(self, sock: socket.socket, peer: tuple[str, int]) -> None:
        """Accept or refuse a connection. After any failure it is closed and not counted."""
        is_proxy = is_within(peer[0], self._proxies)
        try:
            refusal = self.limits.acquire(peer[0], is_proxy, time.monotonic())
            if refusal:
                self._refuse(sock, peer, refusal)
            elif is_proxy:
                self._start_proxied(sock, peer)
            else:
                self._start_direct(sock, peer)
        except OSError as error:
            log.info("%s disconnected before it was accepted: %s", peer, error.strerror or error)
            sock.close()
        except RuntimeError as error:  # the system refuses another thread
            log.error("Cannot accept %s: %s", peer, error)
            sock.close()
        except Exception:
            log.exception("bug while accepting %s", peer)
            sock.close()

    def _start_direct(self, sock: socket.socket, peer: tuple[str, int]) -> None:
        self._start_reading(self._open_link(sock, peer, is_behind_tls_proxy=False))

    def _start_reading(self, link: Link) -> None:
        try:
            link.start()
        except RuntimeError:
            log.error("Cannot start a thread for %s", link.peer)
            link.end("The server is out of threads")

    def _open_link(self, sock: socket.socket, peer: tuple[str, int], is_behind_tls_proxy: bool) -> Link:
        """Make the link of a connection that is counted. From now on its Disconnected ends the counting."""
        try:
            link = Link(sock, peer, self.policy, self._deliver_admitted, self._watch, is_behind_tls_proxy)
        except BaseException:
            self.limits.release(peer[0])
            raise
        self._deliver(Connected(link))
        return link

    def _start_proxied(self, sock: socket.socket, proxy: tuple[str, int]) -> None:
        arguments = (sock, proxy)
        try:
            threading.Thread(
                target=self._read_header, args=arguments, name=f"proxy {proxy}", daemon=True
            ).start()
        except BaseException:
            self.limits.release(proxy[0])
            raise

    def _read_header(self, sock: socket.socket, proxy: tuple[str, int]) -> None:
        """Read which client a proxy connects for, and admit the client.

        Thread: the connection's own.
        """
        try:
            try:
                origin, start = _header(sock)
            finally:
                self.limits.release(proxy[0])
            self._admit_proxied(proxy, sock, origin, start)
        except (BadHeader, OSError) as error:
            text = f"This address is reserved for proxies that send a PROXY header: {error}"
            _reject_proxy(sock, proxy, text)
        except Exception:
            log.exception("bug while accepting a connection through %s", proxy)
            sock.close()

    def _admit_proxied(
        self, proxy: tuple[str, int], sock: socket.socket, origin: ProxiedClient, start: bytes
    ) -> None:
        peer = origin.peer or proxy
        is_behind_tls_proxy = origin.is_secure or self.config.proxy.secure
        with self._lock:
            if self._stopping.is_set():
                sock.close()
                return
            refusal = self.limits.acquire(peer[0], origin.peer is None, time.monotonic())
            if not refusal:
                link = self._open_link(sock, peer, is_behind_tls_proxy)
        if refusal:
            self._refuse(sock, peer, refusal, is_behind_tls_proxy, start)
        else:
            link.run(start)

    def _refuse(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        text: str,
        is_behind_tls_proxy: bool = False,
        start: bytes = b"",
    ) -> None:
        """Send the reason, through TLS if the client speaks it; after too many refusals only disconnect.

        Args:
            text: The reason.
            start: Bytes that the client has sent already. If there are any, this is the thread of the
                connection.
        """
        if self._stopping.is_set() or not self._refusals.acquire(peer[0], time.monotonic()):
            log.debug("Refused %s: %s", peer, text)
            sock.close()
            return
        try:
            link = Link(sock, peer, self.policy, self._deliver_refused, self._watch, is_behind_tls_proxy)
        except BaseException:
            self._refusals.release()
            raise
        self._deliver(Connected(link, text))
        if start:
            link.run(start)
        else:
            self._start_reading(link)


def _networks(config: Config) -> list[IpNetwork]:
    """Return the networks of trusted proxies."""
    return [network for each in config.proxy.trusted if (network := parse_network(each))]


def _header(sock: socket.socket) -> tuple[ProxiedClient, bytes]:
    """Read a PROXY header: the client, and the bytes after the header.

    Raises:
        BadHeader: It is malformed.
        OSError: The connection was lost, or the proxy sent no header in time.
    """
    deadline = time.monotonic() + PROXY_SECONDS
    data = b""
    while (found := proxy_protocol.read(data)) is None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("timed out")
        sock.settimeout(left)
        more = sock.recv(4096)
        if not more:
            raise BadHeader("the connection ended")
        data += more
    return found


def _reject_proxy(sock: socket.socket, peer: tuple[str, int], text: str) -> None:
    """Send the reason in plain text, as proxies speak no TLS with the server, and disconnect."""
    log.info("Refused %s: %s", peer, text)
    try:
        sock.setblocking(False)
        sock.send(f"ERROR :{text}\r\n".encode())
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # it is disconnected in any case
    sock.close()


def _end_accept(sock: socket.socket) -> None:
    """Make a blocking accept return, by connecting to it."""
    address = sock.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])
    try:
        socket.create_connection((host, address[1]), timeout=1).close()
    except OSError:
        return  # it has ended already


def _explain(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        text = f"port {port} of {host} is in use by another program; choose another port with --port"
        if port == 5000:
            text += " (on macOS it may be the AirPlay receiver)"
        return text
    if error.errno == errno.EACCES:
        return f"port {port} of {host} requires administrator rights; choose a port above 1023 with --port"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this computer; use --host 127.0.0.1, or --lan for all addresses"
    return f"cannot listen on {host} port {port}: {error.strerror}"
