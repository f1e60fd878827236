"""The navigation of the settings."""

from __future__ import annotations

from chatapp.gui.settings.page_list import PageList
from chatapp.gui.widgets.list_row import Mark
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.settings.settings_case import page

PAGES = (
    page("Appearance"),
    page("This server", marks=(Mark("crown", "owner"),), is_apart=True),
    page("About", is_apart=True),
)


class PageListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.list = PageList(self.root, self.theme, self.chosen.append)
        self.list.place(width=self.theme.px(216), height=self.theme.px(300))
        self.settle()
        self.list.show(PAGES, "Appearance")
        self.settle()

    def click(self, y: int) -> None:
        self.list.event_generate("<Button-1>", x=self.theme.px(60), y=self.theme.px(y))
        self.settle()

    def test_a_click_chooses_a_page(self) -> None:
        self.assertEqual(list(drawn_texts(self.list)), ["Appearance", "This server", "About"])
        self.click(36 + 16 + 16)
        self.click(290)
        self.assertEqual(self.chosen, ["This server"])

    def test_the_arrows_choose_and_stop_at_the_ends(self) -> None:
        self.focus(self.list)
        self.press(self.list, "<Down>", "<Down>", "<Down>", "<Up>")
        self.assertEqual(self.chosen, ["This server", "About", "This server"])

    def test_without_a_chosen_page_the_arrows_begin_at_an_end(self) -> None:
        self.list.show(PAGES, "")
        self.focus(self.list)
        self.press(self.list, "<Up>")
        self.list.show(PAGES, "")
        self.press(self.list, "<Down>")
        self.assertEqual(self.chosen, ["About", "Appearance"])

    def test_a_low_list_scrolls_to_the_chosen_page(self) -> None:
        self.list.place(height=self.theme.px(60))
        self.settle()
        self.focus(self.list)
        self.press(self.list, "<End>")
        self.assertGreater(self.list.canvasy(0), 0)
        self.press(self.list, "<Home>")
        self.assertEqual(self.list.canvasy(0), 0)
