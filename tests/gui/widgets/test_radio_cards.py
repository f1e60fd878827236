"""Choices with an explanation each."""

from __future__ import annotations

from chatapp.gui.widgets.radio_cards import Choice, RadioCards
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

CHOICES = (
    Choice("mute", "Mute in #general", "Reads, but cannot write"),
    Choice("remove", "Remove from #general", "Can come back at once"),
    Choice("ban", "Ban from Room 12", "Cannot come back until it ends"),
)


class RadioCardsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changes: list[str] = []
        self.cards = RadioCards(self.root, self.theme, CHOICES, self.changes.append)
        self.cards.pack(fill="x")
        self.settle()

    def test_a_click_chooses_the_card_under_the_pointer(self) -> None:
        self.cards.event_generate("<ButtonRelease-1>", x=50, y=self.theme.px(110))
        self.cards.event_generate("<ButtonRelease-1>", x=50, y=self.theme.px(110))
        self.assertEqual((self.cards.chosen, self.changes), ("ban", ["ban"]))

    def test_arrows_choose_around_the_ends(self) -> None:
        self.focus(self.cards)
        self.press(self.cards, "<Down>", "<Up>", "<Up>")
        self.assertEqual(self.changes, ["remove", "mute", "ban"])

    def test_showing_other_cards_reports_nothing(self) -> None:
        self.cards.show(CHOICES[:2], "remove")
        self.settle()
        self.assertEqual((self.cards.chosen, self.changes), ("remove", []))
        self.assertIn("Remove from #general", drawn_texts(self.cards))
        self.assertNotIn("Ban from Room 12", drawn_texts(self.cards))

    def test_all_cards_fit_at_every_size(self) -> None:
        for size in (11, 24):
            self.theme.zoom(size)
            self.settle()
            *_, bottom = self.cards.bbox("all")
            self.assertLessEqual(bottom, self.cards.winfo_height() + 1)

    def test_long_texts_are_shortened(self) -> None:
        self.size(200, 300)
        self.settle()
        self.assertNotIn("Cannot come back until it ends", drawn_texts(self.cards))
        *_, right, _ = self.cards.bbox("all")
        self.assertLessEqual(right, self.cards.winfo_width() + 1)

    def test_without_boxes_the_chosen_card_is_marked_only_by_its_button_until_it_has_the_keyboard(
        self,
    ) -> None:
        plain = RadioCards(self.root, self.theme, CHOICES, has_boxes=False)
        plain.pack(fill="x")
        self.focus(self.cards)
        self.settle()
        self.assertEqual(len(plain.find_withtag("all")), 9)  # a button and two texts of each
        self.focus(plain)
        self.settle()
        self.assertEqual(len(plain.find_withtag("all")), 10)
        left, *_ = plain.bbox("all")
        self.assertEqual(left, 0)

    def test_texts_wrap_in_narrow_cards_which_are_all_as_high_as_the_highest(self) -> None:
        height = self.cards.winfo_reqheight()
        self.size(200, 300)
        self.cards.show((*CHOICES, Choice("more", "More", "A sentence that needs several lines here")), "ban")
        self.until(lambda: self.cards.winfo_width() <= self.theme.px(200))
        self.settle()
        texts = drawn_texts(self.cards)
        self.assertFalse([text for text in texts if text.endswith("…")])
        self.assertGreater(self.cards.winfo_height(), height * 4 // 3)
        self.cards.event_generate("<ButtonRelease-1>", x=50, y=self.cards.winfo_height() - 10)
        self.assertEqual(self.cards.chosen, "more")
