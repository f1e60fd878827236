"""The nick of a guest who has left is reserved for its key."""

from __future__ import annotations

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.server.operations import guest_nicks
from chatapp.server.state.accounts import Account
from chatapp.server.storage import account_rows
from tests.server.guests import DAY_SECONDS, KEY, OTHER, THIRD, GuestTest

KEPT = "This name is kept for a guest who was here before: choose another one"


class Reservation(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.come("bob", KEY)
        self.hang_up("bob")

    def test_the_guest_gets_its_nick_back_and_nobody_else_does(self) -> None:
        for name, key in (("eve", OTHER), ("irssi", "")):
            self.assertEqual(self.refusal(name, key, "BOB"), KEPT)
        self.assertIn("001", self.come("back", KEY, "bob"))

    def test_a_client_that_is_refused_continues_with_another_nick(self) -> None:
        self.connect("netcat")
        self.say("netcat", "NICK bob", "USER bob 0 * :Bob")
        self.assertGot("netcat", f"433 * bob :{KEPT}")
        self.say("netcat", "NICK bobby")
        self.assertIn("001", self.codes("netcat"))

    def test_it_is_reserved_for_a_day(self) -> None:
        self._passed += DAY_SECONDS - 1
        self.assertEqual(self.refusal("eve", nick="bob"), KEPT)
        self.hang_up("eve")
        self._passed += 1
        self.assertEqual(self.refusal("eve", nick="bob"), "")

    def test_a_guest_who_comes_back_too_late_finds_it_in_use(self) -> None:
        self._passed += DAY_SECONDS
        self.come("eve", OTHER, "bob")
        self.assertIn("433", self.come("back", KEY, "bob"))

    def test_it_is_reserved_over_a_restart(self) -> None:
        self.restart()
        self.assertEqual(self.refusal("eve", OTHER, "bob"), KEPT)
        self.assertIn("001", self.come("back", KEY, "bob"))

    def test_the_nick_of_a_connected_guest_is_reserved_after_a_crash(self) -> None:
        self.come("carl", OTHER)
        self.say("carl", "NICK charles")
        self.restart()
        self.assertEqual(self.refusal("eve", nick="charles"), KEPT)
        self.assertEqual(self.refusal("ed", nick="carl"), "")

    def test_nobody_takes_it_by_a_change_of_nick(self) -> None:
        self.come("eve", OTHER)
        self.assertAnswer("eve", "NICK bob", f"433 eve bob :{KEPT}")

    def test_nobody_takes_it_as_an_account_or_display_name(self) -> None:
        self.come("eve", OTHER)
        text = "This name is kept for a guest who was here before"
        self.assertAnswer("eve", "REGISTER bob * sesame", f"FAIL REGISTER BAD_ACCOUNT_NAME bob :{text}")
        (refusal,) = self.answer("eve", "METADATA * SET display-name :Bob")
        self.assertIn("NAME_IN_USE", refusal)
        self._passed += DAY_SECONDS
        self.come("ed", THIRD)
        self.act("ed", lambda out: guest_nicks.drop_ended(self.world, out.me, out))
        self.assertNotIn("NAME_IN_USE", self.answer("ed", "METADATA * SET display-name :Bob")[0])

    def test_another_nick_frees_the_first_one(self) -> None:
        self.come("back", KEY, "robert")
        self.assertEqual(self.refusal("eve", OTHER, "bob"), "")
        self.hang_up("back")
        self.assertEqual(self.refusal("ed", nick="robert"), KEPT)

    def test_a_guest_without_a_key_reserves_nothing(self) -> None:
        self.enter("irssi")
        self.hang_up("irssi")
        self.assertEqual(self.refusal("eve", OTHER, "irssi"), "")

    def test_it_is_not_kept_for_one_whom_a_moderator_disconnects_or_bans(self) -> None:
        self.make_account("mod", role="moderator")
        self.enter_as("mod", address="192.0.2.1")
        for number, line in enumerate(("KILL bob", "BAN bob")):
            self.come(f"back{number}", KEY, "bob")
            self.say("mod", line)
            self.assertTrue(self.links[f"back{number}"].is_closed)
            self.assertNotIn("bob", self.world.guest_nicks)
            self.assertEqual(self.reader.rows("SELECT nick FROM guests").fetchall(), [("",)])

    def test_the_guest_makes_an_account_of_it(self) -> None:
        self.come("back", KEY, "bob")
        self.say("back", "REGISTER * * sesame")
        self.assertIn("REGISTER SUCCESS bob :The account was created", self.got("back"))
        self.hang_up("back")
        self.assertEqual(list(self.world.guest_nicks), [])
        self.enter_as("bob", "phone")

    def test_an_account_of_the_command_line_goes_first(self) -> None:
        credentials = Credentials.make("sesame", b"salt" * 4, FEWEST_ROUNDS).stored()
        account = Account("bob", credentials, "member", "", 1)
        self.world.add_account(account)
        self.store.write([account_rows.insert(account)])
        self.enter_as("bob", "phone")

    def test_a_guest_who_has_logged_in_to_another_account_reserves_nothing(self) -> None:
        self.make_account("robert")
        self.come("back", KEY, "bob")
        self.say("back", "CAP REQ sasl")
        self.authenticate("back", "robert")
        self.restart()
        self.assertNotIn("bob", self.world.guest_nicks)

    def test_a_guest_is_the_same_again_while_its_account_is_absent(self) -> None:
        self.come("back", KEY, "robert")
        self.say("back", "REGISTER * * sesame")
        self.hang_up("back")
        self.come("guest", KEY, "bob")
        self.assertTrue(self.user("bob").guest_key)


class Limits(GuestTest):
    CONFIG = "[limits]\nguests = 20"

    def leave(self, number: int, address: str) -> None:
        name = f"guest{number}"
        self.come(name, f"{number:032}", address=address)
        self.hang_up(name)
        self._passed += 1

    def nicks(self) -> list[str]:
        return [guest.nick for guest in self.world.guest_nicks]

    def test_the_guests_who_left_first_go_first(self) -> None:
        for number in range(22):
            self.leave(number, f"192.0.2.{number}")
        self.assertEqual(self.nicks(), [f"guest{number}" for number in range(2, 22)])
        self.restart()
        self.assertEqual(self.nicks()[0], "guest2")

    def test_one_address_cannot_reserve_all_names(self) -> None:
        self.leave(1, "192.0.2.1")
        for number in range(2, 8):
            self.leave(number, "192.0.2.9")
        self.assertEqual(self.nicks(), ["guest1", "guest6", "guest7"])

    def test_read_markers_go_with_the_guest(self) -> None:
        self.come("guest1", f"{1:032}")
        self.say("guest1", "JOIN #c", "MARKREAD #c timestamp=2026-03-12T11:00:00.000Z")
        self.hang_up("guest1")
        self.assertEqual(len(self.world.markers), 1)
        for number in (2, 3):
            self.leave(number, "192.0.2.7")
        self.assertEqual(self.world.markers, {})
        self.assertEqual(self.reader.rows("SELECT count(*) FROM markers").fetchone(), (0,))


class NoReservations(GuestTest):
    CONFIG = "[accounts]\nguest_nick_hours = 0"

    def test_no_nick_is_reserved(self) -> None:
        self.come("bob", KEY)
        self.hang_up("bob")
        self.come("eve", OTHER, "eve")
        self.assertEqual(self.answer("eve", "NICK bob"), [":eve NICK bob"])
