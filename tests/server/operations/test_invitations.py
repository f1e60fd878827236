"""Guests who need an invite code to connect."""

from __future__ import annotations

import unittest

from chatapp.server.operations.invitations import MAX_NICKS, WANTED, WRONG
from chatapp.server.storage import invite_codes
from chatapp.server.storage.statements import Save, Statement
from tests.server.base import ServerTest
from tests.server.guests import KEY, OTHER

USER = "USER ann 0 * :Ann"


class CodeTest(ServerTest):
    """A moderator makes codes, guests join with them."""

    def setUp(self) -> None:
        super().setUp()
        self.make_account("mod", role="moderator")
        self.enter_as("mod")

    def make_code(self, terms: str = "") -> str:
        self.text("mod")
        self.say("mod", f"INVITECODE {terms}")
        return self.messages("mod")[0].params[2]

    def join(
        self, name: str, code: str, address: str = "192.0.2.7", key: str = "", nick: str = ""
    ) -> list[str]:
        """Connect a guest with a code; return the commands of the answer."""
        self.connect(name, address, is_secure=bool(key))
        password = [f"PASS {code}"] if code else []
        password += [f"GUEST {key}"] if key else []
        nick = nick or name
        self.say(name, *password, f"NICK {nick}", f"USER {nick} 0 * :{nick.title()}")
        return self.codes(name)

    def uses(self) -> list[tuple[int, int]]:
        return self.reader.rows("SELECT uses, used FROM codes ORDER BY at").fetchall()


