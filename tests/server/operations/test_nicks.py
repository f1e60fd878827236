"""Which users may have a nick, and how they get it."""

from __future__ import annotations

import unittest

from tests.server.base import SERVER, ServerTest


class Nicks(ServerTest):
    def test_two_clients_register_one_nick_at_once(self) -> None:
        """Exactly one gets it; the other is refused and chooses again."""
        self.connect("first")
        self.connect("second")
        self.assertAnswer("first", "NICK ann")
        self.assertAnswer("second", "NICK Ann")
        self.assertEqual(self.answer("second", "USER b 0 * :B")[0].split()[:3], ["001", "Ann", ":Welcome"])
        self.assertAnswer("first", "USER a 0 * :A", "433 * ann :Nickname is already in use")
        self.assertEqual(self.answer("first", "NICK anna")[0].split()[:2], ["001", "anna"])

    def test_a_nick_in_use_is_refused(self) -> None:
        self.enter("ann", "bob")
        self.assertAnswer("bob", "NICK ANN", "433 bob ANN :Nickname is already in use")
        self.connect("eve")
        self.assertAnswer("eve", "NICK ann", "433 * ann :Nickname is already in use")

    def test_a_change_is_sent_to_members_of_shared_channels(self) -> None:
        self.enter("ann", "bob", "eve", channel="#c")
        self.enter("dan")
        self.say("bob", "JOIN #d")
        self.say("eve", "JOIN #d")
        self.forget()
        self.say("bob", "NICK robert")
        for name in ("ann", "bob", "eve"):
            self.assertGot(name, ":bob NICK robert")
        self.assertGot("dan")
        self.assertAnswer("ann", "ISON bob robert", "303 ann robert")

    def test_a_change_of_case_is_sent_and_the_same_nick_is_not(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "NICK Ann")
        self.assertGot("ann", ":ann NICK Ann")
        self.assertGot("bob", ":ann NICK Ann")
        self.say("ann", "NICK Ann")
        self.assertGot("ann")
        self.assertGot("bob")
        self.assertAnswer(
            "bob", "WHOWAS ann", "406 bob ann :There was no such nickname", "369 bob ann :End of WHOWAS"
        )

    def test_letters_of_any_script(self) -> None:
        self.enter("ann")
        for nick in ("Zoë", "Αθηνά", "Ирина", "大輔", "अनिल", "[a]\\`^{}|-_9"):
            with self.subTest(nick):
                self.assertEqual(self.answer("ann", f"NICK {nick}")[0].split()[-1].lstrip(":"), nick)

    def test_composed_and_decomposed_letters_are_equal(self) -> None:
        self.enter("ann", "bob")
        self.say("ann", "NICK Zoe\u0308")
        self.assertIn("zo\u00eb", self.world.users)
        self.assertAnswer("bob", "NICK ZO\u00cb", "433 bob ZO\u00cb :Nickname is already in use")


class Protection(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann")

    def test_a_guest_cannot_take_the_name_of_an_account(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK Ann", "USER eve 0 * :Eve")
        self.assertGot("eve", "433 * Ann :This name belongs to an account: log in to use it")
        self.say("eve", "NICK eve")
        self.assertEqual(self.codes("eve")[0], "001")
        self.say("eve", "NICK ANN")
        self.assertGot("eve", "433 eve ANN :This name belongs to an account: log in to use it")
        self.assertEqual(self.user("eve").nick, "eve")

    def test_a_user_of_another_account_cannot_take_it(self) -> None:
        self.enter_as("bob")
        self.say("bob", "NICK ann")
        self.assertEqual(self.codes("bob"), ["433"])

    def test_the_login_may_come_after_the_nick(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "USER ann 0 * :Ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.say("ann", "CAP END")
        self.assertIn("001", self.codes("ann"))

    def test_names_of_services_are_refused(self) -> None:
        self.connect("eve")
        self.assertAnswer("eve", "NICK NickServ", "433 * NickServ :Nickname is already in use")
        self.enter("bob")
        self.assertAnswer("bob", "NICK chanserv", "433 bob chanserv :Nickname is already in use")

    def test_another_holder_gets_a_guest_nick_when_the_owner_logs_in(self) -> None:
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


if __name__ == "__main__":
    unittest.main()
