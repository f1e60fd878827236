"""Turns: arrivals in order, tasks, timers, shutdown, and a bug in a turn."""

from __future__ import annotations

import logging
from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.server.core.inbound import MessageBurst
from chatapp.server.core.inbox import Connected, Disconnected, Received, RunTask, Shutdown
from chatapp.server.core.incremental import TURN_STEPS
from chatapp.server.core.loop import TURN_ARRIVALS
from chatapp.server.core.outbox import Outbox
from chatapp.server.core.pacing import PACE_SECONDS
from chatapp.server.state.file_transfers import FileRequest
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import FakeLink, ServerTest, temporary_command
from tests.server.file_service import FileTest


class Running(ServerTest):
    """`Core.run` with a prepared inbox, so that it never waits."""

    def test_it_takes_arrivals_in_order_until_the_server_is_shut_down_and_empty(self) -> None:
        link = self.links["ann"] = FakeLink("192.0.2.7", 1)
        for arrival in (
            Connected(link),
            Received(link, [Message("PING", ("1",)), Message("PING", ("2",))]),
            Shutdown("Bye"),
            Disconnected(link, "Connection closed"),
        ):
            self.core.inbox.put(arrival)
        self.core.run()
        self.assertGot("ann", "PONG chatapp.local 1", "PONG chatapp.local 2", "ERROR :Bye")
        self.assertTrue(link.is_disposed)
        self.assertEqual(self.core.inbox.take(1, timeout=0), [])

    def test_the_number_of_arrivals_in_a_turn_is_limited(self) -> None:
        """The first of many arrivals does not wait for the others."""
        turns: list[int] = []

        def note_turn(world: World, session: Session, out: Outbox) -> None:
            turns.append(out.now)

        for _ in range(TURN_ARRIVALS + 1):
            self.core.inbox.put(RunTask(note_turn))
        self.core.inbox.put(Shutdown("Bye"))
        with patch.object(self.core, "_seconds", side_effect=[1.0, 2.0]):
            self.core.run()
        self.assertEqual(turns, [1_000] * TURN_ARRIVALS + [2_000])

    def test_a_turn_leaves_arrivals_to_the_next_one_when_it_has_many_lines_to_put(self) -> None:
        """Others do not wait until all of a large channel have left it. Talk counts once for the channel."""
        self.enter("ann", "ben", "cem", "dora", channel="#c")
        names = ("ann", "ben", "cem")
        commands: list[list[object]] = []

        def deliver() -> None:
            commands.append([out.cause for out in self.core._turn.outboxes])
            self.core._turn.outboxes.clear()

        lines = [Received(self.links[name], [MessageBurst("#c", "hello")]) for name in names]
        parts = [Received(self.links[name], [Message("PART", ("#c",))]) for name in names]
        for arrival in (*lines, *parts):
            self.core.inbox.put(arrival)
        with (
            patch("chatapp.server.core.loop.TURN_PUTS", 6),
            patch.object(self.core._delivery, "deliver", deliver),
        ):
            for _ in range(3):
                self.core.turn(self.core.inbox.take(TURN_ARRIVALS, 0))
        items = [item for arrival in (*lines, *parts) for item in arrival.items]
        self.assertEqual(commands, [items[:5], items[5:], []])  # 4 members, then 3: more than 6

    def test_it_rests_after_talk_that_follows_talk(self) -> None:
        self.enter("ann")
        ann = self.links["ann"]
        line, ping = Received(ann, [MessageBurst("#c", "hello")]), Received(ann, [Message("PING", ("1",))])
        end = [Shutdown("Bye"), Disconnected(ann, "Connection closed")]
        rests: list[tuple[int, float]] = []
        with (
            patch.object(self.core, "_take", side_effect=[[line], [line], [ping], [line, line], end]) as take,
            patch.object(self.core.inbox, "rest", lambda seconds: rests.append((take.call_count, seconds))),
        ):
            self.core.run()
        self.assertEqual(rests, [(2, PACE_SECONDS), (4, PACE_SECONDS)])

    def test_it_does_not_rest_while_a_command_is_done_in_parts(self) -> None:
        self.enter("ann")
        ann = self.links["ann"]
        line = Received(ann, [MessageBurst("#c", "hello")])
        end = [Shutdown("Bye"), Disconnected(ann, "Connection closed")]

        def in_parts(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.run_in_parts(iter([TURN_STEPS] * 3))

        with (
            temporary_command(in_parts),
            patch.object(
                self.core, "_take", side_effect=[[line], [Received(ann, [Message("FOO")])], [line], [], end]
            ),
            patch.object(self.core.inbox, "rest", side_effect=AssertionError),
        ):
            self.core.run()


class PeriodicTasks(ServerTest):
    def test_a_task_runs_once_in_each_interval(self) -> None:
        times: list[float] = []
        self.core.run_every(2.0, lambda world, session, out: times.append(out.clock))
        self.pass_time(7)
        self.assertEqual(times, [2.0, 4.0, 6.0])

    def test_a_task_is_skipped_while_its_previous_run_waits_for_a_job(self) -> None:
        rounds: list[float] = []

        def task(world: World, session: Session, out: Outbox) -> None:
            rounds.append(out.clock)
            out.run_job(lambda reader: None, lambda world, me, result, out: None)

        self.core.run_every(1.0, task)
        with self.jobs_under_way():
            self.pass_time(3)
        self.assertEqual(rounds, [1.0])
        self.pass_time(1)
        self.assertEqual(rounds, [1.0, 4.0])

    def test_a_task_with_a_bug_runs_again(self) -> None:
        rounds: list[float] = []

        def task(world: World, session: Session, out: Outbox) -> None:
            rounds.append(out.clock)
            raise ZeroDivisionError

        self.core.run_every(1.0, task)
        with self.assertLogs("chatapp.server.core", logging.ERROR):
            self.pass_time(2)
        self.assertEqual(rounds, [1.0, 2.0])


class LogOfConnections(FileTest):
    def lines(self, level: int) -> list[str]:
        """Return what the log gets while a chat, a file and a silent client connect."""
        with self.assertLogs("chatapp.server.core", level) as logs:
            self.enter("ann")
            self.say("ann", "PING x", "PING y")
            self.connect("web", address="192.0.2.8")
            self.ask_for_file("web", FileRequest("download", "x", token="a token"))
            self.hang_up("web")
            self.connect("silent", address="192.0.2.9")
            self.hang_up("silent")
        return logs.output

    def test_a_chat_is_logged_with_its_first_line_and_a_silent_client_at_its_end(self) -> None:
        lines = self.lines(logging.INFO)
        self.assertEqual(sum("Connected with" in line for line in lines), 1)
        self.assertEqual(sum("has sent no line" in line for line in lines), 1)

    def test_requests_about_files_are_logged_for_developers_only_and_without_tokens(self) -> None:
        self.assertNotIn("download", str(self.lines(logging.INFO)))
        lines = self.lines(logging.DEBUG)
        self.assertEqual(sum("download" in line for line in lines), 1)
        self.assertNotIn("token", str(lines))


class Shutdowns(ServerTest):
    def test_a_shutdown_sends_an_error_to_every_session(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.turn(Shutdown("The server is shutting down"))
        self.assertEqual(self.got("ann")[-1], "ERROR :The server is shutting down")
        self.assertTrue(self.links["bob"].is_closed)


class BugInATurn(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "cat", channel="#c")

    def test_a_bug_in_a_turn_sends_an_error_to_all_and_stops_the_server(self) -> None:
        with (
            patch.object(self.world.ids, "advance", side_effect=ZeroDivisionError("a bug")),
            self.assertLogs("chatapp.server.core", logging.ERROR) as logs,
        ):
            self.say("ann", "PING x")
        self.assertIn("a bug in the core: the server ends", logs.output[0])
        self.assertEqual(self.core.failure, "The server ends because of a bug (ZeroDivisionError: a bug).")
        for name in ("ann", "bob", "cat"):
            self.assertGot(name, "ERROR :The server has ended because of a bug")
        self.core.run()  # no session is left, so it returns
