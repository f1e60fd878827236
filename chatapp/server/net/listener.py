"""The listening sockets, and what becomes of a new connection.

A connection that is not allowed (the server is full, or its address has too many) gets one line that says
why.
"""

from __future__ import annotations

import errno
import logging
import socket
import threading
import time
from collections.abc import Callable, Sequence

from chatapp.protocol.addresses import ALL_IPV4, ALL_IPV6, IpNetwork, is_within, parse_network
from chatapp.server.config import Config
from chatapp.server.core.inbox import Connected, Disconnected, FromLink
from chatapp.server.net import proxy_protocol
from chatapp.server.net.acceptor import Acceptor
from chatapp.server.net.connection_limits import ConnectionLimits, RefusalLimits
from chatapp.server.net.link import Link
from chatapp.server.net.policy import ConnectionPolicy
from chatapp.server.net.proxy_protocol import BadHeader, ProxiedClient
from chatapp.system import switch_interval
from chatapp.system.worker_thread import WorkerThread

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
        self._handshakes = WorkerThread("handshakes", idle_seconds=None)
        self._acceptors: list[Acceptor] = []
        self._port = config.server.port
        self._is_started = False
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # so that no connection is admitted after `close`
        self._changing = threading.Lock()  # held while `_acceptors` changes
        self.limits = ConnectionLimits(config.limits)
        self._refusals = RefusalLimits(time.monotonic())
        self._proxies = _networks(config)

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """The addresses and ports that are listened on."""
        return [acceptor.address for acceptor in self._acceptors]

    def bind(self, hosts: Sequence[str] = ()) -> list[tuple[str, int]]:
        """Open the listening sockets.

        Args:
            hosts: Where to listen; by default as configured.

        Returns:
            Address and port of each.

        Raises:
            CannotListen: An address or the port cannot be used.
        """
        for host in hosts or hosts_of(self.config.server.host):
            try:
                self._open(host)
            except OSError as error:
                if host == ALL_IPV6:
                    continue  # a computer without IPv6
                self.close()
                raise CannotListen(_explain(host, self._port, error)) from error
        return self.addresses

    def listen_on(self, hosts: Sequence[str]) -> list[tuple[str, int]]:
        """Listen on other hosts, on the same port. Connections that exist stay. Thread: any.

        Hosts that cannot be listened on are left out, as long as another new one can.

        Returns:
            Address and port of each.

        Raises:
            CannotListen: No new host can be listened on; nothing has changed.
        """
        with self._changing:
            if self._stopping.is_set():
                return self.addresses
            surplus = [acceptor for acceptor in self._acceptors if acceptor.host not in hosts]
            missing = [host for host in hosts if host not in {each.host for each in self._acceptors}]
            for acceptor in surplus:
                self._acceptors.remove(acceptor)
                acceptor.close(admits_waiting=True)
            failures = [failure for host in missing if (failure := self._failure_to_open(host))]
            if failures and len(failures) == len(missing):
                for acceptor in surplus:
                    self._failure_to_open(acceptor.host)
                raise CannotListen(failures[0])
            for failure in failures:
                log.warning("%s", failure)
            return self.addresses

    def _failure_to_open(self, host: str) -> str:
        """Listen on one more host; return why that is not possible."""
        try:
            self._open(host)
        except OSError as error:
            return "" if host == ALL_IPV6 else _explain(host, self._port, error)
        return ""

    def _open(self, host: str) -> None:
        acceptor = Acceptor(host, self._port, self.admit)
        self._port = acceptor.address[1]
        self._acceptors.append(acceptor)
        if self._is_started:
            acceptor.start()

    def configure(self, config: Config, policy: ConnectionPolicy) -> None:
        """Use another configuration for new connections. Thread: any."""
        with self._lock:
            self.config, self.policy = config, policy
            self.limits.configure(config.limits)
            self._proxies = _networks(config)

    def start(self) -> None:
        """Begin to accept."""
        self._is_started = True
        for acceptor in self._acceptors:
            acceptor.start()

    def close(self) -> None:
        """Accept no more connections."""
        with self._lock:
            self._stopping.set()
        with self._changing:
            for acceptor in self._acceptors:
                acceptor.close()
            self._acceptors.clear()
        self._handshakes.close()

    def _deliver_admitted(self, arrival: FromLink) -> None:
        """Pass on the arrivals of a link, and stop counting its connection when it has ended."""
        if isinstance(arrival, Disconnected):
            self.limits.release(arrival.link.address)
            self._fit_switch_interval()
        self._deliver(arrival)

    def _fit_switch_interval(self) -> None:
        """Fit it to the number of connections, which other threads may change and fit it to meanwhile."""
        fitted = -1
        while fitted != (count := len(self.limits)):
            switch_interval.fit_to(count)
            fitted = count

    def _deliver_refused(self, arrival: FromLink) -> None:
        """Do the same for a connection that was refused."""
        if isinstance(arrival, Disconnected):
            self._refusals.release()
        self._deliver(arrival)

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
            link = self._make_link(sock, peer, self._deliver_admitted, is_behind_tls_proxy)
        except BaseException:
            self.limits.release(peer[0])
            raise
        self._fit_switch_interval()
        self._deliver(Connected(link))
        return link

    def _make_link(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        deliver: Callable[[FromLink], None],
        is_behind_tls_proxy: bool,
    ) -> Link:
        return Link(sock, peer, self.policy, deliver, self._watch, self._handshakes, is_behind_tls_proxy)

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
            link = self._make_link(sock, peer, self._deliver_refused, is_behind_tls_proxy)
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


def hosts_of(host: str) -> list[str]:
    """Return the addresses to listen on for the host of a configuration."""
    return [ALL_IPV4, ALL_IPV6] if host in ("", "*", ALL_IPV4) else [host]


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
