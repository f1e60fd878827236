"""Files as a front-end follows them: those that the user sends, and those that messages link to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_urlsafe
from typing import Literal

from chatapp.client.files.media_types import is_program
from chatapp.client.text.file_links import FileLink
from chatapp.protocol.file_ids import THUMBNAIL_BYTES
from chatapp.protocol.timestamps import DAY_SECONDS
from chatapp.system.picture_tools import Converter

AttachmentState = Literal["waiting", "uploading", "ready", "failed", "too-large"]
CardState = Literal["unknown", "loading", "known", "gone", "failed"]
DownloadState = Literal["waiting", "running", "done", "failed", "cancelled"]
PICTURES = frozenset({"image/png", "image/gif", "image/jpeg", "image/webp"})

DECODED_UNASKED = frozenset({"image/png", "image/gif"})
"""Pictures that came without a thumbnail and are decoded to show one. The decoders of other kinds had more
faults that could be exploited; such a picture of somebody else is only decoded after a click."""


@dataclass(slots=True, eq=False)
class Attachment:
    """A file of the user, in the composer or in a message that waits for it; `AttachmentsChanged` reports.

    Attributes:
        source: The file, or its contents.
        size: In bytes.
        state: "waiting" for its turn or for the connection; "ready" once the server has it.
        sent: How many bytes the server has.
        total: How many it gets, without the metadata that is removed; the size until that is known.
        url: Its link, once it is ready.
        problem: Why it failed or was not taken, as a sentence.
        lacks_room: Whether it failed because the server has no room for files now.
        thumbnail: A small PNG of it; empty for none.
        awaits_thumbnail: Whether a front-end is making the thumbnail, so that the file waits for it.
        is_stalled: Whether nothing goes at the moment because of the connection; it goes on by itself.
        can_retry: Whether it may go if it is tried again, after it failed.
        has_metadata: Whether it failed because its metadata cannot be removed; another try sends it as it is.
        keeps_metadata: Whether it is sent as it is.
        key: By which the server knows further tries to send it.
        was_begun: Whether the server may have the file with this key from an earlier try.
    """

    source: Path | bytes = field(repr=False)
    name: str
    size: int = 0
    state: AttachmentState = "waiting"
    sent: int = 0
    total: int = 0
    url: str = ""
    problem: str = ""
    lacks_room: bool = False
    thumbnail: bytes = field(default=b"", repr=False)
    awaits_thumbnail: bool = False
    is_stalled: bool = False
    can_retry: bool = True
    has_metadata: bool = False
    keeps_metadata: bool = False
    key: str = field(default_factory=token_urlsafe, repr=False)
    was_begun: bool = False

    def renew_key(self) -> None:
        """Let the next try be the first one for the server."""
        self.key, self.was_begun = token_urlsafe(), False

    @property
    def is_over(self) -> bool:
        """Whether it will not be sent unless the user does something."""
        return self.state in ("failed", "too-large")


def blocking(attachments: Iterable[Attachment]) -> Attachment | None:
    """Return the file in a composer that is named where one cannot be sent: the last of these."""
    return next((each for each in reversed(list(attachments)) if each.is_over), None)


@dataclass(slots=True, eq=False)
class FileDownload:
    """A file on its way to this computer; `FileCardChanged` reports.

    Attributes:
        folder: Where it is put.
        name: Under which it is saved, in place of a file with this name; empty for its own name.
        received: How many bytes have come.
        path: The file, once it is done.
        problem: Why it failed, as a sentence.
    """

    folder: Path
    name: str = ""
    state: DownloadState = "waiting"
    received: int = 0
    path: Path | None = None
    problem: str = ""

    @property
    def is_active(self) -> bool:
        """Whether it can still be cancelled."""
        return self.state in ("waiting", "running")


@dataclass(slots=True, eq=False)
class FileCard:
    """What is known of a file that a message links to; `FileCardChanged` reports.

    Attributes:
        state: "gone" if the server does not have it, or not any more.
        name: Its name; until the server has told it, that of the link.
        size: In bytes; None until it is known.
        media_type: Such as `image/png`; empty until it is known.
        until: When the server deletes it, in Unix seconds; None if never, or if it is not known.
        has_thumbnail: Whether the server has a thumbnail, or one can be made of the picture.
        is_small: Whether the server has none, and the picture itself is small enough to make one of it.
        thumbnail_size: Its width and height in pixels; None until the server has told it.
        thumbnail: A small PNG; empty until it has come.
        download: The download that the user has begun; None for none.
        picture: The download to show it, which goes to a folder of this program; None for none.
        problem: Why it failed, or why it was not deleted, as a sentence.
    """

    link: FileLink
    state: CardState = "unknown"
    name: str = ""
    size: int | None = None
    media_type: str = ""
    until: float | None = None
    has_thumbnail: bool = False
    is_small: bool = False
    thumbnail_size: tuple[int, int] | None = None
    thumbnail: bytes = field(default=b"", repr=False)
    download: FileDownload | None = None
    picture: FileDownload | None = None
    problem: str = ""

    @property
    def id(self) -> str:
        """The id of the file."""
        return self.link.id

    @property
    def is_program(self) -> bool:
        """Whether opening it may run something, so that the user has to be warned."""
        return is_program(self.name)

    @property
    def could_be_thumbnail(self) -> bool:
        """Whether it is a picture as small as a thumbnail, and may be decoded without a click."""
        is_simple = self.media_type in DECODED_UNASKED
        return is_simple and self.size is not None and 0 < self.size <= THUMBNAIL_BYTES

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.media_type in PICTURES


def kept_until(card: FileCard, sent: float, days: int) -> float | None:
    """Return when the server deletes a file that a message links to, in Unix seconds; None if never.

    Args:
        sent: When the message was sent. A file goes with its last message, if not before.
        days: How long its channel keeps messages; 0 for no limit.
    """
    ends = [card.until, sent + days * DAY_SECONDS if days else None]
    return min((each for each in ends if each is not None), default=None)


@dataclass(slots=True)
class FileOptions:
    """What the user has set about files.

    Attributes:
        folder: Where downloads are put; None for the folder that the system has for them.
        removes_metadata: Whether the place and the camera are removed from pictures that are sent.
        fetches_thumbnails: Whether thumbnails are fetched without a click.
        converters: Returns what makes thumbnails of pictures that came without one, the best first.
        password_hosts: Whether the password of the account is sent to another host that keeps the files of a
            server, as the user has answered: by `SERVER HOST`.
    """

    folder: Path | None = None
    removes_metadata: bool = True
    fetches_thumbnails: bool = True
    converters: Callable[[], Sequence[Converter]] = lambda: ()
    password_hosts: dict[str, bool] = field(default_factory=dict)
