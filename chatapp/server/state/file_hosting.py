"""What the server has to remember about uploads: who may upload by a token, and what is reserved for them."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from chatapp.server.state.file_transfers import FileContents
from chatapp.server.state.session import Session

COUNTED_SECONDS = 60.0
"""How long an upload that has ended is counted beside the rows. Longer than any query for their sum takes."""


class Reservation(NamedTuple):
    """The bytes that an upload may need.

    Args:
        file_id: Of the file, or of the one that a thumbnail belongs to.
        owner: The identity of the user who uploads, see `User.identity`.
        sender: The name of that user: the account, or the nick of a guest.
        payer: Whose bytes of a day these are: the identity of an account, or the cloak of an address.
        session: Whose token allows the upload; None for a password.
    """

    file_id: str
    owner: str
    sender: str
    payer: str
    size: int
    session: Session | None = None


class _Ended(NamedTuple):
    payer: str
    size: int
    at: float


class FileHosting:
    """The state of the file service.

    How much is stored is known from the database only, and a query for it takes a moment. So that uploads at
    the same time do not exceed a limit together, what each may need is reserved when it is accepted. An
    upload that ended a moment ago is counted too, since the query may have missed its row.

    Attributes:
        contents: The contents on disk; None where no files can be kept.
        prefix: The first characters of the ids of all files of this server.
        is_full_known: Whether the owners were told that there is no room.
        reported: How many files there were, and their bytes, when that was reported last.
    """

    def __init__(self) -> None:
        self.contents: FileContents | None = None
        self.prefix = ""
        self.is_full_known = False
        self.reported: tuple[int, int] | None = None
        self._sessions: dict[str, Session] = {}  # by token
        self._reserved: dict[Session, Reservation] = {}  # by the session whose connection uploads
        self._ended: deque[_Ended] = deque()  # the latest last

    # tokens

    def add_token(self, token: str, session: Session) -> None:
        """Let everybody who has this token upload as this session."""
        self._sessions[token] = session

    def drop_token(self, token: str) -> None:
        """Forget a token."""
        self._sessions.pop(token, None)

    def session_of(self, token: str) -> Session | None:
        """Return the session that a token belongs to."""
        return self._sessions.get(token) if token else None

    # room

    def reserve(self, session: Session, reservation: Reservation) -> None:
        """Reserve room for the upload of this connection, which has one at a time."""
        self._reserved[session] = reservation

    def end(self, session: Session, size: int, now: float) -> Reservation | None:
        """Free what was reserved for a connection.

        Args:
            size: What was stored; 0 for nothing.
            now: Seconds.

        Returns:
            The reservation; None if there was none.
        """
        found = self._reserved.pop(session, None)
        if found and size:
            self._ended.append(_Ended(found.payer, size, now))
        while self._ended and self._ended[0].at < now - COUNTED_SECONDS:
            self._ended.popleft()
        return found

    def pending(self, since: float, payer: str = "") -> int:
        """Return the bytes that a query for the sum of all rows may have missed.

        Args:
            since: When the query was requested; seconds. It sees what ended in that turn, since a job starts
                after the commit.
            payer: Count only those of this payer; empty for all.
        """
        reserved = sum(each.size for each in self._reserved.values() if payer in ("", each.payer))
        ended = (each.size for each in self._ended if each.at > since and payer in ("", each.payer))
        return reserved + sum(ended)

    def uploads(self) -> list[tuple[Session, Reservation]]:
        """Return the sessions whose connections upload, and what is reserved for them."""
        return list(self._reserved.items())

    def is_uploading(self, session: Session) -> bool:
        """Return whether the connection of a session uploads."""
        return session in self._reserved

    def change_owner(self, before: str, owner: str) -> None:
        """Give what is being uploaded to another identity: a guest has logged in."""
        for session, each in self._reserved.items():
            if each.owner == before:
                self._reserved[session] = each._replace(owner=owner)

    def forget(self, session: Session) -> None:
        """Forget a session that has ended: its token, and what was reserved for it."""
        self._reserved.pop(session, None)
        if session.upload_url:
            self.drop_token(session.upload_url.rpartition("/")[2])
            session.upload_url = ""
