"""Where the user is logged in."""

from __future__ import annotations

from tests.gui.settings.account_case import SESSIONS, AccountCase


class Sessions(AccountCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in()
        self.part = self.page.sessions

    def test_this_computer_is_first_and_cannot_be_logged_out(self) -> None:
        self.assertEqual([row.title for row in self.part.rows], ["This computer", "Terminal", "Windows"])
        self.assertIsNone(self.part.rows[0].button)
        self.assertIn("lab-pc-04", self.part.rows[1].note)

    def test_a_session_is_logged_out_once_and_disappears(self) -> None:
        button = self.part.rows[1].button
        assert button is not None
        button.invoke()
        button.invoke()
        self.answer("SESSIONS END 1b", ":s NOTE SESSIONS ENDED 1 :x")
        self.answer("SESSIONS", SESSIONS[0], SESSIONS[2], SESSIONS[3])
        self.until(lambda: [row.title for row in self.part.rows] == ["This computer", "Windows"])
        self.assertTrue(self.nothing_was_sent("SESSIONS END"))

    def test_all_others_are_logged_out(self) -> None:
        self.part.others.invoke()
        self.answer("SESSIONS END OTHERS", ":s NOTE SESSIONS ENDED 2 :x")
        self.answer("SESSIONS", SESSIONS[0], SESSIONS[3])
        self.until(lambda: len(self.part.rows) == 1)
        self.assertTrue(self.part.others.instate(["disabled"]))

    def test_a_refusal_is_said_and_the_list_is_read_again(self) -> None:
        self.part.others.invoke()
        self.answer("SESSIONS END", ":s FAIL SESSIONS ACCOUNT_REQUIRED * :You have no account")
        self.answer("SESSIONS", *SESSIONS)
        self.assertEqual(self.part.problem.cget("text"), "You have no account.")
        self.until(lambda: not self.part.others.instate(["disabled"]))
        self.assertEqual(len(self.part.rows), 3)

    def test_the_page_reads_the_list_again_when_it_is_shown(self) -> None:
        self.page.show()
        self.answer("SESSIONS", SESSIONS[0], SESSIONS[3])
        self.until(lambda: len(self.part.rows) == 1)
