"""The fields about the user."""

from __future__ import annotations

from chatapp.client.login import Login
from chatapp.gui.dialogs.login_fields import PASSWORD_STORED, LoginFields
from tests.gui.base import WindowTest


class LoginFieldsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changes: list[str] = []
        self.fields = LoginFields(
            self.root, self.theme, "in the keyring", 352, lambda: self.changes.append("changed")
        )
        self.fields.pack()
        self.settle()

    def test_only_the_name_is_asked_for_at_first(self) -> None:
        self.fields.fill(Login("", nick="ana"))
        self.settle()
        self.assertTrue(self.fields.name.winfo_ismapped())
        self.assertFalse(self.fields.password.winfo_ismapped() or self.fields.code.winfo_ismapped())
        self.assertEqual(self.fields.user(), Login("", nick="ana"))

    def test_a_name_with_spaces_is_shown_to_others(self) -> None:
        self.fields.name.value = "Ben Okafor"
        self.assertEqual(self.fields.user(), Login("", nick="Ben_Okafor", display_name="Ben Okafor"))

    def test_what_is_not_shown_is_not_used(self) -> None:
        self.fields.fill(Login("", nick="ana"))
        self.fields.password.value, self.fields.code.value = "secret", "k3"
        self.assertEqual((self.fields.user().password, self.fields.user().code), ("", ""))
        self.fields.show_password()
        self.fields.show_code()
        self.assertEqual((self.fields.user().password, self.fields.user().code), ("secret", "k3"))

    def test_a_password_belongs_to_one_name(self) -> None:
        self.fields.fill(Login("", nick="ana", password="secret"))
        self.fields.use_name("ana_2")
        self.assertEqual((self.fields.user().nick, self.fields.user().password), ("ana_2", ""))

    def test_remembering_is_offered_for_a_typed_password(self) -> None:
        self.fields.show_password()
        self.fields.show_stored(False)
        self.settle()
        self.assertFalse(self.fields.remember.winfo_ismapped())
        self.fields.password.value = "secret"
        self.fields.show_stored(False)
        self.settle()
        self.assertTrue(self.fields.remember.winfo_ismapped())
        self.assertFalse(self.fields.user().remember)
        self.fields.remember.invoke()
        self.assertTrue(self.fields.user().remember)

    def test_a_stored_password_can_be_forgotten_only_where_that_is_shown(self) -> None:
        login = Login("h", nick="ana")
        self.assertTrue(self.fields.remembering(login, True).remember)
        self.fields.show_password()
        self.fields.show_stored(True)
        self.assertEqual(self.fields.password.note, PASSWORD_STORED)
        self.assertFalse(self.fields.remembering(login, True).remember)

    def test_typing_is_reported(self) -> None:
        self.focus(self.fields.name.entry)
        self.press(self.fields.name.entry, "<KeyRelease-c>")
        self.assertEqual(self.changes, ["changed"])

    def test_everything_can_be_disabled(self) -> None:
        self.fields.set_disabled(True)
        self.assertTrue(self.fields.name.entry.instate(["disabled"]))
        self.fields.set_disabled(False)
        self.assertTrue(self.fields.name.entry.instate(["!disabled"]))
