"""Accounts are made, and their names belong to who made them."""

from __future__ import annotations

from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from tests.server.base import SERVER, ServerTest


class Registering(ServerTest):
    CONFIG = "[limits]\nregistrations = 1"

    def test_an_account_of_ones_nick_logs_in_at_once(self) -> None:
        """As if it used SASL: REGISTER SUCCESS <account> <message>, then 900."""
        self.enter("ann", "bob", channel="#c", caps="account-notify extended-join")
        self.say("ann", "REGISTER * * sesame")
        source = self.user("ann").source
        self.assertGot(
            "ann",
            "REGISTER SUCCESS ann :The account is made",
            f"900 ann {source} ann :You are now logged in as ann",
            ":ann ACCOUNT ann",
        )
        self.assertGot("bob", ":ann ACCOUNT ann")
        self.assertEqual(self.user("ann").account, "ann")

    def test_it_outlives_the_server(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * ann@example.org sesame")
        self.restart()
        account = self.world.accounts["ann"]
        self.assertEqual((account.name, account.role, account.email), ("ann", "member", "ann@example.org"))
        self.enter_as("ann")
        self.assertEqual(self.user("ann").account, "ann")

    def test_it_may_be_called_otherwise(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER Anna * sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])
        self.assertEqual((self.user("ann").account, self.user("ann").nick), ("Anna", "ann"))

    def test_it_may_be_made_before_the_connection_is_complete(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann")
        self.text("ann")
        self.say("ann", "REGISTER * * sesame")
        cloak = self.world.cloak("192.0.2.7")
        self.assertGot(
            "ann",
            "REGISTER SUCCESS ann :The account is made",
            f"900 * ann!*@{cloak} ann :You are now logged in as ann",
        )
        self.say("ann", "USER ann 0 * :Ann", "CAP END")
        self.assertEqual(self.codes("ann")[:2], ["001", "002"])
        self.assertEqual(self.user("ann").account, "ann")

    def test_what_is_wrong_is_said_as_the_specification_names_it(self) -> None:
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

    def test_parameters_are_counted(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "REGISTER * *", "461 ann REGISTER :Not enough parameters")
        self.assertAnswer("ann", "VERIFY ann", "461 ann VERIFY :Not enough parameters")

    def test_who_is_logged_in_makes_no_other(self) -> None:
        self.enter_as("ann")
        self.assertAnswer(
            "ann", "REGISTER b * sesame", "FAIL REGISTER ALREADY_AUTHENTICATED ann :You are logged in already"
        )

    def test_one_needs_a_nick(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        self.text("ann")
        self.assertAnswer("ann", "REGISTER * * sesame", "FAIL REGISTER NEED_NICK * :Choose a nick first")

    def test_a_nick_that_was_refused_is_taken(self) -> None:
        self.enter("ann")
        self.connect("eve")
        self.say("eve", "CAP LS 302", "NICK ann")
        self.assertEqual(self.codes("eve")[-1], "433")
        self.say("eve", "REGISTER * * sesame")
        self.assertGot("eve", "FAIL REGISTER ACCOUNT_EXISTS ann :Somebody uses this name at this moment")

    def test_of_two_at_once_exactly_one_gets_it(self) -> None:
        self.enter("ann", "bob")
        lines = {"ann": b"REGISTER carl * sesame", "bob": b"REGISTER carl * different"}
        self.turn(*(Received(self.links[name], list(read([line]))) for name, line in lines.items()))
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])
        self.assertGot("bob", "FAIL REGISTER ACCOUNT_EXISTS carl :There is an account of this name")

    def test_a_label_holds_all_of_the_answer(self) -> None:
        self.enter("ann", caps="labeled-response batch account-notify")
        self.say("ann", "@label=x REGISTER * * sesame")
        opener, *inside, closer = self.messages("ann")
        self.assertEqual((opener.command, opener.tags["label"]), ("BATCH", "x"))
        self.assertEqual([message.command for message in inside], ["REGISTER", "900", "ACCOUNT"])
        self.assertEqual(closer.command, "BATCH")

    def test_the_password_is_not_kept(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * * open-sesame")
        self.assertNotIn(b"open-sesame", self._database.read_bytes())
        self.assertTrue(self.world.accounts["ann"].credentials.startswith("SCRAM-SHA-256$100000:"))

    def test_few_accounts_are_made_from_one_address(self) -> None:
        self.enter("ann", "bob", address="9.9.9.9")
        self.enter("carl", address="9.9.9.10")
        self.say("ann", "REGISTER * * sesame")
        words = "Too many accounts from your address, try again later"
        self.say("bob", "REGISTER * * sesame")
        self.assertGot("bob", f"FAIL REGISTER TEMPORARILY_UNAVAILABLE bob :{words}")
        self.say("carl", "REGISTER * * sesame")
        self.assertEqual(self.codes("carl"), ["REGISTER", "900"])
        self.pass_time(600)
        self.enter("dora", address="9.9.9.9")
        self.say("dora", "REGISTER * * sesame")
        self.assertEqual(self.codes("dora"), ["REGISTER", "900"])

    def test_a_class_behind_one_private_address_is_not_few(self) -> None:
        self.enter("ann", "bob", address="192.168.1.5")
        for name in ("ann", "bob"):
            self.say(name, "REGISTER * * sesame")
            self.assertEqual(self.codes(name), ["REGISTER", "900"])


class Verifying(ServerTest):
    def test_nothing_waits_for_a_code(self) -> None:
        words = "You have asked for no account that waits for a code: REGISTER first"
        self.enter("ann")
        self.assertAnswer("ann", "VERIFY ann 1", f"FAIL VERIFY INVALID_CODE ann :{words}")

    def test_who_is_logged_in_needs_none(self) -> None:
        self.enter_as("ann")
        words = "You are logged in already"
        self.assertAnswer("ann", "VERIFY ann 1", f"FAIL VERIFY ALREADY_AUTHENTICATED ann :{words}")


class Offering(ServerTest):
    def test_the_capability_says_what_may_be_done(self) -> None:
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


class Closed(ServerTest):
    CONFIG = '[accounts]\nregistration = "closed"'

    def test_nobody_makes_an_account(self) -> None:
        self.enter("ann")
        self.say("ann", "REGISTER * * sesame")
        (message,) = self.messages("ann")
        self.assertEqual(message.params[:3], ("REGISTER", "TEMPORARILY_UNAVAILABLE", "ann"))

    def test_the_capability_is_not_there(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "CAP REQ draft/account-registration")
        *offers, refusal = self.messages("ann")
        self.assertNotIn("account-registration", " ".join(message.text for message in offers))
        self.assertEqual(refusal.params, ("*", "NAK", "draft/account-registration"))


class WithEmail(ServerTest):
    CONFIG = "[accounts]\nrequire_email = true"

    def test_an_address_is_needed(self) -> None:
        self.enter("ann")
        self.assertAnswer(
            "ann", "REGISTER * * sesame", "FAIL REGISTER INVALID_EMAIL ann :That is no email address"
        )
        self.say("ann", "REGISTER * ann@example.org sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])

    def test_the_capability_says_so(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        self.assertIn("=before-connect,custom-account-name,email-required", self.text("ann"))


class WithServerPassword(ServerTest):
    CONFIG = '[server]\npassword = "open"'

    def test_it_is_not_evaded_by_registering(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK eve", "REGISTER * * sesame")
        self.assertGot("eve", "464 * :Password incorrect")
        self.assertEqual(self.world.accounts, {})

    def test_with_it_one_may_register(self) -> None:
        self.connect("ann")
        self.say("ann", "PASS open", "NICK ann", "REGISTER * * sesame")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])


class AfterTheConnection(ServerTest):
    CONFIG = "[accounts]\nregister_before_connect = false\nshortest_password = 8"

    def test_the_capability_says_so(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302")
        words = self.text("ann").split()
        self.assertIn("draft/account-registration=custom-account-name", words)

    def test_no_account_is_made_before_it(self) -> None:
        self.connect("ann")
        words = "COMPLETE_CONNECTION_REQUIRED :Complete the connection first, then try again"
        self.say("ann", "NICK ann")
        self.assertAnswer("ann", "REGISTER * * sesame-seed", f"FAIL REGISTER {words}")
        self.assertAnswer("ann", "VERIFY ann abc", f"FAIL VERIFY {words}")
        self.say("ann", "USER ann 0 * :Ann")
        self.text("ann")
        self.say("ann", "REGISTER * * sesame-seed")
        self.assertEqual(self.codes("ann"), ["REGISTER", "900"])

    def test_a_password_has_so_many_characters(self) -> None:
        self.enter("ann")
        words = "A password has at least 8 characters"
        self.assertAnswer("ann", "REGISTER * * sesame7", f"FAIL REGISTER WEAK_PASSWORD ann :{words}")
        self.say("ann", "REGISTER * * sesame78")
        self.text("ann")
        self.assertAnswer("ann", "NS SET PASSWORD sesame7", f":NickServ NOTICE ann :{words}")


class MembersOnly(ServerTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_a_guest_is_turned_away_with_the_reason(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK eve", "USER eve 0 * :Eve")
        self.assertGot(
            "eve",
            "FAIL * ACCOUNT_REQUIRED :This server is for members: log in to an account",
            "ERROR :This server is for members: log in to an account, by SASL or with PASS account:password",
        )
        self.assertTrue(self.links["eve"].is_closed)

    def test_who_logs_out_has_to_go(self) -> None:
        self.enter_as("ann", channel="#c", caps="account-notify")
        self.enter_as("bob", "laptop", "phone", channel="#c")
        self.forget()
        self.say("laptop", "NS LOGOUT")
        self.assertGot(
            "laptop",
            ":NickServ NOTICE bob :You are logged out of bob",
            f"901 bob bob!laptop@{self.world.cloak('192.0.2.7')} :You are now logged out",
            "ERROR :This server is for members: log in to come back",
        )
        self.assertEqual(self.codes("phone")[-1], "ERROR")
        self.assertTrue(self.links["laptop"].is_closed and self.links["phone"].is_closed)
        self.assertGot("ann", ":bob ACCOUNT *", ":bob QUIT :Logged out")
        self.assertNotIn("bob", self.world.users)

    def test_a_member_comes_in_and_is_told(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.text("ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        tokens = [message.params for message in self.messages("ann") if message.command == "005"]
        self.assertIn("draft/ACCOUNTREQUIRED", {token for row in tokens for token in row})

    def test_one_may_become_a_member(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "REGISTER * * sesame", "USER ann 0 * :Ann", "CAP END")
        self.assertIn("001", self.codes("ann"))


class Protection(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann")

    def test_a_guest_does_not_get_the_name_of_an_account(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK Ann", "USER eve 0 * :Eve")
        self.assertGot("eve", "433 * Ann :This name belongs to an account; log in to have it")
        self.say("eve", "NICK eve")
        self.assertEqual(self.codes("eve")[0], "001")
        self.say("eve", "NICK ANN")
        self.assertGot("eve", "433 eve ANN :This name belongs to an account; log in to have it")
        self.assertEqual(self.user("eve").nick, "eve")

    def test_nor_does_a_member_with_another_account(self) -> None:
        self.enter_as("bob")
        self.say("bob", "NICK ann")
        self.assertEqual(self.codes("bob"), ["433"])

    def test_the_login_may_come_after_the_nick(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.say("ann", "CAP END")
        self.assertIn("001", self.codes("ann"))

    def test_nobody_is_called_like_a_service(self) -> None:
        self.connect("eve")
        self.assertAnswer("eve", "NICK NickServ", "433 * NickServ :Nickname is already in use")
        self.enter("bob")
        self.assertAnswer("bob", "NICK chanserv", "433 bob chanserv :Nickname is already in use")

    def test_who_held_it_before_steps_aside_when_the_owner_comes(self) -> None:
        self.enter("eve", "bob", channel="#c")
        self.make_account("eve")
        self.connect("owner")
        self.say("owner", "CAP REQ sasl", "NICK eve", "USER eve 0 * :Eve")
        self.authenticate("owner", "eve")
        self.say("owner", "CAP END")
        self.assertIn("001", self.codes("owner"))
        other, notice = self.messages("eve")
        self.assertEqual((other.command, other.nick), ("NICK", "eve"))
        self.assertTrue(other.params[0].startswith("Guest"))
        self.assertEqual((notice.command, notice.source), ("NOTICE", SERVER))
        self.assertGot("bob", f":eve NICK {other.params[0]}")
        self.assertEqual(self.user("eve").account, "eve")
