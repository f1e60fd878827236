"""The line below the composer."""

from __future__ import annotations

from chatapp.gui.main.composer_strip import HINT, LOW_HEIGHT, MOST_LINES, ComposerStrip
from tests.gui.base import WindowTest


class ComposerStripTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.strip = ComposerStrip(self.root, self.theme)
        self.strip.pack(fill="x")
        self.settle()

    def left(self) -> str:
        return str(self.strip.label.cget("text"))

    def hint(self) -> str:
        return str(self.strip.hint.cget("text")) if self.strip.hint.winfo_manager() else ""

    def test_the_hint_stands_beside_a_short_text(self) -> None:
        self.strip.show("Ben is typing…", hint=HINT)
        self.assertEqual((self.left(), self.hint()), ("Ben is typing…", HINT))

    def test_a_text_that_needs_the_whole_width_takes_the_place_of_the_hint(self) -> None:
        self.strip.show("word " * 20, hint=HINT)
        self.assertEqual(self.hint(), "")
        self.strip.show("word " * 60)
        self.assertTrue(self.left().endswith("…"))

    def test_what_has_to_be_known_takes_more_lines(self) -> None:
        text = "Your message goes without “notes.txt”, which was not sent. It stays here."
        self.size(330, 200)
        self.settle()
        self.strip.show(text, hint=HINT, lines=MOST_LINES)
        self.settle()
        self.assertEqual((text, ""), (self.left().replace("\n", " "), self.hint()))
        self.assertIn("\n", self.left())
        self.assertLessEqual(self.strip.label.winfo_reqheight(), self.strip.winfo_height())
        self.assertLessEqual(self.strip.label.winfo_reqwidth(), self.strip.winfo_width())
        self.strip.show(text * 9, lines=MOST_LINES)
        self.assertEqual(MOST_LINES, self.left().count("\n") + 1)
        self.strip.show("Ben is typing…", lines=MOST_LINES)
        self.assertEqual("Ben is typing…", self.left())

    def test_beside_the_hint_no_text_is_cut_off(self) -> None:
        for length in range(20, 60):
            with self.subTest(length):
                self.strip.show("m" * length, hint=HINT)
                self.settle()
                self.assertGreaterEqual(self.strip.label.winfo_width(), self.strip.label.winfo_reqwidth())

    def test_in_a_low_window_it_takes_height_only_for_a_text(self) -> None:
        self.strip.show_low(True)
        heights = []
        for text in ("", "Ben has left.", ""):
            self.strip.show(text)
            self.settle()
            heights.append(self.strip.winfo_height())
        self.assertEqual([self.theme.px(LOW_HEIGHT)] * 2, heights[::2])
        self.assertGreaterEqual(heights[1], self.strip.label.winfo_reqheight())
        self.assertEqual("", self.hint())

    def test_in_a_narrow_window_there_is_no_hint(self) -> None:
        self.size(200, 200)
        self.settle()
        self.strip.show("", hint=HINT)
        self.assertEqual(self.hint(), "")
        self.size(600, 200)
        self.settle()
        self.assertEqual(self.hint(), HINT)

    def test_an_error_takes_as_many_lines_as_it_needs(self) -> None:
        self.size(300, 200)
        self.settle()
        before = self.strip.winfo_reqheight()
        self.strip.show("Ben is typing…", problem="word " * 40, hint=HINT)
        self.settle()
        self.assertEqual((self.left(), self.hint()), ("word " * 40, ""))
        self.assertGreater(self.strip.winfo_reqheight(), before)

    def test_its_height_stays_when_texts_come_and_go(self) -> None:
        heights = set()
        for text, hint in (("", ""), ("Ben is typing…", ""), ("", HINT)):
            self.strip.show(text, hint=hint)
            self.settle()
            heights.add(self.strip.winfo_reqheight())
        self.assertEqual(heights, {self.theme.px(28)})

    def test_an_action_is_a_button_at_the_right(self) -> None:
        pressed: list[str] = []
        self.strip.show_action("Make it a code block", lambda: pressed.append("made"))
        self.strip.action.invoke()
        self.assertEqual(pressed, ["made"])
        self.strip.show_action("")
        self.assertEqual(self.strip.action.winfo_manager(), "")
