"""What stands in the place of hits."""

from __future__ import annotations

from chatapp.gui.main.search_empty import EmptySearch, SearchEmptiness
from tests.gui.base import WindowTest


class EmptySearchTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[str] = []
        self.empty = EmptySearch(
            self.root,
            self.theme,
            self.calls.append,
            lambda: self.calls.append("all"),
            lambda: self.calls.append("older"),
        )
        self.empty.pack(fill="both", expand=True)

    def show(self, emptiness: SearchEmptiness) -> None:
        self.empty.show(emptiness)
        self.settle()

    def test_it_offers_a_similar_word_and_the_search_without_filters(self) -> None:
        self.show(SearchEmptiness("Nothing with “tiemout”", "Did you mean “timeout”?", "timeout", True))
        self.assertEqual("Search “timeout”", str(self.empty.suggest.cget("text")))
        self.empty.suggest.invoke()
        self.empty.unfilter.invoke()
        self.assertEqual(["timeout", "all"], self.calls)

    def test_buttons_without_a_use_are_absent(self) -> None:
        self.show(SearchEmptiness("Nothing found"))
        self.assertFalse(self.empty.suggest.winfo_ismapped() or self.empty.unfilter.winfo_ismapped())

    def test_older_messages_can_be_searched_too(self) -> None:
        self.show(SearchEmptiness("Nothing found", has_more=True))
        self.assertTrue(self.empty.more.winfo_ismapped())
        self.empty.more.invoke()
        self.assertEqual(["older"], self.calls)
        self.show(SearchEmptiness("Nothing found"))
        self.assertFalse(self.empty.more.winfo_ismapped())

    def test_in_a_narrow_pane_the_words_are_wrapped(self) -> None:
        self.size(220, 400)
        self.show(SearchEmptiness("Nothing with “a very long word”", "The filter “since 1 March” is on."))
        self.assertLessEqual(self.empty.text.winfo_reqwidth(), self.theme.px(220))

    def test_a_suggestion_that_is_too_long_for_a_button_is_shortened(self) -> None:
        self.size(220, 400)
        self.show(SearchEmptiness("Nothing found", suggestion="timeout" * 20))
        self.assertTrue(str(self.empty.suggest.cget("text")).endswith("…"))
        self.assertLessEqual(self.empty.suggest.winfo_reqwidth(), self.theme.px(220))
        self.empty.suggest.invoke()
        self.assertEqual(["timeout" * 20], self.calls)

    def test_buttons_without_room_beside_one_another_are_below_one_another(self) -> None:
        for width, is_below in ((500, False), (260, True)):
            self.size(width, 400)
            self.show(SearchEmptiness("Nothing found", suggestion="timeout", has_filters=True))
            with self.subTest(width=width):
                self.assertEqual(self.empty.unfilter.winfo_y() > self.empty.suggest.winfo_y(), is_below)
                for button in (self.empty.suggest, self.empty.unfilter):
                    self.assertLessEqual(button.winfo_rootx() + button.winfo_width(),
                                         self.root.winfo_rootx() + self.root.winfo_width())  # fmt: skip
