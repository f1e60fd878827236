"""The end of a turn: lines that cannot be rendered, connections that fail, connections that are closed."""

from __future__ import annotations

import logging
from typing import cast
from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import RPL_AWAY
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Connected, JobFinished, Received
from chatapp.server.core.line_delivery import CLOSE_SECONDS
from chatapp.server.core.liveness import PLAIN_SECONDS
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import FakeLink, ServerTest, temporary_command


class BugsAtTheEnd(ServerTest):
    """A bug after the command affects only the line or connection in which it occurs."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "cat", channel="#c", caps="labeled-response")

    def test_a_line_that_cannot_be_rendered_is_replaced_by_an_error(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.reply(RPL_AWAY, "bob", "away")
            out.reply_with(Message("NOTICE", ("ann", cast(str, 5))))

        with temporary_command(foo), self.assertLogs("chatapp.server.core.render", logging.ERROR):
            self.core.turn(
                [
                    Received(self.links["ann"], read([b"FOO"])),
                    Received(self.links["bob"], read([b"PRIVMSG #c :hello"])),
                ]
            )
        self.assertGot(
            "ann",
            "301 ann bob away",
            ":bob PRIVMSG #c :hello",
            "400 ann :Internal error. Details are in the server's log.",
        )
        self.assertGot("cat", ":bob PRIVMSG #c :hello")

    def test_a_line_that_fails_for_one_group_is_sent_to_none(self) -> None:
        self.enter("dan", channel="#c", caps="message-tags")
        self.forget()
        bad = Message("NOTICE", ("#c", "x"), "ann", {"+x": cast(str, 5)})  # it can only be rendered with tags
        with self.assertLogs("chatapp.server.core.render", logging.ERROR):
            self.act("ann", lambda out: out.send(self.channel("#c").audience, bad))
        for name in ("ann", "bob", "cat", "dan"):
            self.assertGot(name)

    def test_a_connection_that_fails_during_a_write_is_aborted(self) -> None:
        with (
            patch.object(self.links["bob"], "flush", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core", logging.ERROR),
        ):
            self.say("ann", "PRIVMSG #c :hello")
        self.assertTrue(self.links["bob"].is_aborted)
        self.assertGot("cat", ":ann PRIVMSG #c :hello")

    def test_a_connection_that_fails_during_a_close_is_aborted_later(self) -> None:
        with (
            patch.object(self.links["bob"], "close", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core", logging.ERROR),
        ):
            self.say("bob", "QUIT")
        self.assertGot("cat", ":bob QUIT :Quit")
        self.pass_time(3)
        self.assertTrue(self.links["bob"].is_aborted)


class Closing(ServerTest):
    def test_a_connection_that_the_peer_does_not_close_is_aborted(self) -> None:
        self.enter("ann")
        link = self.links["ann"]
        self.core.turn([Received(link, [Message("QUIT")])])
        self.assertTrue(link.is_closed)
        self._passed += 3
        self.core.turn([])
        self.assertTrue(link.is_aborted)
        self.assertFalse(link.is_disposed)
        self.hang_up("ann")
        self.assertTrue(link.is_disposed)

    def test_a_silent_peer_gets_time_to_begin_a_tls_handshake(self) -> None:
        link = self.links["ann"] = FakeLink("192.0.2.7", 1)
        with patch.object(link, "start_without_tls") as start_without_tls:
            self.core.turn([Connected(link, "Too many connections")])
            self.assertTrue(link.is_closed)
            self._passed += PLAIN_SECONDS - 0.1
            self.core.turn([])
            start_without_tls.assert_not_called()
            self._passed += 0.2
            self.core.turn([])
            start_without_tls.assert_called_once_with()
        self.assertFalse(link.is_aborted)
        self._passed += CLOSE_SECONDS
        self.core.turn([])
        self.assertTrue(link.is_aborted)


class AfterTheLines(ServerTest):
    def test_jobs_start_and_readers_resume_after_the_lines_are_sent(self) -> None:
        self.enter("ann", "bob", channel="#c")
        order: list[str] = []

        def act(out: Outbox) -> None:
            out.reply_from_server("PONG", "x")
            out.run_follow_up_job(lambda reader: None, lambda world, me, result, out: None)

        def add_job(out: Outbox, job: Job) -> None:
            order.append("job")

        def flush() -> int:
            order.append("flush")
            return 0

        with (
            patch.object(self.links["ann"], "flush", side_effect=flush),
            patch.object(self.links["bob"], "resume", side_effect=lambda: order.append("resume")),
            patch.object(self.core._delivery, "_add_job", add_job),
        ):
            out = Outbox(self.world, self.user("ann").sessions[0], None, 0, 0.0)
            finished = JobFinished(out, lambda world, me, result, out: act(out), None, None)
            self.core.turn([finished, Received(self.links["bob"], [])])
        self.assertEqual(order, ["flush", "job", "resume"])
