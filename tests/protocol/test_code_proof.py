"""The proof that a server knows an invite code."""

from __future__ import annotations

import base64
import unittest

from chatapp.protocol.code_proof import GENERATOR, NUMBER_BYTES, PRIME, BadNumber, CodeQuestion, answer

CODE, HERE, ELSEWHERE = "k7qx-29fm", "ab" * 32, "cd" * 32


def written(number: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(NUMBER_BYTES, "big")).decode()


class Proofs(unittest.TestCase):
    def test_a_server_that_knows_the_code_proves_it(self) -> None:
        question = CodeQuestion("K7QX29FM")
        self.assertTrue(question.is_proof(*answer(CODE, question.text, HERE), HERE))

    def test_one_that_does_not_know_it_cannot(self) -> None:
        question = CodeQuestion(CODE)
        self.assertFalse(question.is_proof(*answer("k7qx-29fn", question.text, HERE), HERE))

    def test_a_proof_that_was_passed_on_does_not_hold_for_another_certificate(self) -> None:
        question = CodeQuestion(CODE)
        self.assertFalse(question.is_proof(*answer(CODE, question.text, HERE), ELSEWHERE))

    def test_a_proof_answers_one_question(self) -> None:
        self.assertFalse(CodeQuestion(CODE).is_proof(*answer(CODE, CodeQuestion(CODE).text, HERE), HERE))

    def test_a_proof_that_is_not_hexadecimal_is_none(self) -> None:
        question = CodeQuestion(CODE)
        number, _ = answer(CODE, question.text, HERE)
        for proof in ("", "é", "\udc80", "0" * 64):
            with self.subTest(proof):
                self.assertFalse(question.is_proof(number, proof, HERE))

    def test_questions_about_the_same_code_differ(self) -> None:
        self.assertNotEqual(CodeQuestion(CODE).text, CodeQuestion(CODE).text)

    def test_numbers_outside_of_the_group_are_refused(self) -> None:
        for text in ("", "x", "é", "AAAA", *map(written, (0, 1, PRIME - 1, PRIME, PRIME + 5))):
            with self.subTest(text[:9]):
                self.assertRaises(BadNumber, answer, CODE, text, HERE)
                self.assertFalse(CodeQuestion(CODE).is_proof(text, "", HERE))

    def test_the_prime_is_safe(self) -> None:
        half = (PRIME - 1) // 2
        self.assertEqual((1, 1), (pow(GENERATOR, half, PRIME), pow(3, half - 1, half)))
        self.assertEqual(2048, PRIME.bit_length())


if __name__ == "__main__":
    unittest.main()
