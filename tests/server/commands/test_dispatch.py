"""The checks that all commands share, their order, and the data that each command reads."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, NumericError
from chatapp.server.commands import COMMANDS
from chatapp.server.commands.dispatch import check_role, dispatch, reads_of
from chatapp.server.core import plain_text
from chatapp.server.core.inbound import InvalidLine, MessageBurst
from chatapp.server.core.outbox import Outbox
from tests.server.base import ServerTest


class Dispatch(ServerTest):
    def test_unregistered_sessions_get_451_before_any_other_error(self) -> None:
        self.connect("ann")
        for line in ("JOIN", "JOIN #c", "FOO", "KILL bob", "@batch=x PRIVMSG #c :hello"):
            with self.subTest(line):
                self.assertAnswer("ann", line, "451 * :You have not registered")

    def test_the_error_for_an_unknown_command_names_it_in_capitals(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "foo bar", "421 ann FOO :Unknown command")

    def test_every_command_refuses_too_few_parameters(self) -> None:
        self.enter("ann")
        self.make_operator("ann")
        for name, command in COMMANDS.items():
            if command.parameters:
                with self.subTest(name):
                    line = " ".join([name, *["x"] * (command.parameters - 1)])
                    self.assertAnswer("ann", line, f"461 ann {name} :Not enough parameters")

    def test_the_role_is_checked_before_the_parameters(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "KILL", "481 ann :Permission Denied- You're not an IRC operator")
        self.make_operator("ann", "moderator")
        self.assertAnswer("ann", "KILL", "461 ann KILL :Not enough parameters")
        self.assertEqual(self.answer("ann", "DIE")[0].split()[:3], ["723", "ann", "DIE"])

    def test_an_invalid_line_is_answered_with_its_error(self) -> None:
        self.enter("ann")
        self.send("ann", InvalidLine(NumericError(ERR_INPUTTOOLONG), {}))
        self.assertEqual(self.codes("ann"), ["417"])

    def test_a_burst_of_an_unregistered_session_is_refused_line_by_line(self) -> None:
        self.connect("ann")
        self.say("ann", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.assertEqual(self.codes("ann"), ["451", "451"])

    def test_a_line_of_a_batch_does_not_reach_its_command(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "@batch=1 JOIN #c", "FAIL BATCH MULTILINE_INVALID :No such batch is open")
        self.assertEqual(self.world.channels, {})

    def test_the_handler_gets_the_user_of_the_session(self) -> None:
        self.enter("ann")
        out = Outbox(self.world, self.user("ann").sessions[0], None, 0, 0.0)
        dispatch(out, Message("JOIN", ("#c",)))
        self.assertEqual(list(self.channel("#c").members), [self.user("ann")])


class Roles(ServerTest):
    def test_commands_without_a_role_are_not_checked(self) -> None:
        self.enter("ann")
        check_role(Outbox(self.world, self.user("ann").sessions[0], None, 0, 0.0))

    def test_a_role_is_checked_at_the_time_of_the_command(self) -> None:
        self.enter("ann")
        out = Outbox(self.world, self.user("ann").sessions[0], None, 0, 0.0)
        out.command = "DIE"
        for role, code in (("member", "481"), ("moderator", "723")):
            self.make_operator("ann", role)  # type: ignore[arg-type]
            with self.subTest(role), self.assertRaises(NumericError) as caught:
                check_role(out)
            self.assertEqual(caught.exception.numeric.code, code)
        self.make_operator("ann", "owner")
        check_role(out)


class WhatCommandsRead(ServerTest):
    def test_each_item_reads_what_its_command_reads(self) -> None:
        for item, reads in (
            (Message("PING", ("x",)), "stored"),
            (Message("WHO", ("x",)), "world"),
            (Message("JOIN", ("#c",)), ""),
            (Message("FOO"), "stored"),
            (Message("PING", ("x",), tags={"batch": "1"}), ""),
            (MessageBurst("#c", "hello"), ""),
            (InvalidLine(NumericError(ERR_INPUTTOOLONG), {}), "stored"),
            (plain_text.line("hello"), ""),
        ):
            with self.subTest(item):
                self.assertEqual(reads_of(item), reads)
