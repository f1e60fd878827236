"""How the rows of a list are drawn."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.list_row import Heading, Hint, ListRow, Mark, Row
from chatapp.gui.widgets.row_painter import PlacedRow, RowPainter, RowState
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts, items, option


class RowPainterTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.canvas = tk.Canvas(self.root, width=400, height=100)
        self.canvas.pack()
        self.painter = RowPainter(self.canvas, self.theme, inset=8)

    def draw(self, row: Row, width: int = 400, state: RowState | None = None) -> dict[str, tuple[int, int]]:
        """Draw a row and return its texts and their positions."""
        self.painter.clear()
        self.painter.show([PlacedRow(row, 0, 28, width, state or RowState())])
        return drawn_texts(self.canvas)

    def colour(self, text: str) -> str:
        """Return the colour of a drawn text."""
        found = next(item for item in items(self.canvas, "text") if option(self.canvas, item, "text") == text)
        return option(self.canvas, found, "fill")

    def images(self) -> list[str]:
        return [option(self.canvas, item, "image") for item in items(self.canvas, "image")]

    def test_text_note_and_count_are_beside_each_other(self) -> None:
        texts = self.draw(ListRow("a", "general", note="(left)", icon="hash", count="3"))
        self.assertEqual(sorted(texts, key=lambda text: texts[text][0]), ["general", "(left)", "3"])

    def test_a_heading_has_an_arrow_a_number_and_a_plus(self) -> None:
        texts = self.draw(Heading("CHANNELS", "h", folded=True, count="3", add="Join"))
        self.assertEqual(sorted(texts, key=lambda text: texts[text][0]), ["CHANNELS", "3"])
        icons = [
            str(self.theme.icon(name, "muted", size)) for name, size in (("chevron-right", 11), ("plus", 14))
        ]
        self.assertEqual(self.images(), icons)

    def test_a_heading_that_cannot_be_folded_has_only_its_text(self) -> None:
        self.draw(Heading("PEOPLE"))
        self.assertEqual(len(self.canvas.find_all()), len(items(self.canvas, "text")))

    def test_a_hint_is_wrapped_and_what_has_no_room_is_cut_off(self) -> None:
        (text,) = self.draw(Hint("Nobody yet. " * 3), width=160)
        self.assertIn("\n", text)
        (text,) = self.draw(Hint("Nobody yet. " * 30), width=160)
        self.assertEqual((text.count("\n"), text[-1]), (2, "…"))

    def test_weak_colours_are_replaced_on_the_backgrounds_where_they_are_hard_to_read(self) -> None:
        colours = self.theme.colours
        for state, expected in (
            (RowState(), colours.faint),
            (RowState(hovered=True), colours.muted),
            (RowState(selected=True), colours.muted),
        ):
            with self.subTest(state=state):
                self.draw(ListRow("a", "general", role="faint"), state=state)
                self.assertEqual(self.colour("general"), expected)

    def test_a_badge_is_an_image_behind_the_count(self) -> None:
        self.draw(ListRow("a", "general", count="@ 2", badge=True))
        self.assertEqual(self.colour("@ 2"), self.theme.colours.on_badge)
        self.assertEqual(len(self.images()), 1)
        self.draw(ListRow("a", "general", count="2"))
        self.assertEqual((self.colour("2"), self.images()), (self.theme.colours.text, []))

    def test_marks_stand_before_the_count(self) -> None:
        marks = (Mark("bell-off", "faint"), Mark("pencil", "muted"))
        self.draw(ListRow("a", "general", marks=marks))
        expected = [
            str(self.theme.icon("bell-off", "faint", 13)),
            str(self.theme.icon("pencil", "muted", 13)),
        ]
        self.assertEqual(self.images(), expected)
        places = [self.canvas.coords(item)[0] for item in items(self.canvas, "image")]
        self.assertGreater(places[0], places[1])

    def test_in_a_narrow_list_marks_give_way_to_some_letters_of_the_name(self) -> None:
        row = ListRow(
            "a", "neighbours", icon="hash", marks=(Mark("bell-off", "faint"), Mark("pencil", "muted"))
        )
        numbers, letters = [], []
        for width in (300, 150, 100):
            (text,) = self.draw(row, width=self.theme.px(width))
            letters.append(len(text))
            numbers.append(len(self.images()) - 1)  # without the icon
        self.assertEqual((numbers[0], numbers[-1]), (2, 0))
        self.assertEqual(numbers, sorted(numbers, reverse=True))
        self.assertGreaterEqual(min(letters), 4)
        self.assertTrue(self.painter.is_cut(row, self.theme.px(100)))

    def test_a_heading_is_cut_where_its_text_has_no_room(self) -> None:
        heading = Heading("DIREKTNACHRICHTEN", "h", add="Write")
        whole = (self.theme.px(400), self.theme.px(120))
        self.assertEqual([self.painter.is_cut(heading, width) for width in whole], [False, True])
        (text,) = self.draw(heading, width=whole[1])
        self.assertTrue(text.endswith("…"))

    def test_the_sign_of_an_avatar_is_cut_out_of_what_is_behind_it(self) -> None:
        row = ListRow("ben", "Ben", avatar="ben", presence="online")
        for state, surface in ((RowState(), "sidebar"), (RowState(selected=True), "select")):
            self.draw(row, state=state)
            avatar = self.theme.avatar("Ben", 20, key="ben", presence="online", surface=surface)
            self.assertIn(str(avatar), self.images())

    def test_a_row_with_a_detail_has_two_lines(self) -> None:
        self.painter.show([PlacedRow(ListRow("ben", "Ben", detail="At lunch"), 0, 44, 400, RowState())])
        texts = drawn_texts(self.canvas)
        self.assertLess(texts["Ben"][1], texts["At lunch"][1])
        self.assertGreater(self.painter.heights().tall, self.painter.heights().row)

    def test_a_text_that_does_not_fit_is_shortened(self) -> None:
        row = ListRow("a", "a rather long name", count="12")
        self.assertFalse(self.painter.is_cut(row, 400))
        self.assertTrue(self.painter.is_cut(row, 90))
        self.assertTrue(any(text.endswith("…") for text in self.draw(row, width=110)))

    def test_rows_grow_with_the_font(self) -> None:
        before = self.painter.heights()
        self.theme.zoom(24)
        after = self.painter.heights()
        self.assertTrue(all(new > old for new, old in zip(after[:3], before[:3], strict=True)))

    def test_the_focus_ring_is_a_frame_in_the_accent_colour(self) -> None:
        self.draw(ListRow("a", "general"), state=RowState(focused=True))
        width = 400 - 2 * self.theme.px(8)
        self.assertEqual(self.images(), [str(self.theme.box(width, 28, 6, "", "accent", 2))])

    def test_rows_that_are_drawn_already_stay_and_others_go(self) -> None:
        def place(name: str, top: int, hovered: bool = False) -> PlacedRow:
            return PlacedRow(ListRow(name, name), top, top + 28, 400, RowState(hovered=hovered))

        self.painter.show([place("a", 0), place("b", 28)])
        b = items(self.canvas, "text")[1]
        self.painter.show([place("b", 28), place("c", 56)])
        self.assertEqual(list(drawn_texts(self.canvas)), ["b", "c"])
        self.assertIn(b, items(self.canvas, "text"))
        self.painter.show([place("b", 28, hovered=True)])
        self.assertNotIn(b, items(self.canvas, "text"))

    def test_the_plus_is_at_the_right_end_of_a_heading(self) -> None:
        self.assertTrue(self.painter.is_plus_at(380, 400))
        self.assertFalse(self.painter.is_plus_at(200, 400))

    def test_found_characters_are_bold_and_the_text_is_shortened_by_their_width(self) -> None:
        text = "Bans of #general in every channel"
        self.draw(ListRow("a", text, found=tuple(range(20))), width=200)
        right = max(self.canvas.bbox(item)[2] for item in items(self.canvas, "text"))
        self.assertLessEqual(right, 200 - 16)

    def test_a_heading_without_room_for_its_number_keeps_its_name(self) -> None:
        width = self.theme.fonts["ChatSmallBold"].measure("MODERATORS") + 50
        self.assertEqual(list(self.draw(Heading("MODERATORS — 12"), width=width)), ["MODERATORS"])
        self.assertEqual(list(self.draw(Heading("MODERATORS — 12"), width=400)), ["MODERATORS — 12"])
