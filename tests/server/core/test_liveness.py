"""Sessions that do not register, do not answer or do not read are closed."""

from __future__ import annotations

from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.server.core.inbox import Connected, Received
from chatapp.server.state.file_transfers import FileRequest
from tests.server.base import FakeLink, ServerTest


class Life(ServerTest):
    CONFIG = "[limits]\nregistration_seconds = 30\nping_seconds = 90\ndrop_seconds = 150"

    def test_a_session_that_does_not_register_is_closed(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann")
        self.pass_time(31)
        self.assertTrue(self.links["ann"].is_closed)
        self.assertIn("Registration timed out", self.text("ann"))

    def wait(self, name: str, seconds: float) -> None:
        """Let a client log in, and let so much time pass until its password is hashed."""
        with patch.object(self, "_following", list):
            self.authenticate(name, "ann")
            self.pass_time(seconds)
            self.assertFalse(self.links[name].is_closed)
        self.turn()
        self.turn()

    def test_waiting_for_a_job_does_not_count_as_registration_time(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.pass_time(20)
        self.wait("ann", 100)
        self.pass_time(9)
        self.assertFalse(self.links["ann"].is_closed)
        self.pass_time(2)
        self.assertIn("Registration timed out", self.text("ann"))
        self.assertTrue(self.links["ann"].is_closed)

    def test_waiting_for_a_job_does_not_count_as_silence(self) -> None:
        self.make_account("ann")
        self.enter("bob")
        self.wait("bob", 200)
        self.assertEqual(self.user("bob").account, "ann")
        self.assertEqual([code for code in self.codes("bob") if code in ("PING", "ERROR")], [])
        self.pass_time(91)
        self.assertEqual(self.codes("bob"), ["PING"])

    def test_a_silent_session_gets_a_ping_and_its_pong_counts(self) -> None:
        self.enter("ann")
        self.pass_time(91)
        self.assertEqual(self.codes("ann"), ["PING"])
        self.say("ann", "PONG x")
        self.pass_time(89)
        self.assertEqual(self.codes("ann"), [])
        self.pass_time(2)
        self.assertEqual(self.codes("ann"), ["PING"])

    def test_an_incomplete_line_ends_the_silence(self) -> None:
        self.enter("ann")
        self.pass_time(80)
        self.turn(Received(self.links["ann"], []))
        self.pass_time(80)
        self.assertEqual(self.codes("ann"), [])

    def test_a_session_that_does_not_answer_is_closed(self) -> None:
        self.enter("bob", channel="#c")
        self.enter("ann", channel="#c")
        self.forget()
        for _ in range(3):
            self.pass_time(60)
            self.say("bob", "PONG x")
        self.assertTrue(self.links["ann"].is_closed)
        self.assertIn("QUIT :Ping timeout: 150 seconds", self.text("bob"))

    def test_a_session_that_does_not_read_is_closed_with_the_reason(self) -> None:
        self.enter("ann", "bob", "deaf", channel="#c")
        self.links["deaf"].is_slow = True
        for _ in range(30):
            self.say("ann", *[f"PRIVMSG #c :{'x' * 400}"] * 100)
        self.pass_time(1)
        self.assertIn("QUIT :SendQ exceeded", self.text("bob"))
        self.assertNotIn("deaf", self.world.users)

    def test_raw_replies_count_in_the_send_queue_too(self) -> None:
        self.enter("ann", "deaf", channel="#c")
        deaf = self.links["deaf"]
        deaf.is_slow = True
        deaf.put(bytes(self.world.config.limits.send_queue))
        self.core.turn([Received(deaf, [])])
        self.assertGot("ann")
        deaf.put(b"one more")
        self.core.turn([Received(deaf, [])])
        self.assertGot("ann", ":deaf QUIT :SendQ exceeded")

    def test_a_peer_that_sends_in_the_turn_of_its_connect_is_not_asked_for_a_name(self) -> None:
        link = self.links["eve"] = FakeLink("192.0.2.7", 1)
        self.core.turn([Connected(link), Received(link, [Message("NICK", ("eve",))])])
        self.pass_time(4)
        self.assertEqual(self.text("eve"), "")

    def test_a_transfer_does_not_count_as_unregistered(self) -> None:
        self.connect("page")
        self.ask_for_file("page", FileRequest("download", "unknown"))
        self.connect("visitor")
        self.assertEqual(self.world.count_unregistered(), 1)
        for name in ("page", "visitor"):
            self.hang_up(name)
        self.assertEqual((self.world.unregistered, self.world.transfers), (set(), set()))
