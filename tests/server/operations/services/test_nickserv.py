"""NickServ: accounts, ghosts and certificates."""

from __future__ import annotations

from chatapp.protocol.tls import fingerprint
from chatapp.server.operations import login
from chatapp.server.operations.services.nickserv import OLD_IS_WRONG
from tests.server.operations.services.base import ServicesTest

FINGERPRINT = "ab" * 32


class Accounts(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann")
        self.enter("bob")

    def test_register_creates_an_account_named_like_the_nick(self) -> None:
        self.say("bob", "NS REGISTER sesame bob@example.org")
        notice, numeric = self.got("bob")
        self.assertEqual(notice, ":NickServ NOTICE bob :Registered the account bob; you are logged in to it")
        self.assertTrue(numeric.startswith("900 bob "))
        self.assertEqual(self.world.accounts["bob"].email, "bob@example.org")

    def test_a_refusal_is_a_notice_with_the_reason(self) -> None:
        for line, expected in (
            ("NS REGISTER abc", "A password has at least 4 characters"),
            ("NS REGISTER sesame nowhere", "This is not a valid email address"),
            ("NS REGISTER", "Usage: REGISTER <password> [<email>]"),
            ("NS DANCE", "No such command; HELP lists all"),
            ("NS SET PASSWORD sesame open-up", "Log in first: IDENTIFY <account> <password>"),
            ("NS SET PASSWORD sesame", "Usage: SET PASSWORD <old password> <new password>"),
            ("NS LOGOUT", "Log in first: IDENTIFY <account> <password>"),
            ("NS INFO carl", "There is no account carl"),
            ("NS IDENTIFY ann wrong", "Wrong account name or password"),
        ):
            with self.subTest(line):
                self.assertEqual(self.notices("bob", line), [expected])

    def test_identify_logs_in(self) -> None:
        self.say("bob", "PRIVMSG NickServ :IDENTIFY ann sesame")
        self.assertEqual(self.user("bob").account, "ann")
        self.assertEqual(self.got("bob")[-1], ":NickServ NOTICE bob :You are logged in to ann")

    def test_logout_logs_out(self) -> None:
        self.enter_as("ann")
        self.say("ann", "NS LOGOUT")
        self.assertEqual(self.got("ann")[-1], f"901 ann {self.user('ann').source} :You are now logged out")
        self.assertEqual(self.user("ann").account, "")

    def test_set_password_needs_the_old_one_however_the_session_has_logged_in(self) -> None:
        self.enter_as("ann")  # by SASL
        before = self.world.accounts["ann"].credentials
        self.assertEqual(self.notices("ann", "NS SET PASSWORD wrong open-up"), [OLD_IS_WRONG])
        self.assertEqual(self.world.accounts["ann"].credentials, before)

    def test_guesses_of_the_old_password_are_limited(self) -> None:
        self.enter_as("ann")
        answers = [self.notices("ann", f"NS SET PASSWORD wrong-{n} open-up")[0] for n in range(8)]
        self.assertEqual(answers[0], OLD_IS_WRONG)
        self.assertEqual(answers[-1], login.TOO_OFTEN)

    def test_set_password_replaces_the_password(self) -> None:
        self.enter_as("ann")
        expected = ["Your password has been changed"]
        self.assertEqual(self.notices("ann", "NS SET PASSWORD sesame open-up"), expected)
        self.restart()
        self.enter("eve")
        self.authenticate("eve", "ann", "sesame")
        self.assertEqual(self.codes("eve")[-1], "904")
        self.authenticate("eve", "ann", "open-up")
        self.assertIn("903", self.codes("eve"))

    def test_identify_is_refused_while_another_session_uses_another_account(self) -> None:
        self.enter_as("carl", "laptop", "phone")
        expected = "Your other sessions are logged in to carl"
        self.assertEqual(self.notices("phone", "NS IDENTIFY ann sesame"), [expected])


class Ghosts(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", channel="#c")

    def test_a_ghost_is_disconnected(self) -> None:
        self.enter_as("ann", "old", channel="#c")
        self.enter("ann_")
        self.forget()
        self.assertEqual(self.notices("ann_", "NS GHOST ann sesame"), ["The nick is free"])
        self.assertGot("bob", ":ann QUIT :Ghost of ann_")
        self.assertGot("old", "ERROR :Ghost of ann_")
        self.assertNotIn("ann", self.world.users)

    def test_a_user_logged_in_to_the_account_needs_no_password(self) -> None:
        self.enter_as("ann", "old")
        self.enter_as("ann", "new", nick="annie")
        self.assertEqual(self.notices("new", "NS GHOST ann"), ["The nick is free"])

    def test_a_user_without_the_account_only_loses_the_nick(self) -> None:
        self.enter("ann", channel="#c")
        self.make_account("ann")
        self.enter("ann_")
        self.forget()
        self.assertEqual(self.notices("ann_", "NS GHOST ann sesame"), ["The nick is free"])
        self.assertTrue(self.got("bob")[0].startswith(":ann NICK Guest"))

    def test_users_without_the_password_are_refused(self) -> None:
        self.enter_as("ann")
        for line, expected in (
            ("NS GHOST ann", "Log in to the account with that name, or give its password"),
            ("NS GHOST ann wrong", "Wrong account name or password"),
            ("NS GHOST bob", "This nick is your own"),
        ):
            self.assertEqual(self.notices("bob", line), [expected])
        self.assertIn("ann", self.world.users)
        self.assertAnswer("bob", "NS GHOST carl", "401 bob carl :No such nick or channel")


class Certificates(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann")

    def test_a_certificate_is_added_listed_and_removed(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        mine = fingerprint(b"a certificate")
        shown = ":".join(mine[at : at + 2] for at in range(0, 64, 2)).upper()
        self.assertEqual(self.notices("ann", f"NS CERT ADD {shown}"), ["This certificate now logs you in"])
        self.restart()
        self.enter_as("ann")
        self.assertEqual(self.world.certificates, {mine: "ann"})
        self.assertEqual(self.notices("ann", "NS CERT LIST"), [mine, "1 in all"])
        expected = "This certificate no longer logs you in"
        self.assertEqual(self.notices("ann", f"NS CERT DEL {mine}"), [expected])
        self.assertEqual(self.notices("ann", "NS CERT LIST"), ["No certificates"])

    def test_the_certificate_of_the_connection_is_the_default(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        self.say("ann", "NS CERT ADD")
        self.assertEqual(self.world.certificates, {fingerprint(b"a certificate"): "ann"})

    def test_only_the_certificate_of_the_connection_can_be_added(self) -> None:
        expected = "Only the certificate of this connection can be added"
        self.assertEqual(self.notices("ann", f"NS CERT ADD {FINGERPRINT}"), [expected])
        self.links["ann"].certificate = b"a certificate"
        self.assertEqual(self.notices("ann", f"NS CERT ADD {FINGERPRINT}"), [expected])
        self.assertEqual(self.world.certificates, {})

    def test_an_invalid_fingerprint_is_refused(self) -> None:
        expected = "A fingerprint must be the SHA-256 of a certificate: 64 hexadecimal digits"
        for line in ("NS CERT ADD", "NS CERT ADD abc", f"NS CERT ADD {'x' * 64}"):
            self.assertEqual(self.notices("ann", line), [expected])

    def test_a_certificate_of_another_account_is_not_changed(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        taken = fingerprint(b"a certificate")
        self.world.certificates[taken] = "bob"
        for action in ("ADD", "DEL"):
            self.say("ann", f"NS CERT {action} {taken}")
        self.assertEqual(self.world.certificates, {taken: "bob"})

    def test_an_account_has_at_most_ten_certificates(self) -> None:
        for number in range(11):
            self.links["ann"].certificate = b"%d" % number
            self.say("ann", "NS CERT ADD")
        self.assertEqual(len(self.world.certificates), 10)
