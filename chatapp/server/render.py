"""Messages become bytes: once per line and variant of capabilities, never per member.

The lines of a turn are gathered in *runs*. A run is a stretch of effects for one and the same audience; its
lines are joined once for each variant, and that one `bytes` object goes to every session of the variant.
Who was left out of some line of the run (a sender that has no echo) gets a list of its own from there on.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..protocol.capabilities import MESSAGE_TAGS, SERVER_TIME, TAG_NEEDS
from ..protocol.message import Message, cut, escape_tag
from . import plain
from .effects import Send
from .world import PLAIN, Audience, Session

BODY_BYTES = 510  # a line without CR LF


def render(message: Message, caps: int, body: bytes, now: str) -> bytes:
    """The line as who has these capabilities gets it: the tags that they ask for, and none else.

    Takes  body: the line without tags and CR LF, at most BODY_BYTES; now: for a message without a time of
           its own
    """
    if caps & PLAIN:
        return plain.outgoing(message)
    tags = [f"time={now}"] if caps & SERVER_TIME and "time" not in message.tags else []
    for key, value in message.tags.items():
        if caps & TAG_NEEDS.get(key, MESSAGE_TAGS):
            tags.append(f"{key}={escape_tag(value)}" if value else key)
    if not tags:
        return body + b"\r\n"
    return b"@%s %s\r\n" % (";".join(tags).encode(), body)


def body_of(message: Message) -> bytes:
    """The line without tags and CR LF, cut to what a line may hold."""
    body = message.body()
    data = body.encode()
    return data if len(data) <= BODY_BYTES else cut(body, BODY_BYTES).encode()


class Run:
    """Lines for one audience, in order."""

    __slots__ = ("_audience", "_lines", "_own")

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._lines: dict[int, list[bytes]] = {caps: [] for caps, _ in audience.groups}
        self._own: dict[Session, list[bytes]] = {}

    def add(self, effect: Send, now: str) -> None:
        """One more line."""
        but, message = effect.but, effect.message
        if but is not None and but not in self._own and but.caps in self._lines:
            self._own[but] = self._lines[but.caps].copy()
        body = body_of(message)
        variants: dict[int, bytes] = {}
        for caps, lines in self._lines.items():
            if not (effect.wants & ~caps or effect.lacks & caps):
                variants[caps] = line = render(message, caps, body, now)
                lines.append(line)
        for session, lines in self._own.items():
            if session is not but and session.caps in variants:
                lines.append(variants[session.caps])

    def hand_out(self, touched: set[Session]) -> None:
        """To every session of the audience what is for it."""
        own = self._own
        for caps, sessions in self._audience.groups:
            data = b"".join(self._lines[caps])
            if not data:
                continue
            touched.update(sessions)
            if own:
                for session in sessions:
                    session.link.put(b"".join(own[session]) if session in own else data)
            else:
                for session in sessions:
                    session.link.put(data)


def hand_out(effects: Iterable[Send], now: str) -> set[Session]:
    """Put the lines of a turn into the links, in order. Gives the sessions whose links are to be flushed."""
    touched: set[Session] = set()
    run: Run | None = None
    audience: Audience | None = None
    for effect in effects:
        if run is None or effect.audience is not audience:
            if run is not None:
                run.hand_out(touched)
            audience = effect.audience
            run = Run(audience)
        run.add(effect, now)
    if run is not None:
        run.hand_out(touched)
    return touched
