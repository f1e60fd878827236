"""A list drawn on a canvas, used by mouse and keyboard."""

from __future__ import annotations

from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.list_row import Heading, ListRow, RowSource
from chatapp.gui.widgets.row_list import RowList
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class RowListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(220, 400)
        self.chosen: list[str] = []
        self.menus: list[str] = []
        self.pointer: list[str] = []  # which an earlier test may have left anywhere on the screen
        self.list = RowList(
            self.root,
            self.theme,
            on_choose=self.chosen.append,
            on_menu=lambda key, x, y: self.menus.append(key),
            on_fold=lambda key: self.chosen.append(f"fold {key}"),
            on_add=lambda key: self.chosen.append(f"add {key}"),
            on_pointer=lambda inside: self.pointer.append("inside" if inside else "outside"),
        )
        self.list.pack(fill="both", expand=True)
        self.canvas = self.list.canvas
        self.show("general", "help", "random")

    def show(self, *names: str, selected: str = "") -> None:
        """Show a heading and rows with these names."""
        self.list.show([ListRow("", "CHANNELS"), *(ListRow(name, name) for name in names)], selected)
        self.settle()

    def drawn(self) -> list[str]:
        return list(drawn_texts(self.canvas))

    def click(self, text: str, button: int = 1) -> None:
        """Click on the row with this text."""
        x, y = drawn_texts(self.canvas)[text]
        self.canvas.event_generate(f"<Button-{button}>", x=x + 2, y=y)
        self.settle()

    def test_a_click_chooses_a_row_but_not_a_heading(self) -> None:
        self.click("CHANNELS")
        self.assertEqual(self.chosen, [])
        self.click("help")
        self.assertEqual(self.chosen, ["help"])

    def test_the_arrow_keys_move_the_ring_over_the_rows_and_enter_chooses(self) -> None:
        self.focus(self.canvas)
        self.press(self.canvas, "<Down>", "<Return>", "<Home>", "<space>", "<End>", "<Return>")
        self.assertEqual(self.chosen, ["help", "general", "random"])

    def test_arrows_with_alt_are_left_to_the_window(self) -> None:
        seen: list[str] = []
        self.root.bind("<Alt-Down>", lambda event: seen.append("below"))
        self.focus(self.canvas)
        self.press(self.canvas, "<Alt-Down>", "<Return>")
        self.assertEqual((seen, self.chosen), (["below"], ["general"]))

    def test_shift_f10_opens_the_menu_of_the_row_with_the_ring(self) -> None:
        self.focus(self.canvas)
        self.press(self.canvas, "<Down>", "<Shift-F10>")
        self.assertEqual(self.menus, ["help"])

    def test_a_right_click_opens_the_menu_of_its_row(self) -> None:
        self.click("help", button=3)
        self.assertEqual((self.menus, self.chosen), (["help"], []))

    def test_choosing_and_a_click_beside_the_rows_release_the_focus(self) -> None:
        released: list[str] = []
        self.list.bind(RELEASE_FOCUS, lambda event: released.append("released"))
        self.click("help")
        self.canvas.event_generate("<Button-1>", x=5, y=self.canvas.winfo_height() - 2)
        self.settle()
        self.assertEqual(released, ["released"] * 2)

    def test_a_long_name_ends_with_an_ellipsis(self) -> None:
        self.show("long-" * 20)
        self.assertTrue(any(text.startswith("long-") and text.endswith("…") for text in self.drawn()))

    def test_of_a_thousand_rows_only_the_visible_ones_are_drawn(self) -> None:
        self.show(*(f"c{number:04}" for number in range(1000)))
        self.assertLess(len(self.drawn()), 40)
        self.focus(self.canvas)
        self.press(self.canvas, "<End>")
        self.assertIn("c0999", self.drawn())

    def test_a_row_that_becomes_selected_is_scrolled_into_view(self) -> None:
        names = [f"c{number:04}" for number in range(200)]
        self.show(*names, selected="c0150")
        self.assertIn("c0150", self.drawn())
        self.show(*names, selected="c0000")
        self.assertIn("CHANNELS", self.drawn())

    def test_new_rows_do_not_move_the_view(self) -> None:
        names = [f"c{number:04}" for number in range(200)]
        self.show(*names)
        self.canvas.yview_moveto(0.5)
        self.settle()
        before = self.drawn()
        self.show(*names)
        self.assertEqual(self.drawn(), before)

    def test_without_rows_it_shows_the_reason(self) -> None:
        self.list.show([], empty_text="Nobody found")
        self.settle()
        self.assertEqual(self.drawn(), ["Nobody found"])

    def test_the_scrollbar_is_shown_only_when_it_is_needed(self) -> None:
        bar = self.list._scrollbar
        self.assertFalse(bar.winfo_ismapped())
        self.show(*(f"c{number:04}" for number in range(200)))
        self.assertTrue(bar.winfo_ismapped())

    def test_a_change_of_theme_repaints_it(self) -> None:
        self.theme.use("light")
        self.settle()
        self.assertEqual(self.canvas.cget("background"), self.theme.colours.sidebar)

    def show_sections(self, folded: bool = False) -> None:
        """Show a heading that can be folded, with two rows below it."""
        self.list.show(
            [
                ListRow("x", "favourite"),
                Heading("CHANNELS", "h", folded=folded, add="Join"),
                ListRow("a", "general"),
                ListRow("b", "help"),
            ]
        )
        self.settle()

    def test_a_heading_is_folded_by_click_and_its_plus_adds(self) -> None:
        self.show_sections()
        self.click("CHANNELS")
        y = drawn_texts(self.canvas)["CHANNELS"][1]
        self.canvas.event_generate("<Button-1>", x=self.canvas.winfo_width() - 12, y=y)
        self.click("CHANNELS", button=3)
        self.assertEqual((self.chosen, self.menus), (["fold h", "add h"], ["h"]))

    def test_left_folds_the_section_of_a_row_and_right_unfolds_it(self) -> None:
        self.show_sections()
        self.focus(self.canvas)
        self.press(self.canvas, "<End>", "<Right>", "<Left>")
        self.assertEqual(self.chosen, ["fold h"])
        self.show_sections(folded=True)
        self.press(self.canvas, "<Left>", "<Right>", "<Return>")
        self.assertEqual(self.chosen, ["fold h"] * 3)

    def test_a_row_above_all_headings_has_no_section_to_fold(self) -> None:
        self.show_sections()
        self.focus(self.canvas)
        self.press(self.canvas, "<Home>", "<Left>")
        self.assertEqual(self.chosen, [])

    def test_it_tells_when_the_pointer_enters_and_leaves(self) -> None:
        self.list.event_generate("<Enter>")
        self.list.event_generate(
            "<Leave>", rootx=self.list.winfo_rootx() + 9, rooty=self.list.winfo_rooty() + 9
        )
        self.assertEqual(self.pointer[-1:], ["inside"])
        self.list.event_generate("<Leave>", rootx=-50, rooty=-50)
        self.assertEqual(self.pointer[-1:], ["outside"])

    def test_rows_are_made_when_they_are_drawn(self) -> None:
        made: list[int] = []

        def make(index: int) -> ListRow:
            made.append(index)
            return ListRow(f"k{index}", f"row {index}")

        self.list.show(RowSource([f"k{index}" for index in range(5000)], make), "k4000")
        self.settle()
        self.assertIn("row 4000", self.drawn())
        self.assertLess(len(set(made)), 100)
