"""What connections and the core tell each other about files: requests, answers, and the contents on disk.

A *file* has an id, a name and a type; its *contents* are bytes on disk, which several files may share. The
bytes never pass the core: the reading thread of a connection asks by `core.inbox.FileAsked`, gets a
`FileAnswer` by `Connection.answer`, and then moves the bytes between its socket and the `FileContents`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import BinaryIO, Literal, NamedTuple, Protocol

OTHER_FILE = "Another file was sent with this Idempotency-Key"
"""Why an upload is refused whose key was used for other contents."""

FileRequestKind = Literal["options", "upload", "download", "thumbnail", "put thumbnail", "delete"]


@dataclass(frozen=True, slots=True)
class FileRequest:
    """The head of an HTTP request that is about a file.

    Args:
        kind: What the client wants to do. "download" and "thumbnail" stand for GET and HEAD.
        id: Of the file; empty for "options" and "upload".
        name: The name that the client gives an upload; empty for none. Not checked yet.
        media_type: The `Content-Type` of an upload; empty for none. Not checked yet.
        size: The length of the body in bytes; None if it is not known yet, or there is none.
        authorization: The whole field `Authorization`; empty for none.
        token: The token in the path; empty for none.
        key: The `Idempotency-Key` of an upload: the same for each try to send one file; empty for none.
        sha256: Of the body, as the client says; empty if it does not.
    """

    kind: FileRequestKind
    id: str = ""
    name: str = ""
    media_type: str = ""
    size: int | None = None
    authorization: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class UploadPermit:
    """The permission to upload: the connection may read the body now.

    Args:
        id: The id that the file gets, or the file that a thumbnail belongs to.
        name: The name by which the file is stored.
        media_type: The type by which it is stored.
        most_bytes: The most bytes that are accepted. They are reserved until `UploadEnded`.
        is_thumbnail: Whether the body is the thumbnail of the file: a PNG, within the limits of
            `protocol.file_ids`, which the connection checks.
        is_repeated: Whether a file with this id is stored already, and the body has to be the same.
    """

    id: str
    name: str
    media_type: str
    most_bytes: int
    is_thumbnail: bool = False
    is_repeated: bool = False


@dataclass(frozen=True, slots=True)
class FileFound:
    """A file, or the thumbnail of one, that a client may download.

    Args:
        sha256: Of the contents, in hexadecimal digits.
        size: Of the contents, in bytes.
        created: When the file was uploaded; milliseconds since 1970.
        expires: When it is deleted at the latest; milliseconds, None for never.
        thumbnail: The SHA-256 of its thumbnail; empty for none.
    """

    sha256: str
    size: int
    name: str
    media_type: str
    created: int
    expires: int | None
    thumbnail: str = ""


@dataclass(frozen=True, slots=True)
class HttpReply:
    """A whole response: a refusal, or what a client gets after an upload.

    Args:
        text: The body, plain text that ends with a line feed; empty for none.
    """

    status: HTTPStatus
    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


FileAnswer = UploadPermit | FileFound | HttpReply
"""How the core answers a request, or the end of an upload."""


class StoredContents(NamedTuple):
    """Contents that are completely on disk: their SHA-256 in hexadecimal digits and their size in bytes."""

    sha256: str
    size: int


class ContentsTooLarge(Exception):
    """More bytes than the permit allows."""


class PartialContents(Protocol):
    """Contents that are being received. Either `finish` or `abort` ends them. Thread: the connection's."""

    def write(self, data: bytes | bytearray) -> None:
        """Append bytes.

        Raises:
            ContentsTooLarge: There are too many.
            OSError: They cannot be written, or the disk has too little free space.
        """

    def finish(self) -> StoredContents:
        """Put the contents in their place; nothing is left in another place. Then call `release`.

        Raises:
            OSError: That failed.
        """

    def abort(self) -> None:
        """Delete what was written."""


class FileContents(Protocol):
    """The contents on disk. `storage.file_contents` implements it. Thread: any."""

    def begin(self, most_bytes: int, expected: int | None = None) -> PartialContents:
        """Begin to receive contents of at most this many bytes.

        Args:
            expected: How many bytes will come; None if that is not known.

        Raises:
            OSError: The disk has too little free space, or cannot be written.
        """

    def open(self, sha256: str) -> BinaryIO:
        """Open contents to read.

        Raises:
            OSError: They are not there.
        """

    def exists(self, sha256: str) -> bool:
        """Return whether these contents are there."""

    def release(self, sha256: str, is_kept: bool) -> None:
        """Stop holding contents that `finish` returned: until then they are not deleted.

        Args:
            is_kept: Whether the row that names them is stored.
        """

    def delete(self, sha256: str, is_unused: Callable[[], bool]) -> None:
        """Delete contents that no row names, as soon as they are not held; nothing happens if there are none.

        Args:
            is_unused: Looks up again whether no row names them, while no upload of the same can end.

        Raises:
            OSError: They cannot be deleted.
        """
