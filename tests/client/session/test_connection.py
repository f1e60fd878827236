"""Getting connected, losing it, and coming back."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.client.model.changes import (
    ConnectFailed,
    StatusChanged,
)
from chatapp.client.session.connection import retry_delay
from chatapp.client.transport import link
from chatapp.client.transport.certificates import CertificateProblem, ServerTarget
from tests.client.base import NOON, ClientTest


class RetryDelay(unittest.TestCase):
    def test_the_delay_doubles_from_a_second_to_a_minute(self) -> None:
        delays = [retry_delay(retries, 0.0) for retries in range(8)]
        self.assertEqual([1, 2, 4, 8, 16, 32, 60, 60], delays)
        self.assertEqual(60.0, retry_delay(10_000, 0.0))

    def test_chance_takes_up_to_a_half_of_it(self) -> None:
        self.assertEqual(0.5, retry_delay(0, 1.0))
        self.assertEqual(45.0, retry_delay(9, 0.5))


class First(ClientTest):
    def test_it_goes_from_offline_over_connecting_and_registering_to_online(self) -> None:
        network = self.client.network
        self.assertEqual("offline", network.state)
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(("connecting", "ana", "chat.example"), (network.state, network.nick, network.name))
        self.assertEqual(ServerTarget("chat.example", 5000), self.link.target)
        self.linked()
        self.assertEqual("registering", network.state)
        self.assertEqual(["CAP LS 302", "NICK ana", "USER ana 0 * ana"], self.sent())
        self.welcome()
        self.assertEqual(("online", "ana", "Room"), (network.state, network.nick, network.name))

    def test_where_nothing_answers_it_fails_for_good(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", self.assert_failed("refused").reason)
        self.assertEqual("offline", self.client.network.state)
        self.passes(300)
        self.assertEqual(1, len(self.links))

    def test_a_farewell_before_the_welcome_is_told(self) -> None:
        self.connect()
        self.hears("ERROR :Too many connections")
        self.loses()
        self.assertIn("Too many connections", self.assert_failed("closed").reason)

    def test_what_hangs_up_without_a_word_is_no_chat_server(self) -> None:
        self.connect()
        self.loses()
        self.assertIn("Port 5000 of chat.example is not a chat server", self.assert_failed("not-chat").reason)

    def test_what_is_silent_or_talks_otherwise_is_no_chat_server(self) -> None:
        for line in ("", "HTTP/1.1 403 Forbidden", "220 mail.example ESMTP"):
            with self.subTest(line):
                self.connect()
                self.passes(14)
                self.hears(*[line] if line else [])
                self.passes(2)
                self.assert_failed("not-chat")
                self.assertTrue(self.link.closed)

    def test_a_chat_server_that_takes_its_time_is_waited_for(self) -> None:
        self.connect()
        for _ in range(5):
            self.passes(10)
            self.hears("NOTICE * :*** still looking up your host")
        self.assertEqual("registering", self.client.network.state)
        self.passes(11)
        self.assert_failed("not-chat")

    def test_cancelling_ends_it_and_late_words_are_not_heard(self) -> None:
        self.connect()
        self.client.cancel()
        self.assertTrue(self.link.closed)
        self.hears(":srv 001 ana :Welcome")
        self.assertEqual("offline", self.client.network.state)


class Losing(ClientTest):
    def test_it_is_tried_again_after_longer_and_longer_waits(self) -> None:
        self.online()
        self.loses("Connection reset by peer")
        network = self.client.network
        self.assertEqual(("waiting", NOON + 1), (network.state, network.retry_at))
        self.assertEqual("The connection was lost: Connection reset by peer.", network.problem)
        for wait in (1, 2, 4, 8, 16, 32, 60, 60):
            with self.subTest(wait):
                count = len(self.links)
                self.passes(wait - 0.5)
                self.assertEqual(count, len(self.links))
                self.passes(0.6)
                self.assertEqual(count + 1, len(self.links))
                self.assertEqual(("connecting", None), (network.state, network.retry_at))
                self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("nothing answers", network.problem)

    def test_now_means_now(self) -> None:
        self.online()
        self.loses()
        self.client.reconnect_now()
        self.passes(0)
        self.assertEqual(2, len(self.links))

    def test_once_we_are_in_the_next_wait_is_short_again(self) -> None:
        self.online()
        for _ in range(3):
            self.loses()
            self.assertEqual(self.now + 1, self.client.network.retry_at)
            self.passes(1)
            self.linked()
            self.welcome()


class Trusting(ClientTest):
    """A certificate that is in doubt ends the try; a person decides, and nobody else."""

    doubt = CertificateProblem("unknown", "chat.example", 5000, "1" * 64)

    def doubted(self, doubt: CertificateProblem) -> ConnectFailed:
        """The latest link ends in a doubt."""
        self.put(link.LinkFailed(self.link, "certificate", doubt.title, doubt))
        return self.assert_failed("certificate")

    def test_a_doubt_is_handed_on_and_nothing_is_tried_again(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(self.doubt, self.doubted(self.doubt).certificate_problem)
        self.passes(300)
        self.assertEqual(("offline", 1), (self.client.network.state, len(self.links)))

    def test_what_was_trusted_is_expected_from_then_on(self) -> None:
        login = Login("chat.example", 5000, "ana", channels=("#help",))
        self.client.connect(login)
        self.doubted(self.doubt)
        self.client.trust(self.doubt)
        self.assertEqual(ServerTarget("chat.example", 5000, known="1" * 64), self.link.target)
        self.assertEqual((login, "connecting"), (self.client.login, self.client.network.state))
        self.client.connect(Login("chat.example", 5001, "ana"))
        self.assertEqual("", self.link.target.known)

    def test_a_certificate_that_changes_later_stops_it_for_good(self) -> None:
        general = self.online()
        self.loses()
        self.passes(1)
        self.doubted(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.passes(300)
        self.assertEqual(("offline", 2), (self.client.network.state, len(self.links)))
        self.assertIsNone(self.trusted.known("chat.example", 5000) or None)
        self.client.trust(CertificateProblem("changed", "chat.example", 5000, "2" * 64))
        self.linked()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())
        self.enter("#general")
        self.assertTrue(general.joined)

    def test_a_link_s_pin_and_choice_go_with_every_try(self) -> None:
        login = Login("chat.example", 5000, "ana", encrypt="always", pin="3" * 64)
        self.client.connect(login)
        self.linked()
        self.welcome()
        self.loses()
        self.passes(1)
        first, second = (wire.target for wire in self.links)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64), first)
        self.assertEqual(ServerTarget("chat.example", 5000, "always", "3" * 64, known="3" * 64), second)

    def test_who_hangs_up_on_plain_text_may_want_tls(self) -> None:
        self.client.connect(Login("chat.example", 6697, "ana", encrypt="never"))
        self.linked()
        self.loses()
        self.assertIn("require an encrypted connection", self.assert_failed("wants-tls").reason)


class Living(ClientTest):
    def test_a_ping_goes_out_after_silence_and_a_pong_is_enough(self) -> None:
        self.online()
        for _ in range(3):
            self.passes(25)
        self.assertEqual(["PING alive"], self.sent())
        self.hears(":srv PONG srv alive")
        self.passes(25)
        self.assertEqual("online", self.client.network.state)

    def test_a_link_that_stays_silent_is_given_up(self) -> None:
        self.online()
        for _ in range(4):
            self.passes(25)
        self.assertEqual("waiting", self.client.network.state)
        self.assertEqual("The server stopped responding.", self.client.network.problem)
        self.assertTrue(self.links[0].closed)
        self.assert_changed(StatusChanged)

    def test_after_sleep_the_link_is_asked_before_it_is_given_up(self) -> None:
        self.online()
        self.sleeps(8 * 3600)
        self.assertEqual(("online", ["PING alive"]), (self.client.network.state, self.sent()))
        self.passes(9)
        self.assertEqual("online", self.client.network.state)
        self.passes(2)
        self.assertEqual("waiting", self.client.network.state)

    def test_after_sleep_it_is_not_waited_for_the_next_try(self) -> None:
        self.online()
        self.loses()
        self.assertEqual("waiting", self.client.network.state)
        self.sleeps(3600)
        self.assertEqual("connecting", self.client.network.state)

    def test_the_server_s_ping_is_answered(self) -> None:
        self.online()
        self.hears("PING :abc")
        self.assertEqual(["PONG abc"], self.sent())
