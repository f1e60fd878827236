"""The states of a connection: connecting, registering, online, waiting for a retry, offline."""

from __future__ import annotations

import unittest
from queue import SimpleQueue
from unittest import mock

from chatapp.client.incoming.events import Event
from chatapp.client.login import Login
from chatapp.client.model.changes import (
    ConnectFailed,
    StatusChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import NetworkState
from chatapp.client.session.connection import ReconnectingConnection, retry_delay
from chatapp.client.transport import link
from chatapp.client.transport.certificates import CertificateProblem, ServerTarget, TrustedCertificates
from chatapp.protocol.message import Message
from tests.client.base import NOON, ClientTest, FakeLink
from tests.errors import Quiet


class RetryDelay(unittest.TestCase):
    def test_the_delay_doubles_from_a_second_to_a_minute(self) -> None:
        delays = [retry_delay(retries, 0.0) for retries in range(8)]
        self.assertEqual([1, 2, 4, 8, 16, 32, 60, 60], delays)
        self.assertEqual(60.0, retry_delay(10_000, 0.0))

    def test_jitter_reduces_the_delay_by_up_to_a_half(self) -> None:
        self.assertEqual(0.5, retry_delay(0, 1.0))
        self.assertEqual(45.0, retry_delay(9, 0.5))


class Observer:
    """Stores what a connection reports."""

    def __init__(self) -> None:
        self.befores: list[NetworkState] = []
        self.events: list[Event] = []
        self.failures: list[ConnectFailed] = []

    def state_changed(self, before: NetworkState) -> None:
        self.befores.append(before)

    def received(self, event: Event) -> None:
        self.events.append(event)

    def gave_up(self, failed: ConnectFailed) -> None:
        self.failures.append(failed)


class Transitions(Quiet):
    """The connection alone, without a client and a model."""

    login = Login("chat.example", 5000, "ana")

    def setUp(self) -> None:
        super().setUp()
        self.now = 0.0
        self.links: list[FakeLink] = []
        self.observer = Observer()
        self.connection = ReconnectingConnection(
            SimpleQueue(), self.open, TrustedCertificates(), lambda: self.now, lambda: 0.0, self.observer,
            wall=lambda: self.now,
        )  # fmt: skip

    def open(self, target: ServerTarget, inbox: link.Inbox) -> FakeLink:
        self.links.append(FakeLink(target, inbox))
        return self.links[-1]

    def receive(self, *lines: str) -> None:
        self.connection.take(link.LinesReceived(self.links[-1], list(lines)))
        while self.connection.has_lines:
            self.connection.read()

    def go_online(self) -> None:
        self.connection.connect(self.login)
        self.connection.take(link.LinkConnected(self.links[-1]))
        self.receive(":srv 001 ana :Welcome")
        self.links[-1].lines.clear()

    def test_each_change_is_reported_once_with_the_state_before(self) -> None:
        self.go_online()
        self.connection.take(link.LinkLost(self.links[-1], "broken"))
        self.now += 1.0
        self.connection.tick()
        self.connection.disconnect()
        expected = ["offline", "connecting", "registering", "online", "waiting", "connecting"]
        self.assertEqual((expected, "offline"), (self.observer.befores, self.connection.state))

    def test_the_connection_is_online_before_the_welcome_is_reported(self) -> None:
        states = []
        with mock.patch.object(self.observer, "received", lambda event: states.append(self.connection.state)):
            self.go_online()
        self.assertEqual({"online"}, set(states))

    def test_only_an_online_connection_sends(self) -> None:
        hello = Message("PRIVMSG", ["#general", "hello"])
        self.connection.send(hello)
        self.connection.connect(self.login)
        self.connection.send(hello)
        self.connection.take(link.LinkConnected(self.links[-1]))
        self.connection.send(hello)
        self.assertNotIn(str(hello), self.links[-1].lines)
        self.receive(":srv 001 ana :Welcome")
        self.connection.send(hello)
        self.assertEqual(str(hello), self.links[-1].lines[-1])
        self.connection.take(link.LinkLost(self.links[-1], ""))
        self.connection.send(hello)
        self.assertEqual(1, self.links[-1].lines.count(str(hello)))

    def test_while_the_login_is_prepared_there_is_no_link(self) -> None:
        self.connection.prepare()
        self.assertEqual(("connecting", []), (self.connection.state, self.links))
        self.connection.disconnect()
        self.assertEqual("offline", self.connection.state)

    def test_a_first_failure_is_final_and_a_later_one_is_retried(self) -> None:
        self.connection.connect(self.login)
        self.connection.take(link.LinkFailed(self.links[-1], "refused", "nothing answers"))
        self.assertEqual(("offline", 1), (self.connection.state, len(self.observer.failures)))
        self.go_online()
        self.connection.take(link.LinkLost(self.links[-1], "broken"))
        self.assertEqual(("waiting", 1.0), (self.connection.state, self.connection.retry_seconds))
        self.assertEqual(1, len(self.observer.failures))

    def lose(self, *lines: str) -> None:
        """Go online, receive these lines, and lose the link."""
        self.go_online()
        self.receive(*lines)
        self.connection.take(link.LinkLost(self.links[-1], ""))

    def test_somebody_who_is_banned_returns_when_the_ban_ends(self) -> None:
        text = "You are banned from this server until 1970-01-01T01:00:00.000Z by ben: insults"
        self.lose(f":srv 465 ana :{text}", "ERROR :Banned: insults")
        self.assertEqual(("waiting", "banned", text), self.state())
        self.assertEqual(3601.0, self.connection.retry_seconds)

    def test_a_ban_without_an_end_is_tried_again_rarely(self) -> None:
        self.lose(":srv 465 ana :You are banned from this server for ever by ben: insults")
        self.assertEqual(60.0, self.connection.retry_seconds)

    def test_a_ban_of_other_servers_is_told_with_its_reason(self) -> None:
        for lines, state in (
            (
                [":srv 465 ana :You're banned!", "ERROR :Closing link: (ana@h) [G-lined: Being rude]"],
                ("waiting", "banned", "You are banned from this server: Being rude"),
            ),
            (
                ['ERROR :K-Line by "ben": "Spam"'],
                ("waiting", "banned", "You are banned from this server: Spam"),
            ),
        ):
            with self.subTest(lines):
                self.lose(*lines)
                self.assertEqual(state, self.state())

    def test_a_server_that_was_stopped_on_purpose_is_told_from_a_lost_connection(self) -> None:
        self.lose("ERROR :The server is shutting down")
        self.assertEqual(("waiting", "stopped"), self.state()[:2])
        self.lose()
        self.assertEqual(("waiting", "closed"), self.state()[:2])
        self.go_online()
        self.assertEqual(("online", None, ""), self.state())

    def state(self) -> tuple[str, str | None, str]:
        return self.connection.state, self.connection.failure, self.connection.problem

    def test_a_lost_link_takes_its_lines_with_it(self) -> None:
        self.go_online()
        self.connection.take(link.LinesReceived(self.links[-1], ["PING :late"]))
        self.connection.disconnect()
        self.assertFalse(self.connection.has_lines)

    def test_items_of_an_earlier_link_are_ignored(self) -> None:
        self.go_online()
        self.go_online()
        self.connection.take(link.LinkLost(self.links[0], "broken"))
        self.assertEqual("online", self.connection.state)

    def test_the_account_stays_when_the_nick_of_a_login_with_a_password_changes(self) -> None:
        for password, account in (("", ""), ("secret", "ana")):
            with self.subTest(password):
                self.connection.login = Login("h", 1, "ana", password)
                self.connection.use_nick("anna")
                self.assertEqual(
                    ("anna", account), (self.connection.login.nick, self.connection.login.account)
                )

    def test_a_renamed_channel_of_the_login_is_joined_under_its_new_name(self) -> None:
        self.connection.login = Login("h", 1, "ana", channels=("#Old", "#other"))
        self.connection.rename_channel("#old", "#new")
        self.assertEqual(("#new", "#other"), self.connection.login.channels)


class FirstConnection(ClientTest):
    def test_it_goes_from_offline_over_connecting_and_registering_to_online(self) -> None:
        network = self.client.network
        self.assertEqual("offline", network.state)
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(("connecting", "ana", "chat.example"), (network.state, network.nick, network.name))
        self.assertEqual(ServerTarget("chat.example", 5000), self.link.target)
        self.link_up()
        self.assertEqual("registering", network.state)
        self.assertEqual(["CAP LS 302", "NICK ana", "USER ana 0 * ana"], self.sent())
        self.welcome()
        self.assertEqual(("online", "ana", "Room"), (network.state, network.nick, network.name))

    def test_a_first_connection_that_fails_is_not_retried(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", self.assert_failed("refused").reason)
        self.assertEqual("offline", self.client.network.state)
        self.pass_time(300)
        self.assertEqual(1, len(self.links))

    def test_an_error_line_before_the_welcome_is_the_reason_of_the_failure(self) -> None:
        self.connect()
        self.receive("ERROR :Too many connections")
        self.lose_connection()
        self.assertIn("Too many connections", self.assert_failed("closed").reason)

    def test_a_host_that_closes_without_a_line_is_not_a_chat_server(self) -> None:
        self.connect()
        self.lose_connection()
        self.assertIn("Port 5000 of chat.example is not a chat server", self.assert_failed("not-chat").reason)

    def test_a_host_that_is_silent_or_speaks_another_protocol_is_not_a_chat_server(self) -> None:
        for line in ("", "HTTP/1.1 403 Forbidden", "220 mail.example ESMTP"):
            with self.subTest(line):
                self.connect()
                self.pass_time(14)
                self.receive(*[line] if line else [])
                self.pass_time(2)
                self.assert_failed("not-chat")
                self.assertTrue(self.link.closed)

    def test_a_slow_chat_server_is_waited_for(self) -> None:
        self.connect()
        for _ in range(5):
            self.pass_time(10)
            self.receive("NOTICE * :*** still looking up your host")
        self.assertEqual("registering", self.client.network.state)
        self.pass_time(11)
        self.assert_failed("not-chat")

    def test_cancelling_closes_the_link_and_later_lines_are_ignored(self) -> None:
        self.connect()
        self.client.cancel()
        self.assertTrue(self.link.closed)
        self.receive(":srv 001 ana :Welcome")
        self.assertEqual("offline", self.client.network.state)


class Losing(ClientTest):
    def test_retries_come_after_longer_and_longer_delays(self) -> None:
        self.online()
        self.lose_connection("Connection reset by peer")
        network = self.client.network
        self.assertEqual(("waiting", NOON + 1), (network.state, network.retry_at))
        self.assertEqual("The connection was lost: Connection reset by peer.", network.problem)
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            with self.subTest(wait):
                count = len(self.links)
                self.pass_time(wait - 0.5)
                self.assertEqual(count, len(self.links))
                self.pass_time(0.6)
                self.assertEqual(count + 1, len(self.links))
                self.assertEqual(("connecting", None), (network.state, network.retry_at))
                self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", network.problem)

    def test_a_retry_can_be_made_at_once(self) -> None:
        self.online()
        self.lose_connection()
        self.client.reconnect_now()
        self.pass_time(0)
        self.assertEqual(2, len(self.links))

    def test_once_online_the_next_delay_is_short_again(self) -> None:
        self.online()
        for _ in range(3):
            self.lose_connection()
            self.assertEqual(self.now + 1, self.client.network.retry_at)
            self.pass_time(1)
            self.link_up()
            self.welcome()


class Trusting(ClientTest):
    """A certificate problem ends the attempt; only the user decides."""

    problem = CertificateProblem("unknown", "chat.example", 5000, "1" * 64)

    def fails_on(self, problem: CertificateProblem) -> ConnectFailed:
        """Report a certificate problem of the latest link."""
        self.put(link.LinkFailed(self.link, "certificate", problem.title, problem))
        return self.assert_failed("certificate")

    def test_a_certificate_problem_is_reported_and_nothing_is_retried(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(self.problem, self.fails_on(self.problem).certificate_problem)
        self.pass_time(300)
        self.assertEqual(("offline", 1), (self.client.network.state, len(self.links)))

    def test_a_trusted_certificate_is_expected_from_then_on(self) -> None:
        login = Login("chat.example", 5000, "ana", channels=("#help",))
        self.client.connect(login)
        self.fails_on(self.problem)
        self.client.trust(self.problem)
        self.assertEqual(ServerTarget("chat.example", 5000, known="1" * 64), self.link.target)
        self.assertEqual((login, "connecting"), (self.client.login, self.client.network.state))
        self.client.connect(Login("chat.example", 5001, "ana"))
        self.assertEqual("", self.link.target.known)

    def test_a_certificate_that_changes_later_ends_the_retries(self) -> None:
        general = self.online()
        self.lose_connection()
        self.pass_time(1)
        self.fails_on(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.pass_time(300)
        self.assertEqual(("offline", 2), (self.client.network.state, len(self.links)))
        self.assertIsNone(self.trusted.known("chat.example", 5000) or None)
        self.client.trust(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.link_up()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())
        self.enter("#general")
        self.assertTrue(general.joined)

    def test_the_certificate_of_a_server_on_this_computer_is_remembered_once_it_is_a_chat(self) -> None:
        self.client.connect(Login("127.0.0.1", 5000, "ana"))
        self.put(link.LinkConnected(self.link, True, True, "4" * 64))
        self.assertEqual("", self.trusted.known("127.0.0.1", 5000))
        self.welcome()
        self.assertEqual("4" * 64, self.trusted.known("127.0.0.1", 5000))
        self.lose_connection()
        self.pass_time(1)
        self.assertEqual("4" * 64, self.link.target.known)

    def write_while_offline(self, encrypted: bool) -> tuple[Conversation, Entry]:
        """Write to Ben while the connection is lost; a new link is being opened then."""
        self.client.connect(Login("127.0.0.1", 5000, "ana"))
        self.put(link.LinkConnected(self.link, encrypted, True))
        self.welcome(isupport="NETWORK=Rowing CHANTYPES=#")
        ben = self.client.network.add("ben", "direct")
        self.lose_connection()
        self.client.run(ben, "private note")
        self.pass_time(1)
        return ben, ben.entries[-1]

    def said_to_ben(self) -> list[str]:
        return [line for line in self.sent() if "PRIVMSG ben" in line]

    def test_what_waits_is_not_sent_to_a_server_whose_new_certificate_is_trusted(self) -> None:
        _, note = self.write_while_offline(encrypted=True)
        problem = CertificateProblem("changed-here", "127.0.0.1", 5000, "2" * 64)
        self.fails_on(problem)
        self.client.trust(problem)
        self.put(link.LinkConnected(self.link, True, True))
        self.welcome(isupport="NETWORK=Fred CHANTYPES=#")
        self.assertEqual(("failed", []), (note.state, self.said_to_ben()))

    def test_without_encryption_what_waits_is_sent_only_to_the_chat_of_the_same_name(self) -> None:
        for name, state, count in (("Rowing", "pending", 1), ("Fred", "failed", 0)):
            with self.subTest(name):
                self.setUp()
                _, note = self.write_while_offline(encrypted=False)
                self.put(link.LinkConnected(self.link, False, True))
                self.welcome(isupport=f"NETWORK={name} CHANTYPES=#")
                self.receive(":srv PONG srv :waiting")
                self.assertEqual((state, count), (note.state, len(self.said_to_ben())))

    def test_without_encryption_and_name_what_waits_is_sent_after_the_welcome(self) -> None:
        _, note = self.write_while_offline(encrypted=False)
        self.put(link.LinkConnected(self.link, False, True))
        self.welcome(isupport="CHANTYPES=#")
        self.assertIn("PING waiting", self.sent())
        self.receive(":srv PONG srv :waiting")
        self.assertEqual(1, len(self.said_to_ben()))
        self.assertTrue(note.label)

    def test_the_pin_and_the_encryption_of_an_invite_link_apply_to_every_attempt(self) -> None:
        login = Login("chat.example", 5000, "ana", encrypt="always", pin="3" * 64)
        self.client.connect(login)
        self.link_up()
        self.welcome()
        self.lose_connection()
        self.pass_time(1)
        first, second = (wire.target for wire in self.links)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64), first)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64, known="3" * 64), second)

    def test_a_server_that_closes_on_plain_text_may_require_tls(self) -> None:
        self.client.connect(Login("chat.example", 6697, "ana", encrypt="never"))
        self.link_up()
        self.lose_connection()
        self.assertIn("require an encrypted connection", self.assert_failed("wants-tls").reason)


