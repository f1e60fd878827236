"""The files that the user sends on one network: to the server as soon as they are in the composer.

    attach > waiting > UploadFile on a thread > SendThumbnail > ready > with the next message

A connection that is lost is made again. The token in the server's address for uploads ends with our
connection; a file that was refused because of an old one waits for the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from chatapp.client.files.image_headers import image_header
from chatapp.client.model.changes import AttachmentsChanged, Change, PasswordHostAsked, StatusChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import (
    SERVICE,
    UPLOAD_TOKENS,
    file_prefix,
    size_problem,
    upload_address,
)
from chatapp.client.model.files import Attachment, FileOptions
from chatapp.client.model.network import Network
from chatapp.client.session.attachment_check import check
from chatapp.client.session.file_servers import FileServers
from chatapp.client.session.transfer_progress import ProgressPace, running_count
from chatapp.client.text.file_links import file_link, with_preview
from chatapp.client.transport.file_requests import DeleteFile, SendThumbnail, TransferFailed, is_thumbnail
from chatapp.client.transport.file_tasks import FileTask, RunningTask, TaskEnded
from chatapp.client.transport.file_upload import UploadFile
from chatapp.languages.translation import N_, _

AT_ONCE = 2  # files that are sent at the same time
TRIES = 5
PAUSE_SECONDS = 2.0  # before the second try; twice as much before each further one
ADDRESS_SECONDS = 15.0  # online without an address for uploads, after which we may not send files
STALL_SECONDS = 10.0  # without progress, after which the user is told
THUMBNAIL_SECONDS = 8.0  # that a file waits for its thumbnail
NOT_ALLOWED = N_("The server does not take files from you now.")


@dataclass(slots=True, eq=False)
class _Upload:
    """A file that is not ready.

    Attributes:
        tries: How often its connection was lost.
        not_before: When it is tried again, in `Network.monotonic`.
        refused: The address whose token the server did not know.
        moved_at: When it began or made progress, in `Network.monotonic`.
        uploaded_at: When the server had it, in `Network.monotonic`; 0 before.
    """

    conversation: Conversation
    attachment: Attachment
    running: RunningTask | None = None
    tries: int = 0
    not_before: float = 0.0
    refused: str = ""
    moved_at: float = 0.0
    uploaded_at: float = 0.0


class FileUploads:
    """The files of one network that are not sent yet.

    Args:
        start: Starts a task, which passes its `TaskEnded` to `ended`.
        options: What the user has set.
        on_doubt: Called when a file stands still, so that the connection of the chat may be dead, too.

    Attributes:
        asked_host: The host about which the user is asked: files wait for the answer; empty for none.
    """

    def __init__(
        self,
        start: Callable[[FileTask], RunningTask],
        options: FileOptions,
        on_doubt: Callable[[], object] = lambda: None,
    ) -> None:
        self._start = start
        self._on_doubt = on_doubt
        self._options = options
        self._uploads: list[_Upload] = []
        self._dropped: list[RunningTask] = []  # that send files which were removed
        self._unwanted: list[str] = []  # the URLs of such files that the server has, to be deleted
        self.asked_host = ""
        self._tokens: tuple[str | None, ...] = ()
        self._limits: str | None = None  # of the server, as it announces them
        self._online_since: float | None = None
        self._pace = ProgressPace()

    # what the user does

    def attach(self, network: Network, conversation: Conversation, attachment: Attachment) -> list[Change]:
        """Put a file into the composer; one that cannot be taken says why."""
        conversation.attachments.append(attachment)
        self._take(network, conversation, attachment)
        return [AttachmentsChanged(conversation)]

    def detach(
        self, network: Network, servers: FileServers, conversation: Conversation, attachment: Attachment
    ) -> list[Change]:
        """Remove a file from the composer, and from the server if it is there already."""
        if attachment not in conversation.attachments:
            return []
        conversation.attachments.remove(attachment)
        for upload in [each for each in self._uploads if each.attachment is attachment]:
            self._drop(upload)
        self._delete(network, servers, attachment.url)
        return [AttachmentsChanged(conversation)]

    def _delete(self, network: Network, servers: FileServers, url: str) -> None:
        """Delete a file that is in no message from the server."""
        link = file_link(url, file_prefix(network))
        if link and servers.token_field and network.state == "online":
            self._start(DeleteFile(servers.own, link.path, servers.token_field))

    def retry(self, network: Network, conversation: Conversation, attachment: Attachment) -> list[Change]:
        """Send a file again that has failed; one whose metadata cannot be removed is sent with it."""
        if attachment.is_over:
            attachment.state, attachment.sent, attachment.problem = "waiting", 0, ""
            attachment.lacks_room, attachment.can_retry = False, True
            attachment.keeps_metadata |= attachment.has_metadata
            attachment.has_metadata = False
            self._take(network, conversation, attachment)
        return [AttachmentsChanged(conversation)]

    # what follows

    def is_due(self, network: Network) -> bool:
        """Return whether there may be something to do."""
        is_known = self._tokens == _tokens(network) and (self._online_since is None) == (
            network.state != "online"
        )
        has_limits = self._limits == network.isupport.get(SERVICE)
        return bool(self._uploads or self._unwanted or self.asked_host) or not (is_known and has_limits)

    def due(self, network: Network, servers: FileServers) -> list[Change]:
        """Start what can be started, and report progress."""
        changes = [
            *self._note_address(network),
            *self._note_limits(network),
            *self._ask_about_host(network, servers),
        ]
        while self._unwanted and network.state == "online":
            self._delete(network, servers, self._unwanted.pop())
        is_time = self._pace.is_due(network.monotonic)
        changed: dict[Conversation, None] = {}
        for upload in list(self._uploads):
            if network.find(upload.conversation.name) is not upload.conversation:
                self._drop(upload)
            elif upload.running is not None:
                if is_time and not upload.uploaded_at and self._follow(network, upload, upload.running):
                    changed[upload.conversation] = None
            elif self._advance(network, servers, upload):
                changed[upload.conversation] = None
        return [*changes, *map(AttachmentsChanged, changed)]

    def ended(self, network: Network, ended: TaskEnded) -> list[Change] | None:
        """Take the outcome of a task; None if it is not one of these."""
        upload = next((each for each in self._uploads if each.running is ended.running), None)
        if upload is None:
            return self._dropped_ended(ended)
        attachment, upload.running = upload.attachment, None
        if upload.uploaded_at:  # this was the thumbnail, without which the file is as good
            if ended.failure is None:
                attachment.url = _with_size(attachment.url, attachment.thumbnail)
            self._finish(upload)
        elif ended.failure:
            self._failed(network, upload, ended.failure)
        else:
            attachment.url, attachment.sent = ended.result, attachment.total
            upload.uploaded_at = network.monotonic
        return [AttachmentsChanged(upload.conversation)]

    def _dropped_ended(self, ended: TaskEnded) -> list[Change] | None:
        """Take the outcome of a file that was removed meanwhile; the server may have had all of it before."""
        if ended.running not in self._dropped:
            return None
        self._dropped.remove(ended.running)
        if ended.failure is None:
            self._unwanted.append(ended.result)
        return []

    def stop(self) -> list[RunningTask]:
        """Stop all tasks, because the network is removed or the program ends; return them."""
        running = [*self._dropped, *(each.running for each in self._uploads if each.running)]
        for each in running:
            each.cancel()
        return running

    # details

    def _take(self, network: Network, conversation: Conversation, attachment: Attachment) -> None:
        check(network, attachment)
        if not attachment.is_over:
            self._uploads.append(_Upload(conversation, attachment))

    def _note_address(self, network: Network) -> list[Change]:
        """Report if we may send files from now on, or no longer."""
        if network.state != "online":
            self._online_since = None
        elif self._online_since is None:
            self._online_since = network.monotonic
            for each in self._uploads:
                each.tries = 0  # they were lost with the connection before
        tokens = _tokens(network)
        if tokens == self._tokens:
            return []
        is_new = any(tokens) != any(self._tokens)
        self._tokens = tokens
        return [StatusChanged(network)] if is_new else []

    def _note_limits(self, network: Network) -> list[Change]:
        """Report other limits of the server, and measure the files in the composers by them."""
        limits = network.isupport.get(SERVICE)
        if limits == self._limits:
            return []
        self._limits = limits
        changes: list[Change] = [StatusChanged(network)]
        for conversation in list(network.conversations.values()):
            for attachment in conversation.attachments:
                self._measure(network, conversation, attachment)
            if conversation.attachments:
                changes.append(AttachmentsChanged(conversation))
        return changes

    def _measure(self, network: Network, conversation: Conversation, attachment: Attachment) -> None:
        """Let a file wait that is not too large any more; one that has become too large is not sent."""
        problem = size_problem(network, attachment.name, attachment.size)
        if attachment.state == "too-large" and not problem:
            self.retry(network, conversation, attachment)
        elif attachment.state == "waiting" and problem:
            attachment.state, attachment.problem = "too-large", problem
            for upload in [each for each in self._uploads if each.attachment is attachment]:
                self._drop(upload)

    def _ask_about_host(self, network: Network, servers: FileServers) -> list[Change]:
        """Ask once whether a host other than that of the chat gets the password."""
        waits = network.state == "online" and any(
            each.running is None and not each.uploaded_at for each in self._uploads
        )
        host = servers.password_host(upload_address(network)) if waits else ""
        if host and servers.password_host_key(host) in self._options.password_hosts:
            host = ""
        is_new, self.asked_host = host != self.asked_host, host
        return [PasswordHostAsked(network, host)] if host and is_new else []

    def _advance(self, network: Network, servers: FileServers, upload: _Upload) -> bool:
        """Do what is next for a file that is not being sent; return whether it has changed."""
        attachment = upload.attachment
        if upload.uploaded_at:
            return self._continue_with_thumbnail(network, servers, upload)
        address = upload_address(network)
        if network.state != "online" or network.monotonic < upload.not_before:
            return False
        if not address or address == upload.refused:
            return self._note_missing_address(network, upload)
        if self.asked_host or running_count(self._uploads) >= AT_ONCE:
            return False
        attachment.state, upload.moved_at = "uploading", network.monotonic
        upload.running = self._start(
            UploadFile(
                servers.for_upload(address),
                address,
                servers.login_field(address, self._options.password_hosts),
                attachment.source,
                attachment.name,
                self._options.removes_metadata and not attachment.keeps_metadata,
                attachment.key,
                attachment.was_begun,
            )
        )
        attachment.was_begun = True
        return True

    def _note_missing_address(self, network: Network, upload: _Upload) -> bool:
        """Let a file fail if the server has not said for a while where to send it."""
        since = self._online_since
        if since is None or network.monotonic - max(since, upload.not_before) < ADDRESS_SECONDS:
            return False
        self._fail(upload, _(NOT_ALLOWED))
        return True

    def _continue_with_thumbnail(self, network: Network, servers: FileServers, upload: _Upload) -> bool:
        """Send the thumbnail of a file that the server has, wait for it, or go on without one."""
        attachment = upload.attachment
        if attachment.thumbnail and network.state != "online":
            return False
        if attachment.awaits_thumbnail and network.monotonic - upload.uploaded_at < THUMBNAIL_SECONDS:
            return False
        link = file_link(attachment.url, file_prefix(network))
        if link and servers.token_field and is_thumbnail(attachment.thumbnail):
            path = f"/thumbnails/{link.id}"
            task = SendThumbnail(servers.own, path, servers.token_field, attachment.thumbnail)
            upload.running = self._start(task)
            return False
        self._finish(upload)
        return True

    def _failed(self, network: Network, upload: _Upload, failure: TransferFailed) -> None:
        attachment = upload.attachment
        attachment.sent = 0
        if failure.kind == "cancelled":
            attachment.state = "waiting"
            return
        if failure.kind == "token" and file_prefix(network):
            upload.refused = upload_address(network)
            upload.not_before = network.monotonic
            attachment.state = "waiting"
            return
        if failure.kind == "lost" and (network.state != "online" or upload.tries + 1 < TRIES):
            if network.state == "online":
                upload.tries += 1
            upload.not_before = network.monotonic + PAUSE_SECONDS * 2 ** max(0, upload.tries - 1)
            attachment.state, attachment.is_stalled = "waiting", True
            self._on_doubt()
            return
        if failure.kind == "changed":
            attachment.renew_key()  # so that the user can send it as it is now
        attachment.lacks_room, attachment.can_retry = failure.kind == "full", failure.kind != "disk"
        attachment.has_metadata = failure.kind == "metadata"
        self._fail(upload, failure.reason)

    def _follow(self, network: Network, upload: _Upload, running: RunningTask) -> bool:
        """Note how far a file is, and whether it stands still; return whether that is new."""
        attachment = upload.attachment
        if _note_progress(attachment, running):
            attachment.is_stalled, upload.moved_at = False, network.monotonic
            return True
        if attachment.is_stalled or network.monotonic - upload.moved_at < STALL_SECONDS:
            return False
        attachment.is_stalled = True
        self._on_doubt()
        return True

    def _fail(self, upload: _Upload, problem: str) -> None:
        self._uploads.remove(upload)
        upload.attachment.is_stalled = False
        name = upload.attachment.name
        upload.attachment.state = "failed"
        upload.attachment.problem = _("“{name}” was not sent. {reason}").format(name=name, reason=problem)

    def _finish(self, upload: _Upload) -> None:
        self._uploads.remove(upload)
        upload.attachment.state, upload.attachment.is_stalled = "ready", False

    def _drop(self, upload: _Upload) -> None:
        self._uploads.remove(upload)
        running = upload.running
        if running is None:
            return
        if upload.uploaded_at:
            running.cancel()  # this is the thumbnail
            return
        self._dropped.append(running)
        if not _is_all_sent(running):  # else only the answer of the server tells what is to be deleted
            running.cancel()


def _with_size(url: str, thumbnail: bytes) -> str:
    """Return the link of a file with the size of its thumbnail."""
    header = image_header(BytesIO(thumbnail))
    return url if header is None else with_preview(url, header.width, header.height)


def _tokens(network: Network) -> tuple[str | None, ...]:
    """Return where the server wants files to be sent."""
    return tuple(map(network.isupport.get, UPLOAD_TOKENS))


def _is_all_sent(running: RunningTask) -> bool:
    """Return whether the server will have all of a file, even if the connection is closed now."""
    return 0 < running.total <= running.done


def _note_progress(attachment: Attachment, running: RunningTask) -> bool:
    """Note how much of a file was sent; return whether that is new."""
    before = (attachment.sent, attachment.total)
    attachment.sent = running.done
    attachment.total = running.total or attachment.total
    return before != (attachment.sent, attachment.total)
