"""Commands reach the services in every form, and the replies come from the service."""

from __future__ import annotations

from tests.server.operations.services.base import ServicesTest

SINCE = "was registered on 12 March 2026; its role is member"


class Addressing(ServicesTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann")
        self.enter("bob")

    def test_a_service_is_addressed_in_three_ways(self) -> None:
        for line in ("NS INFO ann", "NICKSERV info ann", "PRIVMSG NickServ :INFO ann", "NS :INFO ann"):
            with self.subTest(line):
                self.assertEqual(self.notices("bob", line), [f"ann {SINCE}", "Its owner is not connected"])

    def test_replies_come_from_the_service(self) -> None:
        self.say("bob", "NS INFO ann")
        self.assertEqual(self.messages("bob")[0].source, "NickServ!NickServ@chatapp.local")

    def test_help_lists_the_commands(self) -> None:
        words = {line.split()[0] for line in self.notices("bob", "NS HELP")}
        self.assertEqual(words, {"REGISTER", "VERIFY", "IDENTIFY", "LOGOUT", "SET", "INFO", "GHOST", "CERT"})
        self.assertEqual(len(self.notices("bob", "NS")), 8)

    def test_a_notice_to_a_service_is_ignored(self) -> None:
        self.assertAnswer("bob", "NOTICE NickServ :IDENTIFY ann sesame")
        self.assertEqual(self.user("bob").account, "")

    def test_a_command_is_echoed_to_its_session_only_and_not_stored(self) -> None:
        self.enter_as("carl", "laptop", caps="echo-message")
        self.enter_as("carl", "phone")
        self.say("laptop", "PRIVMSG NickServ :INFO secret-word")
        self.assertEqual(self.got("laptop")[0], ":carl PRIVMSG NickServ :INFO secret-word")
        self.assertGot("phone")
        self.assertNotIn(b"secret-word", self._database.read_bytes())

    def test_services_are_refused_before_registration(self) -> None:
        self.connect("eve")
        self.assertAnswer("eve", "NS IDENTIFY ann sesame", "451 * :You have not registered")

    def test_an_unknown_command_and_missing_parameters_are_refused(self) -> None:
        self.assertEqual(self.notices("bob", "NS DANCE"), ["No such command; HELP lists all"])
        self.assertEqual(self.notices("bob", "CS OP"), ["Usage: OP <channel> [<nick>]"])

    def test_two_parameters_may_contain_spaces_and_one_is_split(self) -> None:
        self.notices("bob", "NS IDENTIFY ann :open sesame")
        self.assertEqual(self.user("bob").account, "")
        self.notices("bob", "NS :IDENTIFY ann sesame")
        self.assertEqual(self.user("bob").account, "ann")
