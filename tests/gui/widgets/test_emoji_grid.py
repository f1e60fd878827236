"""The grid of emoji."""

from __future__ import annotations

from unittest import mock

from chatapp.client.text import emoji_names
from chatapp.client.text.emoji_names import Emoji
from chatapp.gui.theme import emoji
from chatapp.gui.widgets.emoji_grid import ROW, EmojiGrid, EmojiSection
from tests.gui.base import WindowTest


class GridCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[tuple[str, bool]] = []
        self.pointed: list[str] = []
        self.sections: list[int] = []
        self.grid = EmojiGrid(
            self.root,
            self.theme,
            on_choose=lambda each, many: self.chosen.append((each.sequence, many)),
            on_point=lambda each: self.pointed.append(each.sequence if each else ""),
            on_section=self.sections.append,
        )
        self.grid.configure(yscrollcommand=lambda first, last: self.grid.scrolled())
        self.grid.place(x=0, y=0, width=self.theme.px(380), height=self.theme.px(300))
        self.settle()
        self.smileys = [each for each in emoji_names.groups()["Smileys"] if self.grid.is_drawn(each)]

    def show(self, count: int = 40) -> None:
        self.grid.show(
            [EmojiSection("Recent", self.smileys[:3]), EmojiSection("Smileys", self.smileys[:count])]
        )
        self.settle()

    def at(self) -> str:
        assert self.grid.chosen is not None
        return self.grid.chosen.sequence

    def number(self) -> int:
        return next(n for n, each in enumerate(self.smileys) if each is self.grid.chosen)


