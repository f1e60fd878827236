"""The effects of a command: lines to send and sessions to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatapp.protocol.message import Message
from chatapp.server.state.channel import Channel
from chatapp.server.state.file_transfers import FileAnswer, HttpReply
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.storage.message_rows import StoredMessage


class Send:
    """A message for the sessions of an audience.

    Args:
        excluded: A session that does not get it; None for none.
        required_caps: Bits of `capabilities`: only sessions that have all of them get it.
        excluded_caps: Bits of `capabilities`: only sessions that have none of them get it.
        is_reply: Whether this answers the command of the session that caused it, if that is in the audience.
    """

    __slots__ = ("audience", "excluded", "excluded_caps", "is_reply", "message", "required_caps")

    def __init__(
        self,
        audience: Audience,
        message: Message,
        excluded: Session | None = None,
        required_caps: int = 0,
        excluded_caps: int = 0,
        is_reply: bool = True,
    ) -> None:
        self.audience = audience
        self.message = message
        self.excluded = excluded
        self.required_caps = required_caps
        self.excluded_caps = excluded_caps
        self.is_reply = is_reply

    def answers(self, session: Session) -> bool:
        """Return whether this session gets it as the reply to its command."""
        if not self.is_reply or session is self.excluded or session not in self.audience.sessions:
            return False
        caps = self.audience.caps_of(session)
        return not self.required_caps & ~caps and not self.excluded_caps & caps


class ChannelBurst:
    """PRIVMSGs without tags from one user to one channel, rendered together.

    Args:
        texts: The text of each.
        first_id: The id of the first; each next one is higher by 1.
        first_at: The time of the first in milliseconds; each next one is later by 1.
        excluded: A session that does not get them.
        audience: Who gets them; the channel's audience by default.
    """

    __slots__ = ("audience", "excluded", "first_at", "first_id", "tags", "target", "texts", "user")

    required_caps = excluded_caps = 0

    def __init__(
        self,
        channel: Channel,
        user: User,
        texts: list[str],
        first_id: int,
        first_at: int,
        excluded: Session | None,
        audience: Audience | None = None,
    ) -> None:
        self.audience = audience or channel.audience
        self.target = channel.name
        self.user = user.source
        self.tags = user.tags
        self.texts = texts
        self.first_id = first_id
        self.first_at = first_at
        self.excluded = excluded


class StoredPage:
    """Messages from the history for one session, rendered together because there may be very many.

    Args:
        rows: The messages, each with one line of text.
        target: The target of messages in a channel: its present name.
        reference: The batch that they belong to; empty for none.
    """

    __slots__ = ("audience", "reference", "rows", "target")

    excluded = None
    required_caps = excluded_caps = 0

    def __init__(
        self, audience: Audience, rows: Sequence[StoredMessage], target: str, reference: str
    ) -> None:
        self.audience = audience
        self.rows = rows
        self.target = target
        self.reference = reference

    def within(self, reference: str) -> StoredPage:
        """Return the same page as a part of this batch, unless it belongs to a batch already."""
        return self if self.reference else StoredPage(self.audience, self.rows, self.target, reference)


@dataclass(frozen=True, slots=True)
class Close:
    """A session to close.

    Args:
        reason: The text of the QUIT that other users see.
    """

    session: Session
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request about a file, for the connection of the session that made it."""

    session: Session
    answer: FileAnswer


@dataclass(frozen=True, slots=True)
class UploadRefusal:
    """The end of an upload that was permitted: the connection of the session gets this response at once."""

    session: Session
    reply: HttpReply


Effect = Send | ChannelBurst | StoredPage
