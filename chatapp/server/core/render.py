"""Messages become bytes: once per line and variant of capabilities, never per member.

The lines of a turn are gathered in *runs*. A run is a stretch of effects for one and the same audience; its
lines are joined once for each variant, and that one `bytes` object goes to every session of the variant.
Who was left out of some line of the run (a sender that has no echo) gets a list of its own from there on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from chatapp.protocol.capabilities import ACCOUNT_TAG, BATCH, MESSAGE_TAGS, SERVER_TIME, TAG_NEEDS
from chatapp.protocol.message import BODY_BYTES, Message, cut, escape_tag, format_tags, has_ends, one_line
from chatapp.protocol.timestamps import iso
from chatapp.server.core import plain_text
from chatapp.server.core.effects import ChannelBurst, Effect, Send, StoredPage
from chatapp.server.state.message_ids import msgid
from chatapp.server.state.session import PLAIN, Audience, Session

log = logging.getLogger(__name__)

CLEAN = frozenset({"time", "msgid", "batch"})  # tags that we make, without a character to escape


def render(message: Message, caps: int, body: bytes, now: str) -> bytes:
    """The line as who has these capabilities gets it: the tags that they ask for, and none else.

    Takes  body: the line without tags and CR LF, at most BODY_BYTES; now: for a message without a time of
           its own, unless it is part of a batch
    """
    if caps & PLAIN:
        return plain_text.outgoing(message)
    is_timed = "time" in message.tags or "batch" in message.tags
    tags = [f"time={now}"] if caps & SERVER_TIME and not is_timed else []
    for key, value in message.tags.items():
        if caps & TAG_NEEDS.get(key, MESSAGE_TAGS):
            tags.append(f"{key}={value if key in CLEAN else escape_tag(value)}" if value else key)
    if not tags:
        return body + b"\r\n"
    return b"@%s %s\r\n" % (";".join(tags).encode(), body)


def body_of(message: Message) -> bytes:
    """The line without tags and CR LF, cut to what a line may hold."""
    body = message.body()
    data = body.encode()
    if len(data) <= BODY_BYTES:
        return data
    head = len(data) - len(message.text.encode())
    if head >= BODY_BYTES:
        return cut(body, BODY_BYTES).encode()
    return data[:head] + cut(one_line(message.text), BODY_BYTES - head).encode()


def render_talk(talk: ChannelBurst, caps: int) -> bytes:
    """All lines of a burst, as who has these capabilities gets them."""
    if caps & PLAIN:
        return b"".join(
            plain_text.outgoing(Message("PRIVMSG", (talk.target, text), talk.user)) for text in talk.texts
        )
    head, texts = f":{talk.user} PRIVMSG {talk.target} :", talk.texts
    if has_ends("".join((head, *texts))):  # all at once: this is the way of every line that is said
        head, texts = one_line(head), [one_line(text) for text in texts]
    if not caps & (SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG):
        return (head + f"\r\n{head}".join(texts) + "\r\n").encode()
    rest = "".join(
        f";{key}={escape_tag(value)}" if value else f";{key}"
        for key, value in talk.tags.items()
        if caps & TAG_NEEDS.get(key, MESSAGE_TAGS)
    )
    timed, tagged = caps & SERVER_TIME, caps & MESSAGE_TAGS
    lines = []
    for place, text in enumerate(texts):
        time = f";time={iso(talk.first_at + place)}" if timed else ""
        msgid = f";msgid={talk.first_id + place:x}" if tagged else ""
        tags = f"{time}{msgid}{rest}"
        lines.append(f"@{tags[1:]} {head}{text}\r\n" if tags else f"{head}{text}\r\n")
    return "".join(lines).encode()


def render_page(page: StoredPage, caps: int) -> bytes:
    """All lines of a page, as who has these capabilities gets them."""
    batch = f"batch={page.reference};" if page.reference and caps & BATCH else ""
    timed, tagged, with_account = caps & SERVER_TIME, caps & MESSAGE_TAGS, caps & ACCOUNT_TAG
    lines = []
    for row in page.rows:
        tags = batch
        if timed:
            tags += f"time={iso(row.time)};"
        if tagged:
            tags += f"msgid={msgid(row.id)};"
            if row.tags:
                tags += f"{format_tags(row.tags)};"
        if with_account and row.account:
            tags += f"account={escape_tag(row.account)};"
        head = f":{row.source} {row.command} {row.recipient or page.target} :"
        body = one_line(head + cut(row.text, BODY_BYTES - len(head.encode())))
        lines.append(f"@{tags[:-1]} {body}\r\n" if tags else f"{body}\r\n")
    return "".join(lines).encode()


class LineRun:
    """Lines for one audience, in order."""

    __slots__ = ("_audience", "_lines", "_own")

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._lines: dict[int, list[bytes]] = {caps: [] for caps, _ in audience.groups}
        self._own: dict[Session, tuple[int, list[bytes]]] = {}  # with the capabilities it has here

    def add(self, effect: Effect, now: str) -> None:
        """One more line, or lines."""
        but = effect.but
        if but is not None and but not in self._own and but in self._audience.sessions:
            own = self._audience.caps_of(but)
            self._own[but] = own, self._lines[own].copy()
        body = body_of(effect.message) if isinstance(effect, Send) else b""
        variants: dict[int, bytes] = {}
        for caps in self._lines:
            if effect.wants & ~caps or effect.lacks & caps:
                continue
            if isinstance(effect, Send):
                line = render(effect.message, caps, body, now)
            elif isinstance(effect, ChannelBurst):
                line = render_talk(effect, caps)
            else:
                line = render_page(effect, caps)
            variants[caps] = line
        for caps, line in variants.items():
            self._lines[caps].append(line)
        for session, (caps, lines) in self._own.items():
            if session is not but and caps in variants:
                lines.append(variants[caps])

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
                    session.link.put(b"".join(own[session][1]) if session in own else data)
            else:
                for session in sessions:
                    session.link.put(data)


def hand_out(effects: Iterable[Effect], now: str, failed: list[Effect] | None = None) -> set[Session]:
    """Put the lines of a turn into the links, in order. Gives the sessions whose links are to be flushed.

    Takes  failed: gets the effects that could not be rendered because of a bug; nobody gets anything of them
    """
    touched: set[Session] = set()
    run: LineRun | None = None
    audience: Audience | None = None
    for effect in effects:
        if run is None or effect.audience is not audience:
            if run is not None:
                run.hand_out(touched)
            audience = effect.audience
            run = LineRun(audience)
        try:
            run.add(effect, now)
        except Exception:
            log.exception("a bug in rendering %r", effect)
            if failed is not None:
                failed.append(effect)
    if run is not None:
        run.hand_out(touched)
    return touched
