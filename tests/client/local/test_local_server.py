"""The server that this program started: who becomes its owner, and what is shown when it ends."""

from __future__ import annotations

from typing import Any
from unittest import mock

from chatapp.client.local.local_server_record import LOOPBACK
from chatapp.client.local.server_process import ServerStarted
from chatapp.client.login import Login
from chatapp.protocol.invite_links import Invite
from tests.client.base import ClientTest


class EndedByItself(ClientTest):
    """A server that was started here has ended: its output says more than that nothing answers."""

    def test_its_last_output_is_shown(self) -> None:
        with mock.patch("chatapp.client.local.local_server.ServerProcess") as launcher:
            launcher.return_value.last_output = ""
            self.client.start_server(Login("", 5000, "ana"))
            item = ServerStarted(launcher.return_value, LOOPBACK, 5000, was_started=True)
            launcher.call_args.args[0].put(item)
            self.client.poll(None)
            self.link_up()
            self.welcome("")
            launcher.return_value.last_output = "The disk is full."
            self.lose_connection()
        words = "The server on this computer has stopped: The disk is full."
        self.assertEqual(words, self.client.network.problem)

    def test_of_another_server_nothing_is_known(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.link_up()
        self.welcome("")
        self.lose_connection()
        self.assertNotIn("this computer", self.client.network.problem)


class TakingCharge(ClientTest):
    """The user who starts a server is its owner, each time."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch("chatapp.client.local.local_server.ServerProcess")
        self.launcher = patch.start()
        self.addCleanup(patch.stop)

    def start(self, nick: str = "ana", **launched: Any) -> None:
        """Start a server; the link to it is connected."""
        self.client.start_server(Login("", 5000, nick))
        inbox = self.launcher.call_args.args[0]
        item = ServerStarted(self.launcher.return_value, LOOPBACK, 5000, **launched)
        inbox.put(item)
        self.client.poll(None)
        self.link_up()
        self.sent()

    def shown(self) -> str:
        """The text of the server's conversation."""
        told = self.client.network.server()
        assert told is not None
        return " ".join(entry.text for entry in told.entries)

    def test_the_first_start_makes_us_the_owner_and_shows_the_password_once(self) -> None:
        self.start(was_started=True, owner_password="abcd-efgh", is_first_start=True)
        self.welcome("")
        self.assertIn("OPER owner abcd-efgh", self.sent())
        self.assertIn("The owner's password is abcd-efgh.", self.shown())
        self.assertEqual(1, self.client.network.conversations[""].unread)

    def test_also_after_a_lost_connection(self) -> None:
        self.start(was_started=True, owner_password="abcd-efgh", is_first_start=True)
        self.welcome("")
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.welcome("")
        self.assertIn("OPER owner abcd-efgh", self.sent())
        self.assertEqual(1, self.shown().count("abcd-efgh."))

    def test_also_when_the_first_name_was_refused(self) -> None:
        self.start(was_started=True, owner_password="abcd-efgh", is_first_start=True)
        self.receive(":srv 433 * ana :Nickname is already in use")
        self.client.start_server(Login("", 5000, "dee"))
        self.assertEqual(1, self.launcher.call_count, "the server that runs is used again")
        self.client.poll(None)
        self.link_up()
        self.sent()
        self.welcome("", nick="dee")
        self.assertIn("OPER owner abcd-efgh", self.sent())
        self.assertIn("abcd-efgh.", self.shown())

    def test_also_at_a_later_start_and_then_in_silence(self) -> None:
        self.start(was_started=True, owner_password="abcd-efgh")
        self.welcome("")
        self.assertIn("OPER owner abcd-efgh", self.sent())
        self.assertNotIn("abcd", self.shown())

    def test_not_at_a_server_of_somebody_else(self) -> None:
        self.start(was_started=False)
        self.welcome("")
        self.assertNotIn("OPER", " ".join(self.sent()))

    def test_not_at_another_server(self) -> None:
        self.start(was_started=True, owner_password="abcd-efgh")
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.link_up()
        self.welcome("")
        self.assertNotIn("OPER", " ".join(self.sent()))

    def test_a_server_that_an_earlier_window_let_run_can_be_stopped(self) -> None:
        link = Invite("192.0.2.7", 5000)
        self.launcher.return_value.is_running = False
        self.start(was_started=False, link=link, owner_password="abcd-efgh")
        self.welcome("")
        self.assertFalse(self.client.is_server_running)
        self.receive(":ana MODE ana +o")
        self.assertTrue(self.client.is_server_running)
        self.sent()
        self.client.close(keep_server=False)
        self.assertEqual(["DIE", "QUIT"], self.sent())

    def test_or_be_left_running_once_more(self) -> None:
        self.launcher.return_value.is_running = False
        self.start(was_started=False, link=Invite("192.0.2.7", 5000), owner_password="abcd-efgh")
        self.welcome("")
        self.receive(":ana MODE ana +o")
        self.sent()
        self.client.close(keep_server=True)
        self.assertEqual(["QUIT"], self.sent())
