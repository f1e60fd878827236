"""SESSIONS: the list of an account's sessions, and ending them."""

from __future__ import annotations

from tests.server.base import ServerTest

REGISTERED = "2026-03-12T12:00:00.000Z"
LATER = "2026-03-12T12:01:00.000Z"


class ListingSessions(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", "desk", caps="standard-replies")
        self.pass_time(60)
        self.enter_as("ann", "phone", address="198.51.100.4", caps="standard-replies")
        self.enter("bob")

    def entries(self, name: str) -> list[tuple[str, ...]]:
        """Return the parameters of the entries after the id, without the text."""
        self.text(name)
        self.say(name, "SESSIONS")
        found = [message.params for message in self.messages(name)]
        return [params[3:-1] for params in found if params[1] == "ENTRY"]

    def test_each_session_has_its_times_and_its_address(self) -> None:
        self.assertEqual(
            self.entries("phone"),
            [
                ("other", REGISTERED, REGISTERED, "192.0.2.7", "*", "*", "*"),
                ("this", LATER, LATER, "198.51.100.4", "*", "*", "*"),
            ],
        )

    def test_the_end_of_the_list_has_the_time_of_the_registration(self) -> None:
        self.assertEqual(
            self.answer("desk", "SESSIONS")[-1], f"NOTE SESSIONS END ann {REGISTERED} :2 sessions"
        )

    def test_a_session_tells_the_owner_what_it_is(self) -> None:
        self.assertAnswer("desk", "SESSIONS CLIENT Chatapp Linux :lab pc 4")
        self.assertEqual(self.entries("phone")[0][-3:], ("Chatapp", "Linux", "lab_pc_4"))
        self.say("desk", "SESSIONS CLIENT irssi * :" + "x" * 300)
        self.assertEqual(self.entries("phone")[0][-3:], ("irssi", "*", "x" * 40))

    def test_an_address_does_not_begin_with_a_colon(self) -> None:
        self.enter_as("ann", "tablet", address="::1")
        self.assertEqual(self.entries("tablet")[-1][3], "0::1")

    def test_a_message_counts_as_activity(self) -> None:
        self.pass_time(60)
        self.say("desk", "PRIVMSG bob :hello")
        times = [entry[1:3] for entry in self.entries("phone")]
        self.assertEqual(times, [(REGISTERED, "2026-03-12T12:02:00.000Z"), (LATER, LATER)])

    def test_a_session_under_another_nick_is_listed_too(self) -> None:
        self.enter_as("ann", "tablet", nick="ann2")
        self.assertEqual(len(self.entries("desk")), 3)

    def test_the_id_of_a_session_stays(self) -> None:
        self.say("desk", "SESSIONS")
        first = [message.params[2] for message in self.messages("desk")[:2]]
        self.say("desk", "SESSIONS")
        second = [message.params[2] for message in self.messages("desk")[:2]]
        self.assertEqual(first, second)

    def test_guests_have_no_list(self) -> None:
        self.assertAnswer(
            "bob", "SESSIONS", "FAIL SESSIONS ACCOUNT_REQUIRED * :You have no account: you are a guest"
        )

    def test_unknown_words_are_refused(self) -> None:
        for line in ("SESSIONS END", "SESSIONS NONSENSE"):
            with self.subTest(line):
                self.assertIn("FAIL SESSIONS INVALID_PARAMS", self.answer("desk", line)[0])


class EndingSessions(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter_as("ann", "desk", "phone", channel="#c", caps="standard-replies")
        self.enter_as("bob", channel="#c")
        self.forget()

    def session_id(self, name: str, of: str) -> str:
        """Return the id of another session, as one session sees it."""
        self.say(name, "SESSIONS")
        whose = "this" if name == of else "other"
        return next(each.params[2] for each in self.messages(name) if whose in each.params)

    def test_a_session_is_told_and_disconnected(self) -> None:
        number = self.session_id("desk", "phone")
        self.assertAnswer("desk", f"SESSIONS END {number}", "NOTE SESSIONS ENDED 1 :Logged out: 1 session")
        self.assertGot(
            "phone",
            "NOTE SESSIONS LOGGED_OUT :You were logged out from another session of your account",
            "ERROR :You were logged out from another session of your account",
        )
        self.assertGot("bob")  # ann is still here
        self.assertEqual(len(self.user("ann").sessions), 1)

    def test_all_others_are_ended_at_once(self) -> None:
        self.enter_as("ann", "tablet", nick="ann2")
        self.assertAnswer("desk", "SESSIONS END OTHERS", "NOTE SESSIONS ENDED 2 :Logged out: 2 sessions")
        self.assertEqual(self.codes("phone"), ["NOTE", "ERROR"])
        self.assertEqual(self.codes("tablet"), ["ERROR"])  # it has no standard-replies
        self.assertAnswer("desk", "SESSIONS END OTHERS", "NOTE SESSIONS ENDED 0 :Logged out: 0 sessions")

    def test_a_login_that_is_not_complete_is_ended_too(self) -> None:
        self.connect("late")
        self.say("late", "CAP REQ sasl")
        self.authenticate("late", "ann")
        self.text("late")
        self.say("desk", "SESSIONS END OTHERS")
        self.assertEqual(self.codes("late"), ["ERROR"])

    def test_sessions_of_others_and_the_own_one_cannot_be_ended(self) -> None:
        for number in (self.session_id("bob", "bob"), self.session_id("desk", "desk"), "0", "nonsense"):
            with self.subTest(number):
                expected = f"FAIL SESSIONS NO_SUCH_SESSION {number} :There is no other session with this id"
                self.assertAnswer("desk", f"SESSIONS END {number}", expected)

    def test_the_list_tells_clients_that_there_is_one(self) -> None:
        self.say("desk", "VERSION")
        self.assertIn("chatapp/SESSIONS", self.text("desk"))
