"""Many clients in one thread: they send prepared bytes and count what they receive.

A peer exchanges *dialogues*: it sends lines that end with a PING, and has received all replies when the PONG
arrives. Benches that count without waiting read the sockets themselves (fanout, latency).
"""

from __future__ import annotations

import errno
import re
import select
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tests.bench.report import BenchFailed

READ_BYTES = 1 << 18  # one recv takes all available bytes: the slower the bench, the fewer calls it needs
AT_ONCE = 8  # dialogues at the same time: ngIRCd has a backlog of 10 connections
DIALOGUE_SECONDS = 60  # for the dialogues of all peers, after which they have failed
PEERS_AN_ADDRESS = 5_000  # limits the ports used of each address in 127.0.0.0/8
CHANNEL = "#bench"
NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)  # raised by a non-blocking socket

_BARRIER = b"PING end-of-dialogue\r\n"
_BARRIER_ANSWERED = re.compile(rb"end-of-dialogue\r\n")
_ANSWERED_OR_REFUSED = re.compile(rb"end-of-dialogue\r\n| 451 [^\r\n]*\r\n")
_WELCOMED = re.compile(rb" (?:376|422) [^\r\n]*\r\n")  # the end of the message of the day, or there is none
_LINE_BYTES = 512  # a line with the end of a dialogue is not longer
_NOT_REQUESTED = {
    "echo-message",
    "inspircd.org/poison",
    "sasl",
    "sts",
}  # echo-message adds a delivery; the others cannot be requested


@dataclass(slots=True)
class Peer:
    """One client.

    Args:
        received: what it has received in this dialogue.
        unsent: what it still has to send.
    """

    nick: str
    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    unsent: bytes = b""


def connect(port: int, nicks: Iterable[str], tls: bool = False) -> Iterator[Peer]:
    """Connect peers, each when the iterator reaches it; the TLS handshake follows in its first dialogue."""
    context = trusting() if tls else None
    for i, nick in enumerate(nicks):
        made = _socket(port, f"127.0.0.{1 + i // PEERS_AN_ADDRESS}")
        yield Peer(nick, _through_tls(made, context) if context else made)


