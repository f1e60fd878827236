"""The files of one network that messages link to: what is known of them, their thumbnails, and downloads.

The server is asked about a file when its card is first wanted, about the latest one first: the messages that
the user looks at are wanted last. A thumbnail is fetched only if the user has not switched that off.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from chatapp.client.files.saved_names import safe_name
from chatapp.client.model.changes import Change, FileCardChanged
from chatapp.client.model.files import FileCard, FileDownload, FileOptions
from chatapp.client.model.network import Network
from chatapp.client.session.file_servers import FileServers
from chatapp.client.session.transfer_progress import ProgressPace, running_count
from chatapp.client.text.file_links import FileLink
from chatapp.client.transport.file_download import DownloadFile
from chatapp.client.transport.file_requests import (
    AskAboutFile,
    DeleteFile,
    FetchThumbnail,
    FileFacts,
    MakeThumbnail,
    TransferFailed,
)
from chatapp.client.transport.file_tasks import FileTask, RunningTask, TaskEnded

REQUESTS_AT_ONCE = 2
DOWNLOADS_AT_ONCE = 2
THUMBNAILS = 300  # that are kept
EXPIRY_SECONDS = 600.0  # between two looks for files whose time is over
CHECKED = 50  # files that are asked about again when the connection is back
TRIES = 3
PAUSE_SECONDS = 5.0  # before a request is tried again
PICTURE_BYTES = 64_000_000  # of a picture that is fetched to be shown
STORED_BYTES = 200_000_000  # of all of them; the oldest ones are deleted

_Wish = Literal["facts", "thumbnail", "delete"]


@dataclass(slots=True, eq=False)
class _Request:
    """A small request, which waits or is carried out.

    Attributes:
        is_stale: Whether the file was deleted meanwhile, so that its answer says what is over.
    """

    card: FileCard
    wish: _Wish
    running: RunningTask | None = None
    tries: int = 0
    not_before: float = 0.0
    is_stale: bool = False


@dataclass(slots=True, eq=False)
class _Download:
    card: FileCard
    download: FileDownload
    most_bytes: int | None
    running: RunningTask | None = None


class FileCards:
    """The cards of one network, by the ids of their files.

    Args:
        start: Starts a task, which passes its `TaskEnded` to `ended`.
        options: What the user has set.
    """

    def __init__(self, start: Callable[[FileTask], RunningTask], options: FileOptions) -> None:
        self._start = start
        self._options = options
        self._cards: dict[str, FileCard] = {}
        self._requests: list[_Request] = []  # the latest one last
        self._downloads: list[_Download] = []
        self._unsuitable: set[str] = set()  # small pictures of which no thumbnail can be made, by their ids
        self._thumbnails: dict[str, FileCard] = {}  # the one that was wanted last comes last
        self._expiry_at = 0.0  # when files whose time is over were looked for, in `Network.monotonic`
        self._pace = ProgressPace()
        self._pictures: list[FileCard] = []  # that were fetched to be shown, the oldest one first
        self._folder: TemporaryDirectory[str] | None = None  # for pictures that are shown

    # what a front-end wants

    def card(self, link: FileLink) -> FileCard:
        """Return what is known of a file; the server is asked for the rest."""
        card = self._cards.get(link.id)
        if card is None:
            card = self._cards[link.id] = FileCard(link, name=safe_name(link.name))
            self._want(card, "facts")
        elif card.has_thumbnail and not card.thumbnail:
            self._want_thumbnail(card)
        elif card.id in self._thumbnails:
            self._thumbnails[card.id] = self._thumbnails.pop(card.id)
        return card

    def known_card(self, link: FileLink) -> FileCard | None:
        """Return the card of a file if it was wanted before."""
        return self._cards.get(link.id)

    def ask_again(self, network: Network, card: FileCard) -> list[Change]:
        """Ask the server once more, after a failure."""
        if card.state != "failed":
            return []
        card.state, card.problem = "unknown", ""
        self._want(card, "facts")
        return [FileCardChanged(network, card)]

    def check(self, card: FileCard) -> None:
        """Ask the server whether it still has a file."""
        if card.state == "known":
            self._want(card, "facts")

    def download(self, network: Network, card: FileCard, folder: Path, name: str = "") -> list[Change]:
        """Download a file for the user, unless that is being done.

        Args:
            name: Under which it is saved; a file with this name is replaced. Empty for its own one.
        """
        if card.download is None or not card.download.is_active:
            card.download = FileDownload(folder, name)
            self._downloads.append(_Download(card, card.download, None))
        return [FileCardChanged(network, card)]

    def forget_download(self, network: Network, card: FileCard) -> list[Change]:
        """Forget a download that has ended."""
        if card.download is None or card.download.is_active:
            return []
        card.download = None
        return [FileCardChanged(network, card)]

    def fetch_picture(self, network: Network, card: FileCard) -> list[Change]:
        """Download a picture to show it, unless that is being done or was done."""
        if card.picture is None or card.picture.state in ("failed", "cancelled"):
            if self._folder is None:
                self._folder = TemporaryDirectory(prefix="chatapp-", ignore_cleanup_errors=True)
            card.picture = FileDownload(Path(self._folder.name) / card.id)
            self._downloads.append(_Download(card, card.picture, PICTURE_BYTES))
        return [FileCardChanged(network, card)]

    def cancel(self, network: Network, card: FileCard, download: FileDownload | None) -> list[Change]:
        """Stop a download of a card."""
        if download is None or not download.is_active:
            return []
        download.state = "cancelled"
        for each in [each for each in self._downloads if each.download is download]:
            self._downloads.remove(each)
            if each.running:
                each.running.cancel()
        return [FileCardChanged(network, card)]

    def delete(self, network: Network, card: FileCard) -> list[Change]:
        """Delete a file on the server."""
        card.problem = ""
        self._want(card, "delete")
        return [FileCardChanged(network, card)]

    def gone(self, network: Network, file_id: str) -> list[Change]:
        """Note that a file was deleted on the server."""
        card = self._cards.get(file_id)
        if card is None or card.state == "gone":
            return []
        self._forget(card)
        return [FileCardChanged(network, card)]

    def stored_bytes(self) -> int:
        """Return how much space the pictures take that were fetched to be shown."""
        return sum(each.picture.received for each in self._pictures if each.picture is not None)

    def clear_pictures(self, network: Network) -> list[Change]:
        """Delete the pictures that were fetched to be shown."""
        cleared, self._pictures = self._pictures, []
        for card in cleared:
            _delete_picture(card)
        return [FileCardChanged(network, card) for card in cleared]

    # what follows

    def is_due(self, network: Network) -> bool:
        """Return whether there may be something to do."""
        is_time = network.monotonic - self._expiry_at >= EXPIRY_SECONDS
        return is_time or bool(self._downloads or self._requests)

    def due(self, network: Network, servers: FileServers) -> list[Change]:
        """Start what can be started, and report progress."""
        changed: dict[FileCard, None] = {}
        is_time = self._pace.is_due(network.monotonic)
        for download in self._downloads if is_time else ():
            if download.running and download.running.done != download.download.received:
                download.download.received = download.running.done
                changed[download.card] = None
        if network.monotonic - self._expiry_at >= EXPIRY_SECONDS:
            self._expiry_at = network.monotonic
            self._ask_about_old_ones(network.time(network.wall))
        if network.state == "online":
            changed |= dict.fromkeys(self._start_downloads(servers))
            changed |= dict.fromkeys(self._start_requests(network, servers))
        return [FileCardChanged(network, card) for card in changed]

    def connected(self, network: Network) -> list[Change]:
        """Ask again about the files about which the server could not be asked before.

        Of the others, those that were wanted last are checked: they may have been deleted meanwhile.
        """
        known = [card for card in self._cards.values() if card.state == "known"]
        waiting = {each.card.id for each in self._requests if each.wish == "facts"}
        checked = [_Request(card, "facts") for card in known[-CHECKED:] if card.id not in waiting]
        self._requests[:0] = checked  # after all that is wanted now
        failed = [card for card in self._cards.values() if card.state == "failed"]
        return [change for card in failed for change in self.ask_again(network, card)]

    def ended(self, network: Network, ended: TaskEnded) -> list[Change] | None:
        """Take the outcome of a task; None if it is not one of these."""
        for request in self._requests:
            if request.running is ended.running:
                self._requests.remove(request)
                self._request_ended(network, request, ended)
                return [FileCardChanged(network, request.card)]
        for download in self._downloads:
            if download.running is ended.running:
                self._downloads.remove(download)
                _download_ended(download, ended)
                if download.download is download.card.picture and download.download.path is not None:
                    self._keep_picture(download.card)
                return [FileCardChanged(network, download.card)]
        return None

    def stop(self) -> list[RunningTask]:
        """Stop all tasks, because the network is removed or the program ends; return them."""
        running = [each.running for each in self._requests if each.running]
        running += [each.running for each in self._downloads if each.running]
        for each in running:
            each.cancel()
        return running

    def close(self) -> None:
        """Remove the pictures that were fetched to be shown."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    # details

    def _ask_about_old_ones(self, now: float) -> None:
        """Ask about the files whose time is over, which the server may not have any more."""
        for card in self._cards.values():
            if card.state == "known" and card.until is not None and card.until < now:
                self._want(card, "facts")

    def _keep_picture(self, card: FileCard) -> None:
        """Note that a picture is stored, and delete the oldest ones if that is too much."""
        self._pictures.append(card)
        while self.stored_bytes() > STORED_BYTES and len(self._pictures) > 1:
            _delete_picture(self._pictures.pop(0))

    def _want(self, card: FileCard, wish: _Wish) -> None:
        if not any(each.card is card and each.wish == wish for each in self._requests):
            self._requests.append(_Request(card, wish))

    def _want_thumbnail(self, card: FileCard) -> None:
        if self._options.fetches_thumbnails:
            self._want(card, "thumbnail")

    def _start_requests(self, network: Network, servers: FileServers) -> list[FileCard]:
        """Start the latest requests; return the cards that have changed."""
        free = REQUESTS_AT_ONCE - running_count(self._requests)
        ready = [each for each in self._requests if not each.running and each.not_before <= network.monotonic]
        started = ready[len(ready) - free :] if free > 0 else []
        for request in started:
            request.running = self._start(self._task(request, servers))
            if request.wish == "facts" and request.card.state != "known":
                request.card.state = "loading"
        return [each.card for each in started]

    def _start_downloads(self, servers: FileServers) -> list[FileCard]:
        """Start the downloads that were wanted first; return the cards that have changed."""
        free = DOWNLOADS_AT_ONCE - running_count(self._downloads)
        started = [each for each in self._downloads if not each.running][: max(0, free)]
        for each in started:
            each.download.state = "running"
            task = DownloadFile(
                servers.own,
                each.card.link.path,
                each.download.folder,
                each.download.name or each.card.name,
                each.most_bytes,
                replaces=bool(each.download.name),
            )
            each.running = self._start(task)
        return [each.card for each in started]

    def _task(self, request: _Request, servers: FileServers) -> FileTask:
        card = request.card
        match request.wish:
            case "facts":
                return AskAboutFile(servers.own, card.link.path)
            case "thumbnail" if card.is_small:
                return MakeThumbnail(servers.own, card.link.path, self._options.converters)
            case "thumbnail":
                return FetchThumbnail(servers.own, f"/thumbnails/{card.id}")
            case "delete":
                return DeleteFile(servers.own, card.link.path, servers.token_field)

    def _request_ended(self, network: Network, request: _Request, ended: TaskEnded) -> None:
        if request.is_stale:
            return
        if ended.failure:
            self._request_failed(network, request, ended.failure)
        elif request.wish == "facts":
            self._learn(request.card, ended.result)
        elif request.wish == "thumbnail":
            self._keep_thumbnail(request.card, ended.result)
        else:
            self._forget(request.card)

    def _request_failed(self, network: Network, request: _Request, failure: TransferFailed) -> None:
        card = request.card
        if failure.kind == "gone":
            if request.wish == "thumbnail" and not card.is_small:
                card.has_thumbnail = False
            else:
                self._forget(card)
        elif failure.kind == "cancelled":
            request.running = None
            self._requests.insert(0, request)
        elif failure.kind == "lost" and request.tries + 1 < TRIES and request.wish != "delete":
            request.running, request.tries = None, request.tries + 1
            request.not_before = network.monotonic + PAUSE_SECONDS * request.tries
            self._requests.insert(0, request)
        elif request.wish == "facts":
            card.state, card.problem = "failed", failure.reason
        elif request.wish == "delete":
            card.problem = failure.reason
        else:
            card.has_thumbnail = False

    def _learn(self, card: FileCard, facts: FileFacts) -> None:
        card.state, card.problem = "known", ""
        card.name = safe_name(facts.name) if facts.name else card.name
        card.size, card.media_type, card.until = facts.size, facts.media_type, facts.until
        card.is_small = not facts.has_thumbnail and card.could_be_thumbnail
        card.has_thumbnail = facts.has_thumbnail or (card.is_small and card.id not in self._unsuitable)
        card.thumbnail_size = facts.thumbnail_size
        if card.has_thumbnail and not card.thumbnail:
            self._want_thumbnail(card)

    def _keep_thumbnail(self, card: FileCard, data: bytes) -> None:
        card.thumbnail, card.has_thumbnail = data, bool(data)
        if data:
            self._thumbnails[card.id] = card
        elif card.is_small:
            self._unsuitable.add(card.id)
        while len(self._thumbnails) > THUMBNAILS:
            self._thumbnails.pop(next(iter(self._thumbnails))).thumbnail = b""

    def _forget(self, card: FileCard) -> None:
        """Note that the server does not have a file any more."""
        card.state, card.has_thumbnail, card.thumbnail = "gone", False, b""
        self._thumbnails.pop(card.id, None)
        for request in self._requests:
            if request.card is card and request.running is not None:
                request.is_stale = True


def _delete_picture(card: FileCard) -> None:
    """Delete the picture of a card that was fetched to be shown. It can be fetched again."""
    if card.picture is not None and card.picture.path is not None:
        with suppress(OSError):  # another program may have it open
            card.picture.path.unlink(missing_ok=True)
    card.picture = None


def _download_ended(download: _Download, ended: TaskEnded) -> None:
    shown = download.download
    if ended.failure is None:
        shown.state, shown.path = "done", ended.result
        shown.received = ended.running.done
        return
    shown.state, shown.problem = "failed", ended.failure.reason
    if ended.failure.kind == "cancelled":
        shown.state = "cancelled"
    if ended.failure.kind == "gone":
        download.card.state = "gone"
