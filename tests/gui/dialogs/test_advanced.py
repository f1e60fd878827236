"""The Advanced part of the first dialog."""

from __future__ import annotations

from chatapp.gui.dialogs.advanced import ENCRYPT, AdvancedOptions
from tests.gui.base import WindowTest


class AdvancedOptionsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.options = AdvancedOptions(self.root, self.theme)
        self.options.pack()
        self.settle()

    def test_encryption_is_chosen_by_its_text(self) -> None:
        self.assertEqual(self.options.encrypt, "auto")
        for name, text in ENCRYPT.items():
            with self.subTest(name):
                self.options.encrypt = name
                self.assertEqual((self.options.choice.value, self.options.encrypt), (text, name))

    def test_any_change_makes_it_differ_from_the_default(self) -> None:
        self.assertTrue(self.options.is_default)
        for name, field in self.options.fields.items():
            with self.subTest(name):
                field.value = "x"
                self.assertFalse(self.options.is_default)
                field.value = ""
                self.assertTrue(self.options.is_default)
        self.options.encrypt = "never"
        self.assertFalse(self.options.is_default)

    def test_while_disabled_nothing_can_be_changed(self) -> None:
        entries = [self.options.choice.entry, *(field.entry for field in self.options.fields.values())]
        for disabled, state in ((True, "disabled"), (False, "!disabled")):
            self.options.set_disabled(disabled)
            self.assertTrue(all(entry.instate([state]) for entry in entries))

    def test_the_server_password_is_hidden(self) -> None:
        self.assertEqual(str(self.options.fields["server-password"].entry.cget("show")), "•")
