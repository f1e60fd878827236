"""Files through real sockets: what curl and Python send, ranges, many at once, and what a kill leaves."""

from __future__ import annotations

import base64
import hashlib
import http.client
import random
import shutil
import socket
import subprocess
import sys
import threading
import unittest
from http import HTTPStatus
from urllib.parse import urlsplit

from chatapp.server.storage.data_folder import FILES
from tests.live.base import DEADLINE, ROOT, LiveTest, RawClient
from tests.live.test_tls import client_context
from tests.waiting import wait_until

SIZE = 3_000_000  # more than the buffers of the system hold
CHUNK = 100_000
FILEHOST = "soju.im/FILEHOST="
TOO_LARGE = 1_000_001


def contents(seed: int, size: int = SIZE) -> bytes:
    """Return the bytes of a file."""
    return random.Random(seed).randbytes(size)


class FileTest(LiveTest):
    """A server, and the URL to which ann may upload."""

    CONFIG = '[files]\nmax_bytes = 4_000_000\n[channels]\ndefault = ["#general"]\n'

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann, self.url = self.sender("ann")

    def sender(self, nick: str) -> tuple[RawClient, str]:
        """Return a client and its upload URL."""
        client = self.connect()
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        tokens = [word for line in client.settle() if line.command == "005" for word in line.params]
        return client, next(word for word in tokens if word.startswith(FILEHOST)).removeprefix(FILEHOST)

    def open(self, is_secure: bool = False) -> http.client.HTTPConnection:
        """Return an HTTP client of the server."""
        port = self.server.port
        made: http.client.HTTPConnection
        if is_secure:
            made = http.client.HTTPSConnection("localhost", port, timeout=DEADLINE, context=client_context())
        else:
            made = http.client.HTTPConnection("127.0.0.1", port, timeout=DEADLINE)
        self.addCleanup(made.close)
        return made

    def request(
        self, method: str, url: str, body: bytes | None = None, is_secure: bool = False, **fields: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Make a request on a connection of its own."""
        client = self.open(is_secure)
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        client.request(method, urlsplit(url).path, body, headers)
        response = client.getresponse()
        return response, response.read()

    def upload(self, data: bytes, is_secure: bool = False, **fields: str) -> str:
        """Upload a file and return its URL."""
        response, body = self.request("POST", self.url, data, is_secure, **fields)
        self.assertEqual(response.status, HTTPStatus.CREATED, body)
        url = response.getheader("Location", "")
        self.assertEqual(body.decode(), f"{url}\n")
        return url

    def stored(self) -> dict[str, int]:
        """Return the sizes of all files in the folder of the contents, by their names."""
        paths = (self.data / FILES).rglob("*")
        return {path.name: path.stat().st_size for path in paths if path.is_file()}


class Transfers(FileTest):
    def test_a_file_comes_back_as_it_was_sent(self) -> None:
        for is_secure in (False, True):
            with self.subTest(is_secure=is_secure):
                data = contents(is_secure)
                url = self.upload(data, is_secure, Content_Disposition='attachment; filename="plan.pdf"')
                self.assertTrue(url.endswith("/plan.pdf"), url)
                response, body = self.request("GET", url, is_secure=is_secure)
                self.assertEqual(body, data)
                self.assertEqual(response.getheader("Content-Type"), "application/pdf")
                self.assertEqual(response.getheader("ETag"), f'"{hashlib.sha256(data).hexdigest()}"')

    def test_a_file_in_chunks_and_in_parts(self) -> None:
        data = contents(1)
        pieces = [data[start : start + CHUNK] for start in range(0, SIZE, CHUNK)]
        client = self.open()
        client.request("POST", urlsplit(self.url).path, iter(pieces), encode_chunked=True)
        url = client.getresponse().read().decode().strip()
        for field, expected in (("bytes=10-19", data[10:20]), (f"bytes={SIZE // 2}-", data[SIZE // 2 :])):
            with self.subTest(field=field):
                response, body = self.request("GET", url, Range=field)
                self.assertEqual((response.status, body), (HTTPStatus.PARTIAL_CONTENT, expected))

    def test_a_key_stands_for_one_file(self) -> None:
        key = '"k1"'
        url = self.upload(b"hello", Idempotency_Key=key)
        self.assertEqual(self.upload(b"hello", Idempotency_Key=key), url)
        response, body = self.request("POST", self.url, b"other", Idempotency_Key=key)
        self.assertEqual(response.status, HTTPStatus.UNPROCESSABLE_ENTITY)
        self.assertEqual(body, b"Another file was sent with this Idempotency-Key\n")
        self.assertEqual(self.request("GET", url)[1], b"hello")

    def test_one_connection_serves_several_requests(self) -> None:
        client, path = self.open(is_secure=True), urlsplit(self.url).path
        for number in range(5):
            client.request("POST", path, b"%d" % number)
            url = client.getresponse().read().decode().strip()
            first = client.sock
            client.request("GET", urlsplit(url).path)
            self.assertEqual(client.getresponse().read(), b"%d" % number)
            self.assertIs(client.sock, first)

    def test_an_account_uploads_with_its_password(self) -> None:
        self.ann.send("REGISTER * * correct-horse")
        self.ann.until("REGISTER")
        for password, status in (("correct-horse", 201), ("wrong", 401)):
            with self.subTest(password=password):
                basic = base64.b64encode(f"ann:{password}".encode()).decode()
                response, _ = self.request("POST", "/upload", b"hello", Authorization=f"Basic {basic}")
                self.assertEqual(response.status, status)
        self.assertIn("Basic realm=", response.getheader("WWW-Authenticate", ""))

    def test_a_client_that_sends_too_much_reads_why(self) -> None:
        for is_secure in (False, True):
            with self.subTest(is_secure=is_secure):
                response, _ = self.request("POST", self.url, bytes(8_000_000), is_secure)
                self.assertEqual(response.status, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.assertEqual(self.stored(), {})

    def test_a_file_that_is_not_there(self) -> None:
        url = self.upload(b"hello")
        self.assertEqual(
            self.request("DELETE", url, Authorization=self.bearer())[0].status, HTTPStatus.NO_CONTENT
        )
        gone = self.request("GET", url)
        never = self.request("GET", url.replace("/files/", "/files/x"))
        for response, body in (gone, never):
            self.assertEqual((response.status, body), (HTTPStatus.NOT_FOUND, gone[1]))
        self.assertEqual(gone[0].getheaders(), never[0].getheaders())

    def bearer(self) -> str:
        return f"Bearer {self.url.rpartition('/')[2]}"

    def test_many_uploads_at_once_while_others_chat(self) -> None:
        urls: dict[int, str] = {}

        def work(number: int) -> None:
            urls[number] = self.upload(contents(number // 2), is_secure=number % 3 == 0)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(10)]
        for thread in threads:
            thread.start()
        bob = self.enter("bob")
        for number in range(100):
            self.ann.send(f"PRIVMSG #general :{number}")
            self.assertEqual(bob.until("PRIVMSG").text, str(number))
        for thread in threads:
            thread.join(DEADLINE)
        for number, url in urls.items():
            self.assertEqual(self.request("GET", url)[1], contents(number // 2))
        self.assertEqual(len(urls), 10)
        self.assertEqual(sorted(self.stored().values()), [SIZE] * 5)  # the same contents once


class Interruptions(FileTest):
    def begin(self, size: int = SIZE, is_secure: bool = False) -> socket.socket:
        """Begin an upload, and send a part of it."""
        made = socket.create_connection(("127.0.0.1", self.server.port), DEADLINE)
        self.addCleanup(made.close)
        if is_secure:
            made = client_context().wrap_socket(made)
            self.addCleanup(made.close)
        head = f"POST {urlsplit(self.url).path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n"
        made.sendall(f"{head}Expect: 100-continue\r\n\r\n".encode())
        self.assertEqual(made.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
        made.sendall(bytes(size // 2))
        wait_until(self.is_receiving, "a part of the upload is on disk")
        return made

    def is_receiving(self) -> bool:
        """Whether a part of an upload is on disk."""
        return any(path.stat().st_size for path in (self.data / FILES / "partial").iterdir())

    def test_an_upload_that_breaks_off_leaves_nothing(self) -> None:
        self.begin().close()
        self.begin(is_secure=True).close()
        partial = self.data / FILES / "partial"
        wait_until(lambda: not any(partial.iterdir()), "the parts are deleted")
        self.upload(b"hello")
        self.assertEqual(list(self.stored().values()), [5])

    def test_a_kill_in_the_middle_of_an_upload_leaves_nothing_after_the_next_start(self) -> None:
        url = self.upload(b"hello")
        self.begin()
        self.server.kill()
        self.assertEqual(len(self.stored()), 2)
        check = [sys.executable, str(ROOT / "run_server.py"), "files", "check", "--data", str(self.data)]
        self.start()
        self.assertEqual(self.stored(), {hashlib.sha256(b"hello").hexdigest(): 5})
        self.assertEqual(self.request("GET", url)[1], b"hello")
        self.server.stop()
        checked = subprocess.run(check, capture_output=True, text=True, timeout=DEADLINE)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)

    def test_the_server_ends_at_once_in_spite_of_transfers(self) -> None:
        url = self.upload(contents(1))
        upload = self.begin()
        download = socket.create_connection(("127.0.0.1", self.server.port), DEADLINE)
        self.addCleanup(download.close)
        download.sendall(f"GET {urlsplit(url).path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        self.assertTrue(download.recv(10).startswith(b"HTTP/1.1 "))
        self.assertEqual(self.server.stop(), 0)
        upload.settimeout(DEADLINE)
        with self.assertRaises(OSError):
            while upload.send(bytes(CHUNK)):
                continue
        self.assertEqual(list(self.stored().values()), [SIZE])

    def test_a_cut_download_continues_where_it_ended(self) -> None:
        data = contents(1)
        url = self.upload(data, is_secure=True)
        client = self.open(is_secure=True)
        client.request("GET", urlsplit(url).path)
        response = client.getresponse()
        start = response.read(CHUNK)
        client.close()
        response, rest = self.request(
            "GET", url, Range=f"bytes={CHUNK}-", If_Range=response.getheader("ETag", "")
        )
        self.assertEqual(start + rest, data)


class TlsOnly(FileTest):
    CONFIG = '[tls]\nmode = "required"\n'

    def sender(self, nick: str) -> tuple[RawClient, str]:
        client = RawClient(self.server.port)
        client.sock = client_context().wrap_socket(client.sock)
        self.server.clients.append(client)
        self.addCleanup(client.close)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}")
        tokens = [word for line in client.settle() if line.command == "005" for word in line.params]
        return client, next(word for word in tokens if word.startswith(FILEHOST)).removeprefix(FILEHOST)

    def test_files_pass_only_through_tls(self) -> None:
        self.assertTrue(self.url.startswith("https://"), self.url)
        self.assertEqual(self.request("POST", self.url, b"hello")[0].status, HTTPStatus.FORBIDDEN)
        url = self.upload(b"hello", is_secure=True)
        self.assertEqual(self.request("GET", url)[0].status, HTTPStatus.FORBIDDEN)
        self.assertEqual(self.request("GET", url, is_secure=True)[1], b"hello")


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class Curl(FileTest):
    def curl(self, *arguments: str) -> str:
        """Run curl and return what it prints."""
        command = ["curl", "--silent", "--show-error", "--insecure", "--max-time", str(DEADLINE), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=2 * DEADLINE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def test_every_way_to_upload_and_download(self) -> None:
        source, target = self.folder / "a b ü.bin", self.folder / "target"
        source.write_bytes(contents(1))
        secure = f"https://localhost:{self.server.port}{urlsplit(self.url).path}"
        name = ("--header", 'Content-Disposition: attachment; filename="a b ü.bin"')
        chunked = ("--header", "Transfer-Encoding: chunked")
        ways = {
            "in one piece": ("--data-binary", f"@{source}", self.url),
            "through TLS": ("--data-binary", f"@{source}", secure),
            "in chunks": ("--request", "POST", *chunked, "--upload-file", f"{source}", self.url),
            "in HTTP/1.0": ("--http1.0", "--data-binary", f"@{source}", self.url),
            "without waiting": ("--header", "Expect:", "--data-binary", f"@{source}", self.url),
        }  # fmt: skip
        for way, arguments in ways.items():
            with self.subTest(way=way):
                url = self.curl(*name, *arguments).strip()
                self.assertTrue(url.endswith("/a%20b%20%C3%BC.bin"), url)
                target.write_bytes(contents(1)[:CHUNK])
                self.curl("--continue-at", "-", "--output", str(target), url)
                self.assertEqual(target.read_bytes(), contents(1))

    def test_options_and_head(self) -> None:
        self.assertIn("\nAccept-Post: */*", self.curl("--request", "OPTIONS", "--include", self.url))
        url = self.upload(b"hello")
        self.assertIn("\nContent-Length: 5", self.curl("--head", url))
