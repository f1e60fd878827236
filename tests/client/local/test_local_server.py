"""The server that this client started: its user becomes the owner, and its last output is shown."""

from __future__ import annotations

from typing import Any
from unittest import mock

from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.server_process import ServerStarted
from chatapp.client.login import Login
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.invite_links import Invite
from tests.client.base import ClientTest


class EndedByItself(ClientTest):
    """A server that was started here has ended: its output says more than a refused connection."""

    def test_its_end_reason_is_shown(self) -> None:
        with mock.patch("chatapp.client.local.local_server.ServerProcess") as launcher:
            launcher.return_value.end_reason = ""
            self.client.start_server(Login("", 5000, "ana"))
            item = ServerStarted(launcher.return_value, LOCALHOST, 5000, was_started=True)
            launcher.call_args.args[0].put(item)
            self.client.poll(None)
            self.link_up()
            self.welcome("")
            launcher.return_value.end_reason = "The disk is full."
            self.lose_connection()
        expected = "The server on this computer has stopped: The disk is full."
        self.assertEqual(expected, self.client.network.problem)

    def test_for_another_server_there_is_no_output(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.link_up()
        self.welcome("")
        self.lose_connection()
        self.assertNotIn("this computer", self.client.network.problem)


class Ownership(ClientTest):
    """The user who starts a server is its owner, each time."""

    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch("chatapp.client.local.local_server.ServerProcess")
        self.launcher = patch.start()
        self.addCleanup(patch.stop)

    def start(self, nick: str = "ana", **launched: Any) -> None:
        """Start a server and establish the link to it."""
        self.client.start_server(Login("", 5000, nick))
        inbox = self.launcher.call_args.args[0]
        item = ServerStarted(self.launcher.return_value, LOCALHOST, 5000, **launched)
        inbox.put(item)
        self.client.poll(None)
        self.link_up()
        self.sent()

    def shown(self) -> str:
        """Return the text of the server's conversation."""
        conversation = self.client.network.server()
        assert conversation is not None
        return " ".join(entry.text for entry in conversation.entries)

    def test_at_the_first_start_the_user_becomes_owner_and_nothing_is_shown(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.welcome("")
        self.assertIn("OPER owner-key abcd-efgh", self.sent())
        self.assertNotIn("abcd", self.shown())

    def test_after_a_lost_connection_the_user_becomes_owner(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.welcome("")
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.sent()
        self.welcome("")
        self.assertIn("OPER owner-key abcd-efgh", self.sent())

    def test_after_a_refused_name_the_user_becomes_owner(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.receive(":srv 433 * ana :Nickname is already in use")
        self.client.start_server(Login("", 5000, "dee"))
        self.assertEqual(1, self.launcher.call_count, "the server that runs is used again")
        self.client.poll(None)
        self.link_up()
        self.sent()
        self.welcome("", nick="dee")
        self.assertIn("OPER owner-key abcd-efgh", self.sent())

    def test_a_refused_key_is_not_shown(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.welcome("")
        before = self.shown()
        self.receive(":srv FAIL OPER BAD :Wrong")
        self.assertEqual(before, self.shown())

    def test_a_start_with_other_choices_replaces_a_server_that_nobody_has_used(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.receive(":srv 433 * ana :Nickname is already in use")
        self.client.start_chat(Login("", 5000, "dee"), "Room 12", lan=True, keep_running=False)
        self.assertEqual(2, self.launcher.call_count)
        self.launcher.return_value.stop.assert_called_once()

    def test_a_server_in_use_is_not_replaced(self) -> None:
        self.start(was_started=True, owner_key="abcd-efgh")
        self.welcome("")
        self.client.start_chat(Login("", 5000, "dee"), "Room 12", lan=True, keep_running=False)
        self.assertEqual(1, self.launcher.call_count)

    def test_the_connection_accepts_only_the_certificate_of_the_server(self) -> None:
        self.start(was_started=True, link=Invite("192.0.2.7", 5000, pin="ab" * 32), owner_key="abcd-efgh")
        self.assertEqual("ab" * 32, self.link.target.pin)

    def test_whether_it_keeps_running_belongs_to_the_network_and_is_saved(self) -> None:
        self.client.start_chat(Login("", 5000, "ana"), "Room 12", lan=False, keep_running=True)
        self.assertTrue(self.client.keeps_server_running)
        self.client.keeps_server_running = False
        self.assertFalse(self.client.keeps_server_running)

    def test_a_later_start_keeps_it_running_as_it_was(self) -> None:
        key = "127.0.0.1:5000"
        saved = SavedServer(key, Login(LOCALHOST, 5000, "ana"), "Tea Club", is_local=True, keeps_running=True)
        self.client.start_server(Login("", 5000, "ana"), saved=saved)
        self.assertEqual("Tea Club", self.client.network.name)
        self.launcher.call_args.args[0].put(
            ServerStarted(self.launcher.return_value, LOCALHOST, 5000, was_started=True)
        )
        self.client.poll(None)
        self.link_up()
        self.welcome("")
        self.assertTrue(self.client.keeps_server_running)
        self.assertEqual(["127.0.0.1:5000"], [each.key for each in self.client.servers()])

    def test_a_second_login_waits_for_the_server_that_is_being_started(self) -> None:
        saved = [
            SavedServer(f"{nick}@127.0.0.1:5000", Login(LOCALHOST, 5000, nick), is_local=True)
            for nick in ("ana", "ben")
        ]
        first, second = self.client.network, self.client.add_network(in_background=True)
        self.client.resume(saved[0], first)
        self.client.resume(saved[1], second)
        self.assertEqual(1, self.launcher.call_count)
        self.assertEqual(("connecting", "connecting"), (first.state, second.state))

    def test_the_choices_reach_the_server(self) -> None:
        self.client.start_chat(Login("", 5000, "ana"), "Room 12", lan=True, keep_running=False)
        start = self.launcher.call_args.args[1]
        self.assertEqual(["--name=Room 12", "--sharing=on"], start.arguments)

    def test_on_a_server_of_another_user_it_does_not(self) -> None:
        self.start(was_started=False)
        self.welcome("")
        self.assertNotIn("OPER", " ".join(self.sent()))

    def test_on_another_server_it_does_not(self) -> None:
        self.start(was_started=True, link=Invite("192.0.2.7", 5000), owner_key="abcd-efgh")
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.link_up()
        self.welcome("")
        self.assertNotIn("OPER", " ".join(self.sent()))

    def test_a_server_left_running_by_an_earlier_window_can_be_stopped(self) -> None:
        link = Invite("192.0.2.7", 5000)
        self.launcher.return_value.is_running = False
        self.start(was_started=False, link=link, owner_key="abcd-efgh")
        self.welcome("")
        self.assertFalse(self.client.is_server_running)
        self.receive(":ana MODE ana +o")
        self.assertTrue(self.client.is_server_running)
        self.sent()
        self.client.close(keep_server=False)
        self.assertEqual(["DIE", "QUIT"], self.sent())

    def test_a_server_left_running_can_be_left_running_again(self) -> None:
        self.launcher.return_value.is_running = False
        self.start(was_started=False, link=Invite("192.0.2.7", 5000), owner_key="abcd-efgh")
        self.welcome("")
        self.receive(":ana MODE ana +o")
        self.sent()
        self.client.close(keep_server=True)
        self.assertEqual(["QUIT"], self.sent())
