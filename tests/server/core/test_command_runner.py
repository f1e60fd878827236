"""The command runner: the order of items, waiting for jobs, errors and bugs."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, NumericError
from chatapp.server.core import outbox
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from chatapp.server.storage.reader import Reader
from tests.server.base import ServerTest, temporary_command


class Order(ServerTest):
    def test_ping_is_answered_before_registration(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "PING x", "PONG chatapp.local x")

    def test_replies_keep_the_order_of_the_commands(self) -> None:
        self.enter("ann")
        self.say("ann", "PING 1", "FOO", "PING 2")
        self.assertGot("ann", "PONG chatapp.local 1", "421 ann FOO :Unknown command", "PONG chatapp.local 2")

    def test_other_commands_wait_for_registration(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "JOIN #c", "451 * :You have not registered")
        self.assertEqual(self.codes("ann"), [])
        self.say("ann", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.assertEqual(self.codes("ann"), ["451", "451"])

    def test_too_few_parameters(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "JOIN", "461 ann JOIN :Not enough parameters")

    def test_an_invalid_line_is_answered_with_its_error(self) -> None:
        self.enter("ann")
        self.send("ann", *read([TooLong()]))
        self.assertGot("ann", "417 ann :Input line was too long")


class Jobs(ServerTest):
    def test_later_commands_wait_until_the_answer_is_sent(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.run_job(
                lambda reader: "done",
                lambda world, me, text, out: out.reply_from_server("NOTICE", "ann", text),
            )

        self.enter("ann")
        with temporary_command(foo):
            self.say("ann", "PING 1", "FOO", "PING 2", "FOO", "PING 3")
        self.assertEqual(self.codes("ann"), ["PONG", "NOTICE", "PONG", "NOTICE", "PONG"])
        self.assertFalse(self.links["ann"].is_closed)

    def test_the_reader_resumes_only_when_every_item_is_done(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.run_job(lambda reader: None, lambda world, me, result, out: None)

        self.enter("ann")
        before = self.links["ann"].resumed
        with temporary_command(foo):
            self.core.turn([Received(self.links["ann"], [Message("FOO"), Message("PING", ("x",))])])
            self.assertEqual(self.links["ann"].resumed, before)
            self.turn()
        self.assertEqual(self.links["ann"].resumed, before + 1)

    def test_a_job_of_the_server_does_not_resume_the_reader(self) -> None:
        """It would deliver a second batch while the first one waits."""
        self.enter("ann")
        ann = next(iter(self.world.users["ann"].sessions))
        before = self.links["ann"].resumed
        self.core._runner.run_task(
            lambda world, me, out: out.run_job(lambda reader: None, lambda world, me, result, out: None), ann
        )
        self.turn()
        self.assertFalse(ann.is_waiting)
        self.assertEqual(self.links["ann"].resumed, before)

    def test_the_result_for_a_session_that_left_is_dropped(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.run_job(
                lambda reader: None,
                lambda world, me, result, out: out.reply_from_server("NOTICE", "ann", "late"),
            )

        self.enter("ann", "bob", channel="#c")
        with temporary_command(foo):
            self.core.turn([Received(self.links["ann"], [Message("FOO")])])
            self.hang_up("ann")
        self.assertEqual(self.codes("bob")[-1], "QUIT")
        self.assertEqual(self.codes("ann"), [])

    def test_a_job_can_refuse_the_command(self) -> None:
        def work(reader: Reader) -> None:
            raise NumericError(ERR_INPUTTOOLONG)

        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.run_job(work, lambda world, me, result, out: None)

        self.enter("ann")
        with temporary_command(foo):
            self.assertAnswer("ann", "FOO", "417 ann :Input line was too long")


class Unreadable(ServerTest):
    def test_a_command_that_cannot_read_the_database_gets_an_error(self) -> None:
        self.enter("ann", channel="#c", caps="draft/chathistory batch")
        locked = sqlite3.OperationalError("disk I/O error")
        damaged = sqlite3.DatabaseError("database disk image is malformed")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_INDEX
        for error in (locked, damaged):
            with (
                self.subTest(error),
                patch.object(self.reader, "rows", side_effect=error),
                self.assertLogs("chatapp.server.core", "WARNING") as logs,
            ):
                expected = "400 ann :The server cannot read its database now. Try again later."
                self.assertAnswer("ann", "CHATHISTORY LATEST #c * 5", expected)
            logged = [record.getMessage() for record in logs.records]
            self.assertEqual(logged, [f"The database cannot be read: {error}"])

    def test_the_server_stops_when_the_file_is_overwritten(self) -> None:
        self.enter("ann", channel="#c", caps="draft/chathistory batch")
        overwritten = sqlite3.DatabaseError("file is not a database")
        overwritten.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        with patch.object(self.reader, "rows", side_effect=overwritten):
            self.say("ann", "CHATHISTORY LATEST #c * 5")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.assertIn(
            "is damaged: file is not a database. The server ends. Replace it by a copy", self.core.failure
        )
        self.core.run()


class Bugs(ServerTest):
    @contextmanager
    def a_bug(self) -> Iterator[None]:
        """Run a command that fails after it has sent something, and check that the failure is logged."""

        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.send(world.neighbours(world.user("ann")), Message("NOTICE", ("all", "half")))
            raise ZeroDivisionError

        with temporary_command(foo), self.assertLogs("chatapp.server.core", logging.ERROR) as logs:
            yield
        self.assertIn("ZeroDivisionError", "\n".join(logs.output))

    def test_a_bug_is_logged_and_answered_with_400_and_the_effects_are_dropped(self) -> None:
        self.enter("ann", "bob", channel="#c")
        with self.a_bug():
            self.say("ann", "FOO")
        self.assertGot("ann", "400 ann :Internal error. Details are in the server's log.")
        self.assertGot("bob")
        self.assertAnswer("ann", "PING x", "PONG chatapp.local x")

    def test_a_bug_in_the_labels_leaves_the_reply_without_one(self) -> None:
        self.enter("ann", caps="labeled-response")
        with (
            patch.object(outbox, "labelled", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core", logging.ERROR),
        ):
            self.say("ann", "@label=x PING y")
        self.assertGot("ann", "PONG chatapp.local y")
