"""The user's own account: protect, change the password, sessions, give up, delete, colour."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

from chatapp.client.local.passwords import Passwords
from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed, LoginChanged, OrderFinished
from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import offers, read_sessions
from chatapp.client.session.own_account import CODE_REQUIRED, MAX_PASSWORD_BYTES, UNSAFE
from chatapp.client.transport import link
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest
from tests.client.local.test_passwords import FakeStore

OFFERED = f"{EVERYTHING} draft/account-registration draft/metadata-2"
TOKENS = f"{ISUPPORT} chatapp/SESSIONS chatapp/SETPASS chatapp/UNREGISTER"
LOGIN = Login("chat.example", 5000, "ana")
LOGGED_IN = ":srv 900 ana ana!ana@home.example ana :You are now logged in as ana"


class AccountTest(ClientTest):
    def passwords(self) -> Passwords:
        return Passwords([self.place])

    def setUp(self) -> None:
        self.place = FakeStore("in the keyring")
        super().setUp()
        start = mock.patch("chatapp.client.local.passwords._start", lambda work: work())
        start.start()
        self.addCleanup(start.stop)
        self.arrive()

    def arrive(self, login: Login = LOGIN, encrypted: bool = True, isupport: str = TOKENS) -> None:
        self.client.connect(login)
        self.put(link.LinkConnected(self.link, encrypted=encrypted))
        self.welcome(OFFERED, isupport)
        self.sent()

    def protected(self) -> None:
        """Come back with an account."""
        self.receive(LOGGED_IN)

    def pong(self) -> None:
        """Confirm the step that was sent last."""
        token = next(line.split()[1] for line in reversed(self.sent()) if line.startswith("PING order-"))
        self.receive(f":srv PONG srv {token}")

    def commands(self) -> list[str]:
        """Return what was sent, without tags and the PING of orders."""
        lines = [line.partition(" ")[2] if line[0] == "@" else line for line in self.link.lines]
        return [line for line in lines if not line.startswith("PING")]

    def finished(self) -> Order:
        found = self.assert_changed(OrderFinished)
        assert isinstance(found, OrderFinished)
        return found.order


class Protecting(AccountTest):
    def test_the_account_is_made_without_a_new_connection_and_the_password_is_stored(self) -> None:
        order = self.client.account.protect("correct horse")
        self.assertEqual(self.commands(), ["REGISTER * * :correct horse"])
        self.receive(":srv REGISTER SUCCESS ana :The account was created", LOGGED_IN)
        self.assertFalse(order.is_finished)
        self.pong()
        self.assertEqual((self.finished(), order.problem), (order, ""))
        self.assertEqual(self.client.network.account, "ana")
        self.assertEqual((self.client.login.password, self.client.login.remember), ("correct horse", True))
        self.assertEqual(self.place.stored, {("chat.example:5000", "ana"): "correct horse"})
        self.assertEqual(self.assert_changed(LoginChanged).login, self.client.login)
        self.assertEqual(len(self.links), 1)

    def test_a_refusal_is_the_problem_of_the_order_and_nothing_is_stored(self) -> None:
        order = self.client.account.protect("abc")
        self.receive(":srv FAIL REGISTER WEAK_PASSWORD ana :A password has at least 4 characters")
        self.pong()
        self.assertEqual(order.problem, "A password has at least 4 characters")
        self.assertEqual((self.place.stored, self.client.login.password), ({}, ""))

    def test_an_invite_code_is_asked_for_and_used(self) -> None:
        order = self.client.account.protect("correct horse")
        self.receive(":srv REGISTER VERIFICATION_REQUIRED ana :You need an invitation")
        self.pong()
        self.assertEqual(order.refusals[0].code, CODE_REQUIRED)
        order = self.client.account.protect("correct horse", "K7QX-29FM")
        self.receive(":srv REGISTER VERIFICATION_REQUIRED ana :You need an invitation")
        self.pong()
        self.assertEqual(self.commands(), ["VERIFY ana K7QX-29FM"])
        self.receive(":srv VERIFY SUCCESS ana :The account was created", LOGGED_IN)
        self.pong()
        self.assertEqual((order.problem, len(self.place.stored)), ("", 1))

    def test_a_password_is_not_sent_where_others_can_read_it(self) -> None:
        self.arrive(encrypted=False)
        order = self.client.account.protect("correct horse")
        self.client.poll()
        self.assertEqual((order.problem, self.commands()), (UNSAFE, []))

    def test_a_password_that_does_not_fit_into_a_line_is_not_sent(self) -> None:
        order = self.client.account.protect("x" * (MAX_PASSWORD_BYTES + 1))
        self.assertEqual((order.is_finished, self.commands()), (True, []))
        self.assertIn("at most", order.problem)

    def test_a_lost_connection_is_the_problem_of_the_order(self) -> None:
        order = self.client.account.protect("correct horse")
        self.lose_connection()
        self.assertIn("The connection was lost", order.problem)

    def test_what_a_server_does_not_have_is_not_offered(self) -> None:
        self.arrive(isupport=ISUPPORT)
        self.assertTrue(offers(self.client.network).protect)
        self.protected()
        found = offers(self.client.network)
        self.assertEqual(
            (found.protect, found.change_password, found.sessions, found.give_up),
            (False, False, False, False),
        )
        self.lose_connection()
        self.assertFalse(offers(self.client.network).colour)


class ChangingThePassword(AccountTest):
    def test_the_new_password_replaces_a_stored_one(self) -> None:
        self.client.account.protect("old one")
        self.receive(":srv REGISTER SUCCESS ana :Created", LOGGED_IN)
        self.pong()
        order = self.client.account.change_password("old one", "new one")
        self.assertEqual(self.commands(), ["CONFIRM :old one"])
        self.receive(":srv NOTE CONFIRM DONE ana :The password is right")
        self.pong()
        self.assertEqual(self.commands(), ["SETPASS :new one"])
        self.receive(":srv NOTE SETPASS CHANGED ana :Your password is changed")
        self.pong()
        self.assertEqual((order.problem, self.client.login.password), ("", "new one"))
        self.assertEqual(list(self.place.stored.values()), ["new one"])

    def test_a_password_that_was_not_stored_is_not_stored_now(self) -> None:
        self.protected()
        order = self.client.account.change_password("old one", "new one")
        self.pong()
        self.pong()
        self.assertEqual((order.problem, self.place.stored), ("", {}))

    def test_a_wrong_old_password_changes_nothing(self) -> None:
        self.protected()
        order = self.client.account.change_password("wrong", "new one")
        self.receive(":srv FAIL CONFIRM WRONG_PASSWORD ana :This password is wrong")
        self.pong()
        self.assertEqual((order.problem, self.commands()), ("This password is wrong", []))
        self.assertEqual(self.client.login.password, "")


class Sessions(AccountTest):
    def test_the_list_is_read_from_the_answers(self) -> None:
        self.protected()
        order = self.client.account.list_sessions()
        self.receive(
            ":srv NOTE SESSIONS ENTRY 1a other 2026-03-09T18:25:00.000Z 2026-03-09T18:26:00.000Z 192.0.2.7"
            " Chatapp Windows ana-laptop :x",
            ":srv NOTE SESSIONS ENTRY 1b this 2026-03-12T11:00:00.000Z 2026-03-12T12:00:00.000Z 0::1"
            " Chatapp Linux * :x",
            ":srv NOTE SESSIONS ENTRY 1c other yesterday never 192.0.2.7 * * * :x",
            ":srv NOTE SESSIONS END ana 2026-02-03T08:00:00.000Z :3 sessions",
        )
        self.pong()
        found = read_sessions(order.answers)
        self.assertEqual(
            [(each.number, each.is_this) for each in found.sessions], [("1b", True), ("1a", False)]
        )
        self.assertEqual(found.sessions[1].computer, "ana-laptop")
        self.assertEqual((found.sessions[0].computer, found.registered), ("", 1770105600.0))

    def test_sessions_are_ended(self) -> None:
        self.protected()
        self.client.account.end_session("1a")
        self.assertEqual(self.commands(), ["SESSIONS END 1a"])
        self.pong()
        self.client.account.end_other_sessions()
        self.assertEqual(self.commands(), ["SESSIONS END OTHERS"])

    def test_the_server_is_told_once_which_program_this_is(self) -> None:
        self.client.connect(replace(LOGIN, host="other.example"))
        self.put(link.LinkConnected(self.link, encrypted=True))
        self.welcome(OFFERED, TOKENS)
        self.receive(":srv 005 ana X=1 :are supported")
        (line,) = [each for each in self.commands() if each.startswith("SESSIONS")]
        self.assertRegex(line, r"^SESSIONS CLIENT Chatapp \S+ \S+$")

    def test_a_session_that_was_logged_out_does_not_come_back_by_itself(self) -> None:
        self.client.account.protect("correct horse")
        self.receive(":srv REGISTER SUCCESS ana :Created", LOGGED_IN)
        self.pong()
        self.receive(":srv NOTE SESSIONS LOGGED_OUT :You were logged out", "ERROR :You were logged out")
        self.lose_connection()
        failed = self.assert_changed(ConnectFailed)
        self.assertEqual((failed.kind, self.client.network.state), ("logged-out", "offline"))
        self.pass_time(300)
        self.assertEqual((len(self.links), self.place.stored, self.client.login.password), (1, {}, ""))


class GivingUp(AccountTest):
    def setUp(self) -> None:
        super().setUp()
        self.client.account.protect("correct horse")
        self.receive(":srv REGISTER SUCCESS ana :Created", LOGGED_IN)
        self.pong()

    def test_the_user_stays_as_a_guest_and_the_password_is_forgotten(self) -> None:
        order = self.client.account.give_up("correct horse")
        self.pong()
        self.assertEqual(self.commands(), ["UNREGISTER ana"])
        self.receive(":srv NOTE UNREGISTER DONE ana :Gone", ":srv 901 ana ana!ana@home.example :Out")
        self.pong()
        self.assertEqual((order.problem, self.client.network.account), ("", ""))
        self.assertEqual(
            (self.place.stored, self.client.login.password, self.client.login.remember), ({}, "", False)
        )
        self.assertEqual(self.client.network.state, "online")

    def test_a_deleted_account_ends_the_connection(self) -> None:
        self.client.account.delete("correct horse")
        self.pong()
        self.assertEqual(self.commands(), ["SESSIONS END OTHERS"])
        self.pong()
        self.receive(":srv NOTE UNREGISTER DONE ana :Gone", ":srv 901 ana ana!ana@home.example :Out")
        self.pong()
        self.assertEqual(self.client.network.state, "offline")
        self.assertEqual(self.place.stored, {})

    def test_a_server_for_members_may_close_the_connection_first(self) -> None:
        order = self.client.account.delete("correct horse")
        self.pong()
        self.pong()
        self.receive(":srv NOTE UNREGISTER DONE ana :Gone", "ERROR :This server is for members only")
        self.lose_connection()
        self.client.poll()
        self.assertEqual((order.problem, self.client.network.state), ("", "offline"))

    def test_a_refusal_keeps_everything(self) -> None:
        order = self.client.account.delete("wrong")
        self.receive(":srv FAIL CONFIRM WRONG_PASSWORD ana :This password is wrong")
        self.pong()
        self.assertEqual((order.problem, len(self.place.stored)), ("This password is wrong", 1))
        self.assertEqual(self.client.network.state, "online")


class Colours(AccountTest):
    def test_a_colour_is_sent_and_removed(self) -> None:
        self.client.account.set_colour("#f88b1c")
        self.assertEqual(self.commands(), ["METADATA * SET color #f88b1c"])
        self.receive(":srv 761 ana ana color * :#f88b1c")
        self.assertEqual(self.client.network.colour("ana"), 2)
        self.pong()
        self.client.account.set_colour("")
        self.assertEqual(self.commands(), ["METADATA * SET color"])
