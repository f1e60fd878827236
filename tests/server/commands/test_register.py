"""REGISTER: accounts are created and reserve their names."""

from __future__ import annotations

from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from tests.server.base import ServerTest


class Registering(ServerTest):
    CONFIG = "[limits]\nregistrations = 1"

    def test_an_account_with_the_nick_as_its_name_is_logged_in_at_once(self) -> None:
        """As after SASL: REGISTER SUCCESS <account> <message>, then 900."""
        self.enter("ann", "bob", channel="#c", caps="account-notify extended-join")
        self.say("ann", "REGISTER * * sesame")
        source = self.user("ann").source
        self.assertGot(
            "ann",
            "REGISTER SUCCESS ann :The account was created",
            f"900 ann {source} ann :You are now logged in as ann",
            ":ann ACCOUNT ann",
        )
        self.assertGot("bob", ":ann ACCOUNT ann")
        self.assertEqual(self.user("ann").account, "ann")

    def test_an_account_survives_a_restart(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * ann@example.org sesame")
        self.restart()
        account = self.world.accounts["ann"]
        self.assertEqual((account.name, account.role, account.email), ("ann", "member", "ann@example.org"))
        self.enter_as("ann")
        self.assertEqual(self.user("ann").account, "ann")

    def test_an_account_may_have_another_name_than_the_nick(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER Anna * sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])
        self.assertEqual((self.user("ann").account, self.user("ann").nick), ("Anna", "ann"))

    def test_an_account_can_be_created_before_registration(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann")
        self.text("ann")
        self.say("ann", "REGISTER * * sesame")
        cloak = self.world.cloak("192.0.2.7")
        self.assertGot(
            "ann",
            "REGISTER SUCCESS ann :The account was created",
            f"900 * ann!*@{cloak} ann :You are now logged in as ann",
        )
        self.say("ann", "USER ann 0 * :Ann", "CAP END")
        self.assertEqual(self.codes("ann")[:2], ["001", "002"])
        self.assertEqual(self.user("ann").account, "ann")

    def test_errors_have_the_codes_of_the_specification(self) -> None:
        self.make_account("taken")
        self.enter("ann", "bob")
        for line, code, about in (
            ("REGISTER taken * sesame", "ACCOUNT_EXISTS", "taken"),
            ("REGISTER Taken * sesame", "ACCOUNT_EXISTS", "Taken"),
            ("REGISTER bob * sesame", "ACCOUNT_EXISTS", "bob"),
            ("REGISTER 1ann * sesame", "BAD_ACCOUNT_NAME", "1ann"),
            ("REGISTER nickserv * sesame", "BAD_ACCOUNT_NAME", "nickserv"),
            (f"REGISTER {'a' * 33} * sesame", "BAD_ACCOUNT_NAME", "a" * 33),
            ("REGISTER * nowhere sesame", "INVALID_EMAIL", "ann"),
            ("REGISTER * ann@ sesame", "INVALID_EMAIL", "ann"),
            ("REGISTER * * abc", "WEAK_PASSWORD", "ann"),
            ("REGISTER * * :", "UNACCEPTABLE_PASSWORD", "ann"),
            ("REGISTER * * :a\tb\tc", "UNACCEPTABLE_PASSWORD", "ann"),
        ):
            with self.subTest(line):
                self.say("ann", line)
                (message,) = self.messages("ann")
                self.assertEqual(message.command, "FAIL")
                self.assertEqual(message.params[:3], ("REGISTER", code, about))
                self.assertEqual(len(message.params), 4)
        self.assertEqual(list(self.world.accounts), ["taken"])

    def test_too_few_parameters_are_refused(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "REGISTER * *", "461 ann REGISTER :Not enough parameters")
        self.assertAnswer("ann", "VERIFY ann", "461 ann VERIFY :Not enough parameters")

    def test_a_client_that_is_logged_in_cannot_create_another(self) -> None:
        self.enter_as("ann")
        self.assertAnswer(
            "ann", "REGISTER b * sesame", "FAIL REGISTER ALREADY_AUTHENTICATED ann :You are already logged in"
        )

    def test_a_nick_is_required(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        self.text("ann")
        self.assertAnswer("ann", "REGISTER * * sesame", "FAIL REGISTER NEED_NICK * :Choose a nick first")

    def test_a_refused_nick_counts_as_taken(self) -> None:
        self.enter("ann")
        self.connect("eve")
        self.say("eve", "CAP LS 302", "NICK ann")
        self.assertEqual(self.codes("eve")[-1], "433")
        self.say("eve", "REGISTER * * sesame")
        self.assertGot("eve", "FAIL REGISTER ACCOUNT_EXISTS ann :Another user has this nick at the moment")

    def test_only_one_of_two_simultaneous_requests_succeeds(self) -> None:
        self.enter("ann", "bob")
        lines = {"ann": b"REGISTER carl * sesame", "bob": b"REGISTER carl * different"}
        self.turn(*(Received(self.links[name], list(read([line]))) for name, line in lines.items()))
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])
        self.assertGot("bob", "FAIL REGISTER ACCOUNT_EXISTS carl :An account with this name already exists")

    def test_the_label_covers_the_whole_answer(self) -> None:
        self.enter("ann", caps="labeled-response batch account-notify")
        self.say("ann", "@label=x REGISTER * * sesame")
        opener, *inside, closer = self.messages("ann")
        self.assertEqual((opener.command, opener.tags["label"]), ("BATCH", "x"))
        self.assertEqual([message.command for message in inside], ["REGISTER", "900", "ACCOUNT"])
        self.assertEqual(closer.command, "BATCH")

    def test_the_password_is_not_stored(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * * open-sesame")
        self.assertNotIn(b"open-sesame", self._database.read_bytes())
        self.assertTrue(self.world.accounts["ann"].credentials.startswith("SCRAM-SHA-256$100000:"))

    def test_the_number_of_accounts_from_one_address_is_limited(self) -> None:
        self.enter("ann", "bob", address="9.9.9.9")
        self.enter("carl", address="9.9.9.10")
        self.say("ann", "REGISTER * * sesame")
        expected = "Too many accounts were created from your address: try again later"
        self.say("bob", "REGISTER * * sesame")
        self.assertGot("bob", f"FAIL REGISTER TEMPORARILY_UNAVAILABLE bob :{expected}")
        self.say("carl", "REGISTER * * sesame")
        self.assertEqual(self.codes("carl"), ["REGISTER", "900"])
        self.pass_time(600)
        self.enter("dora", address="9.9.9.9")
        self.say("dora", "REGISTER * * sesame")
        self.assertEqual(self.codes("dora"), ["REGISTER", "900"])

    def test_the_limit_is_higher_for_a_private_address(self) -> None:
        self.enter("ann", "bob", address="192.168.1.5")
        for name in ("ann", "bob"):
            self.say(name, "REGISTER * * sesame")
            self.assertEqual(self.codes(name), ["REGISTER", "900"])


class Verifying(ServerTest):
    def test_no_account_needs_verification(self) -> None:
        expected = "You have no account that needs a code: use REGISTER first"
        self.enter("ann")
        self.assertAnswer("ann", "VERIFY ann 1", f"FAIL VERIFY INVALID_CODE ann :{expected}")

    def test_a_client_that_is_logged_in_needs_no_verification(self) -> None:
        self.enter_as("ann")
        expected = "You are already logged in"
        self.assertAnswer("ann", "VERIFY ann 1", f"FAIL VERIFY ALREADY_AUTHENTICATED ann :{expected}")


class Offering(ServerTest):
    def test_the_capability_value_lists_the_options(self) -> None:
        self.connect("ann", is_secure=True)
        self.say("ann", "CAP LS 302")
        words = " ".join(message.text for message in self.messages("ann")).split()
        self.assertIn("draft/account-registration=before-connect,custom-account-name", words)
        self.assertIn("sasl=PLAIN,SCRAM-SHA-256,EXTERNAL", words)

    def test_without_version_302_there_are_no_values(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS")
        words = self.messages("ann")[0].text.split()
        self.assertIn("sasl", words)
        self.assertNotIn("=", "".join(words))
