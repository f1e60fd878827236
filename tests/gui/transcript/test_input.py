"""Mouse and keyboard in the transcript."""

from __future__ import annotations

from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import platform_events
from tests.gui.transcript.transcript_case import TranscriptCase


class InputTest(TranscriptCase):
    def copied(self) -> str:
        return str(self.root.clipboard_get())

    def test_a_click_opens_a_link_and_reports_a_name(self) -> None:
        self.maker.say("ben", "see https://a.example/x, and (http://b.example)")
        self.show()
        self.click("https://a")
        self.click("http://b")
        self.click("ben")
        self.click("see")
        self.assertEqual(
            self.calls, [("link", "https://a.example/x"), ("link", "http://b.example"), ("person", "ben")]
        )

    def test_a_click_on_a_mention_reports_the_person(self) -> None:
        self.maker.network.person("ben_okafor").display_name = "Ben Okafor"
        self.maker.say("dee", "thanks @ben_okafor")
        self.show()
        self.click("@Ben")
        self.assertEqual(self.calls, [("person", "ben_okafor")])

    def test_a_drag_that_ends_on_a_fold_does_not_open_it(self) -> None:
        for nick in ("eve", "fay"):
            entry = self.maker.entry("join", nick)
            self.maker.conversation.entries.append(entry)
        self.maker.say("ben", "some words to drag over")
        self.show()
        fold, text = self.place("2 joined"), self.place("some words")
        for start, end in ((text, fold), (fold, text)):
            self.drag(start, end)
        self.assertIn("2 joined  ", self.shown_text())
        self.drag(fold, fold)
        self.assertIn("2 joined  \neve joined", self.shown_text())

    def place(self, text: str) -> tuple[int, int]:
        """Return the position of a text in pixels."""
        box = self.text.bbox(f"{self.text.search(text, '1.0')} +1c")
        assert box is not None
        return box[0] + 2, box[1] + box[3] // 2

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move and release the button; without a move it is a click."""
        self.text.event_generate("<Button-1>", x=start[0], y=start[1])
        self.text.event_generate("<B1-Motion>", x=end[0], y=end[1])
        self.text.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
        self.settle()

    def test_typed_characters_go_to_the_composer_and_change_nothing(self) -> None:
        self.maker.chatter(3)
        self.show()
        before = self.shown_text()
        self.focus(self.text)
        self.press(self.text, "<Key-x>", "<Control-d>", "<BackSpace>", "<Delete>", "<Control-k>", "<Key-Y>")
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted")
        self.press(self.text, "<<Paste>>", "<<Cut>>")
        self.assertEqual(self.shown_text(), before)
        self.assertEqual(self.calls, [("type", "x"), ("type", "Y")])

    def test_tab_and_shift_tab_move_the_focus_out(self) -> None:
        before, after = ttk.Button(self.root), ttk.Button(self.root)
        before.pack(before=self.pane)
        after.pack()
        before.lower()
        for key, found in (("<Tab>", after), ("<Shift-Tab>", before)):
            self.keys(key)
            self.assertIs(self.root.focus_get(), found)

    def test_a_focus_ring_is_shown_for_the_keyboard_but_not_for_the_mouse(self) -> None:
        other = ttk.Entry(self.root)
        other.pack()
        for widget, events, ring in (
            (self.text, (), True),
            (self.text, ("<Button-1>", "<ButtonRelease-1>"), False),
            (other, (), False),
            (self.text, (), True),
        ):
            self.focus(widget)
            self.press(widget, *events)
            self.assertEqual(self.pane.view._ring.is_shown, ring)

    def test_arrow_keys_choose_a_message_to_copy(self) -> None:
        self.maker.chatter(4)
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>", "<Up>", "<<Copy>>")
        self.assertEqual(self.copied(), "message 2")
        self.press(self.text, "<Down>", "<Down>", "<<Copy>>")
        self.assertEqual(self.copied(), "message 3")

    def test_enter_activates_the_chosen_message(self) -> None:
        self.maker.say("ben", "see https://a.example")
        self.maker.conversation.entries += [self.maker.entry("join", nick) for nick in ("eve", "fay")]
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>", "<Return>")
        self.assertIn("fay joined", self.shown_text())
        self.press(self.text, "<Up>", "<Return>")
        self.assertEqual(self.calls, [("link", "https://a.example")])

    def test_the_highlight_of_the_chosen_message_ends_with_the_focus(self) -> None:
        self.maker.chatter(4)
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>")
        self.assertTrue(self.text.tag_ranges("chosen"))
        self.focus(self.root)
        self.assertFalse(self.text.tag_ranges("chosen"))

    def test_a_right_click_on_a_name_opens_the_menu_of_the_person(self) -> None:
        self.maker.say("ben", "words")
        self.show()
        x, y = self.place("ben")
        self.text.event_generate(platform_events.MENU_CLICKS[0], x=x, y=y)
        self.settle()
        self.assertEqual(self.calls, [("person_menu", "ben")])

    def test_letters_act_on_a_chosen_message_and_are_typed_otherwise(self) -> None:
        self.maker.say("ben", "words")
        self.show()
        self.keys("<Key-r>", "<Key-e>")
        self.assertEqual(self.calls, [("type", "r"), ("type", "e")])
        self.calls.clear()
        self.keys("<Up>", "<Key-r>", "<Key-e>", "<Key-u>", "<Delete>", "<Key-x>", "<Shift-R>")
        acted = [
            ("reply", "words"),
            ("pick_reaction", "words"),
            ("mark_unread", "words"),
            ("delete", "words"),
        ]
        self.assertEqual(self.calls, [*acted, ("type", "x"), ("type", "R")])

    def test_a_letter_of_an_action_that_is_not_possible_is_not_typed_but_refused(self) -> None:
        self.maker.say("ben", "words")
        self.maker.say("dee", "more")
        self.show()
        self.abilities = frozenset({"reply"})
        self.keys("<Up>", "<Key-e>", "<Delete>", "<Key-u>", "<Key-r>", "<Up>")
        self.assertEqual(
            self.calls,
            [
                ("refusal", "You cannot react to this message."),
                ("refusal", "You cannot delete this message."),
                ("refusal", "You cannot mark this message as unread."),
                ("reply", "more"),
                ("refusal", ""),
            ],
        )

    def test_arrow_keys_skip_lines_that_offer_nothing(self) -> None:
        entries = self.maker.conversation.entries
        self.maker.say("ben", "words")
        entries.append(self.maker.entry("topic", "ben", "a topic"))
        self.maker.say("dee", "more")
        entries.append(self.maker.entry("join", "ana"))
        self.show()
        self.keys("<Up>", "<Key-r>", "<Up>", "<Key-r>", "<Up>", "<Key-r>", "<End>", "<Key-r>")
        self.assertEqual(
            self.calls, [("reply", "more"), ("reply", "words"), ("reply", "words"), ("reply", "more")]
        )

    def test_on_a_fold_the_letters_of_actions_are_refused(self) -> None:
        self.maker.conversation.entries += [self.maker.entry("join", nick) for nick in ("eve", "fay")]
        self.show()
        self.keys("<Up>", "<Key-r>")
        self.assertEqual(self.calls, [("refusal", "You cannot reply to this line.")])

    def test_without_messages_nothing_is_chosen(self) -> None:
        self.maker.conversation.entries.append(self.maker.entry("join", "ana"))
        self.show()
        self.keys("<Up>", "<Home>", "<Key-r>")
        self.assertEqual(self.calls, [("type", "r")])

    def test_the_code_of_a_message_is_copied_as_it_is_shown(self) -> None:
        self.maker.say("ben", "see\n```python\nx = 1\n```\nthere")
        self.show()
        self.keys("<Up>", "<<Copy>>")
        self.assertEqual(self.copied(), "see\nx = 1\nthere")

    def test_home_and_end_choose_the_first_and_the_newest_message(self) -> None:
        self.maker.chatter(60)
        self.show()
        for key, chosen in (("<Home>", "message 0"), ("<End>", "message 59")):
            self.keys(key, "<<Copy>>")
            self.assertEqual(self.copied(), chosen)

    def test_escape_returns_from_a_chosen_message_to_the_composer(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.keys("<Up>", "<Escape>")
        self.assertEqual(self.calls, [("leave",)])
        self.assertFalse(self.text.tag_ranges("chosen"))

    def test_enter_offers_a_menu_if_a_message_has_several_links(self) -> None:
        self.maker.say("ben", "https://a.example or https://b.example")
        self.show()
        with mock.patch("chatapp.gui.widgets.context_menus.pop_up") as opened:
            self.keys("<Up>", "<Return>")
        items = list(opened.call_args.args[2])
        self.assertEqual([item.label for item in items], ["Open https://a.example", "Open https://b.example"])
        items[1].action()
        self.assertEqual(self.calls, [("link", "https://b.example")])

    def test_the_menu_key_opens_the_menu_of_the_chosen_message_which_stays_marked(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.abilities = frozenset({"reply"})
        with mock.patch("chatapp.gui.widgets.context_menus.pop_up") as opened:
            self.keys("<Up>", "<Shift-F10>")
        self.assertEqual([item.label for item in opened.call_args.args[2]], ["Reply", "Copy text"])
        self.assertTrue(self.text.tag_ranges("chosen"))

    def test_a_right_click_marks_the_message_that_the_menu_acts_on(self) -> None:
        self.maker.chatter(3)
        self.show()
        x, y = self.place("message 1")
        with mock.patch("chatapp.gui.widgets.context_menus.pop_up"):
            self.text.event_generate(platform_events.MENU_CLICKS[0], x=x, y=y)
            self.settle()
        marked = self.text.get(*self.text.tag_ranges("chosen"))
        self.assertIn("message 1", marked)
        self.assertNotIn("message 2", marked)

    def test_the_pointer_shows_what_is_clickable(self) -> None:
        self.maker.say("ben", "see https://a.example")
        self.show()
        for text, cursor in (("https", "hand2"), ("see", "arrow")):
            box = self.text.bbox(self.text.search(text, "1.0") + " +1c")
            assert box is not None
            self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + 2, warp=True)
            self.settle()
            self.assertEqual(str(self.text.cget("cursor")), cursor)
