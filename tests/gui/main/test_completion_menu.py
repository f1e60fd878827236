"""The menu of completions."""

from __future__ import annotations

from tkinter import Frame

from chatapp.client.outgoing.completion import Completion, CompletionOption
from chatapp.gui.main.completion_menu import MAX_ROWS, CompletionMenu
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

BEN = CompletionOption("@Ben Okafor ", "person", "Ben Okafor", "ben", "ben")
JOY = CompletionOption("😂 ", "emoji", ":joy:", "", "😂")
HELP = CompletionOption("#help ", "channel", "#help", "Ask here")
TOPIC = CompletionOption("/topic ", "command", "/topic [TOPIC]", "Show or set the topic")


def completion(*options: CompletionOption) -> Completion:
    return Completion(0, 3, options)


class CompletionMenuTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.taken: list[CompletionOption] = []
        self.anchor = Frame(self.root, height=60)
        self.anchor.pack(side="bottom", fill="x")
        self.menu = CompletionMenu(self.anchor, self.theme, self.taken.append)
        self.settle()

    def show(self, *options: CompletionOption) -> None:
        self.menu.show(completion(*options) if options else None)
        self.settle()

    def click(self, row: int) -> None:
        y = self.theme.px(6) + row * self.theme.px(32) + 4
        self.menu.event_generate("<Button-1>", x=20, y=y)

    def test_it_shows_labels_and_details_of_every_kind(self) -> None:
        self.show(BEN, JOY, HELP, TOPIC)
        shown = drawn_texts(self.menu)
        for text in ("Ben Okafor", "ben", ":joy:", "😂", "#help", "Ask here", "/topic [TOPIC]"):
            self.assertIn(text, shown)

    def test_nothing_is_chosen_before_an_arrow_key(self) -> None:
        self.show(BEN, JOY)
        self.assertIsNone(self.menu.chosen)
        self.menu.move(1)
        self.assertIs(self.menu.chosen, BEN)
        self.menu.move(1)
        self.menu.move(1)
        self.assertIs(self.menu.chosen, BEN)
        self.menu.move(-1)
        self.assertIs(self.menu.chosen, JOY)

    def test_up_begins_at_the_end(self) -> None:
        self.show(BEN, JOY)
        self.menu.move(-1)
        self.assertIs(self.menu.chosen, JOY)

    def test_other_options_forget_the_choice_and_the_same_ones_keep_it(self) -> None:
        self.show(BEN, JOY)
        self.menu.move(1)
        self.show(BEN, JOY)
        self.assertIs(self.menu.chosen, BEN)
        self.show(JOY)
        self.assertIsNone(self.menu.chosen)

    def test_a_click_takes_an_option(self) -> None:
        self.show(BEN, JOY)
        self.click(1)
        self.assertEqual(self.taken, [JOY])

    def test_it_stands_above_its_anchor_and_goes_when_there_is_nothing(self) -> None:
        self.show(BEN, JOY)
        self.assertTrue(self.menu.winfo_ismapped())
        self.assertLess(self.menu.winfo_y() + self.menu.winfo_height(), self.anchor.winfo_y())
        self.show()
        self.assertFalse(self.menu.winfo_ismapped())
        self.assertFalse(self.menu.is_open)

    def test_a_long_list_scrolls_with_the_choice(self) -> None:
        many = [CompletionOption(f"/{n} ", "command", f"/command{n}") for n in range(30)]
        self.show(*many)
        for _ in range(MAX_ROWS + 3):
            self.menu.move(1)
        self.settle()
        self.assertIn(f"/command{MAX_ROWS + 2}", drawn_texts(self.menu))
        self.assertNotIn("/command0", drawn_texts(self.menu))

    def test_a_long_label_is_cut_to_the_menu(self) -> None:
        self.show(CompletionOption("x", "channel", "#" + "long" * 60, "topic " * 40))
        left, _, right, _ = self.menu.bbox("all")
        self.assertLessEqual(right - left, self.menu.winfo_width())
