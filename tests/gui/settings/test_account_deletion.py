"""Deleting the account."""

from __future__ import annotations

from chatapp.gui.settings.account_deletion import EMPTY
from chatapp.gui.settings.account_page import DELETED
from tests.gui.settings.account_case import AccountCase


class Deleting(AccountCase):
    def setUp(self) -> None:
        super().setUp()
        self.log_in()
        self.page.delete.invoke()
        self.settle()
        self.form = self.page.deletion.form

    def fill(self, name: str, password: str) -> None:
        self.form.fields["name"].value = name
        self.form.fields["password"].value = password
        self.form.button.invoke()

    def test_it_needs_the_name_and_the_password(self) -> None:
        self.fill("anna", "sesame")
        self.assertIn("This is not your name.", self.form.fields["name"].error)
        self.fill("ana", "")
        self.assertEqual(self.form.fields["password"].error, EMPTY)
        self.assertTrue(self.nothing_was_sent("CONFIRM"))

    def test_a_wrong_password_deletes_nothing(self) -> None:
        self.fill("ana", "nonsense")
        self.answer("CONFIRM nonsense", ":s FAIL CONFIRM WRONG_PASSWORD ana :This password is wrong")
        self.until(lambda: self.form.fields["password"].error == "This password is wrong.")
        self.assertTrue(self.nothing_was_sent("UNREGISTER"))

    def test_the_account_ends_with_the_connection(self) -> None:
        self.fill("ANA", "sesame")
        self.form.button.invoke()
        self.answer("CONFIRM", ":s NOTE CONFIRM DONE ana :x")
        self.answer("SESSIONS END OTHERS", ":s NOTE SESSIONS ENDED 2 :x")
        self.answer("UNREGISTER ana", ":s NOTE UNREGISTER DONE ana :x", ":s 901 ana ana!a@h :Out")
        self.until(lambda: self.client.network.state == "offline")
        self.until(lambda: self.page.offline.cget("text") == DELETED)
        self.assertFalse(self.form.winfo_viewable())

    def test_cancel_closes_the_form(self) -> None:
        self.form.cancel.invoke()
        self.until(lambda: bool(self.page.delete.winfo_viewable()))
        self.assertFalse(self.form.winfo_viewable())
