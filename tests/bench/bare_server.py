"""A server that does almost nothing, to find out what cannot be saved: see `floor`.

    python -m tests.bench.bare_server FOLDER PART...

It has the shape of our server: a thread for each client receives, one thread takes the lines out of a queue,
3 ms after the first of them, and does the rest. It does not parse: each line goes to every other client, and
a PING back to its own.

Parts: `queue` (the reading threads pass lines on; without it they drop them), `send` (to the other clients,
one `send` for each with all lines), `commit` (a row for each line, in one transaction, before they are sent).
"""

from __future__ import annotations

import socket
import sqlite3
import sys
import threading
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

GATHER_SECONDS = 0.003
RECEIVE_BYTES = 2048
START = "Listening on 127.0.0.1 "

_HEAD = b":member0!member0@localhost "
_INSERT = "INSERT INTO messages (target, time, source, text) VALUES ('#bench', ?, 'member0', ?)"

Line = tuple[socket.socket, bytes]


def main() -> None:
    folder, parts = Path(sys.argv[1]), sys.argv[2:]
    lines: SimpleQueue[Line] = SimpleQueue()
    clients: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        print(f"{START}{listener.getsockname()[1]}", flush=True)
        if "queue" in parts:
            threading.Thread(target=_handle, args=(lines, clients, folder, parts), daemon=True).start()
        while True:
            client, _ = listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            clients.append(client)
            threading.Thread(target=_receive, args=(client, lines, "queue" in parts), daemon=True).start()


def _receive(client: socket.socket, lines: SimpleQueue[Line], passes_on: bool) -> None:
    while data := client.recv(RECEIVE_BYTES):
        if passes_on:
            lines.put((client, data))


def _handle(
    lines: SimpleQueue[Line], clients: Sequence[socket.socket], folder: Path, parts: Collection[str]
) -> None:
    database = _database(folder / "bare.db")
    while True:
        taken = [lines.get()]
        time.sleep(GATHER_SECONDS)
        with suppress(Empty):
            while True:
                taken.append(lines.get_nowait())
        said = [line for line in taken if not line[1].startswith(b"PING")]
        if said and "commit" in parts:
            _store(database, said)
        if said and "send" in parts:
            _send(clients, said)
        for client, data in taken:
            if data.startswith(b"PING"):
                client.send(data)


def _database(path: Path) -> sqlite3.Connection:
    """Open a database with the settings of ours, and a table like that of its messages."""
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("PRAGMA wal_autocheckpoint = 0")
    database.execute(
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, target TEXT, time INTEGER, source TEXT, text TEXT)"
    )
    database.execute("CREATE INDEX messages_by_target ON messages (target, time)")
    return database


def _store(database: sqlite3.Connection, taken: Collection[Line]) -> None:
    now = time.time_ns() // 1_000_000
    database.execute("BEGIN IMMEDIATE")
    database.executemany(_INSERT, [(now, data.decode()) for _, data in taken])
    database.execute("COMMIT")


def _send(clients: Sequence[socket.socket], said: Collection[Line]) -> None:
    everything = b"".join(_HEAD + data for _, data in said)
    senders = {client for client, _ in said}
    for client in clients:
        data = everything
        if client in senders:
            data = b"".join(_HEAD + data for sender, data in said if sender is not client)
        if data:
            client.send(data, socket.MSG_DONTWAIT)


if __name__ == "__main__":
    main()
