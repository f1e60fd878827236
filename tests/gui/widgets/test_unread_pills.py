"""The buttons over the ends of a list that lead to unread rows out of view."""

from __future__ import annotations

from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.row_list import RowList
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class UnreadPillsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(240, 400)
        self.list = RowList(self.root, self.theme, pills=True)
        self.list.pack(fill="both", expand=True)
        pills = self.list._pills
        assert pills is not None
        self.above, self.below = pills.above, pills.below

    def show(self, *unread: int, badges: tuple[int, ...] = ()) -> None:
        """Show 31 rows. Those at the given indexes have a count or a badge."""
        rows = [
            ListRow(
                f"row {place}", f"row {place}", count="1" if place in unread else "", badge=place in badges
            )
            for place in range(31)
        ]
        self.list.show(rows)
        self.settle()

    def texts(self) -> list[str]:
        """Return the texts of the visible pills, the upper one first."""
        return [str(pill.cget("text")).strip() for pill in (self.above, self.below) if pill.winfo_ismapped()]

    def test_a_click_scrolls_to_an_unread_row_below(self) -> None:
        self.show()
        self.assertEqual(self.texts(), [])
        self.show(30)
        self.assertEqual(self.texts(), ["1 unread below"])
        self.below.invoke()
        self.settle()
        self.assertIn("row 30", drawn_texts(self.list.canvas))
        self.assertEqual(self.texts(), [])

    def test_each_end_has_a_pill_with_its_number(self) -> None:
        self.show(0, 1, 29, 30)
        self.assertEqual(self.texts(), ["2 unread below"])
        self.below.invoke()
        self.settle()
        self.assertEqual(self.texts(), ["2 unread above"])
        self.above.invoke()
        self.settle()
        self.assertEqual(self.texts(), ["2 unread below"])

    def test_a_row_with_a_badge_gives_the_pill_its_colour(self) -> None:
        self.show(30)
        self.assertEqual(str(self.below.cget("style")), "Pill.Sidebar.TButton")
        self.show(29, 30, badges=(29,))
        self.assertEqual(str(self.below.cget("style")), "BadgePill.Sidebar.TButton")

    def test_the_text_is_as_long_as_there_is_room(self) -> None:
        for size, width, text in ((11, 240, "1 unread below"), (24, 240, "1 below"), (24, 100, "1")):
            with self.subTest(size=size, width=width):
                self.theme.zoom(size)
                self.size(width, 400)
                self.settle()
                self.show(30)
                self.assertEqual(self.texts(), [text])

    def test_rows_without_a_count_are_not_counted(self) -> None:
        self.show(30)
        self.show()
        self.assertEqual(self.texts(), [])
