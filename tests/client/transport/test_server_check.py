"""What a server is, asked before anybody connects to it."""

from __future__ import annotations

import unittest
from typing import Any

from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind, ServerTarget
from chatapp.client.transport.link import Inbox, LinesReceived, LinkConnected, LinkFailed, LinkLost
from chatapp.client.transport.server_check import (
    ANSWER_SECONDS,
    CheckResult,
    NoServer,
    ServerAnswers,
    ServerCheck,
)

SHOWN = "5a" * 32
TARGET = ServerTarget("192.168.1.20", 5000)
NAMED = ":s 005 * CHANTYPES=# NETWORK=Room\\x2012 :are supported by this server"


class Link:
    """A link whose reports come from the test."""

    def __init__(self, target: ServerTarget, inbox: Inbox) -> None:
        self.target, self.inbox = target, inbox
        self.sent: list[str] = []
        self.is_closed = False

    def send(self, line: str) -> None:
        self.sent.append(line)

    def close(self) -> None:
        self.is_closed = True

    def join(self, seconds: float) -> None: ...


class ServerCheckTest(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 100.0
        self.links: list[Link] = []

    def open(self, target: ServerTarget, inbox: Inbox) -> Link:
        self.links.append(Link(target, inbox))
        return self.links[-1]

    def check(self, target: ServerTarget = TARGET) -> None:
        self.subject = ServerCheck(target, lambda: self.now, self.open)

    def report(self, kind: Any, *values: Any) -> CheckResult | None:
        """Let the newest link report something; return the result of the check."""
        link = self.links[-1]
        link.inbox.put(kind(link, *values))
        return self.subject.poll()

    def test_a_chat_says_its_name(self) -> None:
        self.check()
        self.assertIsNone(self.report(LinkConnected, True))
        self.assertEqual(
            self.links[0].sent, ["CAP LS 302", "CAP REQ :batch draft/extended-isupport", "ISUPPORT"]
        )
        self.assertIsNone(self.report(LinesReceived, [":s CAP * LS :sasl", ":s CAP * ACK :batch"]))
        self.assertEqual(self.report(LinesReceived, [NAMED]), ServerAnswers("Room 12", is_encrypted=True))

    def test_a_server_that_does_not_say_it_before_the_login_is_a_chat_too(self) -> None:
        for refusal in (":s 451 * :You have not registered", ":s 421 * ISUPPORT :Unknown command"):
            with self.subTest(refusal):
                self.check()
                self.report(LinkConnected, True)
                self.assertEqual(self.report(LinesReceived, [refusal]), ServerAnswers(is_encrypted=True))

    def test_without_more_answers_it_ends_by_time(self) -> None:
        self.check()
        self.report(LinkConnected, False)
        self.assertIsNone(self.report(LinesReceived, [":s CAP * LS :sasl"]))
        self.now += ANSWER_SECONDS + 1
        self.assertEqual(self.subject.poll(), ServerAnswers())

    def test_a_ping_before_the_login_is_answered(self) -> None:
        self.check()
        self.report(LinkConnected, True)
        self.report(LinesReceived, ["PING :cookie"])
        self.assertEqual(self.links[0].sent[-1], "PONG cookie")

    def test_what_does_not_speak_irc_is_no_chat_server(self) -> None:
        for reports in (
            [(LinesReceived, ["HTTP/1.1 400 Bad Request", "", "\x00"]), (LinkLost, "")],
            [(LinesReceived, ["220 mail.example ESMTP"]), (LinkLost, "")],
            [(LinkLost, "")],
        ):
            with self.subTest(reports=reports):
                self.check()
                self.report(LinkConnected, False)
                results = [self.report(*each) for each in reports]
                assert isinstance(results[-1], NoServer)
                self.assertIn("is not a chat server", results[-1].reason)

    def test_an_unknown_certificate_is_named_and_the_server_is_asked_all_the_same(self) -> None:
        self.check()
        problem = CertificateProblem("unknown", "192.168.1.20", 5000, SHOWN)
        self.assertIsNone(self.report(LinkFailed, "certificate", problem.title, problem))
        self.assertTrue(self.links[0].is_closed)
        self.assertEqual(self.links[1].target.pin, SHOWN)
        self.report(LinkConnected, True)
        found = self.report(LinesReceived, [NAMED])
        self.assertEqual(found, ServerAnswers("Room 12", True, fingerprint=SHOWN))

    def test_after_any_other_problem_nothing_is_sent(self) -> None:
        kinds: list[CertificateProblemKind] = ["changed", "pin", "expired", "early", "name"]
        for kind in kinds:
            with self.subTest(kind):
                self.links.clear()
                self.check()
                problem = CertificateProblem(kind, "192.168.1.20", 5000, SHOWN)
                result = self.report(LinkFailed, "certificate", problem.title, problem)
                self.assertEqual(result, NoServer(problem.title, problem))
                self.assertEqual((len(self.links), self.links[0].sent), (1, []))

    def test_why_nobody_can_be_reached_is_the_result(self) -> None:
        self.check()
        self.assertEqual(self.report(LinkFailed, "refused", "Nothing answers."), NoServer("Nothing answers."))

    def test_the_certificate_of_a_link_needs_no_comparing(self) -> None:
        self.check(ServerTarget("192.168.1.20", 5000, "always", SHOWN))
        self.report(LinkConnected, True)
        found = self.report(LinesReceived, [NAMED])
        self.assertEqual(found, ServerAnswers("Room 12", True, is_pinned=True))

    def test_stopping_closes_the_connection(self) -> None:
        self.check()
        self.subject.stop()
        self.assertTrue(self.links[0].is_closed)


if __name__ == "__main__":
    unittest.main()
