"""Names of pages."""

from __future__ import annotations

from chatapp.gui.widgets.tabs import Tabs
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class TabsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[int] = []
        self.tabs = Tabs(self.root, self.theme, ["Overview", "Members"], self.chosen.append)
        self.tabs.pack(fill="x")
        self.settle()

    def test_a_click_shows_another_page(self) -> None:
        x, y = drawn_texts(self.tabs)["Members"]
        self.tabs.event_generate("<Button-1>", x=x + 3, y=y)
        self.tabs.event_generate("<Button-1>", x=x + 3, y=y)
        self.settle()
        self.assertEqual((self.chosen, self.tabs.shown), ([1], 1))

    def test_the_arrows_go_around(self) -> None:
        self.focus(self.tabs)
        self.press(self.tabs, "<Left>", "<Right>")
        self.assertEqual(self.chosen, [1, 0])

    def test_showing_a_page_calls_nothing(self) -> None:
        self.tabs.show(1)
        self.assertEqual((self.chosen, self.tabs.shown), ([], 1))

    def test_names_move_together_and_are_shortened_where_there_is_little_room(self) -> None:
        for width, are_whole in ((180, True), (120, False)):
            self.size(width, 100)
            self.settle()
            with self.subTest(width=width):
                self.assertEqual(list(drawn_texts(self.tabs)) == ["Overview", "Members"], are_whole)
                self.assertLessEqual(self.tabs.bbox("all")[2], self.tabs.winfo_width() + 2)
