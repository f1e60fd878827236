"""Where clients come in: sockets that listen, and a thread that accepts for each of them.

What is not let in is told why in one line: too many connections in all, or from one address.
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
from chatapp.server.net.connection_limits import ConnectionLimits, RefusalLog
from chatapp.server.net.link import ConnectionPolicy, Link
from chatapp.server.net.proxy_protocol import BadHeader, ProxiedClient
from chatapp.system.sockets import take_port_alone

BACKLOG = 1024
OUT_OF_FILES = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE_SECONDS = 0.2  # when the system has no more files for us
PROXY_SECONDS = 5.0  # that a proxy has to say for whom it connects

log = logging.getLogger(__name__)


class CannotListen(OSError):
    """An address cannot be listened on; the words say why and what to do."""


class Listener:
    """Takes  deliver: puts an arrival into the inbox; watch: see Link

    `door` is for the links that come; it is set before `start`, and may be replaced later.
    """

    def __init__(
        self,
        config: Config,
        deliver: Callable[[Connected | FromLink], None],
        watch: Callable[[Link], None],
    ) -> None:
        self.config = config
        self.door = ConnectionPolicy(config.limits, ())
        self._deliver = deliver
        self._watch = watch
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._stopping = threading.Event()
        self._lock = threading.Lock()  # nobody is let in any more after `close`
        self.places = ConnectionLimits(config.limits)
        self._refusals = RefusalLog(time.monotonic())
        self._proxies = _networks(config)

    def bind(self) -> list[tuple[str, int]]:
        """Open the sockets. Gives the addresses that are listened on.

        Raises  CannotListen
        """
        host, port = self.config.server.host, self.config.server.port
        hosts = ["0.0.0.0", "::"] if host in ("", "*", "0.0.0.0") else [host]
        for each in hosts:
            try:
                sock = self._socket(each, port)
            except OSError as error:
                if each == "::":
                    continue  # a computer without IPv6
                self.close()
                raise CannotListen(_words(each, port, error)) from error
            self._sockets.append(sock)
            port = sock.getsockname()[1]
        return [sock.getsockname()[:2] for sock in self._sockets]

    def take_up(self, config: Config, door: ConnectionPolicy) -> None:
        """Let another configuration hold for who comes from now on. Thread: any"""
        with self._lock:
            self.config, self.door = config, door
            self.places.configure(config.limits)
            self._proxies = _networks(config)

    def start(self) -> None:
        """Begin to accept."""
        for sock in self._sockets:
            thread = threading.Thread(target=self._run, args=(sock,), name="listener", daemon=True)
            thread.start()
            self._threads.append(thread)

    def close(self) -> None:
        """Accept nobody any more."""
        with self._lock:
            self._stopping.set()
        for sock in self._sockets:
            _wake(sock)
        for thread in self._threads:
            thread.join()
        for sock in self._sockets:
            sock.close()

    def left(self, arrival: FromLink) -> None:
        """What links deliver passes here, so that the places of those who left are given back."""
        if isinstance(arrival, Disconnected):
            self.places.give_back(arrival.link.address)
        self._deliver(arrival)

    def _refused_left(self, arrival: FromLink) -> None:
        """The same for those who were not let in."""
        if isinstance(arrival, Disconnected):
            self._refusals.give_back()
        self._deliver(arrival)

    def _socket(self, host: str, port: int) -> socket.socket:
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

    def _run(self, listening: socket.socket) -> None:
        while not self._stopping.is_set():
            try:
                sock, peer = listening.accept()
            except OSError as error:
                if error.errno in OUT_OF_FILES:
                    log.error("no more connections can be taken: %s", error.strerror)
                self._stopping.wait(PAUSE_SECONDS)
                continue
            if self._stopping.is_set():
                sock.close()
                return
            self.admit(sock, peer[:2])

    def admit(self, sock: socket.socket, peer: tuple[str, int]) -> None:
        """Let a connection in, or turn it away. Whatever fails, its place is given back and it is closed."""
        is_proxy = is_within(peer[0], self._proxies)
        try:
            refusal = self.places.take(peer[0], is_proxy, time.monotonic())
            if refusal:
                self._refuse(sock, peer, refusal)
            elif is_proxy:
                self._begin_asking(sock, peer)
            else:
                self._begin(sock, peer)
        except OSError as error:
            log.info("%s was gone before it was let in: %s", peer, error.strerror or error)
            sock.close()
        except RuntimeError as error:  # the system has no more threads for us
            log.error("%s cannot be let in: %s", peer, error)
            sock.close()
        except Exception:
            log.exception("a bug in admitting %s", peer)
            sock.close()

    def _begin(self, sock: socket.socket, peer: tuple[str, int]) -> None:
        self._start(self._opened(sock, peer, is_shielded=False))

    def _start(self, link: Link) -> None:
        try:
            link.start()
        except RuntimeError:
            log.error("no thread for %s", link.peer)
            link.end("The server has no room")

    def _opened(self, sock: socket.socket, peer: tuple[str, int], is_shielded: bool) -> Link:
        """The link of a connection that has a place. From here on the core gives the place back."""
        try:
            link = Link(sock, peer, self.door, self.left, self._watch, is_shielded)
        except BaseException:
            self.places.give_back(peer[0])
            raise
        self._deliver(Connected(link))
        return link

    def _begin_asking(self, sock: socket.socket, proxy: tuple[str, int]) -> None:
        arguments = (sock, proxy)
        try:
            threading.Thread(target=self._ask, args=arguments, name=f"proxy {proxy}", daemon=True).start()
        except BaseException:
            self.places.give_back(proxy[0])
            raise

    def _ask(self, sock: socket.socket, proxy: tuple[str, int]) -> None:
        """Hear from a proxy for whom it connects, and admit that one. Thread: the connection's own"""
        try:
            try:
                origin, start = _header(sock)
            finally:
                self.places.give_back(proxy[0])
            self._admit_behind(proxy, sock, origin, start)
        except (BadHeader, OSError) as error:
            _turn_away(sock, proxy, f"Only a proxy may connect from here, and has to say for whom: {error}")
        except Exception:
            log.exception("a bug in admitting somebody through %s", proxy)
            sock.close()

    def _admit_behind(
        self, proxy: tuple[str, int], sock: socket.socket, origin: ProxiedClient, start: bytes
    ) -> None:
        peer = origin.peer or proxy
        is_shielded = origin.is_secure or self.config.proxy.secure
        with self._lock:
            if self._stopping.is_set():
                sock.close()
                return
            refusal = self.places.take(peer[0], origin.peer is None, time.monotonic())
            if not refusal:
                link = self._opened(sock, peer, is_shielded)
        if refusal:
            self._refuse(sock, peer, refusal, is_shielded, start)
        else:
            link.run(start)

    def _refuse(
        self,
        sock: socket.socket,
        peer: tuple[str, int],
        words: str,
        is_shielded: bool = False,
        start: bytes = b"",
    ) -> None:
        """Tell why, through TLS if the peer speaks it. When that happens too often, just hang up.

        Args:
            start: what has come from the peer already; then this thread is the connection's own.
        """
        if self._stopping.is_set() or not self._refusals.take(peer[0], time.monotonic()):
            log.debug("Refused %s: %s", peer, words)
            sock.close()
            return
        try:
            link = Link(sock, peer, self.door, self._refused_left, self._watch, is_shielded)
        except BaseException:
            self._refusals.give_back()
            raise
        self._deliver(Connected(link, words))
        if start:
            link.run(start)
        else:
            self._start(link)


