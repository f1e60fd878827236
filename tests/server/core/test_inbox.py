"""Each kind of arrival, and what the core does with it."""

from __future__ import annotations

from typing import get_args

from chatapp.protocol.message import Message
from chatapp.server.core import inbox
from chatapp.server.core.inbox import (
    Arrival,
    Connected,
    DatabaseLost,
    FileAsked,
    RawReply,
    Received,
    Rejected,
    RunTask,
    Shutdown,
    UploadEnded,
    Writable,
)
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.file_transfers import FileRequest, UploadPermit
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import FakeLink, ServerTest


class Arrivals(ServerTest):
    def link_of(self, name: str) -> FakeLink:
        """Return a link that is not connected yet."""
        link = self.links[name] = FakeLink("192.0.2.7", 1)
        return link

    def test_the_union_names_every_class_of_the_module(self) -> None:
        kinds = {
            value
            for value in vars(inbox).values()
            if isinstance(value, type) and value.__module__ == inbox.__name__
        }
        self.assertEqual(set(get_args(Arrival)), kinds)

    def test_connected_makes_a_session_that_is_not_registered(self) -> None:
        link = self.link_of("ann")
        self.core.turn([Connected(link)])
        self.assertEqual([session.link for session in self.world.unregistered], [link])

    def test_connected_creates_an_unregistered_session(self) -> None:
        link = self.link_of("ann")
        self.core.turn([Connected(link, "Too many connections")])
        self.assertGot("ann", "ERROR :Too many connections")
        self.assertTrue(link.is_closed)
        self.assertEqual(self.world.unregistered, set())

    def test_received_executes_the_items_and_resumes_the_reader(self) -> None:
        link = self.connect("ann")
        before = link.resumed
        self.core.turn([Received(link, [Message("PING", ("x",))])])
        self.assertGot("ann", "PONG chatapp.local x")
        self.assertEqual(link.resumed, before + 1)

    def test_received_without_an_item_resumes_the_reader_too(self) -> None:
        link = self.connect("ann")
        before = link.resumed
        self.core.turn([Received(link, [])])
        self.assertEqual(link.resumed, before + 1)

    def test_disconnected_ends_the_session_and_disposes_of_the_link(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.hang_up("ann", "Connection reset")
        self.assertTrue(self.links["ann"].is_disposed)
        self.assertGot("bob", ":ann QUIT :Connection reset")

    def test_rejected_sends_the_reason_and_closes(self) -> None:
        link = self.connect("ann")
        self.core.turn([Rejected(link, "This server requires TLS")])
        self.assertGot("ann", "ERROR :This server requires TLS")
        self.assertTrue(link.is_closed)

    def test_raw_replies_are_sent_as_they_are_and_the_last_one_closes(self) -> None:
        link = self.connect("ann")
        self.core.turn([RawReply(link, b"HTTP/1.1 100 Continue\r\n\r\n", None, False)])
        self.assertEqual(self.text("ann"), "HTTP/1.1 100 Continue\r\n\r\n")
        self.assertFalse(link.is_closed)
        self.core.turn([RawReply(link, b"bye", None, True)])
        self.assertEqual(self.text("ann"), "bye")
        self.assertTrue(link.is_closed)

    def test_a_raw_reply_for_a_closed_session_is_not_sent(self) -> None:
        link = self.connect("ann")
        self.core.turn([Rejected(link, "No"), RawReply(link, b"late", None, False)])
        self.assertGot("ann", "ERROR :No")

    def test_a_request_about_a_file_is_answered_without_a_line(self) -> None:
        link = self.connect("ann")
        self.core.turn([FileAsked(link, FileRequest("download", "unknown"))])
        self.assertEqual([getattr(answer, "status", None) for answer in link.answers], [404])
        self.assertEqual(self.text("ann"), "")

    def test_a_connection_used_for_a_file_gets_no_lines_and_does_not_time_out(self) -> None:
        link = self.connect("ann")
        self.core.turn([FileAsked(link, FileRequest("download", "unknown"))])
        self.pass_time(self.world.config.limits.registration_seconds + 400)
        self.assertFalse(link.is_closed)
        self.turn(Shutdown("Maintenance"))
        self.assertTrue(link.is_closed)
        self.assertEqual(self.text("ann"), "")

    def test_the_end_of_an_upload_is_noted_for_a_session_that_is_closing_too(self) -> None:
        link = self.connect("ann")
        permit = UploadPermit("id", "name", "text/plain", 10)
        self.core.turn([FileAsked(link, FileRequest("download")), Shutdown("Maintenance")])
        self.core.turn([UploadEnded(link, permit, None)])
        self.assertEqual(len(link.answers), 2)

    def test_writable_sends_the_backlog(self) -> None:
        link = self.connect("ann")
        link.is_slow = True
        self.core.turn([Received(link, [Message("PING", ("x",))])])
        self.assertEqual(self.text("ann"), "")
        link.is_slow = False
        self.core.turn([Writable(link)])
        self.assertGot("ann", "PONG chatapp.local x")

    def test_a_task_runs_once_in_the_name_of_the_server(self) -> None:
        ran: list[Session] = []

        def task(world: World, session: Session, out: Outbox) -> None:
            ran.append(session)

        self.turn(RunTask(task))
        self.pass_time(5)
        self.assertEqual([session.user for session in ran], [None])

    def test_shutdown_closes_every_session_with_the_reason(self) -> None:
        self.enter("ann")
        self.connect("bob")
        self.turn(Shutdown("Maintenance"))
        self.assertGot("ann", "ERROR :Maintenance")
        self.assertGot("bob", "ERROR :Maintenance")
        self.core.run()  # no session is left, so it returns

    def test_a_lost_database_stops_the_server(self) -> None:
        self.enter("ann")
        self.turn(DatabaseLost("The database file is gone."))
        self.assertEqual(self.core.failure, "The database file is gone.")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.core.run()

    def test_a_turn_processes_its_arrivals_in_order(self) -> None:
        ann, bob = self.connect("ann"), self.connect("bob")
        nick = [Message("NICK", ("zoe",)), Message("USER", ("x", "0", "*", "x"))]
        self.core.turn([Received(bob, list(nick)), Received(ann, list(nick))])
        self.assertEqual(self.codes("bob")[0], "001")
        self.assertEqual(self.codes("ann"), ["433"])