class EmojiGridTest(GridCase):
    def setUp(self) -> None:
        super().setUp()
        if self.grid.columns == 1:
            self.skipTest("no font for colour emoji")
        self.show()

    def test_the_first_emoji_is_chosen_and_told(self) -> None:
        self.assertEqual(self.at(), self.smileys[0].sequence)
        self.assertEqual(self.pointed[-1], self.smileys[0].sequence)
        self.assertEqual(self.sections, [0])

    def test_right_goes_on_in_the_next_row_and_left_stops_at_the_start(self) -> None:
        for _ in range(4):
            self.grid.move(1, 0)
        self.assertEqual(self.number(), 1)
        for _ in range(9):
            self.grid.move(-1, 0)
        self.assertEqual(self.number(), 0)

    def test_down_skips_headings_and_keeps_the_column(self) -> None:
        self.grid.move(2, 0)
        self.grid.move(0, 1)
        self.assertEqual(self.number(), 2)
        self.grid.move(0, 1)
        self.assertEqual(self.number(), 2 + self.grid.columns)
        self.grid.move(0, 50)
        self.assertEqual(self.number() // self.grid.columns, 39 // self.grid.columns)

    def test_the_chosen_emoji_stays_in_sight(self) -> None:
        self.show(len(self.smileys))
        self.grid.move(0, 100)
        self.settle()
        self.assertTrue(self.grid._box.winfo_ismapped())
        self.assertLessEqual(
            self.grid._box.winfo_y() + self.grid._box.winfo_height(), self.grid.winfo_height()
        )
        self.assertEqual(self.sections[-1], 1)

    def test_the_box_is_around_the_emoji(self) -> None:
        self.grid.move(2, 0)
        self.settle()
        box = self.picture(2)
        middle = self.grid._box.winfo_x() + self.grid._box.winfo_width() // 2
        self.assertAlmostEqual(middle, box[0] + box[2] // 2, delta=2)

    def picture(self, column: int) -> tuple[int, int, int, int]:
        """Return place and size of an emoji of the first row in the Text."""
        at = self.grid.search("\t", "2.0", "3.0")
        for _ in range(column):
            at = self.grid.search("\t", f"{at} +1 indices", "3.0")
        box = self.grid.bbox(f"{at} +1 indices")
        assert box is not None
        return box

    def test_a_click_chooses_and_shift_is_told(self) -> None:
        box = self.picture(1)
        x, y = box[0] + 3, box[1] + 3
        self.grid.event_generate("<Button-1>", x=x, y=y)
        self.grid.event_generate("<Button-1>", x=x, y=y, state=1)
        self.settle()
        second = self.smileys[1].sequence
        self.assertEqual(self.chosen, [(second, False), (second, True)])

    def test_a_click_beside_the_emoji_chooses_nothing(self) -> None:
        for x, y in ((30, 3), (2, 40), (376, 40), (20, 299)):
            self.grid.event_generate("<Button-1>", x=self.theme.px(x), y=self.theme.px(y))
        self.settle()
        self.assertEqual(self.chosen, [])

    def test_a_section_is_scrolled_to(self) -> None:
        self.show(len(self.smileys))
        self.grid.go_to(1)
        self.settle()
        self.assertEqual((self.sections[-1], self.number()), (1, 0))

    def test_rows_are_written_when_they_come_into_sight(self) -> None:
        self.show(len(self.smileys))
        last = self.grid.index("end -2 lines")
        self.assertEqual(self.grid.get(last, f"{last} lineend"), "")
        self.assertNotEqual(self.grid.get("2.0", "2.end"), "")
        self.grid.scroll("moveto", 1)
        self.assertIn(self.smileys[-1].sequence[0], self.grid.get(last, f"{last} lineend"))

    def test_however_it_is_scrolled_all_rows_in_sight_are_written(self) -> None:
        self.show(len(self.smileys))
        for scroll in (("scroll", 133, "pixels"), ("moveto", 0.6), ("scroll", 1, "pages"), ("moveto", 0)):
            with self.subTest(scroll):
                self.grid.scroll(*scroll)
                first, last = self.grid._line_at(0), self.grid._line_at(self.grid.winfo_height())
                self.assertEqual([line for line in range(first, last + 1) if line in self.grid._empty], [])

    def test_a_row_that_is_written_stays_where_it_is(self) -> None:
        self.show(len(self.smileys))
        with mock.patch.object(self.grid, "_fill"):
            self.grid.scroll("scroll", 30 * self.theme.px(ROW) + 7, "pixels")
            top = f"{self.grid._line_at(0) + 1}.0"
            before = self.grid.dlineinfo(top)
        self.grid._fill()
        after = self.grid.dlineinfo(top)
        assert before is not None
        assert after is not None
        self.assertLess(before[1], 0)
        self.assertEqual((after[1], after[3]), (before[1], before[3]))

    def test_without_emoji_there_is_no_choice(self) -> None:
        self.grid.show([])
        self.grid.move(1, 0)
        self.settle()
        self.assertIsNone(self.grid.chosen)
        self.assertEqual(self.pointed[-1], "")

    def test_emoji_that_fall_apart_here_are_left_out(self) -> None:
        for sequence, kind in (("👩\u200d💻", "\u200d"), ("🇩🇪", "flag"), ("1\ufe0f\u20e3", "\u20e3")):
            for joins in (True, False):
                self.grid._joins[kind] = joins
                self.assertEqual(self.grid.is_drawn(Emoji(sequence, "x", "x")), joins, sequence)
        self.assertTrue(self.grid.is_drawn(Emoji("❤\ufe0f", "red heart", "heart")))

    def test_a_larger_font_makes_fewer_and_larger_columns(self) -> None:
        before = self.grid.columns
        self.theme.zoom(24)
        self.show()
        self.assertLess(self.grid.columns, before)
        row = self.grid.dlineinfo("2.0")
        assert row is not None
        self.assertGreaterEqual(row[3], self.theme.fonts["ChatPickerEmoji"].metrics("linespace"))


class NamesTest(GridCase):
    """Without a font for colour emoji."""

    def setUp(self) -> None:
        with mock.patch.object(emoji, "FAMILIES", ()):
            super().setUp()

    def test_emoji_are_listed_by_name(self) -> None:
        self.show()
        self.assertEqual(self.grid.get("2.0", "2.end"), f"{self.smileys[0].short}  {self.smileys[0].name}")
        self.grid.move(0, 1)
        self.assertEqual(self.number(), 1)
        self.assertEqual([str(index) for index in self.grid.tag_ranges("chosen")], ["3.0", "4.0"])
