"""The core calls only the functions that were given to it."""

from __future__ import annotations

import dataclasses
from typing import Any

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_NOPRIVS, ERR_UNKNOWNCOMMAND, NumericError
from chatapp.server.app import HOOKS
from chatapp.server.core.inbound import Item
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.file_transfers import FileRequest, HttpReply
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import ServerTest


def connected(world: World, me: Session, out: Outbox) -> None:
    out.reply_from_server("NOTICE", "*", f"Hello {me.link.address}")


def disconnected(world: World, me: Session, reason: str, out: Outbox) -> None:
    out.log_info(f"gone: {reason}")


def dispatch(out: Outbox, item: Item) -> None:
    assert isinstance(item, Message)
    if item.command == "SLOW":
        out.command = "SLOW"
        out.run_job(lambda reader: "result", finished)
    elif item.command == "ECHO":
        out.reply_from_server("ECHO", *item.params)
    else:
        raise NumericError(ERR_UNKNOWNCOMMAND, item.command)


def finished(world: World, me: Session, result: Any, out: Outbox) -> None:
    out.reply_from_server("DONE", result)


def check_role(out: Outbox) -> None:
    if out.me.nick == "demoted":
        raise NumericError(ERR_NOPRIVS, out.command)


def file_asked(world: World, me: Session, request: FileRequest, out: Outbox) -> None:
    raise ZeroDivisionError


class Hooks(ServerTest):
    HOOKS = dataclasses.replace(
        HOOKS,
        dispatch=dispatch,
        check_role=check_role,
        connected=connected,
        disconnected=disconnected,
        file_asked=file_asked,
    )

    def test_a_new_connection_is_announced(self) -> None:
        self.connect("ann", "192.0.2.9")
        self.assertGot("ann", "NOTICE * :Hello 192.0.2.9")

    def test_items_are_dispatched_and_errors_become_replies(self) -> None:
        self.connect("ann")
        self.forget()
        self.assertAnswer("ann", "ECHO one", "ECHO one")
        self.assertAnswer("ann", "NICK ann", "421 * NICK :Unknown command")

    def test_the_role_is_checked_again_when_a_job_is_done(self) -> None:
        self.connect("ann")
        self.forget()
        self.assertAnswer("ann", "SLOW", "DONE result")
        [session] = self.world.unregistered
        with self.jobs_under_way():
            self.say("ann", "SLOW")
            session.nick = "demoted"
        self.assertEqual(self.codes("ann"), ["723"])

    def test_the_end_of_a_connection_is_announced_with_its_reason(self) -> None:
        self.connect("ann")
        with self.assertLogs("chatapp.server.core", "INFO") as logged:
            self.hang_up("ann", "Reset by peer")
        self.assertIn("gone: Reset by peer", "\n".join(logged.output))

    def test_a_bug_in_a_request_about_a_file_is_answered_with_an_internal_error(self) -> None:
        self.connect("ann")
        self.forget()
        with self.assertLogs("chatapp.server.core", "ERROR"):
            answer = self.ask_for_file("ann", FileRequest("download", "unknown"))
        assert isinstance(answer, HttpReply)
        self.assertEqual(answer.status, 500)
        self.assertEqual(self.text("ann"), "")
