"""Raw clients, many of them in one thread: they send bytes that were made before and count what comes.

A peer speaks in *dialogues*: it says lines that end with a PING, and has heard the answers to all of them
when the PONG is there. What must be counted without waiting reads the sockets itself (fanout, latency).
"""

from __future__ import annotations

import errno
import select
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from tests.bench.report import Failed

READ_BYTES = 1 << 18  # one recv takes what has come meanwhile: the slower we are, the fewer we need
AT_ONCE = 8  # dialogues under way: ngIRCd lets 10 connections wait to be accepted
DIALOGUE_SECONDS = 60  # a dialogue that takes longer than this with all peers has failed
PEERS_AN_ADDRESS = 5_000  # so that no address of 127.0.0.0/8 runs short of ports
CHANNEL = "#bench"
NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)  # of a socket that does not wait

_BARRIER = b"PING end-of-dialogue\r\n"
_BARRIER_ANSWERED = b"end-of-dialogue\r\n"
_NOT_ASKED_FOR = {"echo-message", "sasl", "sts"}  # one more delivery a line; two that may not be requested


@dataclass(slots=True)
class Peer:
    """One client.

    Takes  heard: what it got in its last dialogue
           unsent: what it has yet to say in this one
    """

    nick: str
    socket: socket.socket
    heard: bytearray = field(default_factory=bytearray)
    unsent: bytes = b""


def connect(port: int, nicks: Iterable[str], tls: bool = False) -> Iterator[Peer]:
    """Peers, each of whom begins to connect when it is asked for; with TLS, to shake hands when it talks."""
    context = trusting() if tls else None
    for i, nick in enumerate(nicks):
        made = _socket(port, f"127.0.0.{1 + i // PEERS_AN_ADDRESS}")
        yield Peer(nick, _through_tls(made, context) if context else made)


def trusting() -> ssl.SSLContext:
    """One that takes every certificate: the server is our own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def talk(peers: Iterable[Peer], lines: Callable[[Peer], bytes], at_once: int = AT_ONCE) -> list[Peer]:
    """A dialogue for each of them, who are given back.

    Takes   at_once: most dialogues that are under way together
    Raises  Failed when one is disconnected, or not all are done in time
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
                peer.heard.clear()
                busy[peer.socket.fileno()] = peer
                ready.register(peer.socket, select.EPOLLIN | select.EPOLLOUT)
            if not busy:
                return talked
            events = ready.poll(max(0.0, deadline - time.monotonic()))
            if time.monotonic() > deadline:
                raise Failed(f"no answer to {len(busy)} of {len(talked)} peers in {DIALOGUE_SECONDS} s")
            for number, event in events:
                peer = busy[number]
                if event & ~select.EPOLLOUT and _hear(peer):
                    ready.unregister(peer.socket)
                    del busy[number]
                elif peer.unsent:
                    ready.modify(peer.socket, _say(peer))


def register(peers: Iterable[Peer], capabilities: Collection[str] = ()) -> list[Peer]:
    """Every peer gets its nick, and the capabilities.

    Raises  Failed when one of them is refused
    """
    registered = talk(peers, lambda peer: greeting(peer.nick, capabilities))
    expect_registered(registered, capabilities)
    return registered


def greeting(nick: str, capabilities: Collection[str]) -> bytes:
    """What a client says first."""
    lines = [f"CAP REQ {name}" for name in sorted(capabilities)]
    lines += [f"NICK {nick}", f"USER {nick} 0 * {nick}"]
    lines += ["CAP END"] if capabilities else []
    return "".join(line + "\r\n" for line in lines).encode()


def expect_registered(peers: Iterable[Peer], capabilities: Collection[str]) -> None:
    """That the greeting was in their last dialogue, and was taken.

    Raises  Failed
    """
    for peer in peers:
        granted = peer.heard.count(b" ACK ")
        if f" 001 {peer.nick} ".encode() not in peer.heard or granted != len(capabilities):
            raise Failed(f"{peer.nick} was not let in: {_last_words(peer)}")


def members(port: int, count: int, capabilities: Collection[str] = (), tls: bool = False) -> list[Peer]:
    """So many registered peers in CHANNEL, with nothing left to read."""
    peers = register(connect(port, (f"member{i}" for i in range(count)), tls), capabilities)
    talk(peers, lambda _: f"JOIN {CHANNEL}\r\n".encode())
    settle(peers)
    return peers


def settle(peers: Iterable[Peer]) -> None:
    """Reads what was sent before now; afterwards `heard` is that and the answer to the barrier."""
    talk(peers, lambda _: b"")


def offered(port: int) -> frozenset[str]:
    """The capabilities of the server that every member can ask for."""
    questions = b"CAP LS 302\r\n" + greeting("asker", ()) + b"CAP END\r\n"
    peers = talk(connect(port, ["asker"]), lambda _: questions)
    names: set[str] = set()
    for line in peers[0].heard.decode().splitlines():
        if " LS " in line:
            names.update(token.partition("=")[0] for token in line.rpartition(" :")[2].split())
    leave(peers)
    return frozenset(names - _NOT_ASKED_FOR)


def leave(peers: Iterable[Peer]) -> None:
    """They hang up."""
    for peer in peers:
        peer.socket.close()


def _socket(port: int, source: str) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    made.setblocking(False)
    made.bind((source, 0))
    if (problem := made.connect_ex(("127.0.0.1", port))) not in (0, errno.EINPROGRESS):
        made.close()
        raise Failed(f"no connection to port {port}: {errno.errorcode[problem]}")
    return made


def _through_tls(connecting: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
    connected = select.poll()
    connected.register(connecting, select.POLLOUT)
    connected.poll()
    return context.wrap_socket(connecting, do_handshake_on_connect=False)


def _say(peer: Peer) -> int:
    """What to wait for next: for room, if there is more to say, unless TLS has to hear something first."""
    try:
        peer.unsent = peer.unsent[peer.socket.send(peer.unsent) :]
    except ssl.SSLWantReadError:
        return select.EPOLLIN
    except NOT_NOW:
        pass
    except OSError as problem:
        raise Failed(f"{peer.nick} was disconnected: {problem}; {_last_words(peer)}") from None
    return select.EPOLLIN | select.EPOLLOUT if peer.unsent else select.EPOLLIN


def _hear(peer: Peer) -> bool:
    """Whether the dialogue is over."""
    try:
        data = peer.socket.recv(READ_BYTES)
    except NOT_NOW:
        return False
    except OSError as problem:
        raise Failed(f"{peer.nick} was disconnected: {problem}; {_last_words(peer)}") from None
    if not data:
        raise Failed(f"{peer.nick} was disconnected: {_last_words(peer)}")
    start = max(0, len(peer.heard) - len(_BARRIER_ANSWERED))
    peer.heard += data
    return peer.heard.find(_BARRIER_ANSWERED, start) >= 0


def _last_words(peer: Peer) -> str:
    return peer.heard[-200:].decode(errors="replace")
