"""What a command causes: lines to send and sessions to close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatapp.protocol.message import Message
from chatapp.server.state.channel import Channel
from chatapp.server.state.session import Audience, Session
from chatapp.server.state.user import User
from chatapp.server.storage.message_rows import StoredMessage


class Send:
    """A message for an audience: all of it but one session, and only who has these capabilities and lacks
    those.

    Takes  is_reply: whether the asker, when it is in the audience, gets this as the answer to its command
    """

    __slots__ = ("audience", "but", "is_reply", "lacks", "message", "wants")

    def __init__(
        self,
        audience: Audience,
        message: Message,
        but: Session | None = None,
        wants: int = 0,
        lacks: int = 0,
        is_reply: bool = True,
    ) -> None:
        self.audience = audience
        self.message = message
        self.but = but
        self.wants = wants
        self.lacks = lacks
        self.is_reply = is_reply

    def answers(self, session: Session) -> bool:
        """Whether this session gets it, as an answer."""
        if not self.is_reply or session is self.but or session not in self.audience.sessions:
            return False
        caps = self.audience.caps_of(session)
        return not self.wants & ~caps and not self.lacks & caps


class ChannelBurst:
    """Untagged PRIVMSGs of one user to one channel; their ids and times go up by one.

    Takes  texts: what was said; first_id, first_at: of the first; but: see Send
           audience: the channel's if not given
    """

    __slots__ = ("audience", "but", "first_at", "first_id", "tags", "target", "texts", "user")

    wants = lacks = 0

    def __init__(
        self,
        channel: Channel,
        user: User,
        texts: list[str],
        first_id: int,
        first_at: int,
        but: Session | None,
        audience: Audience | None = None,
    ) -> None:
        self.audience = audience or channel.audience
        self.target = channel.name
        self.user = user.source
        self.tags = user.tags
        self.texts = texts
        self.first_id = first_id
        self.first_at = first_at
        self.but = but


class StoredPage:
    """Messages that were kept, for the asker: rendered together, since there may be very many.

    Takes  rows: each with one line of text; target: what those in a channel are addressed to
           reference: of the batch that they belong to, nothing for none
    """

    __slots__ = ("audience", "reference", "rows", "target")

    but = None
    wants = lacks = 0

    def __init__(
        self, audience: Audience, rows: Sequence[StoredMessage], target: str, reference: str
    ) -> None:
        self.audience = audience
        self.rows = rows
        self.target = target
        self.reference = reference

    def within(self, reference: str) -> StoredPage:
        """The same as a part of this batch, if it is part of none."""
        return self if self.reference else StoredPage(self.audience, self.rows, self.target, reference)


@dataclass(frozen=True, slots=True)
class Close:
    """Hang up on a session. `reason` is what others read."""

    session: Session
    reason: str


Effect = Send | ChannelBurst | StoredPage
