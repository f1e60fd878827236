"""AUTHENTICATE: clients log in with SASL."""

from __future__ import annotations

import base64
from dataclasses import replace

from chatapp.protocol.credentials import salt_password
from chatapp.protocol.sasl import MECHANISMS, Plain, split_response
from chatapp.protocol.scram import Hello, Proof
from chatapp.protocol.tls import fingerprint
from chatapp.server.commands.authenticate import FIRST_STEPS
from tests.server.base import ServerTest

CERTIFICATE = b"a certificate"
WRONG = "904 * :SASL authentication failed: Wrong account name or password"


def encoded(text: str) -> str:
    """Return a response as one base64 parameter."""
    return base64.b64encode(text.encode()).decode()


HELLO = encoded(f"n,,n=ann,r={'c' * 24}")


class SaslTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", "bob")
        self.connect("ann", is_secure=True)
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "CAP REQ sasl")
        self.source = f"ann!ann@{self.world.cloak('192.0.2.7')}"
        self.text("ann")

    def assertFails(self, *lines: str, numeric: str = "904") -> None:
        """Check the last numeric of the answers."""
        for line in lines:
            self.say("ann", line)
        self.assertEqual(self.codes("ann")[-1:], [numeric])
        self.assertEqual(self.links["ann"].is_closed, False)


class PlainMechanism(SaslTest):
    def test_a_correct_password_logs_in(self) -> None:
        """If authentication is successful, a 900 and 903 numeric will be sent."""
        self.assertAnswer("ann", "AUTHENTICATE PLAIN", "AUTHENTICATE +")
        response = encoded("\0ann\0sesame")
        self.say("ann", f"AUTHENTICATE {response}")
        self.assertGot(
            "ann",
            f"900 * {self.source} ann :You are now logged in as ann",
            "903 * :SASL authentication successful",
        )
        self.say("ann", "CAP END")
        self.assertEqual(self.codes("ann")[0], "001")
        self.assertEqual(self.user("ann").account, "ann")

    def test_the_case_of_the_account_does_not_matter(self) -> None:
        self.authenticate("ann", "ANN")
        self.assertIn(f"900 * {self.source} ann :You are now logged in as ann", self.got("ann"))

    def test_the_case_of_the_mechanism_does_not_matter(self) -> None:
        self.assertAnswer("ann", "AUTHENTICATE plain", "AUTHENTICATE +")

    def test_a_wrong_password_fails(self) -> None:
        self.authenticate("ann", "ann", "wrong")
        self.assertGot("ann", "AUTHENTICATE +", WRONG)
        self.authenticate("ann", "ann")
        self.assertEqual(self.codes("ann")[-1], "903")

    def test_an_unknown_account_gets_the_same_answer_as_a_wrong_password(self) -> None:
        self.authenticate("ann", "nobody", "wrong")
        self.assertGot("ann", "AUTHENTICATE +", WRONG)

    def test_another_authorization_identity_is_refused(self) -> None:
        for behalf in ("bob", "ann2"):
            with self.subTest(behalf):
                response = encoded("\0".join((behalf, "ann", "sesame")))
                self.assertFails("AUTHENTICATE PLAIN", f"AUTHENTICATE {response}")

    def test_the_own_authorization_identity_is_accepted(self) -> None:
        response = encoded("\0".join(("ann", "ann", "sesame")))
        self.say("ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {response}")
        self.assertEqual(self.codes("ann")[-1], "903")

    def test_an_invalid_response_is_refused(self) -> None:
        words = ("ann", "\0ann\0", "\0\0sesame", "a\0b\0c\0d")
        for response in ("+", "!!!", "YQ", *map(encoded, words)):
            with self.subTest(response):
                self.assertFails("AUTHENTICATE PLAIN", f"AUTHENTICATE {response}")

    def test_a_long_response_is_sent_in_chunks(self) -> None:
        """If the last chunk was exactly 400 bytes long, it must also be followed by AUTHENTICATE +."""
        for length in (280, 293, 294, 295, 600, 1023, 1024):
            with self.subTest(length):
                self.make_account(f"a{length:03}", password="x" * length)
                self.say("ann", "AUTHENTICATE PLAIN")
                for piece in split_response(bytes(Plain(f"a{length:03}", "x" * length))):
                    self.say("ann", f"AUTHENTICATE {piece}")
                self.assertEqual(self.codes("ann"), ["AUTHENTICATE", "900", "903"])

    def test_a_chunk_of_more_than_400_bytes_is_too_long(self) -> None:
        self.assertFails("AUTHENTICATE PLAIN", f"AUTHENTICATE {'A' * 401}", numeric="905")
        self.assertAnswer("ann", f"AUTHENTICATE {'A' * 401}", "905 * :SASL message too long")

    def test_the_length_of_a_response_is_limited(self) -> None:
        self.say("ann", "AUTHENTICATE PLAIN")
        for _ in range(16):
            self.assertAnswer("ann", f"AUTHENTICATE {'A' * 400}")
        self.assertAnswer("ann", f"AUTHENTICATE {'A' * 400}", "904 * :SASL authentication failed")

    def test_a_password_of_more_than_1024_bytes_is_wrong(self) -> None:
        self.make_account("long", password="x" * 1025)
        self.say("ann", "AUTHENTICATE PLAIN")
        for piece in split_response(bytes(Plain("long", "x" * 1025))):
            self.say("ann", f"AUTHENTICATE {piece}")
        self.assertEqual(self.codes("ann")[-1], "904")

    def test_an_exchange_can_be_aborted(self) -> None:
        self.say("ann", "AUTHENTICATE PLAIN")
        self.text("ann")
        self.assertAnswer("ann", "AUTHENTICATE *", "906 * :SASL authentication aborted")
        self.authenticate("ann", "ann")
        self.assertEqual(self.codes("ann")[-1], "903")

    def test_registration_during_the_exchange_aborts_it(self) -> None:
        """If the client completes registration while the SASL authentication is still in progress, the server
        SHOULD abort it and send a 906 numeric, then register the client without authentication."""
        self.say("ann", "NICK guest", "AUTHENTICATE PLAIN")
        self.text("ann")
        self.say("ann", "CAP END")
        self.assertEqual(self.codes("ann")[:2], ["906", "001"])
        self.assertEqual(self.user("guest").account, "")

    def test_commands_wait_for_the_result(self) -> None:
        response = encoded("\0ann\0sesame")
        self.say("ann", "AUTHENTICATE PLAIN", f"AUTHENTICATE {response}", "CAP END")
        self.assertEqual(self.codes("ann")[:4], ["AUTHENTICATE", "900", "903", "001"])


