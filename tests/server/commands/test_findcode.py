"""FINDCODE: the server proves that it knows a code, and tells nothing else."""

from __future__ import annotations

from chatapp.protocol.code_proof import CodeQuestion
from chatapp.server.storage import invite_codes
from tests.server.base import ServerTest

CODE, OTHER = "k7qx-29fm", "k7pl-m2q3"
HERE = "ab" * 32


class FindCode(ServerTest):
    CONFIG = "[limits]\npassword_attempts = 3\nlocal_password_attempts = 3"

    def setUp(self) -> None:
        super().setUp()
        self.world.fingerprint = lambda: HERE
        self.connect("guest")
        self.say("guest", "CAP REQ :standard-replies")
        self.text("guest")

    def store_code(self, code: str, uses: int = 1, days: int = 7) -> None:
        record = invite_codes.make_record(code, uses, days, "ann", self._milliseconds())
        self.store.write([invite_codes.upsert(record)])

    def ask(self, code: str, start: str = "") -> list[tuple[str, ...]]:
        """Return the parameters of the replies."""
        self.question = CodeQuestion(code)
        self.say("guest", f"FINDCODE {start or code[:2]} {self.question.text}")
        return [message.params for message in self.messages("guest")]

    def proofs(self, replies: list[tuple[str, ...]]) -> list[bool]:
        found = [params for params in replies if params[1] == "FOUND"]
        return [self.question.is_proof(answer, proof, HERE) for _, _, answer, proof, _ in found]

    def test_before_the_registration_a_known_code_is_proved(self) -> None:
        self.store_code(CODE)
        self.store_code(OTHER)
        replies = self.ask(CODE)
        self.assertEqual([False, True], sorted(self.proofs(replies)))
        self.assertEqual(("FINDCODE", "END"), replies[-1][:2])
        self.assertNotIn("k7qx", str(replies).casefold().replace(self.question.text.casefold(), ""))

    def test_an_unknown_code_is_not_proved(self) -> None:
        self.store_code(CODE)
        self.assertEqual([False], self.proofs(self.ask("k7qx-29fn")))
        self.assertEqual([], self.proofs(self.ask("abcd-efgh")))

    def test_a_code_that_is_used_up_is_not_known(self) -> None:
        self.store_code(CODE, uses=0)
        self.assertEqual([], self.proofs(self.ask(CODE)))

    def test_questions_are_limited_like_passwords(self) -> None:
        self.store_code(CODE)
        for _ in range(3):
            self.ask(CODE)
        [(command, code, *_)] = self.ask(CODE)
        self.assertEqual(("FINDCODE", "TEMPORARILY_UNAVAILABLE"), (command, code))

    def test_what_is_no_question_is_refused(self) -> None:
        self.store_code(CODE)
        for line in ("k7q x", "%% x", "k7 x"):
            with self.subTest(line):
                self.say("guest", f"FINDCODE {line}")
                [message] = self.messages("guest")
                self.assertEqual(("FINDCODE", "INVALID_PARAMS"), message.params[:2])

    def test_without_a_certificate_there_is_nothing_to_prove(self) -> None:
        self.world.fingerprint = str
        self.store_code(CODE)
        [(_, code, *_)] = self.ask(CODE)
        self.assertEqual("INVALID_PARAMS", code)