class Living(ClientTest):
    def test_a_ping_goes_out_after_silence_and_a_pong_is_enough(self) -> None:
        self.online()
        for _ in range(3):
            self.pass_time(25)
        self.assertEqual(["PING alive"], self.sent())
        self.receive(":srv PONG srv alive")
        self.pass_time(25)
        self.assertEqual("online", self.client.network.state)

    def test_a_server_that_stays_silent_is_given_up(self) -> None:
        self.online()
        for _ in range(4):
            self.pass_time(25)
        self.assertEqual("waiting", self.client.network.state)
        self.assertEqual("The server stopped responding.", self.client.network.problem)
        self.assertTrue(self.links[0].closed)
        self.assert_changed(StatusChanged)

    def test_after_sleep_the_server_gets_a_ping_before_it_is_given_up(self) -> None:
        self.online()
        self.shift_clock(8 * 3600)
        self.assertEqual(("online", ["PING alive"]), (self.client.network.state, self.sent()))
        self.pass_time(9)
        self.assertEqual("online", self.client.network.state)
        self.pass_time(2)
        self.assertEqual("waiting", self.client.network.state)

    def test_after_sleep_the_next_attempt_is_made_at_once(self) -> None:
        self.online()
        self.lose_connection()
        self.assertEqual("waiting", self.client.network.state)
        self.shift_clock(3600)
        self.assertEqual("connecting", self.client.network.state)

    def test_the_server_s_ping_is_answered(self) -> None:
        self.online()
        self.receive("PING :abc")
        self.assertEqual(["PONG abc"], self.sent())
