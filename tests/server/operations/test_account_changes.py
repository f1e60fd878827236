"""The rules for new accounts."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Closed(ServerTest):
    CONFIG = '[accounts]\nregistration = "closed"'

    def test_no_account_can_be_created(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * * sesame")
        (message,) = self.messages("ann")
        self.assertEqual(message.params[:3], ("REGISTER", "TEMPORARILY_UNAVAILABLE", "ann"))

    def test_the_capability_is_not_offered(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "CAP REQ draft/account-registration")
        *offers, refusal = self.messages("ann")
        self.assertNotIn("account-registration", " ".join(message.text for message in offers))
        self.assertEqual(refusal.params, ("*", "NAK", "draft/account-registration"))


class WithEmail(ServerTest):
    CONFIG = "[accounts]\nrequire_email = true"

    def test_an_address_is_required(self) -> None:
        self.enter("ann")
        self.assertAnswer(
            "ann", "REGISTER * * sesame", "FAIL REGISTER INVALID_EMAIL ann :This is not a valid email address"
        )
        self.say("ann", "REGISTER * ann@example.org sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])

    def test_the_capability_lists_it(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        self.assertIn("=before-connect,custom-account-name,email-required", self.text("ann"))


class WithServerPassword(ServerTest):
    CONFIG = '[server]\npassword = "open"'

    def test_registering_an_account_does_not_replace_the_server_password(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK eve", "REGISTER * * sesame")
        self.assertGot("eve", "464 * :Password incorrect")
        self.assertEqual(self.world.accounts, {})

    def test_with_the_server_password_an_account_can_be_registered(self) -> None:
        self.connect("ann")
        self.say("ann", "PASS open", "NICK ann", "REGISTER * * sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])


class AfterTheConnection(ServerTest):
    CONFIG = "[accounts]\nregister_before_connect = false\nshortest_password = 8"

    def test_the_capability_lists_it(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        words = self.text("ann").split()
        self.assertIn("draft/account-registration=custom-account-name", words)

    def test_no_account_is_created_before_registration(self) -> None:
        self.connect("ann")
        expected = "COMPLETE_CONNECTION_REQUIRED :Complete the connection first, then try again"
        self.say("ann", "NICK ann")
        self.assertAnswer("ann", "REGISTER * * sesame-seed", f"FAIL REGISTER {expected}")
        self.assertAnswer("ann", "VERIFY ann abc", f"FAIL VERIFY {expected}")
        self.say("ann", "USER ann 0 * :Ann")
        self.text("ann")
        self.say("ann", "REGISTER * * sesame-seed")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])

    def test_the_length_of_a_password_is_limited(self) -> None:
        self.enter("ann")
        expected = "A password has at least 8 characters"
        self.assertAnswer("ann", "REGISTER * * sesame7", f"FAIL REGISTER WEAK_PASSWORD ann :{expected}")
        self.say("ann", "REGISTER * * sesame78")
        self.text("ann")
        self.assertAnswer("ann", "NS SET PASSWORD sesame78 sesame7", f":NickServ NOTICE ann :{expected}")


if __name__ == "__main__":
    unittest.main()
