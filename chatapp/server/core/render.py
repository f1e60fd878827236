"""Turns the messages of a turn into bytes: once per line and variant of capabilities, never per member."""

# A channel of 100 members gets the same line 100 times. Members differ only in the tags that they get, which
# depend only on their capabilities. An audience is therefore grouped by capabilities, and a line is made once
# for each group. Every session of the group gets the same `bytes` object.
#
# The effects of a turn stand in order. Consecutive effects for one audience form a *run*. For a run the lines
# of a group are joined once, and the joined bytes are put into each connection: one `put` per member and run,
# however many lines a busy channel had in the turn.
#
# A session that is left out of some line of a run (a sender without echo-message) cannot share the joined
# bytes of its group. From that line on it has its own list of lines; the others still share theirs.
#
# A burst, a flood of plain PRIVMSGs to one channel, is rendered with one `join` for all its lines. A page of
# the history is rendered the same way.
#
# What would break it: an audience that changes after it was named in an effect (its groups would not fit the
# lines); an effect for each member (100 members cost 156 to 285 ns each that way, and 26 ns as one effect); a
# tag that depends on more than the capabilities of the session.

from __future__ import annotations

import logging
from collections.abc import Iterable

from chatapp.protocol.capabilities import ACCOUNT_TAG, BATCH, MESSAGE_TAGS, SERVER_TIME, TAG_NEEDS
from chatapp.protocol.message import BODY_BYTES, Message, cut, escape_tag, format_tags, has_ends, one_line
from chatapp.protocol.timestamps import iso
from chatapp.server.core import plain_text
from chatapp.server.core.effects import ChannelBurst, Effect, Send, StoredPage
from chatapp.server.core.presence_gathering import PresenceGathering, may_wait
from chatapp.server.state.message_ids import msgid
from chatapp.server.state.session import PLAIN_TEXT, Audience, Session

log = logging.getLogger(__name__)

CLEAN_TAGS = frozenset({"time", "msgid", "batch"})
"""Tags whose values the server makes; they need no escapes."""


def render(message: Message, caps: int, body: bytes, now: str, name_of: plain_text.NameOf = str) -> bytes:
    """Return the line for sessions with these capabilities, with only the tags that they need.

    Args:
        body: The line without tags and CR LF, at most BODY_BYTES.
        now: The time tag of a message that has none, unless it is part of a batch.
        name_of: Returns the name that people read for a nick.
    """
    if caps & PLAIN_TEXT:
        return plain_text.outgoing(message, name_of)
    is_timed = "time" in message.tags or "batch" in message.tags
    tags = [f"time={now}"] if caps & SERVER_TIME and not is_timed else []
    for key, value in message.tags.items():
        if caps & TAG_NEEDS.get(key, MESSAGE_TAGS):
            tags.append(f"{key}={value if key in CLEAN_TAGS else escape_tag(value)}" if value else key)
    if not tags:
        return body + b"\r\n"
    return b"@%s %s\r\n" % (";".join(tags).encode(), body)


def body_of(message: Message) -> bytes:
    """Return the line without tags and CR LF, cut to BODY_BYTES."""
    body = message.body()
    data = body.encode()
    if len(data) <= BODY_BYTES:
        return data
    head = len(data) - len(message.text.encode())
    if head >= BODY_BYTES:
        return cut(body, BODY_BYTES).encode()
    return data[:head] + cut(one_line(message.text), BODY_BYTES - head).encode()


def render_burst(burst: ChannelBurst, caps: int, name_of: plain_text.NameOf = str) -> bytes:
    """Return all lines of a burst for sessions with these capabilities."""
    if caps & PLAIN_TEXT:
        return b"".join(
            plain_text.outgoing(Message("PRIVMSG", (burst.target, text), burst.user), name_of)
            for text in burst.texts
        )
    head, texts = f":{burst.user} PRIVMSG {burst.target} :", burst.texts
    if has_ends("".join((head, *texts))):  # one check for all lines: most lines of a busy server come here
        head, texts = one_line(head), [one_line(text) for text in texts]
    if not caps & (SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG):
        return (head + f"\r\n{head}".join(texts) + "\r\n").encode()
    rest = "".join(
        f";{key}={escape_tag(value)}" if value else f";{key}"
        for key, value in burst.tags.items()
        if caps & TAG_NEEDS.get(key, MESSAGE_TAGS)
    )
    timed, tagged = caps & SERVER_TIME, caps & MESSAGE_TAGS
    lines = []
    for place, text in enumerate(texts):
        time = f";time={iso(burst.first_at + place)}" if timed else ""
        msgid = f";msgid={burst.first_id + place:x}" if tagged else ""
        tags = f"{time}{msgid}{rest}"
        lines.append(f"@{tags[1:]} {head}{text}\r\n" if tags else f"{head}{text}\r\n")
    return "".join(lines).encode()


