"""SCRAM-SHA-256 as a dialogue of client and server, and the errors of either side."""

from __future__ import annotations

import unittest

from chatapp.protocol.credentials import FEWEST_ROUNDS, MOST_ROUNDS, Credentials, salt_password
from chatapp.protocol.sasl import SaslError
from chatapp.protocol.scram import Challenge, Hello, Proof, ScramClient

SALT = bytes(range(16))
WRONG_KEY = b"A" * 43 + b"="


class Example(unittest.TestCase):
    """Source: RFC 7677 section 3."""

    HELLO = b"n,,n=user,r=rOprNGfwEbeRWgbNEkqO"
    NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    CHALLENGE = b"r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"
    PROOF = (
        b"c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
        b"p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    )
    VERDICT = b"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="

    def test_the_messages_of_the_client_match_the_example(self) -> None:
        hello = Hello("user", "rOprNGfwEbeRWgbNEkqO")
        self.assertEqual(hello.message, self.HELLO)
        task = hello.read(self.CHALLENGE)
        proof = task.prove(salt_password("pencil", task.salt, task.iterations))
        self.assertEqual(proof.message, self.PROOF)
        proof.check(self.VERDICT)

    def test_the_messages_of_the_server_match_the_example(self) -> None:
        login = ScramClient.read(self.HELLO)
        self.assertEqual(login.account, "user")
        salt = Hello("user", "rOprNGfwEbeRWgbNEkqO").read(self.CHALLENGE).salt
        challenge = login.challenge(Credentials.make("pencil", salt, 4096), self.NONCE)
        self.assertEqual(challenge.message, self.CHALLENGE)
        self.assertEqual(challenge.check(self.PROOF), self.VERDICT)


class BothSides(unittest.TestCase):
    def dialogue(self, account: str, typed: str, stored: Credentials) -> str:
        hello = Hello(account, "cnonce")
        login = ScramClient.read(hello.message)
        challenge = login.challenge(stored, "snonce")
        task = hello.read(challenge.message)
        proof = task.prove(salt_password(typed, task.salt, task.iterations))
        proof.check(challenge.check(proof.message))
        return login.account

    def test_the_correct_password_logs_in(self) -> None:
        for account, chosen, typed in (
            ("ann", "s3cret", "s3cret"),
            ("a=b,c", "s3cret", "s3cret"),
            ("=2C=3D,", "s3cret", "s3cret"),
            ("ünal", "pass wörd", "pass\u00a0wo\u0308rd"),
            ("ann", "a,b=c", "a,b=c"),
        ):
            with self.subTest(account):
                stored = Credentials.make(chosen, SALT, FEWEST_ROUNDS)
                self.assertEqual(self.dialogue(account, typed, stored), account)

    def test_a_wrong_password_is_refused(self) -> None:
        stored = Credentials.make("s3cret", SALT, FEWEST_ROUNDS)
        with self.assertRaisesRegex(SaslError, "invalid-proof"):
            self.dialogue("ann", "S3cret", stored)

    def test_a_login_to_an_unknown_account_is_refused(self) -> None:
        with self.assertRaisesRegex(SaslError, "invalid-proof"):
            self.dialogue("ann", "s3cret", Credentials.decoy("ann", b"secret", FEWEST_ROUNDS))

    def test_a_server_without_the_key_of_the_password_is_refused(self) -> None:
        stored = Credentials.make("s3cret", SALT, FEWEST_ROUNDS)
        false = Credentials(stored.iterations, stored.salt, stored.stored_key, bytes(32))
        with self.assertRaisesRegex(SaslError, "does not know"):
            self.dialogue("ann", "s3cret", false)


class ServerRefuses(unittest.TestCase):
    def challenge(self) -> tuple[Challenge, Proof]:
        hello = Hello("ann", "cnonce")
        challenge = ScramClient.read(hello.message).challenge(
            Credentials.make("x", SALT, FEWEST_ROUNDS), "snonce"
        )
        return challenge, hello.read(challenge.message).prove(salt_password("x", SALT, FEWEST_ROUNDS))

    def test_valid_first_messages_are_accepted(self) -> None:
        """Source: RFC 5802 section 7. `y` means that the client supports channel binding; extensions are
        ignored."""
        for hello in (
            b"n,,n=ann,r=x",
            b"y,,n=ann,r=x",
            b"n,a=ann,n=ann,r=x",
            b"n,a=ANN,n=ann,r=x",
            b"n,,n=ann,r=x,z=what,Y=ever",
            b"n,,n=ann,r=!+-~",
        ):
            with self.subTest(hello):
                self.assertEqual(ScramClient.read(hello).account, "ann")

    def test_invalid_first_messages(self) -> None:
        for hello, error in (
            (b"", "other-error"),
            (b"n", "other-error"),
            (b"n,,", "other-error"),
            (b"n,n=ann,r=x", "other-error"),
            (b"x,,n=ann,r=x", "other-error"),
            (b",,n=ann,r=x", "other-error"),
            (b"n,,r=x,n=ann", "other-error"),
            (b"n,,n=ann", "other-error"),
            (b"n,,n=,r=x", "other-error"),
            (b"n,,n=ann,r=", "other-error"),
            (b"n,,n=ann,r=a b", "other-error"),
            (b"n,,n=ann,r=\xc3\xa4", "other-error"),
            (b"n,,n=ann,r=x,", "other-error"),
            (b"n,,n=ann,r=x,zz=1", "other-error"),
            (b"n,,n=ann,r=x\n", "other-error"),
            (b"n,,n=a\0nn,r=x", "other-error"),
            (b"n,,n=\xff,r=x", "invalid-encoding"),
            (b"n,,n=a=nn,r=x", "invalid-username-encoding"),
            (b"n,,n=a=2cnn,r=x", "invalid-username-encoding"),
            (b"n,,n=ann=,r=x", "invalid-username-encoding"),
            (b"n,a==,n=ann,r=x", "invalid-username-encoding"),
            (b"n,a=ben,n=ann,r=x", "other-error"),
            (b"n,,m=must,n=ann,r=x", "extensions-not-supported"),
            (b"p=tls-unique,,n=ann,r=x", "channel-binding-not-supported"),
        ):
            with self.subTest(hello), self.assertRaisesRegex(SaslError, error):
                ScramClient.read(hello)

    def test_only_the_correct_proof_is_accepted(self) -> None:
        challenge, proof = self.challenge()
        self.assertRegex(challenge.check(proof.message), rb"^v=[\w+/]{43}=$")

    def test_invalid_proofs(self) -> None:
        challenge, proof = self.challenge()
        unproven, given = proof.message.split(b",p=")
        for message, error in (
            (b"", "other-error"),
            (unproven, "other-error"),
            (unproven + b",p=", "other-error"),
            (unproven + b",p=" + given[4:], "other-error"),
            (unproven + b",p=AAAA" + given, "other-error"),
            (unproven + b",p=" + given + b",z=1", "other-error"),
            (unproven + b",p=" + given + b"\n", "other-error"),
            (unproven + b",p=" + WRONG_KEY, "invalid-proof"),
            (unproven + b",z=1,p=" + given, "invalid-proof"),
            (unproven.replace(b"snonce", b"snoncE") + b",p=" + given, "other-error"),
            (unproven.replace(b"snonce", b"") + b",p=" + given, "other-error"),
            (b"c=biws,p=" + given, "other-error"),
            (b"r=cnoncesnonce,p=" + given, "other-error"),
            (unproven.replace(b"biws", b"eSws") + b",p=" + given, "channel-bindings-dont-match"),
            (unproven.replace(b"biws", b"biw") + b",p=" + given, "other-error"),
            (b"\xff" + proof.message, "invalid-encoding"),
        ):
            with self.subTest(message), self.assertRaisesRegex(SaslError, error):
                challenge.check(message)

    def test_the_header_must_be_part_of_the_signed_message(self) -> None:
        """An attacker cannot change the `y` of a client to `n`."""
        sent = ScramClient.read(b"y,,n=ann,r=cnonce")
        _, proof = self.challenge()
        with self.assertRaisesRegex(SaslError, "channel-bindings-dont-match"):
            sent.challenge(Credentials.make("x", SALT, FEWEST_ROUNDS), "snonce").check(proof.message)


class ClientRefuses(unittest.TestCase):
    def test_invalid_challenges(self) -> None:
        for challenge in (
            b"",
            b"e=other-error",
            b"r=cnoncesnonce",
            b"r=cnoncesnonce,s=AAAA",
            b"r=cnoncesnonce,s=,i=4096",
            b"r=cnoncesnonce,s=AAA,i=4096",
            b"r=cnoncesnonce,s=AAAA,i=",
            b"r=cnoncesnonce,s=AAAA,i=x",
            b"r=cnoncesnonce,s=AAAA,i=04096",
            b"r=cnoncesnonce,s=AAAA,i=-4096",
            b"r=cnoncesnonce,s=AAAA,i=4095",
            b"r=cnoncesnonce,s=AAAA,i=%d" % (MOST_ROUNDS + 1),
            b"r=cnoncesnonce,s=AAAA,i=99999999999",
            b"r=cnonce,s=AAAA,i=4096",
            b"r=Cnoncesnonce,s=AAAA,i=4096",
            b"r=snonce,s=AAAA,i=4096",
            b"m=must,r=cnoncesnonce,s=AAAA,i=4096",
            b"s=AAAA,r=cnoncesnonce,i=4096",
            b"r=cnoncesnonce,s=AAAA,i=4096\n",
            b"\xff",
        ):
            with self.subTest(challenge), self.assertRaises(SaslError):
                Hello("ann", "cnonce").read(challenge)

    def test_extensions_are_ignored_but_signed(self) -> None:
        task = Hello("ann", "cnonce").read(b"r=cnoncesnonce,s=AAAA,i=4096,z=1")
        plain = Hello("ann", "cnonce").read(b"r=cnoncesnonce,s=AAAA,i=4096")
        self.assertEqual((task.salt, task.iterations), (bytes(3), 4096))
        self.assertNotEqual(task.prove(bytes(32)).message, plain.prove(bytes(32)).message)

    def test_invalid_server_signatures(self) -> None:
        task = Hello("ann", "cnonce").read(b"r=cnoncesnonce,s=AAAA,i=4096")
        proof = task.prove(bytes(32))
        for verdict, error in (
            (b"", "other-error"),
            (b"v=", "other-error"),
            (b"v=AAAA", "other-error"),
            (b"v=" + WRONG_KEY, "does not know"),
            (b"e=invalid-proof", "invalid-proof"),
            (b"e=", "other-error"),
            (b"x", "other-error"),
            (b"\xff", "invalid-encoding"),
        ):
            with self.subTest(verdict), self.assertRaisesRegex(SaslError, error):
                proof.check(verdict)


if __name__ == "__main__":
    unittest.main()
