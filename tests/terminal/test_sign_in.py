"""Questions after a refused sign-in, and the reason where a question cannot help."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport import link
from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from chatapp.protocol.tls import format_fingerprint
from chatapp.terminal.sign_in import SignInFailed, ask_and_reconnect, failure_text, wait_until_online
from tests.client.base import ClientTest

FINGERPRINT = "ab12" * 16


def doubt(kind: CertificateProblemKind) -> CertificateProblem:
    return CertificateProblem(kind, "chat.example", 5000, FINGERPRINT)


class SigningIn(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.asked: list[str] = []

    def answer(self, words: str) -> Callable[[str], str]:
        """Let the user give the same answer to every question."""

        def ask(question: str) -> str:
            self.asked.append(question)
            return words

        return ask

    def ask_and_reconnect(self, failed: ConnectFailed, answer: str) -> Login:
        """Answer the question and return the login of the next attempt."""
        secret = self.answer(answer) if "password" in failed.kind else self.fail
        ask_and_reconnect(self.client, failed, self.answer(answer), secret)
        return self.client.login

    def test_waiting_ends_when_the_client_is_online(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self._inbox.put(link.LinkConnected(self.link))
        self._inbox.put(link.LinesReceived(self.link, [":srv 001 ana :Welcome"]))
        self.assertIsInstance(wait_until_online(self.client), list)
        self.assertEqual("online", self.client.network.state)

    def test_waiting_ends_when_the_attempt_has_failed(self) -> None:
        self.client.connect(Login("chat.example", 5000, "two words"))
        failed = wait_until_online(self.client)
        assert isinstance(failed, ConnectFailed)
        self.assertEqual(("name", "two_words"), (failed.kind, failed.suggestion))

    def test_another_name_is_asked_for_and_a_suggestion_is_offered(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        taken = ConnectFailed("name-taken", "Somebody is already called ana.", "ana_2")
        self.assertEqual("anna", self.ask_and_reconnect(taken, "anna").nick)
        self.assertEqual("ana_2", self.ask_and_reconnect(taken, "").nick)
        self.assertEqual("Somebody is already called ana.\nChoose a username: [ana_2] ", self.asked[0])

    def test_passwords_are_asked_for_without_showing_them(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual(
            "secret", self.ask_and_reconnect(ConnectFailed("password", "Wrong."), "secret").password
        )
        self.assertEqual(
            "other",
            self.ask_and_reconnect(ConnectFailed("server-password", "Wrong."), "other").server_password,
        )

    def test_an_invite_code_is_asked_for(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        login = self.ask_and_reconnect(ConnectFailed("code", "By invitation."), "k7qx-29fm")
        self.assertEqual("k7qx-29fm", login.code)
        self.assertEqual("By invitation.\nInvite code: ", self.asked[0])

    def test_a_certificate_is_trusted_only_after_the_fingerprint_was_compared(self) -> None:
        kinds: list[tuple[CertificateProblemKind, str, bool]] = [
            ("unknown", "yes", True),
            ("unknown", "", False),
            ("changed", "yes", False),
            ("changed", "AB12", True),
            ("changed", "AB 12", True),
            ("pin", "yes", False),
        ]
        for kind, answer, is_trusted in kinds:
            with self.subTest(kind, answer=answer):
                self.client.connect(Login("chat.example", 5000, "ana"))
                tries = len(self.links)
                self.client.network.failure = "certificate"  # only such a network connects again
                failed = ConnectFailed("certificate", "…", certificate_problem=doubt(kind))
                if is_trusted:
                    self.ask_and_reconnect(failed, answer)
                else:
                    self.assertRaises(SignInFailed, self.ask_and_reconnect, failed, answer)
                self.assertEqual(tries + is_trusted, len(self.links))
        self.assertIn("AB12 AB12 AB12", self.asked[0])

    def test_other_problems_are_one_line_with_advice(self) -> None:
        for failed, expected in [
            (ConnectFailed("refused", "Nothing answers."), "Nothing answers."),
            (ConnectFailed("closed", "Too many connections."), "Too many connections."),
            (
                ConnectFailed("no-tls", "There is no TLS."),
                "There is no TLS. Use --unencrypted to connect without TLS.",
            ),
        ]:
            with self.subTest(failed.kind), self.assertRaises(SignInFailed) as caught:
                ask_and_reconnect(self.client, failed, self.fail, self.fail)
            self.assertEqual(expected, str(caught.exception))
        for kind in ("unknown", "pin"):
            line = failure_text(ConnectFailed("certificate", "…", certificate_problem=doubt(kind)))
            digits = format_fingerprint(FINGERPRINT)
            self.assertTrue(line.startswith(doubt(kind).title) and line.endswith(digits), line)
            self.assertNotIn("\n", line)
