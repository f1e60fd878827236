"""A server with a long past: a database with very many messages in it, and somebody who asks about them.

The messages are put into the database directly, as the server itself would have written them.
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
from chatapp.server.storage.search_index import open_index
from chatapp.server.storage.statements import Save
from tests.bench import peers, servers
from tests.bench.report import Failed, tell
from tests.bench.servers import OURS, Server

CHANNELS = 20
SECONDS_APART = 10  # from one message to the next
SPEAKERS = 500
A_TURN = 5_000  # messages that are written together
CAPABILITIES = ("batch", "message-tags", "server-time")
_WORDS = 20_000
_READ_BYTES = 1 << 18


def options(program: str, requests: int) -> argparse.Namespace:
    """What the command line says. Takes  requests: how many are made if it says nothing"""
    parser = argparse.ArgumentParser(prog=f"python -m tests.bench.{program}")
    parser.add_argument("--messages", type=int, default=1_000_000, help="that are stored")
    parser.add_argument("--requests", type=int, default=requests)
    return parser.parse_args()


class Past:
    """What was said: words of which few are common and most are rare, as in any language."""

    def __init__(self, messages: int) -> None:
        self.random = random.Random(1)
        self.messages = messages
        self.words = ["".join(self._letters()) for _ in range(_WORDS)]
        self.start = int(time.time() * 1000) - messages * SECONDS_APART * 1000
        self._weights = list(accumulate(1 / place for place in range(1, _WORDS + 1)))

    def _letters(self) -> list[str]:
        return self.random.choices("abcdefghijklmnopqrstuvwxyz", k=self.random.randint(2, 9))

    def time(self) -> int:
        """Some time in it, in milliseconds."""
        return self.start + self.random.randrange(self.messages) * SECONDS_APART * 1000

    def channel(self) -> str:
        """The name of one of its channels."""
        return f"#bench{self.random.randrange(CHANNELS)}"

    def speaker(self) -> str:
        """The nick of somebody who spoke."""
        return f"speaker{self.random.randrange(SPEAKERS)}"

    def text(self) -> str:
        count = self.random.randint(3, 16)
        return " ".join(self.random.choices(self.words, cum_weights=self._weights, k=count))

    def write(self, data: Path) -> None:
        """Into a new database in this folder, and into its index of words."""
        database = data / data_folder.DATABASE
        store = Database(database)
        channels = [Channel(number + 1, f"#bench{number}", self.start) for number in range(CHANNELS)]
        store.write([channel_rows.upsert(channel) for channel in channels])
        rows = (self._row(number) for number in range(self.messages))
        while turn := [row for _, row in zip(range(A_TURN), rows, strict=False)]:
            store.write(turn)
        store.close()
        index = open_index(data / data_folder.INDEX, database)
        if index is None:
            raise Failed("this SQLite has no FTS5")
        while index.add(A_TURN):
            continue
        index.close()

    def _row(self, number: int) -> Save:
        at = self.start + number * SECONDS_APART * 1000
        key = f"#{self.random.randrange(CHANNELS) + 1}"
        source = f"{self.speaker()}!user@bench.people"
        return message_rows.insert_burst(first_id(at), key, at, source, "", number % SPEAKERS, [self.text()])


class Asker:
    """A client in every channel that waits for each answer."""

    def __init__(self, server: Server) -> None:
        (peer,) = peers.register(peers.connect(server.port, ["asker"]), CAPABILITIES)
        peers.talk([peer], lambda _: b"".join(b"JOIN #bench%d\r\n" % number for number in range(CHANNELS)))
        peer.socket.setblocking(True)
        peer.socket.settimeout(peers.DIALOGUE_SECONDS)
        self._socket: socket.socket = peer.socket

    def ask(self, line: str) -> tuple[float, bytes]:
        """Gives  the seconds until all of the answer was there, and the answer"""
        question = f"{line}\r\nPING :end\r\n".encode()
        heard = bytearray()
        start = time.perf_counter()
        self._socket.sendall(question)
        while not heard.endswith(b":end\r\n") and not heard.endswith(b" end\r\n"):
            data = self._socket.recv(_READ_BYTES)
            if not data:
                raise Failed(f"disconnected: {heard[-200:].decode(errors='replace')}")
            heard += data
        return time.perf_counter() - start, bytes(heard)


@contextmanager
def asked(past: Past) -> Iterator[Asker]:
    """Somebody who asks a server with this past."""
    with TemporaryDirectory(prefix="chatapp-bench-") as data:
        past.write(Path(data))
        with servers.start(OURS, Path(data)) as server:
            tell(f"{OURS}: start with {past.messages:,} messages", server.seconds, "s")
            yield Asker(server)


def measure(what: str, asker: Asker, lines: Iterable[str], check: Callable[[bytes], bool]) -> None:
    """Tells how long the answers took.

    Takes   check: whether this is an answer as it should be
    Raises  Failed
    """
    took = []
    for line in lines:
        seconds, answer = asker.ask(line)
        if not check(answer):
            raise Failed(f"the answer to {line}: {answer[:200].decode(errors='replace')}")
        took.append(seconds * 1000)
    percentiles = quantiles(took, n=100)
    for percentile in (50, 99):
        tell(f"{OURS}: {what}, p{percentile}", percentiles[percentile - 1], "ms")
