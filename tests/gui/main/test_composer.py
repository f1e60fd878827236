"""Sending, history, completion and the status line of the composer."""

from __future__ import annotations

from tests.gui.main.composer_case import ComposerCase


class ComposerTest(ComposerCase):
    def test_enter_sends_and_empties_the_field(self) -> None:
        self.type("hello ")
        self.press(self.field, "<Return>")
        self.assertEqual((self.sent, self.composer.text), (["hello"], ""))

    def test_the_button_sends_as_well(self) -> None:
        self.type("hello")
        self.composer.button.invoke()
        self.assertEqual(self.sent, ["hello"])

    def test_blank_text_is_not_sent(self) -> None:
        self.type(" \n ")
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, [])

    def test_a_refused_text_stays_with_its_error_until_it_is_edited(self) -> None:
        self.refusal = "There is no command /jion."
        self.type("/jion #a")
        self.press(self.field, "<Return>")
        self.assertEqual((self.composer.text, self.status()), ("/jion #a", self.refusal))
        self.type("x")
        self.assertEqual(self.status(), "")

    def test_up_recalls_sent_messages_and_down_returns_to_the_draft(self) -> None:
        for text in ("one", "two"):
            self.type(text)
            self.press(self.field, "<Return>")
        self.type("draft")
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "two")
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "one")
        self.press(self.field, "<Down>", "<Down>")
        self.assertEqual(self.composer.text, "draft")

    def test_up_and_down_move_within_several_lines_first(self) -> None:
        self.type("sent")
        self.press(self.field, "<Return>")
        self.type("one\ntwo")
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "one\ntwo")
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "sent")

    def test_arrows_with_alt_or_shift_recall_nothing(self) -> None:
        for text in ("one", "two"):
            self.type(text)
            self.press(self.field, "<Return>")
        self.type("draft")
        seen: list[str] = []
        self.root.bind("<Alt-Up>", lambda event: seen.append("above"))
        self.root.bind("<Alt-Shift-Up>", lambda event: seen.append("unread above"))
        self.press(self.field, "<Alt-Up>", "<Alt-Shift-Up>", "<Shift-Up>")
        self.assertEqual((self.composer.text, seen), ("draft", ["above", "unread above"]))
        self.press(self.field, "<Up>", "<Up>", "<Alt-Down>")
        self.assertEqual(self.composer.text, "one")

    def test_tab_inserts_the_completion_and_places_the_cursor(self) -> None:
        self.composer.show("", "👍 be, hi")
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

    def test_tab_leaves_the_field_where_there_is_nothing_to_complete(self) -> None:
        self.press(self.field, "<Tab>")
        self.assertIs(self.root.focus_get(), self.composer.button)
        self.assertEqual(self.composer.text, "")

    def test_tab_without_a_completion_does_nothing_in_a_field_with_text(self) -> None:
        self.type("xyzzy ")
        self.press(self.field, "<Tab>", "<Shift-Tab>")
        self.assertEqual((self.root.focus_get(), self.composer.text), (self.field, "xyzzy "))

    def test_a_draft_is_shown_and_undo_does_not_remove_it(self) -> None:
        self.composer.show("Write to #help", "half a thought")
        self.assertEqual(self.composer.text, "half a thought")
        self.field.event_generate("<<Undo>>")
        self.assertEqual(self.composer.text, "half a thought")

    def test_many_lines_need_a_second_enter(self) -> None:
        block = "\n".join(["line"] * 21)
        self.type(block)
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, [])
        self.assertIn("21 messages", self.status())
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, [block])

    def test_errors_hide_usage_and_usage_hides_typing_notices(self) -> None:
        self.composer.show_typing("Ben is typing…")
        self.assertEqual(self.status(), "Ben is typing…")
        self.type("/join")
        self.assertEqual(self.status(), "/join <channel>")
        self.refusal = "Usage: /join <channel>"
        self.press(self.field, "<Return>")
        self.assertEqual(self.status(), self.refusal)

    def test_the_status_line_takes_its_space_even_when_empty(self) -> None:
        before = self.composer.winfo_reqheight()
        self.composer.show_typing("Ben is typing…")
        self.settle()
        self.assertEqual(self.composer.winfo_reqheight(), before)

    def test_every_edit_is_reported(self) -> None:
        self.type("a")
        self.press(self.field, "<Key-b>")
        self.press(self.field, "<BackSpace>")
        self.assertEqual(self.edited, ["a", "ab", "a"])

    def test_showing_a_draft_is_not_reported_as_an_edit(self) -> None:
        self.composer.show("Write to #help", "half a thought")
        self.settle()
        self.assertEqual(self.edited, [])
        self.type("!")
        self.press(self.field, "<Return>")
        self.assertEqual(self.edited, ["half a thought!", ""])

    def test_the_field_and_its_button_are_equally_high_at_every_text_size(self) -> None:
        for size in (8, 11, 16, 24):
            self.theme.zoom(size)
            self.settle()
            box, button = self.composer.box.winfo_height(), self.composer.button.winfo_height()
            self.assertEqual(box, button, size)
            self.assertGreaterEqual(box, self.theme.px(28))
