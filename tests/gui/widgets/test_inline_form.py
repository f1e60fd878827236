"""A form in place."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from chatapp.gui.widgets.inline_form import FormField, InlineForm
from tests.gui.base import WindowTest


class Forms(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.submitted: list[Mapping[str, str]] = []
        self.closed: list[bool] = []
        fields = (FormField("name", "Name"), FormField("word", "Password", is_secret=True))
        self.form = InlineForm(
            self.root, self.theme, fields, "Go", self.submitted.append, lambda: self.closed.append(True)
        )
        self.form.pack(fill="x")
        self.form.open(name="ana")
        self.settle()

    def test_names_are_cleaned_and_passwords_are_not(self) -> None:
        self.form.fields["name"].value = " ana   lee "
        self.form.fields["word"].entry.insert(0, "  two  spaces ")
        entry = self.form.fields["word"].entry
        self.focus(entry)
        self.press(entry, "<Return>")
        self.assertEqual(self.submitted, [{"name": "ana lee", "word": "  two  spaces "}])

    def test_enter_goes_to_a_password_that_is_still_empty_and_then_submits(self) -> None:
        name, word = (self.form.fields[key].entry for key in ("name", "word"))
        self.focus(name)
        self.press(name, "<Return>")
        self.assertEqual((self.root.focus_get(), self.submitted), (word, []))
        self.press(word, "<Return>")
        word.insert(0, "sesame")
        self.press(word, "<KP_Enter>")
        self.focus(name)
        self.press(name, "<Return>")
        self.assertEqual([each["word"] for each in self.submitted], ["", "sesame", "sesame"])

    def test_enter_in_an_empty_field_submits_so_that_its_problem_is_shown(self) -> None:
        name = self.form.fields["name"].entry
        self.form.fields["name"].value = ""
        self.focus(name)
        self.press(name, "<Return>")
        self.assertEqual(self.submitted, [{"name": "", "word": ""}])

    def test_a_busy_form_takes_nothing(self) -> None:
        self.form.show_busy()
        self.form.button.invoke()
        entry = self.form.fields["name"].entry
        self.focus(entry)
        self.press(entry, "<Return>")
        self.assertEqual(self.submitted, [])
        self.form.show_problem("No.", "name")
        self.assertEqual((self.form.is_busy, self.form.fields["name"].error), (False, "No."))
        self.form.show_problem("Not either.")
        self.assertEqual(
            (self.form.fields["name"].error, self.form.fields["word"].error), ("", "Not either.")
        )

    def test_cancel_and_escape_forget_the_password(self) -> None:
        self.form.fields["word"].value = "secret"
        self.form.cancel.invoke()
        self.assertEqual((self.closed, self.form.fields["word"].value), ([True], ""))
        entry = self.form.fields["name"].entry
        self.focus(entry)
        self.press(entry, "<Escape>")
        self.assertEqual(len(self.closed), 2)

    def test_tab_leads_from_field_to_field_and_then_to_the_buttons(self) -> None:
        form = self.form
        way = [form.fields["name"].entry, form.fields["word"].entry, form.button, form.cancel]
        self.focus(way[0])
        for before, after in pairwise(way):
            self.press(before, "<Tab>")
            self.assertIs(self.root.focus_get(), after)

    def test_a_hidden_field_is_not_submitted(self) -> None:
        self.form.show_field("word", False)
        self.form.button.invoke()
        self.assertEqual(self.submitted, [{"name": "ana"}])
