"""Mouse and keyboard in the transcript."""

from __future__ import annotations

from tkinter import ttk

from tests.gui.transcript.transcript_case import TranscriptCase


class InputTest(TranscriptCase):
    def copied(self) -> str:
        return str(self.root.clipboard_get())

    def mark(self, first: str, last: str) -> None:
        """Select from one word through another."""
        start, end = self.text.search(first, "1.0"), self.text.search(last, "1.0")
        self.text.tag_add("sel", start, f"{end} +{len(last)}c")

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

    def test_a_drag_that_ends_on_a_fold_does_not_open_it(self) -> None:
        for nick in ("eve", "fay"):
            entry = self.maker.entry("join", nick)
            self.maker.conversation.entries.append(entry)
        self.maker.say("ben", "some words to drag over")
        self.show()
        fold, text = self.place("2 joined"), self.place("some words")
        for start, end in ((text, fold), (fold, text)):
            self.drag(start, end)
        self.assertIn("2 joined  ▸", self.shown_text())
        self.drag(fold, fold)
        self.assertIn("2 joined  ▾", self.shown_text())

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
        colours = self.theme.colours
        other = ttk.Entry(self.root)
        other.pack()
        for widget, events, ring in (
            (self.text, (), colours.accent),
            (self.text, ("<Button-1>", "<ButtonRelease-1>"), colours.pane),
            (other, (), colours.pane),
            (self.text, (), colours.accent),
        ):
            self.focus(widget)
            self.press(widget, *events)
            self.assertEqual(self.pane.view.cget("highlightcolor"), ring)

    def test_a_selection_within_one_message_is_copied_verbatim(self) -> None:
        self.maker.say("ben", "one two three")
        self.show()
        self.mark("two", "two")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "two")

    def test_several_messages_are_copied_with_names(self) -> None:
        self.maker.say("ben", "one two")
        self.maker.say("ben", "three")
        self.maker.say("dee", "four five")
        self.show()
        self.mark("two", "four")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "<ben> one two\n<ben> three\n<dee> four five")

    def test_arrow_keys_choose_a_message_to_copy(self) -> None:
        self.maker.chatter(4)
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>", "<Up>", "<<Copy>>")
        self.assertEqual(self.copied(), "<ben> message 2")
        self.press(self.text, "<Down>", "<Down>", "<<Copy>>")
        self.assertEqual(self.copied(), "<dee> message 3")

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

    def test_the_menu_offers_the_possible_actions(self) -> None:
        self.maker.say("ben", "see https://a.example")
        self.maker.say("ana", "lost", state="failed")
        self.show()
        menu = self.pane.input.menu(0, self.text.search("https", "1.0"))
        labels = [str(menu.entrycget(at, "label")) for at in range((menu.index("end") or 0) + 1)]
        self.assertEqual(labels, ["Copy message", "Open link", "Copy link"])
        menu.invoke(2)
        self.assertEqual(self.copied(), "https://a.example")
        menu.invoke(0)
        self.assertEqual(self.copied(), "<ben> see https://a.example")
        menu = self.pane.input.menu(1, self.text.search("lost", "1.0"))
        menu.invoke("Retry")
        menu.invoke("Discard")
        self.assertEqual(self.calls, [("retry", "lost"), ("discard", "lost")])

    def test_the_pointer_shows_what_is_clickable(self) -> None:
        self.maker.say("ben", "see https://a.example")
        self.show()
        for text, cursor in (("https", "hand2"), ("see", "arrow")):
            box = self.text.bbox(self.text.search(text, "1.0") + " +1c")
            assert box is not None
            self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + 2, warp=True)
            self.settle()
            self.assertEqual(str(self.text.cget("cursor")), cursor)
