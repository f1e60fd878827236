"""The work that the bench `growth` measures: messages, joins, reconnects, pages of the history, searches."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from statistics import median

from chatapp.protocol.timestamps import iso
from tests.bench import fanout, grown_data, peers, stored_messages
from tests.bench.grown_data import Amounts
from tests.bench.peers import CHANNEL, Peer
from tests.bench.report import BenchFailed
from tests.bench.servers import Server
from tests.bench.stored_messages import HistoryClient, StoredMessages

IDLE_SECONDS = 1.0
PAUSE_SECONDS = 0.2  # after work, for what the server does a little later
REPEATS = 10  # of joins, reconnects and lone lines in a round
REQUESTS = 20  # pages, and searches of each kind, in a round
PAGE_LINES = 25
FOUND_LINES = 50
BURST_LINES = 20
BURST_SECONDS = 0.3
LINE_BYTES = 80
COMMON_WORDS = 100
REJOINED = 5  # channels of a client that reconnects, the one that grows among them
CONNECTED_AT_ONCE = 250
ARRIVAL_SECONDS = 30  # after which a lone line is missing

Costs = dict[str, float]
"""The cost of each kind of work."""


class Workers:
    """The clients of a server with certain amounts of data, which cause the work.

    The members of CHANNEL are connected; ten of them are in all other channels too.
    """

    def __init__(self, server: Server, amounts: Amounts) -> None:
        self._server = server
        self._stored = StoredMessages(amounts.messages, grown_data.CHANNELS_WITH_MESSAGES)
        self._members = _members(server.port, amounts.members)
        everywhere = self._members[: Amounts().members]
        peers.run_dialogues(everywhere, lambda _: stored_messages.joins(amounts.channels))
        self._asker = HistoryClient(server, grown_data.CHANNELS_WITH_MESSAGES)
        self._idle = 0.0  # CPU seconds in each second

    def round(self, number: int) -> Costs:
        """Measure all kinds of work once, except bursts.

        Args:
            number: That of the round.
        """
        costs: Costs = {}
        peers.settle(self._members)
        self._idle = 0.0
        self._idle = self._cpu(lambda: self._server.stay_idle(IDLE_SECONDS)) / (IDLE_SECONDS + PAUSE_SECONDS)
        costs["idle"] = 1e3 * self._idle
        for name, line in self._requests().items():
            costs[name] = 1e3 * self._cpu(partial(self._ask, line)) / REQUESTS
        deliveries = REPEATS * (len(self._members) - 1)
        delays: list[float] = []
        costs["line"] = 1e6 * self._cpu(lambda: delays.extend(self._lone_lines())) / deliveries
        costs["latency"] = 1e3 * median(delays)
        costs["join"] = 1e3 * self._joins(f"newcomer{number}-") / REPEATS
        costs["reconnect"] = 1e3 * self._reconnects(f"returner{number}-") / REPEATS
        return costs

    def burst(self) -> Costs:
        """Measure bursts. They store so many messages that nothing else is measured after them."""
        block = fanout.lines(LINE_BYTES, BURST_LINES)
        peers.settle(self._members)
        flood = fanout.flood(self._server, self._members, 1, block, BURST_SECONDS)
        return {"burst": 1e6 * flood.server_cpu / flood.deliveries}

    def leave(self) -> None:
        """Close the connections."""
        peers.leave(self._members)

    def _cpu(self, work: Callable[[], object]) -> float:
        """Return the CPU seconds that some work costs the server, more than when it is idle."""
        cpu, began = self._server.cpu_seconds(), time.perf_counter()
        work()
        self._server.stay_idle(PAUSE_SECONDS)
        passed = time.perf_counter() - began
        return max(0.0, self._server.cpu_seconds() - cpu - passed * self._idle)

    def _requests(self) -> dict[str, Callable[[], str]]:
        stored = self._stored
        choice = stored.random.choice
        limit = f"limit={FOUND_LINES}"
        return {
            "page": self._page,
            "search": lambda: f"SEARCH text={choice(stored.words)};{limit}",
            "search-beginning": lambda: f"SEARCH text={choice(stored.words)[:2]};{limit}",
            "search-two": lambda: (
                f"SEARCH text={choice(stored.words[:100])}\\s{choice(stored.words[:100])};{limit}"
            ),
        }

    def _page(self) -> str:
        """Return a request for a page in the later half of a channel, where every page is full."""
        middle = self._stored.start + self._stored.count * stored_messages.SECONDS_APART * 500
        bound = max(self._stored.time(), middle)
        return f"CHATHISTORY BEFORE {self._stored.channel()} timestamp={iso(bound)} {PAGE_LINES}"

    def _ask(self, line: Callable[[], str]) -> None:
        for _ in range(REQUESTS):
            asked = line()
            _, answer = self._asker.ask(asked)
            is_page = answer.count(b" PRIVMSG #bench") == PAGE_LINES
            if b" FAIL " in answer or not (is_page or asked.startswith("SEARCH")):
                raise BenchFailed(f"the answer to {asked}: {answer[:200].decode(errors='replace')}")

    def _lone_lines(self) -> list[float]:
        """Send lines, each when the one before was delivered; return the delay of each at some member."""
        sender, *others = self._members
        delays = []
        for number in range(REPEATS):
            listener = others[number * len(others) // REPEATS]
            text = b":lone%d" % number
            line = fanout.lines(LINE_BYTES, 1).replace(b":00000", text)
            sent = time.perf_counter()
            sender.socket.sendall(line)
            _receive_until(listener, text)
            delays.append(time.perf_counter() - sent)
            peers.settle([sender])  # the PONG comes when the line was sent to everybody
        return delays

    def _joins(self, prefix: str) -> float:
        newcomers = peers.register(peers.connect(self._server.port, _nicks(prefix)))
        cost = self._cpu(lambda: peers.run_dialogues(newcomers, lambda _: _join(CHANNEL), at_once=1))
        self._end(newcomers)
        return cost

    def _reconnects(self, prefix: str) -> float:
        capabilities = stored_messages.CAPABILITIES
        rejoins = _join(CHANNEL) + stored_messages.joins(REJOINED - 1)
        back: list[Peer] = []

        def lines(peer: Peer) -> bytes:
            return peers.greeting(peer.nick, capabilities) + rejoins

        def reconnect() -> None:
            connected = peers.connect(self._server.port, _nicks(prefix))
            back.extend(peers.run_dialogues(connected, lines, at_once=1))

        cost = self._cpu(reconnect)
        peers.expect_registered(back, capabilities)
        self._end(back)
        return cost

    def _end(self, clients: Sequence[Peer]) -> None:
        peers.leave(clients)
        self._server.stay_idle(PAUSE_SECONDS)
        peers.settle(self._members)


def _members(port: int, count: int) -> list[Peer]:
    """Connect the members of CHANNEL.

    It is an auditorium while they join, or each would be told of all others: the square of their number.
    """
    members: list[Peer] = []
    for first in range(0, count, CONNECTED_AT_ONCE):
        nicks = (f"member{number}" for number in range(first, min(first + CONNECTED_AT_ONCE, count)))
        connected = peers.register(peers.connect(port, nicks))
        if not members:
            peers.run_dialogues(connected[:1], lambda _: _join(CHANNEL) + f"MODE {CHANNEL} +u\r\n".encode())
        peers.run_dialogues(connected[not members :], lambda _: _join(CHANNEL))
        members += connected
    peers.run_dialogues(members[:1], lambda _: f"MODE {CHANNEL} -u\r\n".encode())
    return members


def _join(channel: str) -> bytes:
    return f"JOIN {channel}\r\n".encode()


def _nicks(prefix: str) -> Iterable[str]:
    return (f"{prefix}{number}" for number in range(REPEATS))


def _receive_until(peer: Peer, end: bytes) -> None:
    """Receive until these bytes have arrived.

    Raises:
        BenchFailed: They have not arrived in time.
    """
    received = b""
    peer.socket.settimeout(ARRIVAL_SECONDS)
    while end not in received:
        try:
            data = peer.socket.recv(peers.READ_BYTES)
        except TimeoutError:
            raise BenchFailed(f"a line has not arrived within {ARRIVAL_SECONDS} s") from None
        if not data:
            raise BenchFailed(f"{peer.nick} was disconnected")
        received += data
    peer.socket.setblocking(False)
