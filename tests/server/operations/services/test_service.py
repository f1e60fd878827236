"""What the commands of services share: a request, its account, its replies."""

from __future__ import annotations

import unittest
from collections.abc import Callable

from chatapp.protocol.message import Message
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.services.service import ServiceError, ServiceRequest, date_text
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import temporary_command
from tests.server.operations.services.base import ServicesTest


class Requests(ServicesTest):
    def handle(self, name: str, handler: Callable[[ServiceRequest], None]) -> None:
        """Run a handler of a service for a user."""

        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            assert me.user
            handler(ServiceRequest(world, me, me.user, "NickServ", out))

        with temporary_command(foo):
            self.say(name, "FOO")

    def test_a_reply_is_a_notice_from_the_service_to_the_user(self) -> None:
        self.enter("ann")
        self.handle("ann", lambda request: request.reply("Two words"))
        self.assertGot("ann", ":NickServ NOTICE ann :Two words")

    def test_the_account_of_a_user_who_is_logged_in(self) -> None:
        self.enter_as("ann")
        self.handle("ann", lambda request: request.reply(request.account.name))
        self.assertEqual(self.got("ann")[-1], ":NickServ NOTICE ann :ann")

    def test_a_user_without_account_is_told_to_log_in(self) -> None:
        self.enter("bob")
        refused: list[str] = []

        def handler(request: ServiceRequest) -> None:
            with self.assertRaises(ServiceError) as caught:
                self.fail(request.account.name)
            refused.append(str(caught.exception))

        self.handle("bob", handler)
        self.assertEqual(refused, ["Log in first: IDENTIFY <account> <password>"])

    def test_a_request_continues_when_its_job_is_done(self) -> None:
        self.enter("ann")

        def handler(request: ServiceRequest) -> None:
            def done(world: World, me: Session, result: str, out: Outbox) -> None:
                request.with_outbox(out).reply(f"Done: {result}")

            request.out.run_job(lambda reader: "result", done)

        self.handle("ann", handler)
        self.assertGot("ann", ":NickServ NOTICE ann :Done: result")


class Dates(unittest.TestCase):
    def test_a_day_is_written_with_its_month(self) -> None:
        for milliseconds, text in {0: "01 January 1970", 1773316800000: "12 March 2026"}.items():
            self.assertEqual(date_text(milliseconds), text)