class Mechanisms(SaslTest):
    def test_each_known_mechanism_has_a_first_step(self) -> None:
        self.assertEqual(set(FIRST_STEPS), set(MECHANISMS))

    def test_an_unknown_mechanism_is_answered_with_the_available_ones(self) -> None:
        self.assertAnswer(
            "ann",
            "AUTHENTICATE FOO",
            "908 * PLAIN,SCRAM-SHA-256,EXTERNAL :are available SASL mechanisms",
            "904 * :SASL authentication failed",
        )
        self.assertAnswer("ann", "AUTHENTICATE PLAIN", "AUTHENTICATE +")

    def test_passwords_are_refused_on_an_unencrypted_connection(self) -> None:
        self.links["ann"].is_secure = False
        self.assertAnswer(
            "ann",
            "AUTHENTICATE PLAIN",
            "908 * SCRAM-SHA-256,EXTERNAL :are available SASL mechanisms",
            "904 * :Passwords are refused without TLS: connect with TLS",
        )
        self.assertAnswer("ann", "AUTHENTICATE SCRAM-SHA-256", "AUTHENTICATE +")

    def test_passwords_are_accepted_unencrypted_from_localhost(self) -> None:
        self.connect("bob", "127.0.0.1")
        self.assertAnswer("bob", "AUTHENTICATE PLAIN", "AUTHENTICATE +")

    def test_a_mechanism_is_required(self) -> None:
        self.assertAnswer("ann", "AUTHENTICATE", "461 * AUTHENTICATE :Not enough parameters")


class LoginAfterRegistration(SaslTest):
    def setUp(self) -> None:
        super().setUp()
        self.authenticate("ann", "ann")
        self.say("ann", "CAP REQ :account-notify", "CAP END")
        self.text("ann")

    def test_a_client_can_log_in_again(self) -> None:
        self.authenticate("ann", "ann")
        self.assertEqual(self.codes("ann"), ["AUTHENTICATE", "900", "903"])

    def test_a_client_can_change_to_another_account(self) -> None:
        self.authenticate("ann", "bob")
        self.assertEqual(self.got("ann")[-1], ":ann ACCOUNT bob")
        self.assertEqual(self.user("ann").account, "bob")

    def test_a_failed_login_changes_nothing(self) -> None:
        self.authenticate("ann", "bob", "wrong")
        self.assertEqual(self.codes("ann")[-1], "904")
        self.assertEqual(self.user("ann").account, "ann")

    def test_the_account_cannot_change_while_the_user_has_several_sessions(self) -> None:
        self.enter_as("ann", "phone")
        self.authenticate("ann", "bob")
        self.assertEqual(self.got("ann")[-1], "907 ann :You have already authenticated using SASL")
        self.assertEqual(self.user("ann").account, "ann")

    def test_the_account_message_carries_the_previous_account_as_its_tag(self) -> None:
        """@account=hax0r :user ACCOUNT bob"""
        self.say("ann", "CAP REQ :account-tag message-tags")
        self.authenticate("ann", "bob")
        self.assertEqual(self.messages("ann")[-1].tags["account"], "ann")


