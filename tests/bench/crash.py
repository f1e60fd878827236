"""`kill -9` under load, many times: nothing that a client has seen is lost, doubled, or in another order.

    python -m tests.bench.crash [--rounds 100] [--senders 3] [--seed 1]

In each round some clients, or none, send texts and whatever else is stored, and another one sends files, as
fast as possible, until the server is killed at a random moment. After the next start each message that any
client has seen must be in the history, once and in the order in which it was seen; of each sender the first
texts must be stored without a gap; the files that messages link to must have their contents; and
`run_server.py files check` must find nothing. At the end the whole history is read again: no later kill may
have changed it.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from tests.bench.report import BenchFailed, print_result, run_bench
from tests.live.base import DEADLINE, ROOT, RawClient, ServerProcess
from tests.live.crash_traffic import (
    CAPS,
    CHANNEL,
    SPEAKERS,
    History,
    RecordingClient,
    Speaker,
    log_in,
    register,
)

CONFIGURATION = """\
[channels]
default = []
[limits]
connections_per_address = 0
new_connections_per_address = 0
flood_per_second = 0
send_queue = 268435456
[files]
total_bytes = 0
bytes_per_day = 0
"""
MOST_SEEN = 3000  # messages that the listener receives before a kill
MOST_FILES = 100  # the same in a round in which only files are sent
MOST_BYTES = 100_000  # of a file
SHOWN = 5  # problems of a round
_FILEHOST = "soju.im/FILEHOST="


class FileSender:
    """Uploads files, and sends a message with the link to each.

    Attributes:
        files: The contents by the link, of all uploads that the server has confirmed.
    """

    def __init__(self, port: int, path: str, chance: random.Random) -> None:
        self.files: dict[str, bytes] = {}
        self._port = port
        self._path = path
        self._chance = chance

    def send(self, client: RawClient) -> None:
        """Upload another file and send its link.

        Raises:
            OSError: The server is gone.
        """
        contents = self._chance.randbytes(self._chance.randrange(1, MOST_BYTES))
        uploading = HTTPConnection("127.0.0.1", self._port, timeout=DEADLINE)
        try:
            uploading.request("POST", self._path, contents)
            link = uploading.getresponse().getheader("Location", "")
        except HTTPException as error:
            raise ConnectionError from error
        finally:
            uploading.close()
        self.files[link] = contents
        client.send(f"PRIVMSG {CHANNEL} :{link}")


class CrashBench:
    """A server that is killed again and again.

    Args:
        folder: For its data.
        senders: How many clients send texts, at most.
    """

    def __init__(self, folder: Path, senders: int, chance: random.Random) -> None:
        self.seen = 0
        self.kept_files = 0
        self._nicks = [
            SPEAKERS[place % len(SPEAKERS)] + "x" * (place // len(SPEAKERS)) for place in range(senders)
        ]
        self.history = History(self._nicks)
        self._data = folder / "data"
        self._configuration = folder / "chat.toml"
        self._configuration.write_text(CONFIGURATION)
        self._chance = chance
        self._start()
        register(self._connect)

    def close(self) -> None:
        """Stop the server."""
        self._server.kill()

    def run_round(self, number: int) -> None:
        """Let everybody send, kill the server, start it again, and check what it has.

        Raises:
            BenchFailed: Something is wrong.
        """
        nicks = self._nicks[: self._chance.randint(0, len(self._nicks))]
        last = int((MOST_SEEN if nicks else MOST_FILES) ** self._chance.uniform(0.3, 1))
        speakers = [Speaker(f"{nick}-{number}") for nick in nicks]
        ann, others = log_in(self._connect), [self._enter(nick)[0] for nick in nicks]
        client, path = self._enter("files")
        files = FileSender(self._server.port, path, self._chance)
        clients = [RecordingClient(ann, last=last, kill=self._server.process.kill)]
        clients += [RecordingClient(other, each.send) for other, each in zip(others, speakers, strict=True)]
        clients.append(RecordingClient(client, files.send))
        for each in clients:
            each.end()
        self._server.kill()
        self._start()
        self.history.read(log_in(self._connect))
        self.seen += sum(len(each.seen) for each in clients)
        stored = self.history.stored[CHANNEL]
        problems = self.history.problems(each.seen for each in clients)
        problems += filter(None, (each.missing(stored) for each in speakers))
        links = {each.text for each in stored} & files.files.keys()
        problems += [f"{link} has other contents" for link in links if self._get(link) != files.files[link]]
        self.kept_files += len(links)
        self._report(number, problems + self._check_files())

    def check_all(self) -> None:
        """Read the whole history again and compare it with what was read after each round.

        Raises:
            BenchFailed: It is another one.
        """
        again = History(self._nicks)
        again.read(log_in(self._connect))
        if again.identities() != self.history.identities():
            raise BenchFailed("the history has changed since it was first read")

    def _start(self) -> None:
        self._server = ServerProcess(self._data, "--config", str(self._configuration))

    def _connect(self) -> RawClient:
        return RawClient(self._server.port)

    def _enter(self, nick: str) -> tuple[RawClient, str]:
        """Return a client in the channel, and the path to which it may upload."""
        client = self._connect()
        client.send(
            f"CAP REQ :{CAPS}", f"NICK {nick}", f"USER {nick} 0 * {nick}", "CAP END", f"JOIN {CHANNEL}"
        )
        words = [word for each in client.settle() if each.command == "005" for word in each.params]
        url = next(word for word in words if word.startswith(_FILEHOST)).removeprefix(_FILEHOST)
        return client, urlsplit(url).path

    def _get(self, link: str) -> bytes:
        downloading = HTTPConnection("127.0.0.1", self._server.port, timeout=DEADLINE)
        try:
            downloading.request("GET", urlsplit(link).path)
            return downloading.getresponse().read()
        finally:
            downloading.close()

    def _check_files(self) -> list[str]:
        command = [sys.executable, str(ROOT / "run_server.py"), "files", "check", "--data", str(self._data)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE)
        return [f"files check: {done.stdout} {done.stderr}"] if done.returncode else []

    def _report(self, number: int, problems: Sequence[str]) -> None:
        if problems:
            texts = "\n".join(problems[:SHOWN])
            raise BenchFailed(f"round {number}, {len(problems)} problems, such as\n{texts}")
        for line in self._server.lines:
            if "Traceback" in line:
                raise BenchFailed(f"round {number}: {os.linesep.join(self._server.lines)}")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.bench.crash")
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--senders", type=int, default=3)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    began = time.perf_counter()
    with TemporaryDirectory(prefix="chatapp-bench-") as folder:
        bench = CrashBench(Path(folder), asked.senders, random.Random(asked.seed))
        try:
            for number in range(asked.rounds):
                bench.run_round(number)
            bench.check_all()
        finally:
            bench.close()
    print_result("kills that lost nothing", asked.rounds, "rounds")
    print_result("messages that clients had seen", bench.seen, "messages")
    print_result("stored messages", len(bench.history), "messages")
    print_result("stored files", bench.kept_files, "files")
    print_result("time", time.perf_counter() - began, "s")


if __name__ == "__main__":
    run_bench(main)
