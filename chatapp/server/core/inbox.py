"""Every kind of arrival in the inbox of the core: all that other threads can report to it."""

# The inbox is the only way into the core. It is one queue, so arrivals have one order, and the order in which
# they stand in the queue is the order in which all clients see their results. An arrival is a plain value: it
# names a connection and what came from it, or a function to call. After a reader thread has put in lines, it
# puts in no more of them before `Connection.resume`. So each connection has at most one `Received` in the
# queue, a fast sender is slowed down by its own socket, and the inbox does not grow with the input of one
# client.
#
# What would break it: changing an object after it was put in (the core reads it on another thread); putting
# in something about a connection after its `Disconnected`, since the core has forgotten the connection then.

from __future__ import annotations

from typing import Any, NamedTuple

from chatapp.server.core.inbound import Item
from chatapp.server.core.outbox import JobCallback, Outbox, Task
from chatapp.server.state.connection import Connection, LineFramer
from chatapp.server.state.file_transfers import FileRequest, StoredContents, UploadPermit


class Connected(NamedTuple):
    """The listener has accepted a connection. The core makes a session for it.

    Args:
        refusal: Why the connection is refused; empty when it is not. The core sends the text and closes it.
    """

    link: Connection
    refusal: str = ""


class Received(NamedTuple):
    """A reader has read bytes. The core executes the items, then calls `resume`.

    Args:
        items: The complete lines; none when only a part of a line came in.
    """

    link: Connection
    items: list[Item]


class Disconnected(NamedTuple):
    """A reader has ended: nothing more comes from this connection. The core forgets the session.

    Args:
        reason: The text of the QUIT that other users see.
    """

    link: Connection
    reason: str


class Rejected(NamedTuple):
    """A reader has found that the peer does not speak IRC, or speaks it without TLS. The core closes it.

    Args:
        reason: The text that the peer is sent.
    """

    link: Connection
    reason: str


class RawReply(NamedTuple):
    """A reader has to reply with bytes that are not an IRC line: HTTP, or a control frame of a WebSocket.

    The core sends them, so that they stay in order with the lines.

    Args:
        framer: Puts all later lines into frames; None to send them without frames.
        is_last: Whether the connection is closed after these bytes.
    """

    link: Connection
    data: bytes
    framer: LineFramer | None
    is_last: bool


class FileAsked(NamedTuple):
    """A reader has read an HTTP request that is about a file. It waits for `Connection.answer`."""

    link: Connection
    request: FileRequest


class UploadEnded(NamedTuple):
    """A reader has received the body of an upload, or will not. It waits for `Connection.answer`.

    Args:
        contents: What was stored; None when it was broken off. What the permit reserved is free again then.
        is_disk_full: Whether it was broken off because the disk has no room left.
    """

    link: Connection
    permit: UploadPermit
    contents: StoredContents | None
    is_disk_full: bool = False


class Writable(NamedTuple):
    """The write watcher has found that a full socket accepts bytes again. The core sends what is left."""

    link: Connection


class JobFinished(NamedTuple):
    """A worker has done a job. The core calls `done` and finishes the command.

    Args:
        out: The outbox of the command.
        result: The return value of the job; None also when the queue was full.
        error: The exception of the job, a refusal or a bug; None if it raised none.
    """

    out: Outbox
    done: JobCallback
    result: Any
    error: Exception | None


class RunTask(NamedTuple):
    """The application asks the core to run a task once."""

    task: Task


class Shutdown(NamedTuple):
    """The application asks the server to end. The core closes every session.

    Args:
        reason: The text of the ERROR that clients get.
    """

    reason: str


class DatabaseLost(NamedTuple):
    """The checkpointer has found that the database file is gone. The core ends the server.

    Args:
        reason: Why the server ends and what to do about it, for the log.
    """

    reason: str


FromLink = Received | Disconnected | Rejected | RawReply | FileAsked | UploadEnded
"""The arrivals that a reader thread puts into the inbox."""

Arrival = Connected | FromLink | Writable | JobFinished | RunTask | Shutdown | DatabaseLost
"""Everything that the core takes from its inbox."""