class Scram(SaslTest):
    def exchange(self, name: str, account: str, password: str) -> tuple[Proof, str]:
        """Return the last message of the client and that of the server."""
        hello = Hello(account, "c" * 24)
        (answer,) = self.answer(name, "AUTHENTICATE SCRAM-SHA-256")
        self.assertEqual(answer, "AUTHENTICATE +")
        self.say(name, *(f"AUTHENTICATE {piece}" for piece in split_response(hello.message)))
        task = hello.read(base64.b64decode(self.messages(name)[0].params[0]))
        proof = task.prove(salt_password(password, task.salt, task.iterations))
        self.say(name, *(f"AUTHENTICATE {piece}" for piece in split_response(proof.message)))
        return proof, self.got(name)[-1]

    def test_a_password_changed_during_the_exchange_is_not_restored(self) -> None:
        self.make_account("eve", password="wonderland")
        self.exchange("ann", "ann", "sesame")
        changed = replace(self.world.accounts["ann"], credentials=self.world.accounts["eve"].credentials)
        with self.jobs_under_way("before"):
            self.say("ann", "AUTHENTICATE +")
            self.world.add_account(changed)
        self.assertEqual(self.codes("ann"), ["904"])
        self.assertIs(self.world.accounts["ann"], changed)

    def test_client_and_server_prove_that_they_know_the_password(self) -> None:
        proof, verdict = self.exchange("ann", "ann", "sesame")
        proof.check(base64.b64decode(verdict.removeprefix("AUTHENTICATE ")))
        self.say("ann", "AUTHENTICATE +")
        self.assertGot(
            "ann",
            f"900 * {self.source} ann :You are now logged in as ann",
            "903 * :SASL authentication successful",
        )

    def test_a_wrong_password_fails(self) -> None:
        _, verdict = self.exchange("ann", "ann", "wrong")
        self.assertEqual(verdict, "904 * :SASL authentication failed")

    def test_an_unknown_account_is_challenged_as_well(self) -> None:
        _, verdict = self.exchange("ann", "nobody", "sesame")
        self.assertEqual(verdict, "904 * :SASL authentication failed")

    def test_each_exchange_has_a_new_nonce(self) -> None:
        challenges = set()
        for _ in range(3):
            self.say("ann", "AUTHENTICATE SCRAM-SHA-256", f"AUTHENTICATE {HELLO}")
            challenges.add(self.got("ann")[-1])
            self.say("ann", "AUTHENTICATE *")
            self.text("ann")
        self.assertEqual(len(challenges), 3)

    def test_an_exchange_can_be_aborted_after_the_challenge(self) -> None:
        self.say("ann", "AUTHENTICATE SCRAM-SHA-256", f"AUTHENTICATE {HELLO}")
        self.text("ann")
        self.assertAnswer("ann", "AUTHENTICATE *", "906 * :SASL authentication aborted")

    def test_an_invalid_message_is_refused(self) -> None:
        for response in (
            "+",
            encoded("n,,n=ann"),
            encoded("p=x,,n=ann,r=cccc"),
            encoded("n,a=bob,n=ann,r=cccc"),
        ):
            with self.subTest(response):
                self.assertFails("AUTHENTICATE SCRAM-SHA-256", f"AUTHENTICATE {response}")

    def test_the_final_message_of_the_client_is_empty(self) -> None:
        self.exchange("ann", "ann", "sesame")
        self.assertFails(f"AUTHENTICATE {encoded('more')}")


class External(SaslTest):
    def certificate(self, *owners: str) -> None:
        self.links["ann"].certificate = CERTIFICATE
        for owner in owners:
            self.world.certificates[fingerprint(CERTIFICATE)] = owner

    def test_without_a_certificate_it_fails(self) -> None:
        self.assertAnswer("ann", "AUTHENTICATE EXTERNAL", "904 * :SASL authentication failed")

    def test_a_registered_certificate_logs_in(self) -> None:
        for response in ("+", encoded("ann")):
            with self.subTest(response):
                self.certificate("ann")
                self.say("ann", "AUTHENTICATE EXTERNAL", f"AUTHENTICATE {response}")
                self.assertEqual(self.codes("ann"), ["AUTHENTICATE", "900", "903"])

    def test_a_certificate_does_not_log_in_to_another_account(self) -> None:
        self.certificate("bob")
        self.assertFails("AUTHENTICATE EXTERNAL", f"AUTHENTICATE {encoded('ann')}")

    def test_an_unknown_certificate_fails(self) -> None:
        self.certificate()
        self.assertFails("AUTHENTICATE EXTERNAL", "AUTHENTICATE +")
