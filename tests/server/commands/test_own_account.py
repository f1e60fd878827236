"""CONFIRM, SETPASS and UNREGISTER."""

from __future__ import annotations

from chatapp.server.operations.confirmation import CONFIRMATION_SECONDS
from tests.server.base import ServerTest

GUEST = "ACCOUNT_REQUIRED * :You have no account: you are a guest"


class Confirming(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann")

    def test_the_right_password_is_confirmed(self) -> None:
        self.assertAnswer("ann", "CONFIRM :sesame", "NOTE CONFIRM DONE ann :The password is right")

    def test_a_wrong_password_is_refused_and_counted(self) -> None:
        for _ in range(5):
            self.assertAnswer(
                "ann", "CONFIRM :nonsense", "FAIL CONFIRM WRONG_PASSWORD ann :This password is wrong"
            )
        expected = "FAIL CONFIRM TOO_MANY_ATTEMPTS ann :Too many attempts, wait a minute"
        self.assertAnswer("ann", "CONFIRM :sesame", expected)

    def test_guests_have_nothing_to_confirm(self) -> None:
        self.enter("bob")
        for line in ("CONFIRM :sesame", "SETPASS :sesame", "UNREGISTER bob"):
            with self.subTest(line):
                self.assertAnswer("bob", line, f"FAIL {line.split()[0]} {GUEST}")


class ChangingThePassword(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", "desk", "phone")

    def refusal(self, line: str) -> str:
        return self.answer("desk", line)[0].split(" :")[0]

    def test_later_logins_need_the_new_password_and_sessions_stay(self) -> None:
        self.say("desk", "CONFIRM :sesame")
        self.assertAnswer(
            "desk", "SETPASS :open up now", "NOTE SETPASS CHANGED ann :Your password is changed"
        )
        self.assertAnswer("phone", "PING x", "PONG chatapp.local x")
        self.restart()
        self.enter("guest")
        self.authenticate("guest", "ann", "sesame")
        self.assertIn("904", self.codes("guest"))
        self.authenticate("guest", "ann", "open up now")
        self.assertIn("903", self.codes("guest"))

    def test_it_needs_a_confirmation_on_the_same_session(self) -> None:
        self.say("phone", "CONFIRM :sesame")
        self.assertEqual(self.refusal("SETPASS :open-up"), "FAIL SETPASS CONFIRMATION_REQUIRED ann")

    def test_a_confirmation_counts_once_and_not_for_ever(self) -> None:
        self.say("desk", "CONFIRM :sesame", "SETPASS :open-up")
        self.assertEqual(self.refusal("SETPASS :open-up"), "FAIL SETPASS CONFIRMATION_REQUIRED ann")
        self.say("desk", "CONFIRM :open-up")
        for _ in range(int(CONFIRMATION_SECONDS // 60) + 1):
            self.pass_time(60)
            self.say("desk", "PING x")
        self.assertEqual(self.refusal("SETPASS :sesame"), "FAIL SETPASS CONFIRMATION_REQUIRED ann")

    def test_a_bad_password_is_refused_and_can_be_corrected(self) -> None:
        self.say("desk", "CONFIRM :sesame")
        self.assertEqual(self.refusal("SETPASS :abc"), "FAIL SETPASS WEAK_PASSWORD ann")
        self.assertEqual(self.refusal("SETPASS :abcdef\x07"), "FAIL SETPASS UNACCEPTABLE_PASSWORD ann")
        self.assertEqual(self.refusal("SETPASS :open-up"), "NOTE SETPASS CHANGED ann")

    def test_an_account_that_ends_meanwhile_gets_no_password(self) -> None:
        self.say("desk", "CONFIRM :sesame")
        self.say("phone", "CONFIRM :sesame")
        self.text("desk")
        with self.jobs_under_way():
            self.say("desk", "SETPASS :open-up")
            self.say("phone", "UNREGISTER ann")
        self.assertIn(f"FAIL SETPASS {GUEST}", self.got("desk"))


class DeletingTheAccount(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c", caps="account-notify")
        self.say("ann", "METADATA * SET display-name :Ann Lee", "PRIVMSG #c :hello")
        self.say("bob", "PRIVMSG ann :secret")
        self.forget()

    def delete(self) -> None:
        self.say("ann", "CONFIRM :sesame", "UNREGISTER ANN")

    def test_its_user_stays_as_a_guest_with_nick_and_display_name(self) -> None:
        self.say("ann", "CONFIRM :sesame")
        answer = self.answer("ann", "UNREGISTER ann")
        self.assertEqual(answer[0], "NOTE UNREGISTER DONE ann :Your account is deleted")
        self.assertTrue(answer[1].startswith("901 ann "))
        self.assertGot("bob", ":ann ACCOUNT *")
        self.say("bob", "METADATA ann GET display-name")
        self.assertIn("Ann Lee", self.text("bob"))

    def test_the_password_logs_nobody_in_any_more_also_after_a_restart(self) -> None:
        self.delete()
        for _ in range(2):
            self.enter("guest")
            self.authenticate("guest", "ann")
            self.assertIn("904", self.codes("guest"))
            self.assertNotIn("ann", self.world.accounts)
            self.restart()

    def test_the_channel_and_its_messages_stay_without_the_rank(self) -> None:
        self.delete()
        self.assertEqual(self.channel("#c").account_ranks, {})
        self.say("bob", "CAP REQ :draft/chathistory batch")
        self.text("bob")
        self.say("bob", "CHATHISTORY LATEST #c * 10")
        self.assertIn("PRIVMSG #c :hello", self.text("bob"))

    def test_a_later_account_of_that_name_inherits_nothing(self) -> None:
        self.delete()
        self.say("ann", "REGISTER * * another")
        self.text("ann")
        self.say("ann", "CAP REQ :draft/chathistory batch", "CHATHISTORY LATEST bob * 10")
        self.assertNotIn("secret", self.text("ann"))

    def test_the_name_is_free_once_its_user_has_left(self) -> None:
        self.delete()
        self.hang_up("ann")
        self.enter("ann")
        self.assertEqual(self.user("ann").account, "")

    def test_a_certificate_does_not_log_in_any_more(self) -> None:
        self.world.certificates["a" * 64] = "ann"
        self.delete()
        self.assertEqual(self.world.certificates, {})

    def test_it_needs_a_confirmation_and_the_own_name(self) -> None:
        expected = "FAIL UNREGISTER CONFIRMATION_REQUIRED ann :First give your password: CONFIRM :<password>"
        self.assertAnswer("ann", "UNREGISTER ann", expected)
        self.say("ann", "CONFIRM :sesame")
        expected = "FAIL UNREGISTER WRONG_ACCOUNT bob :Your account has another name: ann"
        self.assertAnswer("ann", "UNREGISTER bob", expected)

    def test_the_account_of_an_operator_is_noted_in_the_moderation_log(self) -> None:
        self.make_account("mod", role="moderator")
        self.make_account("root", role="owner")
        self.enter_as("mod")
        self.enter_as("root")
        self.say("mod", "CONFIRM :sesame", "UNREGISTER mod")
        self.assertEqual(self.user("mod").role, "member")
        self.say("root", "AUDIT")
        self.assertIn("UNREGISTER", self.text("root"))


class WhereOnlyMembersMayConnect(ServerTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_a_user_without_account_is_disconnected(self) -> None:
        self.enter_as("ann")
        self.say("ann", "CONFIRM :sesame")
        self.assertEqual(self.answer("ann", "UNREGISTER ann")[-1][:5], "ERROR")
        self.assertNotIn("ann", self.world.users)