def _networks(config: Config) -> list[IpNetwork]:
    """Where proxies connect from."""
    return [network for each in config.proxy.trusted if (network := parse_network(each))]


def _header(sock: socket.socket) -> tuple[ProxiedClient, bytes]:
    """For whom a proxy connects, and what came after that.

    Raises  BadHeader, OSError
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


def _turn_away(sock: socket.socket, peer: tuple[str, int], words: str) -> None:
    """Tell a proxy, which speaks no TLS itself, that it is not understood."""
    log.info("Refused %s: %s", peer, words)
    try:
        sock.setblocking(False)
        sock.send(f"ERROR :{words}\r\n".encode())
        sock.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # it is turned away in any case
    sock.close()


def _wake(sock: socket.socket) -> None:
    """Make a blocking accept return."""
    address = sock.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address[0], address[0])
    try:
        socket.create_connection((host, address[1]), timeout=1).close()
    except OSError:
        return  # then it has ended already


def _words(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        words = f"port {port} of {host} is in use by another program; choose another with --port"
        if port == 5000:
            words += " (on macOS it may be the AirPlay receiver)"
        return words
    if error.errno == errno.EACCES:
        return f"port {port} of {host} needs an administrator; choose one above 1023 with --port"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is no address of this computer; use --host 127.0.0.1, or --lan for every address"
    return f"cannot listen on {host} port {port}: {error.strerror}"