class InviteOnly(CodeTest):
    CONFIG = "[accounts]\ninvite_only = true"

    def test_a_guest_without_a_code_is_refused(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann", USER)
        self.assertGot("ann", f"FAIL * INVITE_REQUIRED :{WANTED}", f"ERROR :{WANTED}")
        self.assertTrue(self.links["ann"].is_closed)

    def test_a_guest_with_a_wrong_code_is_refused(self) -> None:
        code = self.make_code()
        for wrong in ("nonsense", f"{code[:4]}-aaaa"):
            with self.subTest(wrong):
                self.connect("ann")
                self.say("ann", f"PASS {wrong}", "NICK ann", USER)
                self.assertGot("ann", f"FAIL * INVALID_CODE :{WRONG}", f"ERROR :{WRONG}")

    def test_a_guest_with_a_code_joins(self) -> None:
        code = self.make_code("5")
        self.assertIn("001", self.join("ann", code.upper()))
        self.assertEqual(self.uses(), [(4, 1)])

    def test_a_guest_who_negotiates_capabilities_joins(self) -> None:
        code = self.make_code()
        self.connect("ann")
        self.say("ann", "CAP LS 302", f"PASS {code}", "NICK ann", USER, "CAP END")
        self.assertIn("001", self.codes("ann"))

    def test_coming_back_is_not_another_use(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.hang_up("ann")
        self._passed += 86_400
        self.assertIn("001", self.join("ann", code))
        self.assertEqual(self.uses(), [(0, 1)])

    def test_neither_the_nick_nor_the_address_alone_is_enough(self) -> None:
        """People share an address, and everybody can use a nick."""
        code = self.make_code("1")
        self.join("ann", code)
        self.hang_up("ann")
        for name, address in (("ann", "192.0.2.99"), ("bob", "192.0.2.7"), ("ann_2", "192.0.2.7")):
            self.assertEqual(self.join(name, code, address), ["FAIL", "ERROR"])

    def test_a_guest_comes_back_under_a_later_nick(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.say("ann", "NICK anna")
        self.hang_up("ann")
        self._passed += 86_400
        self.assertIn("001", self.join("anna", code))

    def test_only_some_nicks_of_a_guest_are_stored(self) -> None:
        self.join("ann", self.make_code("1"))
        for number in range(MAX_NICKS + 5):
            self._passed += 60
            self.say("ann", f"NICK ann{number}")
        rows = self.reader.rows("SELECT guest FROM invited WHERE guest LIKE 'nick %'").fetchall()
        self.assertEqual(len(rows), 1 + MAX_NICKS)

    def test_a_guest_whose_lost_connection_is_not_noticed_comes_back(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.assertIn("001", self.join("ann_", code))

    def test_only_one_can_follow_a_guest_whose_connection_may_be_lost(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.join("ann_", code)
        for name in ("ann__", "ann1", "ann_2"):
            self.assertEqual(self.join(name, code), ["FAIL", "ERROR"])

    def test_a_guest_is_recognised_by_its_key_with_any_nick_and_address(self) -> None:
        code = self.make_code("1")
        self.join("ann", code, key=KEY)
        self.hang_up("ann")
        self._passed += 86_400
        self.assertIn("001", self.join("anna", code, "192.0.2.99", KEY))
        self.assertEqual(self.uses(), [(0, 1)])

    def test_others_at_its_address_do_not_come_with_its_nick(self) -> None:
        """Neither with a key of their own nor without one, while it is connected and afterwards."""
        code = self.make_code("1")
        self.join("ann", code, key=KEY)
        for is_connected in (True, False):
            if not is_connected:
                self.hang_up("ann")
                self.world.free_reserved_nick("ann")
            for key in (OTHER, ""):
                for nick in ("ann", "ann_"):
                    self.assertNotIn("001", self.join("eve", code, key=key, nick=nick))

    def test_nor_with_the_nick_of_its_second_connection(self) -> None:
        code = self.make_code("1")
        self.join("ann", code, key=KEY)
        self.assertIn("001", self.join("second", code, key=KEY))
        self.assertNotIn("001", self.join("eve", code, nick="second_"))
        self.hang_up("second")
        self.assertNotIn("001", self.join("eve", code, nick="second"))

    def test_with_a_key_nobody_is_taken_for_a_guest_without_one(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.assertEqual(self.join("ann_", code, key=OTHER), ["FAIL", "ERROR"])
        self.hang_up("ann")
        self.assertEqual(self.join("ann", code, key=OTHER), ["FAIL", "ERROR"])

    def test_a_guest_from_before_there_were_keys_comes_back_once_by_nick_and_address(self) -> None:
        code = self.make_code("1")
        for guest in ("former nick ann", f"former host {self.world.cloak('192.0.2.7')}"):
            self.store.write([invite_codes.insert_guest(code[:4], guest)])
        self.store.write([Save(Statement("use up the code", "UPDATE codes SET uses = 0"))])
        self.assertNotIn("001", self.join("ann", code, "192.0.2.8", KEY))
        self.assertIn("001", self.join("ann", code, key=KEY))
        self.assertEqual(self.uses(), [(0, 0)])
        self.hang_up("ann")
        self._passed += 86_400
        self.assertNotIn("001", self.join("ann", code, key=OTHER))
        self.assertIn("001", self.join("anna", code, key=KEY))

    def test_the_nicks_of_a_guest_with_a_key_are_not_stored(self) -> None:
        code = self.make_code("1")
        self.join("ann", code, key=KEY)
        self.say("ann", "NICK anna")
        self.assertEqual(self.reader.rows("SELECT count(*) FROM invited").fetchone(), (1,))

    def test_a_used_code_admits_no_further_guest(self) -> None:
        code = self.make_code("1")
        self.join("ann", code)
        self.assertEqual(self.join("bob", code, "192.0.2.8"), ["FAIL", "ERROR"])

    def test_two_guests_at_once_cannot_use_the_last_use_twice(self) -> None:
        code = self.make_code("1")
        self.connect("ann", "192.0.2.8")
        self.connect("bob", "192.0.2.9")
        with self.jobs_under_way("before"):
            for name in ("ann", "bob"):
                self.say(name, f"PASS {code}", f"NICK {name}", f"USER {name} 0 * :x")
        self.assertEqual([("001" in self.codes(name)) for name in ("ann", "bob")], [True, False])
        self.assertEqual(self.uses(), [(0, 1)])

    def test_a_revoked_or_expired_code_admits_nobody(self) -> None:
        revoked, expired = self.make_code("5"), self.make_code("5 1")
        self.join("ann", revoked)
        self.hang_up("ann")
        self.say("mod", f"INVITECODE REVOKE {revoked}")
        self._passed += 86_401
        for code in (revoked, expired):
            self.assertEqual(self.join("ann", code), ["FAIL", "ERROR"])

    def test_account_holders_need_no_code(self) -> None:
        self.enter_as("bob")
        self.assertFalse(self.links["bob"].is_closed)

    def test_an_account_needs_the_code_too(self) -> None:
        code = self.make_code()
        self.connect("ann")
        self.say("ann", "CAP LS 302", "NICK ann", USER, "REGISTER * * sesame")
        self.assertEqual(self.messages("ann")[-1].params[0], "VERIFICATION_REQUIRED")
        self.say("ann", f"VERIFY ann {code}", "CAP END")
        self.assertIn("001", self.codes("ann"))

    def test_an_invited_guest_registers_without_another_code(self) -> None:
        self.join("ann", self.make_code())
        self.say("ann", "REGISTER * * sesame")
        self.assertIn("REGISTER SUCCESS ann :The account was created", self.got("ann"))

    def test_guesses_are_limited(self) -> None:
        code = self.make_code()
        for count in range(6):
            answer = self.join(f"eve{count}", "k3x9-aaaa", "8.8.8.8")
        self.assertEqual(answer, ["FAIL", "ERROR"])
        self.connect("eve", "8.8.8.8")
        self.say("eve", f"PASS {code}", "NICK eve", "USER eve 0 * :Eve")
        self.assertIn("TEMPORARILY_UNAVAILABLE", self.text("eve"))

    def test_watchers_are_told_of_a_use(self) -> None:
        code = self.make_code()
        self.say("mod", "OVERVIEW WATCH on")
        self.forget()
        self.join("ann", code)
        self.assertGot("mod", "NOTE OVERVIEW CHANGED codes :The codes of the server have changed")


class NoCodeNeeded(CodeTest):
    def test_a_code_is_counted_once_for_each_guest_and_not_used_up(self) -> None:
        code = self.make_code("1")
        for name in ("ann", "bob"):
            self.assertIn("001", self.join(name, code.upper()))
        self.hang_up("ann")
        self.join("ann", code)
        self.assertEqual(self.uses(), [(1, 2)])

    def test_watchers_are_told_of_a_use(self) -> None:
        code = self.make_code()
        self.say("mod", "OVERVIEW WATCH on")
        self.forget()
        self.join("ann", code)
        self.assertIn("NOTE OVERVIEW CHANGED codes :The codes of the server have changed", self.got("mod"))

    def test_a_wrong_code_refuses_nobody_and_counts_nothing(self) -> None:
        code = self.make_code()
        for wrong in (f"{code[:4]}-aaaa", "k3x9-aaaa", "nonsense", ""):
            with self.subTest(wrong):
                self.assertEqual(self.join("ann", wrong)[0], "001")
                self.hang_up("ann")
        self.assertEqual(self.uses(), [(1, 0)])


class CodeForAccounts(CodeTest):
    CONFIG = '[accounts]\nregistration = "invite"'

    def test_a_code_that_makes_an_account_is_counted_once(self) -> None:
        code = self.make_code("5")
        self.connect("ann")
        self.say("ann", "CAP LS 302", f"PASS {code}", "NICK ann", USER, "REGISTER * * sesame")
        self.say("ann", f"VERIFY ann {code}", "CAP END")
        self.assertIn("001", self.codes("ann"))
        self.assertEqual(self.uses(), [(4, 1)])


class WithPassword(ServerTest):
    CONFIG = "[server]\npassword = 'open sesame'\n[accounts]\ninvite_only = true"

    def test_the_password_of_the_server_is_the_invitation(self) -> None:
        self.connect("ann")
        self.say("ann", "PASS :open sesame", "NICK ann", USER)
        self.assertIn("001", self.codes("ann"))


if __name__ == "__main__":
    unittest.main()
