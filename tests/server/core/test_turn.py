"""What the parts of the core share: outboxes with the time of the turn, and timers that count from it."""

from __future__ import annotations

from chatapp.server.app import HOOKS
from chatapp.server.core.turn import Turn
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Session
from tests.server.base import ServerTest


class Turns(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.state = Turn(self.world, HOOKS)
        self.session = Session(NullConnection(), 0.0)

    def test_an_outbox_has_the_times_of_its_turn(self) -> None:
        self.state.now, self.state.tick = 1_000, 5.0
        first = self.state.new_outbox(self.session, "x")
        self.state.now, self.state.tick = 2_000, 6.0
        self.assertEqual((first.now, first.clock, first.label, first.me), (1_000, 5.0, "x", self.session))
        self.assertEqual(self.state.new_outbox(self.session).label, None)

    def test_a_delay_counts_from_the_turn_in_which_it_was_set(self) -> None:
        ran: list[Session] = []
        self.state.tick = 5.0
        self.state.after(2.5, ran.append, self.session)
        self.assertEqual(self.state.timers.next_at, 7.5)
        self.assertEqual(list(self.state.timers.due(7.4)), [])
        for action, session in self.state.timers.due(7.5):
            action(session)
        self.assertEqual(ran, [self.session])
