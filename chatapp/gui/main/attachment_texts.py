"""What is said about the files in the composer. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from chatapp.client.model import file_service
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import FileService
from chatapp.client.model.files import Attachment, blocking
from chatapp.client.model.network import Network
from chatapp.gui.widgets.text_fit import shorten_middle
from chatapp.languages.numbers import format_progress, format_size, percent
from chatapp.languages.translation import N_, _

NoteRole = Literal["muted", "ok", "danger"]

ADVICE = N_("“{name}”: make it smaller, or put it where others can fetch it, and send the link.")
EDIT_FIRST = N_("Files go with a new message. Save or cancel the edit first.")
NO_FILES = N_("This server does not take files.")
FAILED = N_("Your message goes without “{name}”, which was not sent. It stays here.")
STALLED = N_("No connection now. Sending goes on by itself.")
SHORT_NAME = 28  # characters of a name in the line below the composer


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """What the row of a file shows.

    Attributes:
        detail: Beside the name, while the file is sent.
        short_detail: The same for a narrow row.
        note: The line below the name, unless it is sent.
        fraction: How much of it is sent, from 0 to 1; None for a row without a bar.
        can_retry: Whether sending it can be tried again.
        has_metadata: Whether it is sent with its metadata then.
    """

    attachment: Attachment
    name: str
    detail: str = ""
    short_detail: str = ""
    note: str = ""
    role: NoteRole = "muted"
    fraction: float | None = None
    can_retry: bool = False
    has_metadata: bool = False


@dataclass(frozen=True, slots=True)
class FileOffer:
    """Whether the menu of the composer has "File…", or says why not; neither where there are no files."""

    is_offered: bool = False
    reason: str = ""


def rows(network: Network, attachments: Iterable[Attachment]) -> list[AttachmentRow]:
    """Return the rows of the files in the composer."""
    service = file_service.file_service(network)
    return [_row(each, service) for each in attachments]


def kept_row(attachment: Attachment) -> AttachmentRow:
    """Return the row of a file of a message that is edited."""
    note = format_size(attachment.size) if attachment.size else ""
    return AttachmentRow(attachment, attachment.name, note=note)


def has_too_large(shown: Iterable[AttachmentRow]) -> bool:
    """Return whether one of the files cannot be sent because of its size."""
    return any(each.attachment.state == "too-large" for each in shown)


def blocked_text(attachments: Iterable[Attachment]) -> str:
    """Return what to do about a file in the composer that cannot be sent; empty if there is none."""
    blocked = blocking(attachments)
    if blocked is None:
        return ""
    text = _(ADVICE) if blocked.state == "too-large" else _(FAILED)
    return text.format(name=shorten_middle(blocked.name, len, SHORT_NAME))


def file_offer(network: Network, conversation: Conversation | None) -> FileOffer:
    """Return whether files can be sent to a conversation."""
    if conversation is None or conversation.kind == "server" or network.state == "offline":
        return FileOffer()
    if file_service.can_send_files(network):
        return FileOffer(is_offered=conversation.removal is None)
    return FileOffer(reason=file_service.why_none(network))


def _row(attachment: Attachment, service: FileService | None) -> AttachmentRow:
    size = format_size(attachment.size)
    match attachment.state:
        case "uploading":
            done = min(percent(attachment.sent, attachment.total), 99)  # the server has not confirmed it
            part = _("{percent} %").format(percent=done)
            whole = format_progress(attachment.sent, attachment.total)
            if attachment.is_stalled:
                return AttachmentRow(attachment, attachment.name, part, part, note=_(STALLED))
            detail = _("{progress} · {percent}").format(progress=whole, percent=part)
            return AttachmentRow(attachment, attachment.name, detail, part, fraction=done / 100)
        case "ready":
            note = _("Ready · {size}").format(size=size)
            return AttachmentRow(attachment, attachment.name, note=note, role="ok")
        case "waiting":
            note = _(STALLED) if attachment.is_stalled else _("Waiting · {size}").format(size=size)
            return AttachmentRow(attachment, attachment.name, note=note)
        case "too-large":
            note = attachment.problem
            if service is not None and service.most_bytes and attachment.size > service.most_bytes:
                limit = format_size(service.most_bytes)
                note = _("{size}. At most {limit} is taken here.").format(size=size, limit=limit)
            return AttachmentRow(attachment, attachment.name, note=note, role="danger")
        case _:
            note = _without_name(attachment)
            return AttachmentRow(
                attachment,
                attachment.name,
                note=note,
                role="danger",
                can_retry=attachment.can_retry,
                has_metadata=attachment.has_metadata,
            )


def _without_name(attachment: Attachment) -> str:
    """Return why a file was not sent, without its name, which stands above."""
    # the client puts the reason behind the same words
    begin, _reason, end = _("“{name}” was not sent. {reason}").partition("{reason}")
    begin = begin.format(name=attachment.name)
    problem = attachment.problem
    if end or not problem.startswith(begin):
        return problem
    return _("Not sent. {reason}").format(reason=problem.removeprefix(begin))
