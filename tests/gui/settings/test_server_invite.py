"""The invitation on the page "This server"."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model.server_overview import InviteCodeRow
from chatapp.gui.settings.server_invite import COPY, MOST_CODES, InviteHandlers, ServerInvite
from chatapp.gui.widgets import copy_button
from chatapp.gui.widgets.copy_button import COPIED
from tests.gui.base import WindowTest

LINK = "ircs://192.168.1.20:5000/general?code=k7qx-29fm"


def codes(count: int) -> list[InviteCodeRow]:
    return [InviteCodeRow(f"k7q{each}", f"k7q{each}-29fm", 3, 1, None, "ben") for each in range(count)]


class Invite(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[object] = []
        add = self.done.append
        self.part = ServerInvite(
            self.root,
            self.theme,
            InviteHandlers(add, lambda link: add(("full", link)), lambda: add("new"), add),
        )
        self.part.pack(fill="x")
        self.show(2)

    def show(self, count: int) -> None:
        self.part.show(LINK, "ab" * 32, codes(count), ["for ever · used 1 time"] * count)
        self.settle()

    def test_link_code_and_fingerprint_are_shown(self) -> None:
        self.assertEqual(self.part.link.get(), LINK)
        self.assertTrue(self.part.picture.is_shown)
        self.assertTrue(str(self.part.fingerprint.cget("text")).startswith("ABAB ABAB"))

    def test_copying_is_confirmed_for_a_moment(self) -> None:
        with mock.patch.object(copy_button, "COPIED_MILLISECONDS", 1):
            self.part.copy.invoke()
            self.assertEqual((self.done, str(self.part.copy.cget("text"))), ([LINK], COPIED))
            self.until(lambda: str(self.part.copy.cget("text")) == COPY)

    def test_the_buttons_report_what_they_are_for(self) -> None:
        self.part.new_code.invoke()
        self.part.full_screen.invoke()
        self.part.revoke_buttons["k7q1"].invoke()
        self.assertEqual(self.done, ["new", ("full", LINK), "k7q1"])

    def test_many_codes_are_folded(self) -> None:
        self.show(30)
        self.assertEqual(len(self.part.revoke_buttons), MOST_CODES)
        more = self.part._list.winfo_children()[-1]
        self.root.tk.call(more, "invoke")
        self.assertEqual(len(self.part.revoke_buttons), 30)

    def test_without_tls_there_is_no_fingerprint(self) -> None:
        self.part.show(LINK, "", [], [])
        self.settle()
        self.assertFalse(self.part.fingerprint.winfo_manager())

    def test_a_problem_is_shown_until_the_next_attempt(self) -> None:
        self.part.show_problem("There is no such code")
        self.assertTrue(self.part.problem.winfo_manager())
        self.part.show_problem("")
        self.assertFalse(self.part.problem.winfo_manager())

    def test_in_a_narrow_page_the_link_stands_below_the_code(self) -> None:
        self.root.geometry("300x800")
        self.until(lambda: self.part.winfo_width() == 300)
        self.until(lambda: self.part.link.winfo_rooty() > self.part.picture.winfo_rooty() + 100)
        self.settle()
        right = self.part.link.winfo_rootx() + self.part.link.winfo_width()
        self.assertLessEqual(right, self.root.winfo_rootx() + 300)


if __name__ == "__main__":
    unittest.main()
