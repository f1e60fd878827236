"""Malformed requests about files: damaged heads and bodies, in pieces, broken off, through TLS or not.

    python -m tests.bench.file_fuzz [--requests 100000] [--clients 8] [--seed 1]

Each request gets a response of HTTP, or the end of the connection after a request that is not complete. At
the end the server must still answer, its log must hold no traceback, no part of an upload may be left, and
every file that it kept must have the contents that its name says.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import socket
import ssl
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from chatapp.server.storage.data_folder import FILES
from chatapp.server.storage.file_contents import FileStore
from tests.bench import peers, servers
from tests.bench.files import FileClient, path_to_upload
from tests.bench.report import BenchFailed, print_result, run_bench
from tests.bench.servers import OURS

WAIT_SECONDS = 15.0  # for a response
SETTLE_SECONDS = 20  # between two signs of life of the observer
MOST_BODY = 3000
NO_RESPONSE = "no response"
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "get", "P\0ST", "")
_NAMES = (
    "a.txt", "../../etc/passwd", "..", "CON", "a\0b", "x" * 255, "\u202egpj.exe", "a/b\\c", "ü" * 200, '"',
)  # fmt: skip
_LENGTHS = ("-1", "+3", "1e3", "99999999999999999999", "", "5, 5", "0x10", " ", "٣")
_FIELDS = (
    "Expect: 100-continue", "Expect: x", "Connection: close", "Connection: keep-alive, upgrade",
    "Transfer-Encoding: gzip", "Transfer-Encoding: chunked, chunked", "Content-Encoding: gzip",
    "Content-Type: multipart/form-data; boundary=x", "Content-Type: text/html", "Content-Type: /",
    "Range: bytes=0-", "Range: bytes=-1", "Range: bytes=9999999999999999999-", "Range: bytes=5-1,2-3",
    'If-Range: "x"', "If-None-Match: *", "If-Modified-Since: Tue, 99 Foo 2023 22:13:20 GMT",
    "Authorization: Basic", "Authorization: Basic !!!", "Authorization: Basic OjpdOg==",
    "Authorization: Bearer", "Authorization: Digest x", "Host: ", "Host: a b", "Host: evil.example",
    "Upgrade: websocket", "X" * 9000, "Content-Range: bytes 0-4/10", "No colon", ": no name",
    "Folded: a\r\n b", "Content-Length: 3",
)  # fmt: skip


def main() -> None:
    asked = _options().parse_args()
    with (
        TemporaryDirectory(prefix="chatapp-bench-") as folder,
        servers.start(OURS, Path(folder)) as server,
    ):
        (observer,) = peers.register(peers.connect(server.port, ["observer"]))
        client = FileClient(server.port, path_to_upload(observer))
        file_path, _ = client.upload(b"hello world")
        share = asked.requests // asked.clients
        began = time.perf_counter()
        jobs = [
            (server.port, client.path, file_path, share, f"{asked.seed}.{number}")
            for number in range(asked.clients)
        ]
        with multiprocessing.get_context("spawn").Pool(asked.clients) as pool:
            fuzzing = pool.starmap_async(fuzz, jobs)
            while not fuzzing.ready():
                fuzzing.wait(SETTLE_SECONDS)
                peers.settle([observer])  # the token for uploads ends with its connection
            counts = sum(fuzzing.get(), Counter[str]())
        seconds = time.perf_counter() - began
        peers.settle([observer])
        if client.download(file_path, tls=True) <= 0:
            raise BenchFailed("the server does not send files any more")
        _check(Path(folder))
        print_result("memory of the server", server.resident_bytes() / 1024 / 1024, "MB")
    print_result("requests", counts.total(), "requests")
    print_result("requests per second", counts.total() / seconds, "requests")
    for outcome, count in sorted(counts.items()):
        print_result(f"outcome {outcome}", count, "requests")


def fuzz(port: int, upload: str, file: str, count: int, seed: str) -> Counter[str]:
    """Make malformed requests and count their outcomes.

    Args:
        upload: A path to upload to.
        file: The path of a file.

    Raises:
        BenchFailed: The server answered with something else than HTTP, or not in time.
    """
    chance = random.Random(seed)
    context = peers.trusting()
    outcomes: Counter[str] = Counter()
    for number in range(count):
        data = _request(chance, upload, file)
        outcome = _exchange(chance, port, context if chance.random() < 0.1 else None, data)
        if outcome is None:
            raise BenchFailed(f"request {number} of seed {seed} got no end: {data!r}")
        outcomes[outcome] += 1
    return outcomes


def _request(chance: random.Random, upload: str, file: str) -> bytes:
    """Return a request that is malformed in some way, mostly."""
    paths = (
        upload, file, "/upload", "/upload/", "/upload/none", "/files/", "/files//", "/files/x/y", "//", "*",
        f"/thumbnails/{file.split('/')[2]}", "/thumbnails/", "/files/../../x", "/files/%00", "http://x/upload",
    )  # fmt: skip
    right = chance.choice((f"POST {upload}", f"POST {upload}", f"GET {file}", f"HEAD {file}"))
    body = chance.randbytes(chance.randrange(MOST_BODY))
    first = f"{chance.choice(_METHODS[:6])} {chance.choice(paths)}" if chance.random() < 0.4 else right
    lines = [f"{first} HTTP/1.1", "Host: localhost"]
    if chance.random() < 0.1:
        lines[0] = (
            f"{chance.choice(_METHODS)} {chance.choice(paths)} HTTP/{chance.choice(('1.0', '2', '0.9', ''))}"
        )
    if chance.random() < 0.3:
        lines.append("Transfer-Encoding: chunked")
        body = _chunks(chance, body)
    elif chance.random() < 0.9:
        lines.append(f"Content-Length: {len(body)}")
    else:
        lines.append(f"Content-Length: {chance.choice(_LENGTHS)}")
    if chance.random() < 0.5:
        lines.append(f'Content-Disposition: attachment; filename="{chance.choice(_NAMES)}"')
    lines += chance.choices(_FIELDS, k=chance.choice((0, 0, 0, 1, 1, 2, 5)))
    data = bytearray("\r\n".join([*lines, "", ""]).encode() + body)
    for _ in range(chance.choice((0, 0, 0, 1, 2, 20))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(len(data)) :]
    return bytes(data)


def _chunks(chance: random.Random, body: bytes) -> bytes:
    """Return a body in chunks, some of which are malformed."""
    pieces, at = [], 0
    while at < len(body):
        piece = body[at : at + chance.randrange(1, 1000)]
        size = len(piece) if chance.random() < 0.97 else chance.randrange(2**40)
        pieces.append(b"%x%s\r\n%s\r\n" % (size, chance.choice((b"", b"", b";a=b", b" ")), piece))
        at += len(piece)
    return b"".join(pieces) + chance.choice((b"0\r\n\r\n", b"0\r\n\r\n", b"0\r\nA: b\r\n\r\n", b"", b"0"))


def _exchange(chance: random.Random, port: int, context: ssl.SSLContext | None, data: bytes) -> str | None:
    """Send a request, then the end; return the status of the response, None if there is no end."""
    plain = socket.create_connection(("127.0.0.1", port), WAIT_SECONDS)
    received = b""
    try:
        made = context.wrap_socket(plain) if context else plain
        with made:
            try:
                for piece in _pieces(chance, data):
                    made.sendall(piece)
                if not context:
                    made.shutdown(socket.SHUT_WR)
                elif chance.random() < 0.5:
                    return NO_RESPONSE  # the client is gone at once
                else:
                    made.settimeout(1)  # what is not complete does not end by itself
                while more := made.recv(65536):
                    received += more
            except TimeoutError:
                if not context:
                    return None
            except OSError:
                pass  # cut off: what was received counts
    finally:
        plain.close()
    if received and not received.startswith(b"HTTP/1.1 "):
        return "chat" if received.startswith((b":", b"ERROR", b"PING")) else None
    return received[9:12].decode() or NO_RESPONSE


def _pieces(chance: random.Random, data: bytes) -> list[bytes]:
    """Return the request in some pieces."""
    cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.choice((0, 0, 1, 3))))
    return [data[start:end] for start, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]


def _check(folder: Path) -> None:
    """Check what the requests have left.

    Raises:
        BenchFailed: A traceback, a part of an upload, or wrong contents.
    """
    if "Traceback" in (folder / "output").read_text(errors="replace"):
        raise BenchFailed((folder / "output").read_text(errors="replace")[-3000:])
    time.sleep(1)  # until the last connections have ended
    partial = list((folder / FILES / "partial").iterdir())
    if partial:
        raise BenchFailed(f"{len(partial)} parts of uploads are left")
    store = FileStore(folder / FILES)
    damaged = [found.sha256 for found in store.stored() if not store.is_intact(found.sha256)]
    if damaged:
        raise BenchFailed(f"{len(damaged)} files have wrong contents")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog="python -m tests.bench.file_fuzz")
    options.add_argument("--requests", type=int, default=100_000)
    options.add_argument("--clients", type=int, default=8, help="processes that make them")
    options.add_argument("--seed", type=int, default=1)
    return options


if __name__ == "__main__":
    run_bench(main)
