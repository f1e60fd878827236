"""Closes sessions whose peer does not register, does not answer or does not read."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.server.core import plain_text
from chatapp.server.core.command_runner import CommandRunner
from chatapp.server.core.inbound import Item
from chatapp.server.core.turn import Turn
from chatapp.server.state.session import PLAIN_TEXT, Session

PLAIN_SECONDS = 3.0
"""Seconds without a byte after which the server asks a new peer for a name, as a person with netcat."""

WAITING_SECONDS = 1.0
"""Seconds between two checks whether a session still waits for the server."""


class Liveness:
    """Watches each session with timers and by the arrivals from its connection."""

    def __init__(self, turn: Turn, runner: CommandRunner) -> None:
        self._turn = turn
        self._runner = runner

    def watch(self, session: Session) -> None:
        """Begin to watch a new session."""
        self._turn.after(PLAIN_SECONDS, self._ask_for_name, session)
        self._turn.after(self._turn.world.config.limits.registration_seconds, self._check, session)

    def received(self, session: Session, items: list[Item]) -> None:
        """Note that bytes arrived. `items` are the lines in them, none for only a part of a line."""
        session.last_received = self._turn.tick
        session.has_sent_data = True
        session.awaits_pong = False
        if session.link.backlog > self._turn.world.config.limits.send_queue:
            self.drop_slow(session)  # pongs of a WebSocket and answers of TLS are sent without a delivery
        if session.is_plain and items:
            self._check_first_item(session, items[0])

    def begin_transfer(self, session: Session) -> None:
        """Stop watching a session whose connection is used for a file: its reader does that now."""
        session.has_sent_data = True
        session.is_transfer = True
        self._turn.world.begin_transfer(session)

    def drop_slow(self, session: Session) -> None:
        """Close a session whose peer does not read what is sent to it."""
        if not session.is_closing:
            self._runner.hang_up(session, "SendQ exceeded")

    def _ask_for_name(self, session: Session) -> None:
        """Ask a peer that has sent nothing for a name: a person with netcat waits for a question.

        A slow TLS client has sent nothing either. So only peers that may speak without TLS are asked.
        """
        if not session.has_sent_data and not session.is_closing and session.link.start_without_tls():
            session.set_caps(PLAIN_TEXT)
            session.link.was_asked_for_name = True  # before the question: it changes how the answer is read
            session.link.put(plain_text.QUESTION)
            session.link.flush()

    def _check_first_item(self, session: Session, first: Item) -> None:
        """Treat a peer that answers the question for a name with an IRC line as an IRC client."""
        if session.user is None and not (isinstance(first, Message) and first.command == plain_text.LINE):
            session.set_caps(0)
            session.link.put(b"\r\n")  # makes the question a line, which the program ignores

    def _check(self, session: Session) -> None:
        """Close a session that did not register in time or does not answer; send PING to a silent one.

        The time in which a session waits for the server does not count.
        """
        if session.is_closing or session.is_transfer:
            return
        turn = self._turn
        limits = turn.world.config.limits
        silent = turn.tick - session.last_received
        left = session.opened + session.total_wait + limits.registration_seconds - turn.tick
        if session.is_waiting:
            turn.after(WAITING_SECONDS, self._check, session)
        elif session.user is None and left > 0:
            turn.after(left, self._check, session)
        elif session.user is None:
            self._runner.hang_up(session, f"Registration timed out: {limits.registration_seconds} seconds")
        elif session.is_plain:
            return  # a person cannot answer a PING; TCP keepalive finds dead connections
        elif silent >= limits.drop_seconds:
            self._runner.hang_up(session, f"Ping timeout: {limits.drop_seconds} seconds")
        elif silent >= limits.ping_seconds:
            self._ping(session)
            turn.after(limits.drop_seconds - silent, self._check, session)
        else:
            turn.after(limits.ping_seconds - silent, self._check, session)

    def _ping(self, session: Session) -> None:
        if not session.awaits_pong:
            session.awaits_pong = True
            out = self._turn.new_outbox(session)
            out.reply_with(Message("PING", (self._turn.world.name,)))
            self._runner.complete(out)
