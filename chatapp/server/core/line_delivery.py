"""The end of a turn: puts its lines into the connections, sends them, and closes the connections of departed
sessions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from chatapp.protocol.timestamps import iso
from chatapp.server.core.command_runner import INTERNAL_ERROR
from chatapp.server.core.effects import Effect
from chatapp.server.core.liveness import PLAIN_SECONDS
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.core.presence_gathering import PresenceGathering
from chatapp.server.core.render import put_lines
from chatapp.server.core.timers import Action
from chatapp.server.core.turn import Turn
from chatapp.server.state.session import Session

CLOSE_SECONDS = 2.0
"""Seconds that a peer has to take its last lines and close the connection."""

log = logging.getLogger(__name__)


class LineDelivery:
    """Delivers what is committed.

    Args:
        add_job: Gives a job to the workers.
        drop_slow: Closes a session whose send queue is over its limit.
    """

    def __init__(self, turn: Turn, add_job: Callable[[Outbox, Job], None], drop_slow: Action) -> None:
        self._turn = turn
        self._add_job = add_job
        self._drop_slow = drop_slow
        self._gathering = PresenceGathering()

    @property
    def due(self) -> float | None:
        """When gathered lines have to be sent, in seconds of the core's clock; None if there are none."""
        return self._gathering.due

    def deliver(self) -> None:
        """Send the lines of the turn, then do what has to come after them."""
        turn = self._turn
        outboxes, turn.outboxes = turn.outboxes, []
        departed, turn.departed = turn.departed, []
        jobs, turn.jobs = turn.jobs, []
        served, turn.served = turn.served, []
        touched = self._put_lines(outboxes)
        actors = (out.me for out in outboxes)
        self._flush(self._gathering.sessions_to_flush(touched, actors, turn.tick))
        for out in outboxes:
            for answer in out.answers:
                answer.session.link.answer(answer.answer)
            for refusal in out.refusals:
                refusal.session.link.break_off(refusal.reply)
        for session in departed:
            self.close(session)
        for out, job in jobs:
            self._add_job(out, job)
        for session in served:
            session.link.resume()

    def _put_lines(self, outboxes: list[Outbox]) -> set[Session]:
        """Put the lines into the connections. Only an effect that cannot be rendered is left out.

        Returns:
            The sessions whose connections have something to send that cannot wait.
        """
        failed: list[Effect] = []
        now, name_of = iso(self._turn.now), self._turn.world.shown_name
        effects = (send for out in outboxes for send in out.effects)
        touched = put_lines(effects, now, self._gathering, failed, name_of)
        for out in outboxes if failed else ():
            if any(effect.audience is out.me.own_audience and effect in failed for effect in out.effects):
                out.drop(INTERNAL_ERROR)
                touched |= put_lines(out.effects, now, self._gathering)
        return touched

    def _flush(self, sessions: Iterable[Session]) -> None:
        """Send what was put into the connections. This loop runs for every recipient of every turn."""
        limit = self._turn.world.config.limits.send_queue
        for session in sessions:
            try:
                left = session.link.flush()
            except Exception:
                log.exception("a bug in writing to %s", session.link.peer)
                session.link.abort()
                continue
            if left > limit:
                self._turn.after(0, self._drop_slow, session)

    def close(self, session: Session) -> None:
        """Close the connection of a session, and abort it if its peer does not close its side in time.

        A peer that has not sent a byte gets time to show whether it speaks TLS.
        """
        try:
            session.link.close()
        except Exception:
            log.exception("a bug in closing the connection of %s", session.link.peer)
        seconds = CLOSE_SECONDS
        if not session.has_sent_data and not self._turn.is_stopping:
            patience = max(0.0, session.last_received + PLAIN_SECONDS - self._turn.tick)
            self._turn.after(patience, _start_without_tls, session)
            seconds += patience
        self._turn.after(seconds, abort, session)


def abort(session: Session) -> None:
    """Cut off the connection of a session."""
    session.link.abort()


def _start_without_tls(session: Session) -> None:
    session.link.start_without_tls()