def trusting() -> ssl.SSLContext:
    """Return a context that trusts every certificate, because the server is our own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def run_dialogues(
    peers: Iterable[Peer],
    lines: Callable[[Peer], bytes],
    at_once: int = AT_ONCE,
    end: re.Pattern[bytes] = _BARRIER_ANSWERED,
) -> list[Peer]:
    """Run a dialogue with each peer and return the peers.

    Args:
        lines: the lines that a peer sends.
        at_once: how many dialogues run at the same time.
        end: what it receives at the end of the dialogue.

    Raises:
        BenchFailed: a peer was disconnected, or not all were done in time.
    """
    talked: list[Peer] = []
    waiting = iter(peers)
    busy: dict[int, Peer] = {}
    deadline = time.monotonic() + DIALOGUE_SECONDS
    with select.epoll() as ready:
        while True:
            for peer in islice(waiting, at_once - len(busy)):
                talked.append(peer)
                peer.unsent = lines(peer) + _BARRIER
                peer.received.clear()
                busy[peer.socket.fileno()] = peer
                ready.register(peer.socket, select.EPOLLIN | select.EPOLLOUT)
            if not busy:
                return talked
            events = ready.poll(max(0.0, deadline - time.monotonic()))
            if time.monotonic() > deadline:
                raise BenchFailed(f"no answer to {len(busy)} of {len(talked)} peers in {DIALOGUE_SECONDS} s")
            for number, event in events:
                peer = busy[number]
                if event & ~select.EPOLLOUT and _receive(peer, end):
                    ready.unregister(peer.socket)
                    del busy[number]
                elif peer.unsent:
                    ready.modify(peer.socket, _send(peer))


def register(peers: Iterable[Peer], capabilities: Collection[str] = (), at_once: int = 1) -> list[Peer]:
    """Register each peer with its nick and the capabilities.

    Args:
        at_once: How many register at the same time: see `Server.registrations_at_once`.

    Raises:
        BenchFailed: one of them was refused.
    """
    registered = run_dialogues(
        peers, lambda peer: greeting(peer.nick, capabilities), at_once, _ANSWERED_OR_REFUSED
    )
    _await_welcome(peer for peer in registered if not _BARRIER_ANSWERED.search(peer.received))
    expect_registered(registered, capabilities)
    return registered


def _await_welcome(peers: Iterable[Peer]) -> None:
    """Wait for InspIRCd, which registers clients once a second and refuses a PING until then."""
    for peer in peers:
        readable = select.poll()
        readable.register(peer.socket, select.POLLIN)
        while not _WELCOMED.search(peer.received):
            if not readable.poll(1000 * DIALOGUE_SECONDS):
                raise BenchFailed(f"{peer.nick} was not registered: {_last_received(peer)}")
            _receive(peer, _WELCOMED)


def greeting(nick: str, capabilities: Collection[str]) -> bytes:
    """Return the lines with which a client registers."""
    lines = [f"CAP REQ {name}" for name in sorted(capabilities)]
    lines += [f"NICK {nick}", f"USER {nick} 0 * {nick}"]
    lines += ["CAP END"] if capabilities else []
    return "".join(line + "\r\n" for line in lines).encode()


def expect_registered(peers: Iterable[Peer], capabilities: Collection[str]) -> None:
    """Check that the last dialogue of each peer has registered it.

    Raises:
        BenchFailed: it has not.
    """
    for peer in peers:
        granted = peer.received.count(b" ACK ")
        if f" 001 {peer.nick} ".encode() not in peer.received or granted != len(capabilities):
            raise BenchFailed(f"{peer.nick} was not registered: {_last_received(peer)}")


def members(port: int, count: int, capabilities: Collection[str] = (), tls: bool = False) -> list[Peer]:
    """Connect peers that join CHANNEL; nothing is left to read."""
    peers = register(connect(port, (f"member{i}" for i in range(count)), tls), capabilities)
    run_dialogues(peers, lambda _: f"JOIN {CHANNEL}\r\n".encode())
    settle(peers)
    return peers


def settle(peers: Iterable[Peer]) -> None:
    """Receive everything sent until now. `received` then holds that and the PONG."""
    run_dialogues(peers, lambda _: b"")


def offered(port: int) -> frozenset[str]:
    """Return the capabilities that every member can request."""
    peers = register(connect(port, ["asker"]))
    run_dialogues(peers, lambda _: b"CAP LS 302\r\n")
    names: set[str] = set()
    for line in peers[0].received.decode().splitlines():
        if " LS " in line:
            names.update(token.partition("=")[0] for token in line.rpartition(" :")[2].split())
    leave(peers)
    return frozenset(names - _NOT_REQUESTED)


def leave(peers: Iterable[Peer]) -> None:
    """Close the connections."""
    for peer in peers:
        peer.socket.close()


def _socket(port: int, source: str) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.setblocking(False)
    made.bind((source, 0))
    if (problem := made.connect_ex(("127.0.0.1", port))) not in (0, errno.EINPROGRESS):
        made.close()
        raise BenchFailed(f"no connection to port {port}: {errno.errorcode[problem]}")
    return made


def _through_tls(connecting: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
    connected = select.poll()
    connected.register(connecting, select.POLLOUT)
    connected.poll()
    return context.wrap_socket(connecting, do_handshake_on_connect=False)


def _send(peer: Peer) -> int:
    """Send what fits and return the events to wait for. TLS may have to receive before it can send."""
    try:
        peer.unsent = peer.unsent[peer.socket.send(peer.unsent) :]
    except ssl.SSLWantReadError:
        return select.EPOLLIN
    except NOT_NOW:
        pass
    except OSError as problem:
        raise BenchFailed(f"{peer.nick} was disconnected: {problem}; {_last_received(peer)}") from None
    return select.EPOLLIN | select.EPOLLOUT if peer.unsent else select.EPOLLIN


def _receive(peer: Peer, end: re.Pattern[bytes]) -> bool:
    """Receive, and return whether the dialogue is at its end."""
    try:
        data = peer.socket.recv(READ_BYTES)
    except NOT_NOW:
        return False
    except OSError as problem:
        raise BenchFailed(f"{peer.nick} was disconnected: {problem}; {_last_received(peer)}") from None
    if not data:
        raise BenchFailed(f"{peer.nick} was disconnected: {_last_received(peer)}")
    start = max(0, len(peer.received) - _LINE_BYTES)
    peer.received += data
    return end.search(peer.received, start) is not None


def _last_received(peer: Peer) -> str:
    return peer.received[-200:].decode(errors="replace")
