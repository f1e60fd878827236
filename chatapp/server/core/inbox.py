"""Every kind of arrival that the core takes from its inbox."""

from __future__ import annotations

from typing import Any, NamedTuple

from chatapp.server.core.inbound import Item
from chatapp.server.core.outbox import Done, Outbox, Task
from chatapp.server.state.connection import Connection, LineFramer

CLOSE_SECONDS = 2.0  # how long a peer has to take the last lines and hang up


class Connected(NamedTuple):
    """Somebody connected.

    Args:
        refusal: why nobody is let in here now; the connection is told so and closed.
    """

    link: Connection
    refusal: str = ""


class RunTask(NamedTuple):
    """Something that the server shall do by itself, once."""

    chore: Task


class Shutdown(NamedTuple):
    """The server shall end."""

    farewell: str


class DatabaseLost(NamedTuple):
    """The database that is written is not there any more; the words say so."""

    words: str


class Received(NamedTuple):
    """These lines came in; none when only a part of one did. The core answers with `resume`."""

    link: Connection
    items: list[Item]


class Disconnected(NamedTuple):
    """Nothing more will come."""

    link: Connection
    reason: str


class Rejected(NamedTuple):
    """This connection is not one that the server serves; the words say why."""

    link: Connection
    words: str


class RawReply(NamedTuple):
    """Something to send that is no line of IRC: HTTP, or a frame that keeps a WebSocket alive.

    Lines go out through the socket from now on, if there is one. After the last answer the link is closed.
    """

    link: Connection
    data: bytes
    framer: LineFramer | None
    is_last: bool


class Writable(NamedTuple):
    """This link takes more."""

    link: Connection


class JobFinished(NamedTuple):
    """What came of a job; `error` is set when it failed."""

    out: Outbox
    done: Done
    result: Any
    error: Exception | None


FromLink = Received | Disconnected | Rejected | RawReply
Arrival = Connected | FromLink | Writable | JobFinished | RunTask | Shutdown | DatabaseLost
