"""The data of the core: the results of the present turn, and the state that lasts from turn to turn."""

from __future__ import annotations

from chatapp.server.core.hooks import CoreHooks
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.core.storage_stall import StorageStall
from chatapp.server.core.timers import Action, Timers
from chatapp.server.state.connection import Connection
from chatapp.server.state.session import Session
from chatapp.server.state.world import World


class Turn:
    """The data that the parts of the core share. Thread: the core's.

    Attributes:
        now: The wall-clock time in milliseconds since 1970.
        tick: The time in seconds of a clock that never goes back, for timers.
        sessions: All sessions, by their connection, until the connection has ended.
        is_stopping: Whether the server is shutting down.
        stall: Set while the database cannot be written.
        outboxes: The commands that were executed in this turn, in order.
        jobs: The jobs of these commands. A job starts after the commit, so that it can read what its command
            has stored.
        served: Sessions whose items were all executed in this turn. After it the server reads from their
            connections again.
        departed: Sessions that were closed in this turn. Their connections are closed after their last lines.
    """

    def __init__(self, world: World, hooks: CoreHooks) -> None:
        self.world = world
        self.hooks = hooks
        self.now = 0
        self.tick = 0.0
        self.sessions: dict[Connection, Session] = {}
        self.timers = Timers()
        self.is_stopping = False
        self.stall: StorageStall | None = None
        self.outboxes: list[Outbox] = []
        self.jobs: list[tuple[Outbox, Job]] = []
        self.served: list[Session] = []
        self.departed: list[Session] = []

    def new_outbox(self, session: Session, label: str | None = None) -> Outbox:
        return Outbox(self.world, session, label, self.now, self.tick)

    def after(self, seconds: float, action: Action, session: Session) -> None:
        """Run an action in this many seconds."""
        self.timers.add(self.tick + seconds, action, session)
