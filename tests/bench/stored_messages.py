"""A server with a large database of messages, and a client that requests them.

The messages are written into the database directly, as the server would have written them.
"""

from __future__ import annotations

import argparse
import random
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import first_id
from chatapp.server.storage import channel_rows, data_folder, message_rows
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.search_index import open_index
from chatapp.server.storage.statements import Save
from tests.bench import peers, servers
from tests.bench.report import BenchFailed, print_result
from tests.bench.servers import OURS, Server

CHANNELS = 20
SECONDS_APART = 10  # from one message to the next
SENDERS = 500
BATCH = 10_000  # messages in one transaction, as the server indexes them when it has nothing else to do
CAPABILITIES = ("batch", "message-tags", "server-time")
_WORDS = 20_000
_TEXTS = 100_000  # different texts: to make ten million would take longer than to store them
_READ_BYTES = 1 << 18


def options(program: str, requests: int) -> argparse.Namespace:
    """Parse the command line.

    Args:
        requests: the default number of requests.
    """
    parser = argparse.ArgumentParser(prog=f"python -m tests.bench.{program}")
    parser.add_argument("--messages", type=int, default=1_000_000, help="stored messages")
    parser.add_argument("--requests", type=int, default=requests)
    return parser.parse_args()


class StoredMessages:
    """Random messages. A few of their words are common and most are rare, as in any language.

    Args:
        count: How many there are.
        channels: In how many channels they are.
    """

    def __init__(self, count: int, channels: int = CHANNELS) -> None:
        self.random = random.Random(1)
        self.count = count
        self.words = ["".join(self._letters()) for _ in range(_WORDS)]
        self.start = int(time.time() * 1000) - count * SECONDS_APART * 1000
        self._channels = channels
        self._weights = list(accumulate(1 / place for place in range(1, _WORDS + 1)))

    def _letters(self) -> list[str]:
        return self.random.choices("abcdefghijklmnopqrstuvwxyz", k=self.random.randint(2, 9))

    def time(self) -> int:
        """Return a random time between the first message and the last, in milliseconds."""
        return self.start + self.random.randrange(self.count) * SECONDS_APART * 1000

    def channel(self) -> str:
        """Return the name of a random channel."""
        return f"#bench{self.random.randrange(self._channels)}"

    def sender(self) -> str:
        """Return the nick of a random sender."""
        return f"sender{self.random.randrange(SENDERS)}"

    def write(self, data: Path) -> None:
        """Write all messages into a new database in this folder, and into its search index."""
        database = data / data_folder.DATABASE
        store = Database(database)
        for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # a crash loses only a bench
            store.rows(f"PRAGMA {pragma}")
        channels = [Channel(number + 1, f"#bench{number}", self.start) for number in range(self._channels)]
        store.write([channel_rows.upsert(channel) for channel in channels])
        for batch in self._batches():
            store.write(batch)
        store.close()
        index = open_index(data / data_folder.INDEX, database)
        if index is None:
            raise BenchFailed("this SQLite has no FTS5")
        while index.add(BATCH):
            continue
        index.close()

    def _batches(self) -> Iterator[list[Save]]:
        texts = [self._text() for _ in range(min(self.count, _TEXTS))]
        keys = [f"#{number + 1}" for number in range(self._channels)]
        sources = [f"sender{number}!user@bench.people" for number in range(SENDERS)]
        for first in range(0, self.count, BATCH):
            numbers = range(first, min(first + BATCH, self.count))
            times = (self.start + number * SECONDS_APART * 1000 for number in numbers)
            chosen = [self.random.choices(pool, k=len(numbers)) for pool in (keys, sources, texts)]
            yield [
                message_rows.insert(
                    StoredMessage(first_id(at), key, "", at, "PRIVMSG", source, "", text, {}), author=1
                )
                for at, key, source, text in zip(times, *chosen, strict=True)
            ]

    def _text(self) -> str:
        count = self.random.randint(3, 16)
        return " ".join(self.random.choices(self.words, cum_weights=self._weights, k=count))


class HistoryClient:
    """A client in the first channels that waits for each reply."""

    def __init__(self, server: Server, channels: int = CHANNELS) -> None:
        (peer,) = peers.register(peers.connect(server.port, ["asker"]), CAPABILITIES)
        peers.run_dialogues([peer], lambda _: joins(channels))
        peer.socket.setblocking(True)
        peer.socket.settimeout(peers.DIALOGUE_SECONDS)
        self._socket: socket.socket = peer.socket

    def ask(self, line: str) -> tuple[float, bytes]:
        """Send a line.

        Returns:
            The seconds until the whole reply had arrived, and the reply.
        """
        question = f"{line}\r\nPING :end\r\n".encode()
        received = bytearray()
        start = time.perf_counter()
        self._socket.sendall(question)
        while not received.endswith(b":end\r\n") and not received.endswith(b" end\r\n"):
            data = self._socket.recv(_READ_BYTES)
            if not data:
                raise BenchFailed(f"disconnected: {received[-200:].decode(errors='replace')}")
            received += data
        return time.perf_counter() - start, bytes(received)


def joins(channels: int) -> bytes:
    """Return the lines that join the first channels."""
    return b"".join(b"JOIN #bench%d\r\n" % number for number in range(channels))


@contextmanager
def connected_client(messages: StoredMessages) -> Iterator[HistoryClient]:
    """Start a server with these messages, and connect a client."""
    with TemporaryDirectory(prefix="chatapp-bench-") as data:
        messages.write(Path(data))
        with servers.start(OURS, Path(data)) as server:
            print_result(f"{OURS}: start with {messages.count:,} messages", server.seconds, "s")
            yield HistoryClient(server)


def measure(what: str, asker: HistoryClient, lines: Iterable[str], check: Callable[[bytes], bool]) -> None:
    """Send lines and print the times of the replies.

    Args:
        check: whether a reply is correct.

    Raises:
        BenchFailed: a reply is not correct.
    """
    took = []
    for line in lines:
        seconds, answer = asker.ask(line)
        if not check(answer):
            raise BenchFailed(f"the answer to {line}: {answer[:200].decode(errors='replace')}")
        took.append(seconds * 1000)
    percentiles = quantiles(took, n=100)
    for percentile in (50, 99):
        print_result(f"{OURS}: {what}, p{percentile}", percentiles[percentile - 1], "ms")
