"""Completion in the message field."""

from __future__ import annotations

from tests.gui.main.composer_case import ComposerCase


class TabTest(ComposerCase):
    def test_tab_inserts_the_completion_and_places_the_cursor(self) -> None:
        self.draft("👍 be, hi")
        self.field.mark_set("insert", "1.0 lineend -4c")
        self.completed = "👍 ben , hi", 6
        self.press(self.field, "<Tab>")
        self.assertEqual(self.options, [("👍 be, hi", 4, False)])
        self.assertEqual(self.composer.text, "👍 ben , hi")
        self.assertEqual(self.field.get("1.0", "insert"), "👍 ben ")

    def test_shift_and_tab_complete_backwards(self) -> None:
        self.type("be")
        self.completed = "ben: ", 5
        self.press(self.field, "<Shift-Tab>")
        self.assertEqual(self.options, [("be", 2, True)])

    def test_tab_leaves_an_empty_field_for_the_buttons(self) -> None:
        self.press(self.field, "<Tab>")
        self.assertIs(self.root.focus_get(), self.composer.toolbar.more)
        self.assertEqual(self.composer.text, "")

    def test_tab_without_a_completion_does_nothing_inside_a_word(self) -> None:
        self.type("hi xyzzy")
        self.press(self.field, "<Tab>", "<Shift-Tab>")
        self.assertEqual((self.root.focus_get(), self.composer.text), (self.field, "hi xyzzy"))

    def test_tab_after_a_word_leaves_the_field_and_the_text_stays(self) -> None:
        self.type("half a sentence ")
        self.press(self.field, "<Tab>")
        self.assertIs(self.root.focus_get(), self.composer.toolbar.more)
        self.assertEqual(self.composer.text, "half a sentence ")


class MenuTest(ComposerCase):
    def labels(self) -> list[str]:
        found = self.composer.completion.menu.completion
        return [option.label for option in found.options] if found else []

    def test_it_follows_what_is_typed(self) -> None:
        self.type("hi @be")
        self.assertEqual(self.labels(), ["Ben", "Beatrix"])
        self.type("a")
        self.assertEqual(self.labels(), ["Beatrix"])
        self.type("x")
        self.assertEqual(self.labels(), [])

    def test_enter_sends_as_long_as_nothing_is_chosen(self) -> None:
        self.type("@be")
        self.press(self.field, "<Return>")
        self.assertEqual((self.sent, self.labels()), (["@be"], []))

    def test_enter_and_tab_take_what_the_arrows_chose(self) -> None:
        for key in ("<Return>", "<Tab>"):
            self.draft("")
            self.type("hi @be")
            self.press(self.field, "<Down>", "<Down>", key)
            self.assertEqual((self.composer.text, self.sent, self.labels()), ("hi @beatrix ", [], []))

    def test_escape_closes_it_and_leaves_the_text(self) -> None:
        self.type("@be")
        self.press(self.field, "<Escape>")
        self.assertEqual((self.labels(), self.composer.text), ([], "@be"))

    def test_a_space_that_follows_is_not_doubled(self) -> None:
        self.draft("@be there")
        self.field.mark_set("insert", "1.3")
        self.composer.completion.suggest()
        self.press(self.field, "<Down>", "<Return>")
        self.assertEqual(self.composer.text, "@ben there")

    def test_the_button_begins_a_mention_with_the_menu_of_all(self) -> None:
        self.type("hi")
        self.composer.toolbar.mention.invoke()
        self.settle()
        self.assertEqual((self.composer.text, self.labels()), ("hi @", ["Ben", "Beatrix", "Chen"]))
        self.type("c")
        self.assertEqual(self.labels(), ["Chen"])

    def test_it_closes_when_the_field_loses_the_focus(self) -> None:
        self.type("@be")
        self.focus(self.root)
        self.assertEqual(self.labels(), [])
