"""Sending, history, completion and the status line of the composer."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from chatapp.gui.main.drafts import Draft
from chatapp.gui.widgets.icon_menu import IconMenu
from chatapp.gui.widgets.platform_events import shown_keys
from tests.gui.main.composer_case import ComposerCase


class ComposerTest(ComposerCase):
    def test_enter_sends_and_empties_the_field(self) -> None:
        self.type("hello ")
        self.press(self.field, "<Return>")
        self.assertEqual((self.sent, self.composer.text), (["hello"], ""))

    def test_the_button_sends_as_well(self) -> None:
        self.type("hello")
        self.focus(self.composer.button)
        self.composer.button.invoke()
        self.settle()
        self.assertIs(self.root.focus_get(), self.field)
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

    def test_a_draft_is_shown_and_undo_does_not_remove_it(self) -> None:
        self.composer.show("Write to #help", Draft("half a thought"))
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
        self.composer.show_status("Ben is typing…")
        self.assertEqual(self.status(), "Ben is typing…")
        self.type("/join")
        self.assertEqual(self.status(), "/join <channel>")
        self.refusal = "Usage: /join <channel>"
        self.press(self.field, "<Return>")
        self.assertEqual(self.status(), self.refusal)

    def test_the_status_line_takes_its_space_even_when_empty(self) -> None:
        before = self.composer.winfo_reqheight()
        self.composer.show_status("Ben is typing…")
        self.settle()
        self.assertEqual(self.composer.winfo_reqheight(), before)

    def test_every_edit_is_reported(self) -> None:
        self.type("a")
        self.press(self.field, "<Key-b>")
        self.press(self.field, "<BackSpace>")
        self.assertEqual(self.edited, ["a", "ab", "a"])

    def test_showing_a_draft_is_not_reported_as_an_edit(self) -> None:
        self.composer.show("Write to #help", Draft("half a thought"))
        self.settle()
        self.assertEqual(self.edited, [])
        self.type("!")
        self.press(self.field, "<Return>")
        self.assertEqual(self.edited, ["half a thought!", ""])


class ReplyAndEditTest(ComposerCase):
    def setUp(self) -> None:
        super().setUp()
        self.parent = Entry(1, "message", 0.0, "ben", "Who has the slides?", msgid="m1")
        self.own = Entry(2, "message", 0.0, "ana", "teh plan", msgid="o1", own=True)

    def bar(self) -> str:
        """Return what the bar says; "" without one."""
        bar = self.composer.reply_bar
        labels = [each for each in bar.pack_slaves() if each.winfo_class() == "TLabel"]
        return (
            " ".join(filter(None, (str(each.cget("text")) for each in labels)))
            if bar.winfo_ismapped()
            else ""
        )

    def test_a_reply_is_sent_with_its_parent_once(self) -> None:
        self.composer.reply_to(self.parent)
        self.type("I have")
        self.assertEqual(self.bar(), "Replying to Ben Who has the slides?")
        self.press(self.field, "<Return>")
        self.type("and more")
        self.press(self.field, "<Return>")
        self.assertEqual(self.replied_to, [self.parent, None])
        self.assertEqual(self.bar(), "")

    def test_escape_and_the_button_end_a_reply_and_leave_the_text(self) -> None:
        for end in (lambda: self.press(self.field, "<Escape>"), self.composer.reply_bar.button.invoke):
            self.composer.reply_to(self.parent)
            self.type("x")
            end()
            self.settle()
            self.assertEqual(self.bar(), "")
        self.assertEqual(self.composer.text, "xx")

    def test_escape_without_a_bar_is_left_to_the_window(self) -> None:
        seen: list[str] = []
        self.root.bind("<Escape>", lambda event: seen.append("window"))
        self.press(self.field, "<Escape>")
        self.composer.reply_to(self.parent)
        self.press(self.field, "<Escape>")
        self.assertEqual(seen, ["window"])

    def test_a_refused_reply_keeps_text_and_bar(self) -> None:
        self.refusal = "You are not in #general."
        self.composer.reply_to(self.parent)
        self.type("I have")
        self.press(self.field, "<Return>")
        self.assertEqual(self.composer.draft, Draft("I have", self.parent))

    def test_an_edit_is_saved_and_the_text_before_it_comes_back(self) -> None:
        self.type("half a sentence")
        self.composer.edit(self.own)
        self.settle()
        self.assertEqual((self.composer.text, self.bar()), ("teh plan", "Editing your message teh plan"))
        self.assertEqual(str(self.composer.button.cget("text")).strip(), "Save")
        self.composer.box.set_text("the plan", 8)
        self.press(self.field, "<Return>")
        self.assertEqual((self.saved, self.sent), ([(self.own, "the plan")], []))
        self.assertEqual((self.composer.text, self.bar()), ("half a sentence", ""))
        self.assertEqual(str(self.composer.button.cget("text")).strip(), "Send")

    def test_escape_ends_an_edit_and_gives_the_text_before_it_back(self) -> None:
        self.type("half a sentence")
        self.composer.edit(self.own)
        self.composer.edit(self.own)
        self.press(self.field, "<Escape>")
        self.assertEqual((self.composer.text, self.saved), ("half a sentence", []))

    def test_a_refused_edit_stays(self) -> None:
        self.refusal = "This message can no longer be edited."
        self.composer.edit(self.own)
        self.press(self.field, "<Return>")
        self.assertEqual((self.composer.draft.editing, self.status()), (self.own, self.refusal))

    def test_a_reply_ends_an_edit(self) -> None:
        self.type("half a sentence")
        self.composer.edit(self.own)
        self.composer.reply_to(self.parent)
        self.assertEqual(self.composer.draft, Draft("half a sentence", self.parent))

    def test_an_edit_keeps_the_reply_that_was_begun(self) -> None:
        self.composer.reply_to(self.parent)
        self.composer.edit(self.own)
        self.press(self.field, "<Escape>")
        self.assertEqual(self.composer.draft.reply_to, self.parent)

    def test_a_message_that_comes_back_stands_before_what_is_written(self) -> None:
        self.type("next words")
        self.composer.take_back("the first words", self.parent)
        self.assertEqual(self.composer.draft, Draft("the first words\nnext words", self.parent))
        self.root.update()
        self.assertIn("Who has the slides?", self.bar())
        self.composer.take_back("", None)
        self.assertEqual(self.composer.draft, Draft("the first words\nnext words", self.parent))

    def test_during_an_edit_it_waits_for_the_end_of_the_edit(self) -> None:
        self.composer.edit(self.own)
        self.composer.insert("!")
        self.composer.take_back("the first words", None)
        self.assertEqual(self.composer.text, "teh plan!")
        self.press(self.field, "<Escape>")
        self.assertEqual(self.composer.draft, Draft("the first words"))

    def test_an_emptied_message_is_deleted_only_after_a_second_enter(self) -> None:
        self.composer.edit(self.own)
        self.composer.box.set_text("", 0)
        self.press(self.field, "<Return>")
        self.assertEqual(self.deleted, [])
        self.press(self.field, "<Return>")
        self.assertEqual((self.deleted, self.saved), ([self.own], []))

    def test_up_edits_the_last_own_message_only_in_an_empty_field(self) -> None:
        self.type("sent")
        self.press(self.field, "<Return>")
        self.last = self.own
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.draft.editing, self.own)
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "teh plan")
        self.press(self.field, "<Escape>")
        self.type("x")
        self.press(self.field, "<Up>")
        self.assertEqual(self.composer.text, "sent")

    def test_a_quotation_stands_in_lines_of_its_own(self) -> None:
        self.composer.quote("one\ntwo\n")
        self.assertEqual(self.composer.text, "> one\n> two\n")
        self.draft("see:")
        self.composer.quote("one")
        self.assertEqual(self.composer.text, "see:\n> one\n")


class CodeBlockTest(ComposerCase):
    def test_in_an_open_block_enter_begins_a_line_as_deep_as_the_last(self) -> None:
        self.type("```\n  if x:")
        self.press(self.field, "<Return>")
        self.assertEqual((self.composer.text, self.sent), ("```\n  if x:\n  ", []))
        self.type("y()\n```")
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, ["```\n  if x:\n  y()\n```"])

    def test_control_and_enter_or_the_button_send_an_open_block(self) -> None:
        self.type("```\nx")
        self.press(self.field, "<Control-Return>")
        self.type("```\ny")
        self.composer.button.invoke()
        self.assertEqual(self.sent, ["```\nx", "```\ny"])

    def test_many_pasted_lines_of_code_can_be_made_a_block(self) -> None:
        code = "\n".join(f"    x[{n}] = {n};" for n in range(30))
        self.root.clipboard_clear()
        self.root.clipboard_append(code)
        self.type("see ")
        self.press(self.field, "<<Paste>>")
        action = self.composer.strip.action
        self.assertEqual(str(action.cget("text")).strip(), "Make it a code block  Ctrl+E")
        self.assertTrue(action.cget("image"))
        action.invoke()
        self.settle()
        self.assertTrue(self.field.bbox("end-1c linestart"), "the closing fence is in sight")
        self.assertEqual(self.composer.text, f"see \n```\n{code}\n```")
        self.field.event_generate("<<Undo>>")
        self.assertEqual(self.composer.text, f"see {code}")

    def test_pasted_code_is_sent_as_a_block_by_two_keys(self) -> None:
        code = "\n".join(f"    x[{n}] = {n};" for n in range(5))
        self.root.clipboard_clear()
        self.root.clipboard_append(code)
        for written, sent in (("", f"```\n{code}\n```"), ("see ", f"see \n```\n{code}\n```")):
            self.type(written)
            self.press(self.field, "<<Paste>>", "<Control-e>", "<Return>")
            self.assertEqual(self.sent.pop(), sent)

    def test_code_is_pasted_as_a_block_from_the_menu(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("x = 1\ny = 2")
        for written, sent in (
            ("", "```\nx = 1\ny = 2\n```"),
            ("see ", "see \n```\nx = 1\ny = 2\n```"),
            ("```\n", "```\nx = 1\ny = 2"),
        ):
            with self.subTest(written):
                self.type(written)
                self.composer.toolbar.more.invoke()
                (menu,) = (
                    each for each in self.composer.toolbar.more.winfo_children() if isinstance(each, IconMenu)
                )
                next(each for each in menu.items if each.label == "Paste as a code block").action()
                menu.destroy()
                self.composer.button.invoke()
                self.assertEqual(self.sent.pop(), sent)

    def test_code_pasted_between_the_marks_of_code_becomes_a_block_without_them(self) -> None:
        code = "\n".join(f"    x[{n}] = {n};" for n in range(5))
        self.root.clipboard_clear()
        self.root.clipboard_append(code)
        for written, sent in (("", f"```\n{code}\n```"), ("see ", f"see \n```\n{code}\n```")):
            self.type(written)
            self.press(self.field, "<Control-e>", "<<Paste>>")
            self.composer.strip.action.invoke()
            self.press(self.field, "<Return>")
            self.assertEqual(self.sent.pop(), sent)

    def test_all_that_is_selected_becomes_a_block_that_enter_sends(self) -> None:
        self.type("if x:\n    y()")
        self.press(self.field, "<Control-a>", "<Control-e>")
        self.assertEqual(self.field.tag_ranges("sel"), ())
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, ["```\nif x:\n    y()\n```"])

    def test_lines_pasted_into_a_block_stay_lines_of_it(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("  x = 1;\n" * 30)
        self.type("```\n")
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.strip.action.winfo_manager(), "")

    def test_the_offer_goes_with_the_next_change(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("  x = 1;\n" * 30)
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.strip.action.winfo_manager(), "grid")
        self.type("x")
        self.assertEqual(self.composer.strip.action.winfo_manager(), "")

    def test_a_huge_paste_is_refused_and_leaves_the_text(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("x" * 1_000_000)
        self.type("before")
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.text, "before")
        self.assertIn("1,000,000 characters", self.status())


class EmojiTest(ComposerCase):
    def test_the_emoji_button_asks_for_the_picker_at_its_place(self) -> None:
        button = self.composer.toolbar.emoji
        button.invoke()
        self.assertEqual(self.emoji_asked, [(button.winfo_rootx(), button.winfo_rooty())])

    def test_when_the_edited_message_is_deleted_both_texts_stay(self) -> None:
        entry = Entry(1, "message", 0.0, "ana", "old words", own=True)
        self.type("half a sentence")
        self.composer.edit(entry)
        self.type(" and new ones")
        self.composer.entry_gone(entry)
        self.assertEqual(self.composer.text, "half a sentence\nold words and new ones")
        self.assertIsNone(self.composer.draft.editing)

    def test_the_error_about_an_empty_edit_ends_with_the_edit(self) -> None:
        self.composer.edit(Entry(1, "message", 0.0, "ana", "old words", own=True))
        self.field.delete("1.0", "end")
        self.settle()
        self.press(self.field, "<Return>")
        self.assertIn("would be empty", self.status())
        self.press(self.field, "<Escape>")
        self.assertEqual(self.status(), "")
        self.assertFalse(self.composer._box.instate(["invalid"]))

    def test_if_enter_does_not_send_it_begins_a_line_and_control_enter_sends(self) -> None:
        self.enter_sends = False
        self.field.insert("1.0", "one")
        self.press(self.field, "<Return>")
        self.field.insert("insert", "two")
        self.assertEqual(self.sent, [])
        self.press(self.field, "<Control-Return>")
        self.assertEqual(self.sent, ["one\ntwo"])

    def test_the_question_about_a_long_text_names_the_key_that_sends(self) -> None:
        self.field.insert("1.0", "line\n" * 30)
        self.settle()
        self.press(self.field, "<Return>")
        self.assertIn("Press Enter again", self.composer._problem)
        self.enter_sends = False
        self.field.insert("1.0", "more ")
        self.settle()
        self.press(self.field, "<Control-Return>")
        self.assertIn(f"Press {shown_keys('Ctrl+Enter')} again", self.composer._problem)
        self.press(self.field, "<Control-Return>")
        self.assertEqual(len(self.sent), 1)
