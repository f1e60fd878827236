"""A field for a password."""

from __future__ import annotations

from chatapp.gui.widgets.password_field import RING, SECRET, PasswordField
from tests.gui.base import WindowTest


class PasswordFieldTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.field = PasswordField(self.root, self.theme, "Password")
        self.field.pack(fill="x")
        self.field.value = "secret"
        self.settle()

    def test_what_is_typed_is_hidden_until_the_button_is_pressed(self) -> None:
        self.assertEqual(self.field.entry.cget("show"), SECRET)
        self.field.eye.invoke()
        self.assertEqual((self.field.entry.cget("show"), self.field.eye.tip), ("", "Hide the password"))
        self.field.eye.invoke()
        self.assertTrue(self.field.is_hidden)
        self.assertEqual(self.field.value, "secret")

    def test_tab_leads_past_the_button_to_the_next_field(self) -> None:
        again = PasswordField(self.root, self.theme, "The same password again")
        again.pack(fill="x")
        self.focus(self.field.entry)
        self.press(self.field.entry, "<Tab>")
        self.assertIs(self.root.focus_get(), again.entry)

    def test_a_key_shows_the_password_and_hides_it(self) -> None:
        self.focus(self.field.entry)
        self.press(self.field.entry, "<F8>")
        self.assertFalse(self.field.is_hidden)
        self.press(self.field.entry, "<F8>")
        self.assertTrue(self.field.is_hidden)

    def test_with_large_text_the_button_does_not_cover_the_focus_ring(self) -> None:
        self.theme.zoom(24)
        self.settle()
        entry, eye = self.field.entry, self.field.eye
        ring = self.theme.px(RING)
        self.assertGreaterEqual(eye.winfo_rooty() - entry.winfo_rooty(), ring)
        below = entry.winfo_rooty() + entry.winfo_height() - eye.winfo_rooty() - eye.winfo_height()
        self.assertGreaterEqual(below, ring)

    def test_the_button_is_inside_the_field(self) -> None:
        entry, eye = self.field.entry, self.field.eye
        self.assertGreaterEqual(eye.winfo_rooty(), entry.winfo_rooty())
        self.assertLessEqual(eye.winfo_rootx() + eye.winfo_width(), entry.winfo_rootx() + entry.winfo_width())