def render_page(page: StoredPage, caps: int) -> bytes:
    """Return all lines of a page for sessions with these capabilities."""
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
    """The lines of consecutive effects for one audience."""

    __slots__ = ("_audience", "_lines", "_may_wait", "_name_of", "_own")

    def __init__(self, audience: Audience, name_of: plain_text.NameOf) -> None:
        self._audience = audience
        self._may_wait = True
        self._name_of = name_of
        self._lines: dict[int, list[bytes]] = {caps: [] for caps, _ in audience.groups}
        self._own: dict[Session, tuple[int, list[bytes]]] = {}
        """The capabilities and lines of the sessions that were left out of a line."""

    def add(self, effect: Effect, now: str) -> None:
        """Append the lines of an effect."""
        self._may_wait = self._may_wait and may_wait(effect)
        excluded = effect.excluded
        if excluded is not None and excluded not in self._own and excluded in self._audience.sessions:
            own = self._audience.caps_of(excluded)
            self._own[excluded] = own, self._lines[own].copy()
        body = body_of(effect.message) if isinstance(effect, Send) else b""
        variants: dict[int, bytes] = {}
        for caps in self._lines:
            if effect.required_caps & ~caps or effect.excluded_caps & caps:
                continue
            if isinstance(effect, Send):
                line = render(effect.message, caps, body, now, self._name_of)
            elif isinstance(effect, ChannelBurst):
                line = render_burst(effect, caps, self._name_of)
            else:
                line = render_page(effect, caps)
            variants[caps] = line
        for caps, line in variants.items():
            self._lines[caps].append(line)
        for session, (caps, lines) in self._own.items():
            if session is not excluded and caps in variants:
                lines.append(variants[caps])

    def put_lines(self, touched: set[Session], gathering: PresenceGathering) -> None:
        """Put the lines into the connections of the audience.

        Args:
            touched: The sessions are added to these, unless all lines can wait.
            gathering: The sessions are added to this otherwise.
        """
        own = self._own
        for caps, sessions in self._audience.groups:
            data = b"".join(self._lines[caps])
            if not data:
                continue
            if self._may_wait:
                gathering.add(sessions, len(data))
            else:
                touched.update(sessions)
            if own:
                for session in sessions:
                    session.link.put(b"".join(own[session][1]) if session in own else data)
            else:
                for session in sessions:
                    session.link.put(data)


class PutCount:
    """Counts how often the effects of a turn will put lines into a connection, at most: once a run."""

    def __init__(self) -> None:
        self.total = 0
        self._audience: Audience | None = None

    def add(self, effects: Iterable[Effect]) -> None:
        """Count the next effects of the turn."""
        for effect in effects:
            if effect.audience is not self._audience:
                self._audience = effect.audience
                self.total += len(effect.audience.sessions)


def put_lines(
    effects: Iterable[Effect],
    now: str,
    gathering: PresenceGathering,
    failed: list[Effect] | None = None,
    name_of: plain_text.NameOf = str,
) -> set[Session]:
    """Put the lines of a turn into the connections, in order.

    Args:
        gathering: Takes the sessions with only such lines as can wait.
        failed: Effects that cannot be rendered, because of a bug, are appended here. No session gets any line
            of them.
        name_of: Returns the name that people read for a nick.

    Returns:
        The sessions whose connections have to be flushed at the end of the turn.
    """
    touched: set[Session] = set()
    run: LineRun | None = None
    audience: Audience | None = None
    for effect in effects:
        if run is None or effect.audience is not audience:
            if run is not None:
                run.put_lines(touched, gathering)
            audience = effect.audience
            run = LineRun(audience, name_of)
        try:
            run.add(effect, now)
        except Exception:
            log.exception("a bug in rendering %r", effect)
            if failed is not None:
                failed.append(effect)
    if run is not None:
        run.put_lines(touched, gathering)
    return touched
