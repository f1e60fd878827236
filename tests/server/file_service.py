"""The base class of tests of the file service: uploads without sockets and without a disk."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus
from typing import BinaryIO

from chatapp.protocol import isupport
from chatapp.server import config
from chatapp.server.core.inbox import RunTask, UploadEnded
from chatapp.server.operations import configuration
from chatapp.server.state.file_transfers import (
    FileAnswer,
    FileFound,
    FileRequest,
    HttpReply,
    PartialContents,
    StoredContents,
    UploadPermit,
)
from chatapp.server.storage import file_rows
from chatapp.server.storage.file_rows import StoredFile
from tests.server.base import ServerTest

PATIENT = "[limits]\nping_seconds = 10_000_000\ndrop_seconds = 20_000_000"  # nobody is disconnected in days


class FakeContents:
    """Contents that are only listed.

    Attributes:
        deleted: The SHA-256 of what was deleted, in order.
    """

    def __init__(self) -> None:
        self.deleted: list[str] = []

    def begin(self, most_bytes: int, expected: int | None = None) -> PartialContents:
        raise NotImplementedError

    def open(self, sha256: str) -> BinaryIO:
        raise NotImplementedError

    def exists(self, sha256: str) -> bool:
        return sha256 not in self.deleted

    def release(self, sha256: str, is_kept: bool) -> None: ...

    def delete(self, sha256: str, is_unused: Callable[[], bool]) -> None:
        if is_unused():
            self.deleted.append(sha256)


class FileTest(ServerTest):
    """A test of a server that keeps files. Bodies of uploads are texts."""

    def _start(self) -> None:
        super()._start()
        self.contents = FakeContents()
        self.world.files.contents = self.contents
        self.under_way = ""  # the connection of the latest upload
        self._transfers = 0

    def write_config(self, keys: str) -> None:
        """Load a configuration with these keys in [files]."""
        self.write_settings(f"[files]\n{keys}")

    def write_settings(self, toml: str) -> None:
        """Load another configuration, as REHASH does."""
        settings = config.parse(f"{toml}\n[channels]\ndefault = []")
        self.turn(RunTask(lambda world, server, out: configuration.configure(world, settings, False, out)))

    # requests

    def token(self, name: str) -> str:
        """Return the token that a client may upload with; empty if it may not."""
        return self.user(name).sessions[0].upload_url.rpartition("/")[2]

    def request(self, request: FileRequest, address: str = "192.0.2.7", is_secure: bool = True) -> FileAnswer:
        """Make a request on a connection of its own, and end it."""
        self._transfers += 1
        name = f"transfer {self._transfers}"
        self.connect(name, address, is_secure)
        answer = self.ask_for_file(name, request)
        self.hang_up(name)
        return answer

    def refused(self, request: FileRequest, address: str = "192.0.2.7", is_secure: bool = True) -> HttpReply:
        """Make a request that is answered with a status."""
        reply = self.request(request, address, is_secure)
        assert isinstance(reply, HttpReply), reply
        return reply

    def begin(
        self, token: str, body: str, name: str = "a.txt", media_type: str = "", key: str = ""
    ) -> UploadPermit:
        """Begin an upload that is permitted. `finish` ends it."""
        self._transfers += 1
        self.under_way = f"transfer {self._transfers}"
        self.connect(self.under_way, is_secure=True)
        request = FileRequest("upload", "", name, media_type, len(body), token=token, key=key)
        permit = self.ask_for_file(self.under_way, request)
        assert isinstance(permit, UploadPermit), permit
        return permit

    def finish(self, permit: UploadPermit, body: str | None) -> HttpReply:
        """End the latest upload with this body; None if it is broken off."""
        link = self.links[self.under_way]
        self.turn(UploadEnded(link, permit, stored(body) if body is not None else None))
        (reply,) = link.answers
        assert isinstance(reply, HttpReply), reply
        self.hang_up(self.under_way)
        return reply

    def upload(self, name: str, body: str = "hello", file_name: str = "a.txt") -> str:
        """Upload a file as a client, and return its URL."""
        permit = self.begin(self.token(name), body, file_name)
        reply = self.finish(permit, body)
        self.assertEqual(reply.status, HTTPStatus.CREATED)
        return reply.fields["Location"]

    def download(self, url: str) -> FileAnswer:
        """Ask for the file of a URL."""
        return self.request(FileRequest("download", id_of(url)))

    def exists(self, url: str) -> bool:
        """Whether the file of a URL can be downloaded."""
        return isinstance(self.download(url), FileFound)

    def stored_file(self, url: str) -> StoredFile:
        """Return the row of the file of a URL."""
        file = file_rows.find(self.store, id_of(url))
        assert file
        return file

    def features(self, name: str) -> dict[str, str | None]:
        """Return the tokens of 005 that a client got since the last call."""
        found: dict[str, str | None] = {}
        for message in self.messages(name):
            if message.command == "005":
                found |= isupport.parse(message.params[1:-1])
        return found


def stored(body: str) -> StoredContents:
    """Return what is stored of a body."""
    return StoredContents(hashlib.sha256(body.encode()).hexdigest(), len(body))


def id_of(url: str) -> str:
    """Return the id of the file of a URL."""
    return url.split("/")[-2]


def status_of(answer: FileAnswer) -> int:
    """Return the status of a response: 201 for a permit, 200 for a file that was found."""
    if isinstance(answer, HttpReply):
        return answer.status
    return HTTPStatus.CREATED if isinstance(answer, UploadPermit) else HTTPStatus.OK
