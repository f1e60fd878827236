"""A small server of files on this computer, with TLS or without, which can be told to misbehave."""

from __future__ import annotations

import contextlib
import hashlib
import ssl
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from tests.client.transport.authority import PATIENCE, Pair

PREFIX = "k3Xq9p"
TOKEN = "token-1"


@dataclass
class Stored:
    """A file of the server."""

    name: str
    data: bytes
    media_type: str = "application/octet-stream"
    thumbnail: bytes = b""
    sunset: str = ""

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.data).hexdigest()}"'


@dataclass
class Received:
    """A request that the server got."""

    method: str
    path: str
    fields: dict[str, str]
    body: bytes = b""


Fault = Callable[["Handler", Received], bool]
"""Answers a request in another way than usual; returns whether it did."""


@dataclass
class State:
    files: dict[str, Stored] = field(default_factory=dict)
    requests: list[Received] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    location: str = ""
    counter: int = 0


class FileServer:
    """Accepts files at /upload/TOKEN and serves them, until closed.

    Args:
        shown: The certificate; None for no TLS.

    Attributes:
        faults: What happens to the next requests, in their order, instead of the usual.
    """

    def __init__(self, shown: Pair | None = None, port: int = 0) -> None:
        self.state = State()
        self._server = _Server(("127.0.0.1", port), Handler)
        self._server.state = self.state
        self.port: int = self._server.server_address[1]
        self._server.scheme = "https" if shown else "http"
        if shown:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "pair.pem"
                file.write_text(shown.certificate + shown.key)
                context.load_cert_chain(file)
            self._server.context = context
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        return f"{self._server.scheme}://127.0.0.1:{self.port}"

    @property
    def requests(self) -> list[Received]:
        return self.state.requests

    def add(self, name: str, data: bytes, **more: Any) -> str:
        """Add a file; return its path."""
        return self._server.add(Stored(name, data, **more))

    def fault(self, fault: Fault) -> None:
        """Let this happen to the next request that has no fault yet."""
        self.state.faults.append(fault)

    def refuse(self, status: int, text: str = "", fields: dict[str, str] | None = None) -> None:
        """Refuse the next request before its body is read."""

        def refuse(handler: Handler, request: Received) -> bool:
            kind = {"Content-Type": "text/plain; charset=utf-8"}
            handler.reply(status, text.encode(), {**kind, **(fields or {})})
            return True

        self.fault(refuse)

    def cut(self, after: int) -> None:
        """Cut the next connection after this many bytes of the body, in whichever direction."""

        def cut(handler: Handler, request: Received) -> bool:
            handler.cut_after = after
            return False

        self.fault(cut)

    def close(self) -> None:
        """End it, with all connections."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    state: State
    scheme: str
    context: ssl.SSLContext | None = None

    def finish_request(self, request: Any, client_address: Any) -> None:
        with contextlib.suppress(OSError, ssl.SSLError):
            if self.context is None:
                super().finish_request(request, client_address)
                return
            with self.context.wrap_socket(request, server_side=True) as secure:
                super().finish_request(secure, client_address)

    def shutdown_request(self, request: Any) -> None:
        with contextlib.suppress(OSError):
            super().shutdown_request(request)

    def add(self, stored: Stored) -> str:
        self.state.counter += 1
        ident = f"{PREFIX}{self.state.counter:022d}"
        self.state.files[ident] = stored
        return f"/files/{ident}/{quote(stored.name)}"


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    cut_after: int | None = None

    @property
    def owner(self) -> _Server:
        assert isinstance(self.server, _Server)
        return self.server

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def handle_expect_100(self) -> bool:
        """Decide first, and ask for the body only when it is wanted."""
        return True

    def _handle(self) -> None:
        self.close_connection = True
        request = Received(self.command, self.path, dict(self.headers.items()))
        self.owner.state.requests.append(request)
        with contextlib.suppress(OSError):
            faults = self.owner.state.faults
            if not (faults and faults.pop(0)(self, request)):
                self._answer(request)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _handle

    def _answer(self, request: Received) -> None:
        _, kind, ident, *_ = [*self.path.split("/"), "", ""]
        files = self.owner.state.files
        if self.command == "POST":
            if ident != TOKEN and "Authorization" not in request.fields:
                return self.reply(401, b"no")
            if not self.read_body(request):
                return None
            name = unquote(self.headers.get("Content-Disposition", "").rpartition("''")[2])
            path = self.owner.add(Stored(name, request.body, self.headers["Content-Type"]))
            location = self.owner.state.location or f"{self.owner.scheme}://files.example:7{path}"
            return self.reply(201, b"", {"Location": location})
        if ident not in files:
            return self.reply(404, b"gone")
        stored = files[ident]
        if self.command == "PUT":
            if not self.read_body(request):
                return None
            stored.thumbnail = request.body
            return self.reply(201, b"")
        if self.command == "DELETE":
            del files[ident]
            return self.reply(204, b"")
        if kind == "thumbnails":
            return self.reply(200, stored.thumbnail) if stored.thumbnail else self.reply(404, b"")
        return self._send_file(ident, stored)

    def _send_file(self, ident: str, stored: Stored) -> None:
        fields = {"ETag": stored.etag, "Content-Type": stored.media_type, "Accept-Ranges": "bytes"}
        full = f"filename*=UTF-8''{quote(stored.name)}"
        fields["Content-Disposition"] = f'attachment; filename="plain"; {full}'
        if stored.thumbnail:
            fields["Link"] = f'</thumbnails/{ident}>; rel="preview"'
        if stored.sunset:
            fields["Sunset"] = stored.sunset
        start = 0
        if "Range" in self.headers and self.headers["If-Range"] == stored.etag:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            fields["Content-Range"] = f"bytes {start}-{len(stored.data) - 1}/{len(stored.data)}"
        self.reply(206 if start else 200, stored.data[start:], fields)

    def read_body(self, request: Received) -> bool:
        """Read the body of a request; return False if the connection is to be cut."""
        if self.headers.get("Expect"):
            self.send_response_only(100)
            self.end_headers()
        size = int(self.headers["Content-Length"])
        if self.cut_after is not None:
            self.rfile.read(self.cut_after)
            return False
        request.body = self.rfile.read(size)
        return len(request.body) == size

    def reply(self, status: int, body: bytes, fields: dict[str, str] | None = None) -> None:
        """Send an answer."""
        self.send_response(status)
        for name, value in (fields or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body if self.cut_after is None else body[: self.cut_after])
