"""Creating an account on the server: with an invite code, without one, and what a refusal says."""

from __future__ import annotations

from typing import Any

from chatapp.client.incoming import events
from chatapp.client.model.changes import ConnectFailed
from tests.client.base import ClientTest
from tests.client.session.sessions import PASSWORD, LoginTest

OFFER = ":srv CAP * LS :sasl=PLAIN draft/account-registration=before-connect"
WANTED = ":srv REGISTER VERIFICATION_REQUIRED ana :An account is made by invitation"


class RegistrationTest(LoginTest):
    def register(self, **login: Any) -> list[str]:
        """Return what is sent after a login that failed because there is no such account."""
        self.start(**login)
        self.receive(OFFER, ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        return self.receive(":srv 904 ana :SASL authentication failed")

    def test_a_code_makes_an_account_of_name_and_password(self) -> None:
        self.assertEqual(self.register(code="k3x9-abcd"), [f"REGISTER ana * :{PASSWORD}"])
        self.assertEqual(self.receive(WANTED), ["VERIFY ana k3x9-abcd"])
        answers = self.receive(
            ":srv VERIFY SUCCESS ana :The account was created", ":srv 900 ana a!b@c ana :You are in"
        )
        self.assertEqual(answers, ["CAP END"])
        self.assertIn(events.LoggedIn("ana"), self.events)
        self.receive(":srv 001 ana :Welcome")
        self.assertEqual(self.events[-2:], [events.Registered("ana"), events.ServerText("Welcome")])

    def test_a_new_account_is_requested_where_no_code_is_needed(self) -> None:
        self.assertEqual(self.register(new_account=True), [f"REGISTER ana * :{PASSWORD}"])
        self.assertEqual(self.receive(":srv REGISTER SUCCESS ana :The account was created"), ["CAP END"])

    def test_a_user_with_an_account_is_logged_in_without_another_one(self) -> None:
        self.start(code="k3x9-abcd")
        self.receive(OFFER, ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.assertEqual(
            self.receive(":srv 900 ana a!b@c ana :You are in", ":srv 903 ana :success"), ["CAP END"]
        )

    def test_without_a_code_and_the_option_for_a_new_account_none_is_requested(self) -> None:
        self.assertEqual(self.register(), [])
        self.assertIn("Wrong password for ana", self.refused())

    def test_none_is_requested_from_a_server_that_creates_none(self) -> None:
        self.start(code="k3x9-abcd")
        self.receive(":srv CAP * LS :sasl=PLAIN", ":srv CAP * ACK :sasl", "AUTHENTICATE +")
        self.assertEqual(self.receive(":srv 904 ana :SASL authentication failed"), [])
        self.assertIn("Wrong password for ana", self.refused())

    def test_a_missing_code_is_asked_for(self) -> None:
        self.register(new_account=True)
        self.assertEqual(self.receive(WANTED), [])
        expected = "This server creates accounts by invitation only. Enter your invite code."
        self.assertEqual(self.session.refusal, ConnectFailed("code", expected))

    def test_the_reason_of_a_refusal_is_reported(self) -> None:
        for answer, expected, wants_code in (
            ("VERIFY INVALID_CODE ana :No", "This invite code is wrong", True),
            ("REGISTER ACCOUNT_EXISTS ana :Taken", "The account ana already exists", False),
            (
                "REGISTER WEAK_PASSWORD ana :Too short",
                "The server did not create an account: Too short.",
                False,
            ),
            ("REGISTER", "The server did not create an account", False),
        ):
            with self.subTest(answer):
                self.register(code="k3x9-abcd")
                self.receive(f":srv FAIL {answer}")
                self.assertIn(expected, self.refused())
                assert self.session.refusal
                self.assertEqual(self.session.refusal.kind, "code" if wants_code else "password")

    def test_a_request_that_came_too_early_is_repeated_after_the_welcome(self) -> None:
        """It SHOULD make a second attempt after it receives the welcome message."""
        self.register(new_account=True)
        answers = self.receive(
            ":srv FAIL REGISTER COMPLETE_CONNECTION_REQUIRED :Complete the connection first"
        )
        self.assertEqual(answers, ["CAP END"])
        self.assertEqual(self.receive(":srv 001 ana :Welcome"), [f"REGISTER ana * :{PASSWORD}"])
        self.receive(":srv REGISTER SUCCESS ana :Account created", ":srv 900 ana a!b@c ana :You are in")
        self.assertIn(events.LoggedIn("ana"), self.events)

    def test_a_server_without_before_connect_is_asked_after_the_welcome(self) -> None:
        self.start(new_account=True)
        self.receive(
            ":srv CAP * LS :sasl=PLAIN draft/account-registration=custom-account-name",
            ":srv CAP * ACK :sasl",
            "AUTHENTICATE +",
        )
        self.assertEqual(self.receive(":srv 904 ana :SASL authentication failed"), ["CAP END"])
        self.assertEqual(self.receive(":srv 001 ana :Welcome"), [f"REGISTER ana * :{PASSWORD}"])
        self.receive(":srv FAIL REGISTER WEAK_PASSWORD ana :Too short")
        expected = "The server did not create an account: Too short. You are connected as a guest."
        self.assertEqual(self.events[-1], events.ServerText(expected))

    def test_an_account_name_that_is_not_allowed_is_explained(self) -> None:
        for nick, expected in (("7up", "A name cannot begin with “7”."), ("ana", "It says: Reserved")):
            with self.subTest(nick):
                self.register(code="k3x9-abcd", account=nick)
                self.receive(f":srv FAIL REGISTER BAD_ACCOUNT_NAME {nick} :Reserved")
                self.assertIn(expected, self.refused())

    def test_other_failures_are_not_its_answer(self) -> None:
        self.register(code="k3x9-abcd")
        self.receive(":srv FAIL JOIN NOT_NOW :Later", ":srv NOTICE ana :Welcome to our network")
        self.assertEqual(self.receive(WANTED), ["VERIFY ana k3x9-abcd"])


class Refusals(ClientTest):
    def test_a_server_for_members_says_whether_it_creates_accounts(self) -> None:
        late = ":srv CAP * LS :draft/account-registration=custom-account-name"
        for offer, makes_accounts in ((":srv CAP * LS :batch", False), (late, False), (OFFER, True)):
            with self.subTest(offer):
                self.connect()
                self.receive(offer, ":srv FAIL * ACCOUNT_REQUIRED_TO_CONNECT :For members")
                failed = self.assert_failed("password")
                self.assertIs(failed.makes_accounts, makes_accounts)
                self.assertIs("choose one for a new account" in failed.reason, makes_accounts)
