"""Requests about files, which come by HTTP: whether an upload is accepted, and which contents a file has."""

from __future__ import annotations

from http import HTTPStatus

from chatapp.server.core.inbox import UploadEnded
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.file_transfers import FileRequest, HttpReply
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

NOT_FOUND = HttpReply(HTTPStatus.NOT_FOUND, "Nothing matches the given URI\n")
"""The one answer for everything that is not there, never was, or is not shown."""


def answer(world: World, me: Session, request: FileRequest, out: Outbox) -> None:
    """Answer a request about a file."""
    out.answer(NOT_FOUND)


def end_upload(world: World, me: Session, ended: UploadEnded, out: Outbox) -> None:
    """Answer the end of an upload."""
    out.answer(NOT_FOUND)
