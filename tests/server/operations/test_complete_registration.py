"""The end of connection registration: checks, the default channels, the account."""

from __future__ import annotations

import unittest

from chatapp.server.operations.complete_registration import CLOSED
from tests.server.base import ServerTest
from tests.server.guests import KEY


class DefaultChannels(ServerTest):
    CONFIG = '[channels]\ndefault = ["#general", "#help"]'

    def test_every_user_is_put_into_them(self) -> None:
        self.enter("ann")
        self.connect("bob")
        lines = self.answer("bob", "NICK bob", "USER bob 0 * :Bob")
        self.assertIn(":bob JOIN #general", lines)
        self.assertIn(":bob JOIN #help", lines)
        self.assertIn("353 bob = #general :ann bob", lines)
        self.assertGreater(lines.index(":bob JOIN #general"), lines.index("422 bob :MOTD File is missing"))
        self.assertGot("ann", ":bob JOIN #general", ":bob JOIN #help")

    def test_the_first_member_does_not_become_operator(self) -> None:
        self.enter("ann")
        self.assertEqual(self.channel("#general").members[self.user("ann")].ranks, "")


class ServerPassword(ServerTest):
    CONFIG = '[server]\npassword = "open sesame"'

    def test_a_client_with_the_password_is_registered(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "PASS :open sesame")
        self.assertEqual(self.answer("ann", "NICK ann", "USER ann 0 * :Ann")[0].split()[0], "001")

    def test_a_client_without_it_is_disconnected(self) -> None:
        for name, lines in (("ann", ["PASS wrong"]), ("bob", [])):
            with self.subTest(name):
                self.connect(name)
                answer = self.answer(name, *lines, f"NICK {name}", "USER x 0 * :X")
                self.assertEqual(answer, ["464 * :Password incorrect", "ERROR :Wrong server password"])
                self.assertTrue(self.links[name].is_closed)
                self.assertNotIn(name, self.world.users)

    def test_pass_without_a_parameter_is_refused(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "PASS", "461 * PASS :Not enough parameters")


class Closed(ServerTest):
    """A server that an owner has closed to new people, while a guest is connected."""

    def setUp(self) -> None:
        super().setUp()
        self.make_account("boss", role="owner")
        self.enter_as("boss", address="192.0.2.1")
        self.enter("eve", address="192.0.2.2")
        self.say("boss", "SETTING closed on")

    def connect_guest(self, nick: str, address: str) -> list[str]:
        """Connect a guest; return the commands of the answer."""
        self.connect(nick, address)
        self.say(nick, f"NICK {nick}", f"USER {nick} 0 * :x")
        return self.codes(nick)

    def test_a_new_guest_is_refused_with_the_reason(self) -> None:
        self.connect("new", "192.0.2.3")
        self.say("new", "NICK new", "USER new 0 * :New")
        self.assertGot("new", f"FAIL * ACCOUNT_REQUIRED :{CLOSED}", f"ERROR :{CLOSED}")

    def test_account_holders_are_admitted(self) -> None:
        self.enter_as("bob", address="192.0.2.3")
        self.assertFalse(self.links["bob"].is_closed)

    def test_a_guest_comes_back_with_the_same_nick_from_the_same_address(self) -> None:
        self.hang_up("eve")
        self.assertIn("001", self.connect_guest("Eve", "192.0.2.2"))

    def test_a_guest_comes_back_with_its_key_and_nobody_else_with_its_nick(self) -> None:
        self.say("boss", "SETTING closed off")
        self.connect("first", "192.0.2.2", is_secure=True)
        self.say("first", f"GUEST {KEY}", "NICK ann", "USER ann 0 * :x")
        self.say("boss", "SETTING closed on")
        for is_connected in (True, False):
            if not is_connected:
                self.hang_up("first")
            for nick in ("ann", "ann_"):
                self.assertNotIn("001", self.connect_guest(nick, "192.0.2.2"))
        self.connect("back", "192.0.2.9", is_secure=True)
        self.say("back", f"GUEST {KEY}", "NICK anna", "USER ann 0 * :x")
        self.assertIn("001", self.codes("back"))

    def test_somebody_new_behind_the_address_of_a_guest_is_refused(self) -> None:
        self.assertEqual(self.connect_guest("mallory", "192.0.2.2"), ["FAIL", "ERROR"])
        self.hang_up("eve")
        self.assertEqual(self.connect_guest("oscar", "192.0.2.2"), ["FAIL", "ERROR"])

    def test_somebody_elsewhere_with_the_nick_of_a_guest_is_refused(self) -> None:
        self.hang_up("eve")
        self.assertEqual(self.connect_guest("eve", "192.0.2.9"), ["FAIL", "ERROR"])

    def test_a_nick_that_only_begins_like_that_of_a_guest_is_refused(self) -> None:
        self.assertEqual(self.connect_guest("evelyn", "192.0.2.2"), ["FAIL", "ERROR"])

    def test_a_guest_comes_back_before_the_lost_link_has_ended(self) -> None:
        self.assertIn("001", self.connect_guest("eve_", "192.0.2.2"))

    def test_a_guest_does_not_come_back_after_an_hour(self) -> None:
        self.hang_up("eve")
        self._passed += 3601
        self.assertEqual(self.connect_guest("eve", "192.0.2.2"), ["FAIL", "ERROR"])


class MembersOnly(ServerTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_a_guest_is_disconnected_with_the_reason(self) -> None:
        self.connect("eve")
        self.say("eve", "NICK eve", "USER eve 0 * :Eve")
        self.assertGot(
            "eve",
            "FAIL * ACCOUNT_REQUIRED :This server is for members only: log in to an account",
            "ERROR :This server is for members only: log in to an account, with SASL or with PASS"
            " account:password",
        )
        self.assertTrue(self.links["eve"].is_closed)

    def test_a_user_who_logs_out_is_disconnected(self) -> None:
        self.enter_as("ann", channel="#c", caps="account-notify")
        self.enter_as("bob", "laptop", "phone", channel="#c")
        self.forget()
        self.say("laptop", "NS LOGOUT")
        self.assertGot(
            "laptop",
            ":NickServ NOTICE bob :You are logged out of bob",
            f"901 bob bob!laptop@{self.world.cloak('192.0.2.7')} :You are now logged out",
            "ERROR :This server is for members only: log in to return",
        )
        self.assertEqual(self.codes("phone")[-1], "ERROR")
        self.assertTrue(self.links["laptop"].is_closed and self.links["phone"].is_closed)
        self.assertGot("ann", ":bob ACCOUNT *", ":bob QUIT :Logged out")
        self.assertNotIn("bob", self.world.users)

    def test_a_member_is_registered_and_sees_the_token(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.authenticate("ann", "ann")
        self.text("ann")
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        tokens = [message.params for message in self.messages("ann") if message.command == "005"]
        self.assertIn("draft/ACCOUNTREQUIRED", {token for row in tokens for token in row})

    def test_a_guest_may_register_an_account(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", "REGISTER * * sesame", "USER ann 0 * :Ann", "CAP END")
        self.assertIn("001", self.codes("ann"))


if __name__ == "__main__":
    unittest.main()
