"""Mouse and keyboard in the transcript."""

from __future__ import annotations

from tkinter import ttk

from tests.gui.transcript.transcript_case import TranscriptCase


class ReaderTest(TranscriptCase):
    def copied(self) -> str:
        return str(self.root.clipboard_get())

    def mark(self, first: str, last: str) -> None:
        """Select from one word through another."""
        start, end = self.text.search(first, "1.0"), self.text.search(last, "1.0")
        self.text.tag_add("sel", start, f"{end} +{len(last)}c")

    def test_a_click_on_a_link_opens_it_and_on_a_name_tells_whose(self) -> None:
        self.talk.say("ben", "see https://a.example/x, and (http://b.example)")
        self.show()
        self.click("https://a")
        self.click("http://b")
        self.click("ben")
        self.click("see")
        self.assertEqual(
            self.said, [("link", "https://a.example/x"), ("link", "http://b.example"), ("person", "ben")]
        )

    def test_a_drag_that_ends_on_what_was_folded_opens_nothing(self) -> None:
        for nick in ("eve", "fay"):
            entry = self.talk.entry("join", nick)
            self.talk.conversation.entries.append(entry)
        self.talk.say("ben", "some words to drag over")
        self.show()
        fold, words = self.place("2 joined"), self.place("some words")
        for start, end in ((words, fold), (fold, words)):
            self.drag(start, end)
        self.assertIn("2 joined  ▸", self.words())
        self.drag(fold, fold)
        self.assertIn("2 joined  ▾", self.words())

    def place(self, words: str) -> tuple[int, int]:
        """Where these words stand, in pixels."""
        box = self.text.bbox(f"{self.text.search(words, '1.0')} +1c")
        assert box is not None
        return box[0] + 2, box[1] + box[3] // 2

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move and release the button; on one place it is a click."""
        self.text.event_generate("<Button-1>", x=start[0], y=start[1])
        self.text.event_generate("<B1-Motion>", x=end[0], y=end[1])
        self.text.event_generate("<ButtonRelease-1>", x=end[0], y=end[1])
        self.settle()

    def test_nothing_can_be_typed_into_it_but_goes_to_the_composer(self) -> None:
        self.talk.chatter(3)
        self.show()
        before = self.words()
        self.focus(self.text)
        self.press(self.text, "<Key-x>", "<Control-d>", "<BackSpace>", "<Delete>", "<Control-k>", "<Key-Y>")
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted")
        self.press(self.text, "<<Paste>>", "<<Cut>>")
        self.assertEqual(self.words(), before)
        self.assertEqual(self.said, [("type", "x"), ("type", "Y")])

    def test_tab_leads_out_of_it_in_both_directions(self) -> None:
        before, after = ttk.Button(self.root), ttk.Button(self.root)
        before.pack(before=self.pane)
        after.pack()
        before.lower()
        for key, found in (("<Tab>", after), ("<Shift-Tab>", before)):
            self.keys(key)
            self.assertIs(self.root.focus_get(), found)

    def test_a_ring_shows_that_the_keyboard_is_there_but_not_that_the_mouse_was(self) -> None:
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

    def test_words_of_one_message_are_copied_as_they_are(self) -> None:
        self.talk.say("ben", "one two three")
        self.show()
        self.mark("two", "two")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "two")

    def test_several_messages_are_copied_with_their_names(self) -> None:
        self.talk.say("ben", "one two")
        self.talk.say("ben", "three")
        self.talk.say("dee", "four five")
        self.show()
        self.mark("two", "four")
        self.press(self.text, "<<Copy>>")
        self.assertEqual(self.copied(), "<ben> one two\n<ben> three\n<dee> four five")

    def test_arrow_keys_choose_a_message_to_copy(self) -> None:
        self.talk.chatter(4)
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>", "<Up>", "<<Copy>>")
        self.assertEqual(self.copied(), "<ben> message 2")
        self.press(self.text, "<Down>", "<Down>", "<<Copy>>")
        self.assertEqual(self.copied(), "<dee> message 3")

    def test_enter_does_what_the_chosen_message_offers(self) -> None:
        self.talk.say("ben", "see https://a.example")
        self.talk.conversation.entries += [self.talk.entry("join", nick) for nick in ("eve", "fay")]
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>", "<Return>")
        self.assertIn("fay joined", self.words())
        self.press(self.text, "<Up>", "<Return>")
        self.assertEqual(self.said, [("link", "https://a.example")])

    def test_the_chosen_message_is_unmarked_when_the_focus_goes(self) -> None:
        self.talk.chatter(4)
        self.show()
        self.focus(self.text)
        self.press(self.text, "<Up>")
        self.assertTrue(self.text.tag_ranges("chosen"))
        self.focus(self.root)
        self.assertFalse(self.text.tag_ranges("chosen"))

    def test_the_menu_offers_what_there_is_to_do(self) -> None:
        self.talk.say("ben", "see https://a.example")
        self.talk.say("ana", "lost", state="failed")
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
        self.assertEqual(self.said, [("retry", "lost"), ("discard", "lost")])

    def test_the_pointer_shows_what_can_be_clicked(self) -> None:
        self.talk.say("ben", "see https://a.example")
        self.show()
        for words, cursor in (("https", "hand2"), ("see", "arrow")):
            box = self.text.bbox(self.text.search(words, "1.0") + " +1c")
            assert box is not None
            self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + 2, warp=True)
            self.settle()
            self.assertEqual(str(self.text.cget("cursor")), cursor)
