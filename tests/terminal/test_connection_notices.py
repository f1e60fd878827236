"""Notices about the connection appear once for each important change."""

from __future__ import annotations

from chatapp.terminal.connection_notices import ConnectionNotices, problem_sentence
from tests.client.base import ClientTest


class Notices(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.notices = ConnectionNotices()

    def notice(self) -> str | None:
        return self.notices.next_notice(self.client.network)

    def test_the_first_connection_is_announced_once(self) -> None:
        self.connect()
        self.assertIsNone(self.notice())
        self.welcome()
        self.assertEqual("Connected to server!", self.notice())
        self.assertIsNone(self.notice())

    def test_a_lost_connection_is_announced_once_whatever_the_number_of_attempts(self) -> None:
        self.online()
        self.notice()
        self.lose_connection("broken")
        self.assertEqual("-- The connection was lost: broken. Trying to connect again…", self.notice())
        self.pass_time(61)
        self.lose_connection("broken again")
        self.assertIsNone(self.notice())

    def test_a_reconnection_is_announced_once(self) -> None:
        self.online()
        self.notice()
        self.lose_connection()
        self.notice()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.assertEqual("-- Connected again.", self.notice())
        self.assertIsNone(self.notice())

    def test_a_first_attempt_that_failed_gives_no_notice(self) -> None:
        self.connect()
        self.lose_connection("refused")
        self.assertIsNone(self.notice())


class Problems(ClientTest):
    def test_a_reason_becomes_one_sentence(self) -> None:
        for reason, sentence in {
            "Server is full": "Server is full.",
            "Too many connections.": "Too many connections.",
            "Is it on?": "Is it on?",
        }.items():
            with self.subTest(reason):
                self.client.network.problem = reason
                self.assertEqual(sentence, problem_sentence(self.client.network))
