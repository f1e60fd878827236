"""NickServ and ChanServ."""

from __future__ import annotations

from chatapp.protocol.tls import fingerprint
from chatapp.server.state.accounts import SERVICES
from tests.server.base import ServerTest

SINCE = "was registered on 12 March 2026; its role is member"
FINGERPRINT = "ab" * 32


class ServicesTest(ServerTest):
    def notices(self, name: str, line: str) -> list[str]:
        """What the services say to a line."""
        self.text(name)
        self.say(name, line)
        return [message.text for message in self.messages(name) if message.nick in SERVICES.values()]


class NickServ(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann")
        self.enter("bob")

    def test_it_is_asked_in_three_ways(self) -> None:
        for line in ("NS INFO ann", "NICKSERV info ann", "PRIVMSG NickServ :INFO ann", "NS :INFO ann"):
            with self.subTest(line):
                self.assertEqual(self.notices("bob", line), [f"ann {SINCE}", "Its owner is not connected"])

    def test_its_words_come_from_it(self) -> None:
        self.say("bob", "NS INFO ann")
        self.assertEqual(self.messages("bob")[0].source, "NickServ!NickServ@chatapp.local")

    def test_it_makes_an_account_of_the_nick(self) -> None:
        self.say("bob", "NS REGISTER sesame bob@example.org")
        notice, numeric = self.got("bob")
        self.assertEqual(notice, ":NickServ NOTICE bob :Registered the account bob; you are logged in to it")
        self.assertTrue(numeric.startswith("900 bob "))
        self.assertEqual(self.world.accounts["bob"].email, "bob@example.org")

    def test_what_is_wrong_is_said_in_words(self) -> None:
        for line, words in (
            ("NS REGISTER abc", "A password has at least 4 characters"),
            ("NS REGISTER sesame nowhere", "That is no email address"),
            ("NS REGISTER", "Usage: REGISTER <password> [<email>]"),
            ("NS DANCE", "No such command; HELP lists all"),
            ("NS SET PASSWORD sesame", "Log in first: IDENTIFY <account> <password>"),
            ("NS LOGOUT", "Log in first: IDENTIFY <account> <password>"),
            ("NS INFO carl", "There is no account carl"),
            ("NS IDENTIFY ann wrong", "Wrong account name or password"),
        ):
            with self.subTest(line):
                self.assertEqual(self.notices("bob", line), [words])

    def test_help_names_what_it_can(self) -> None:
        words = {line.split()[0] for line in self.notices("bob", "NS HELP")}
        self.assertEqual(words, {"REGISTER", "VERIFY", "IDENTIFY", "LOGOUT", "SET", "INFO", "GHOST", "CERT"})
        self.assertEqual(len(self.notices("bob", "NS")), 8)

    def test_it_logs_in(self) -> None:
        self.say("bob", "PRIVMSG NickServ :IDENTIFY ann sesame")
        self.assertEqual(self.user("bob").account, "ann")
        self.assertEqual(self.got("bob")[-1], ":NickServ NOTICE bob :You are logged in to ann")

    def test_a_notice_to_it_is_not_answered(self) -> None:
        self.assertAnswer("bob", "NOTICE NickServ :IDENTIFY ann sesame")
        self.assertEqual(self.user("bob").account, "")

    def test_an_echo_reaches_the_own_session_alone_and_is_not_kept(self) -> None:
        self.enter_as("carl", "laptop", caps="echo-message")
        self.enter_as("carl", "phone")
        self.say("laptop", "PRIVMSG NickServ :INFO secret-word")
        self.assertEqual(self.got("laptop")[0], ":carl PRIVMSG NickServ :INFO secret-word")
        self.assertGot("phone")
        self.assertNotIn(b"secret-word", self._database.read_bytes())

    def test_it_logs_out(self) -> None:
        self.enter_as("ann")
        self.say("ann", "NS LOGOUT")
        self.assertEqual(self.got("ann")[-1], f"901 ann {self.user('ann').source} :You are now logged out")
        self.assertEqual(self.user("ann").account, "")

    def test_a_new_password_holds(self) -> None:
        self.enter_as("ann")
        self.assertEqual(self.notices("ann", "NS SET PASSWORD open-up"), ["Your password has been changed"])
        self.restart()
        self.enter("eve")
        self.authenticate("eve", "ann", "sesame")
        self.assertEqual(self.codes("eve")[-1], "904")
        self.authenticate("eve", "ann", "open-up")
        self.assertIn("903", self.codes("eve"))

    def test_it_does_not_answer_before_registration(self) -> None:
        self.connect("eve")
        self.assertAnswer("eve", "NS IDENTIFY ann sesame", "451 * :You have not registered")

    def test_a_session_that_is_not_alone_keeps_its_account(self) -> None:
        self.enter_as("carl", "laptop", "phone")
        words = "Your other sessions are logged in to carl"
        self.assertEqual(self.notices("phone", "NS IDENTIFY ann sesame"), [words])


class Ghosts(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", channel="#c")

    def test_a_ghost_goes(self) -> None:
        self.enter_as("ann", "old", channel="#c")
        self.enter("ann_")
        self.forget()
        self.assertEqual(self.notices("ann_", "NS GHOST ann sesame"), ["The nick is free"])
        self.assertGot("bob", ":ann QUIT :Ghost of ann_")
        self.assertGot("old", "ERROR :Ghost of ann_")
        self.assertNotIn("ann", self.world.users)

    def test_who_is_logged_in_needs_no_password(self) -> None:
        self.enter_as("ann", "old")
        self.enter_as("ann", "new", nick="annie")
        self.assertEqual(self.notices("new", "NS GHOST ann"), ["The nick is free"])

    def test_a_stranger_only_has_to_give_the_name_back(self) -> None:
        self.enter("ann", channel="#c")
        self.make_account("ann")
        self.enter("ann_")
        self.forget()
        self.assertEqual(self.notices("ann_", "NS GHOST ann sesame"), ["The nick is free"])
        self.assertTrue(self.got("bob")[0].startswith(":ann NICK Guest"))

    def test_others_are_refused(self) -> None:
        self.enter_as("ann")
        for line, words in (
            ("NS GHOST ann", "Log in to the account with that name, or give its password"),
            ("NS GHOST ann wrong", "Wrong account name or password"),
            ("NS GHOST bob", "This nick is your own"),
        ):
            self.assertEqual(self.notices("bob", line), [words])
        self.assertIn("ann", self.world.users)
        self.assertAnswer("bob", "NS GHOST carl", "401 bob carl :No such nick or channel")


class Certificates(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann")

    def test_one_is_added_listed_and_taken_away(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        mine = fingerprint(b"a certificate")
        shown = ":".join(mine[at : at + 2] for at in range(0, 64, 2)).upper()
        self.assertEqual(self.notices("ann", f"NS CERT ADD {shown}"), ["This certificate now logs you in"])
        self.restart()
        self.enter_as("ann")
        self.assertEqual(self.world.certificates, {mine: "ann"})
        self.assertEqual(self.notices("ann", "NS CERT LIST"), [mine, "1 in all"])
        words = "This certificate no longer logs you in"
        self.assertEqual(self.notices("ann", f"NS CERT DEL {mine}"), [words])
        self.assertEqual(self.notices("ann", "NS CERT LIST"), ["No certificates"])

    def test_the_one_in_use_need_not_be_named(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        self.say("ann", "NS CERT ADD")
        self.assertEqual(self.world.certificates, {fingerprint(b"a certificate"): "ann"})

    def test_only_the_one_in_use_can_be_added(self) -> None:
        words = "Only the certificate of this connection can be added"
        self.assertEqual(self.notices("ann", f"NS CERT ADD {FINGERPRINT}"), [words])
        self.links["ann"].certificate = b"a certificate"
        self.assertEqual(self.notices("ann", f"NS CERT ADD {FINGERPRINT}"), [words])
        self.assertEqual(self.world.certificates, {})

    def test_what_is_none_is_refused(self) -> None:
        words = "A fingerprint must be the SHA-256 of a certificate: 64 hexadecimal digits"
        for line in ("NS CERT ADD", "NS CERT ADD abc", f"NS CERT ADD {'x' * 64}"):
            self.assertEqual(self.notices("ann", line), [words])

    def test_that_of_another_is_not_touched(self) -> None:
        self.links["ann"].certificate = b"a certificate"
        taken = fingerprint(b"a certificate")
        self.world.certificates[taken] = "bob"
        for action in ("ADD", "DEL"):
            self.say("ann", f"NS CERT {action} {taken}")
        self.assertEqual(self.world.certificates, {taken: "bob"})

    def test_there_are_not_too_many(self) -> None:
        for number in range(11):
            self.links["ann"].certificate = b"%d" % number
            self.say("ann", "NS CERT ADD")
        self.assertEqual(len(self.world.certificates), 10)


class ChanServ(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c")
        self.forget()

    def test_operators_by_account_make_operators(self) -> None:
        self.say("ann", "CS OP #c bob")
        self.assertGot("bob", ":ChanServ MODE #c +o bob")
        self.say("ann", "PRIVMSG ChanServ :DEOP #c bob")
        self.assertGot("bob", ":ChanServ MODE #c -o bob")

    def test_also_of_themselves(self) -> None:
        self.say("ann", "CS DEOP #c")
        self.assertGot("bob", ":ChanServ MODE #c -o ann")
        self.say("ann", "CS OP #c")
        self.assertGot("bob", ":ChanServ MODE #c +o ann")

    def test_nobody_else_does(self) -> None:
        self.assertEqual(self.notices("bob", "CS OP #c"), ["Your account is not an operator of #c"])
        self.assertAnswer("bob", "CS OP #x", "403 bob #x :No such channel")
        self.assertAnswer("ann", "CS OP #c carl", "401 ann carl :No such nick or channel")

    def test_it_tells_who_they_are(self) -> None:
        words = ["#c was created on 12 March 2026", "Operators by account: ann"]
        self.assertEqual(self.notices("bob", "CS INFO #c"), words)

    def test_a_secret_channel_is_not_there_for_others(self) -> None:
        self.say("ann", "MODE #c +s")
        self.enter("eve")
        self.assertEqual(self.notices("eve", "CS INFO #c"), ["There is no channel #c"])
