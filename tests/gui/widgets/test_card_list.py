"""Cards of which one can be chosen."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.card_list import GAP, HEIGHT, Card, CardList
from chatapp.gui.widgets.scrolled import Scrolled
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

CARDS = (
    Card("room", "Room 12", "12 people · encrypted"),
    Card("club", "Chess Club", "5 people"),
    Card("link", "I have a link", icon="link", leads_on=True),
)


class CardListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.opened: list[str] = []
        self.left: list[int] = []
        self.cards = CardList(self.root, self.theme, self.chosen.append, self.opened.append, self.left.append)
        self.cards.pack(fill="x")
        self.cards.show(CARDS, "room")
        self.settle()

    def click(self, number: int, event: str = "<ButtonRelease-1>") -> None:
        y = self.theme.px(number * (HEIGHT + GAP) + HEIGHT // 2)
        self.cards.canvas.event_generate(event, x=60, y=y)
        self.settle()

    def test_cards_that_scroll_are_as_wide_as_others(self) -> None:
        page = ttk.Frame(self.root, padding=(0, 0, self.theme.px(20), 0))
        cards = CardList(page, self.theme, self.chosen.append, self.opened.append, page=page)
        cards.pack(fill="x")
        page.pack(fill="x")
        widths = []
        for shown in (CARDS, CARDS * 3):
            cards.show(shown)
            self.settle()
            widths.append(cards.canvas.winfo_width())
        self.assertEqual(widths[0], widths[1])
        self.assertTrue(cards._bar.winfo_ismapped())
        self.assertGreaterEqual(cards._bar.winfo_x(), cards.winfo_x() + cards.winfo_width())

    def test_the_detail_of_a_chosen_card_may_take_the_room_below_its_mark(self) -> None:
        width, measure = self.cards.canvas.winfo_width(), self.theme.fonts["ChatSmall"].measure
        room = self.cards._room(CARDS[1], width)
        detail = "m" * (room // measure("m"))
        self.cards.show((Card("room", "Room 12", detail), *CARDS[1:]), "room")
        self.settle()
        self.assertIn(detail, drawn_texts(self.cards.canvas))

    def test_of_a_detail_that_is_too_long_the_first_part_is_shortened(self) -> None:
        width, measure = self.cards.canvas.winfo_width(), self.theme.fonts["ChatSmall"].measure
        rest = " · 12 people · asks for an invite code"
        room = self.cards._room(CARDS[1], width) - measure(rest)
        owner = "m" * (2 * room // measure("m"))
        self.cards.show((Card("room", "Room 12", owner + rest), *CARDS[1:]), "room")
        self.settle()
        (detail,) = (each for each in drawn_texts(self.cards.canvas) if each.startswith("mm"))
        self.assertRegex(detail, f"^m+…{rest}$")

    def test_a_click_chooses_a_card_once(self) -> None:
        self.click(1)
        self.click(1)
        self.assertEqual((self.cards.chosen, self.chosen, self.opened), ("club", ["club"], []))

    def test_a_click_on_a_card_that_leads_on_opens_it(self) -> None:
        self.click(2)
        self.assertEqual(self.opened, ["link"])

    def test_a_double_click_opens_a_card(self) -> None:
        for _ in range(2):
            self.click(1, "<Button-1>")
        self.assertEqual(self.opened, ["club"])

    def test_a_click_between_two_lists_or_below_does_nothing(self) -> None:
        self.cards.canvas.event_generate("<ButtonRelease-1>", x=60, y=5000)
        self.assertEqual(self.chosen, [])

    def test_arrows_choose_and_lead_out_at_the_ends(self) -> None:
        self.focus(self.cards.canvas)
        self.press(self.cards.canvas, "<Up>", "<Down>", "<Down>", "<Down>", "<Home>")
        self.assertEqual((self.left, self.chosen), ([-1, 1], ["club", "link", "room"]))

    def test_enter_opens_and_space_only_chooses(self) -> None:
        self.focus(self.cards.canvas)
        self.press(self.cards.canvas, "<space>")
        self.assertEqual(self.opened, [])
        self.press(self.cards.canvas, "<Return>")
        self.assertEqual(self.opened, ["room"])

    def test_other_cards_keep_the_chosen_one_without_a_report(self) -> None:
        self.cards.show((*CARDS, Card("new", "New")), "club")
        self.assertEqual((self.cards.chosen, self.chosen), ("club", []))

    def test_many_cards_scroll_and_the_chosen_one_comes_into_sight(self) -> None:
        self.cards.show([Card(str(number), f"Room {number}") for number in range(200)], "0")
        self.settle()
        self.assertLessEqual(self.cards.canvas.winfo_reqheight(), self.theme.px(3 * (HEIGHT + GAP)))
        self.assertNotIn("Room 199", drawn_texts(self.cards.canvas))
        self.focus(self.cards.canvas)
        self.press(self.cards.canvas, "<End>")
        self.settle()
        self.assertIn("Room 199", drawn_texts(self.cards.canvas))
        self.assertLess(len(drawn_texts(self.cards.canvas)), 12)

    def test_without_cards_there_is_a_sentence_and_no_stop_of_tab(self) -> None:
        self.cards.show((), "", "Nothing was found.")
        self.settle()
        self.assertEqual(list(drawn_texts(self.cards.canvas)), ["Nothing was found."])
        self.assertEqual(str(self.cards.canvas.cget("takefocus")), "0")

    def test_disabled_cards_do_nothing(self) -> None:
        self.cards.set_disabled(True)
        self.click(2)
        self.focus(self.cards.canvas)
        self.press(self.cards.canvas, "<Down>", "<Return>")
        self.assertEqual((self.chosen, self.opened, self.left), ([], [], []))

    def test_long_texts_are_shortened_to_their_place(self) -> None:
        self.cards.show([Card("a", "Room " * 80, "encrypted " * 80)], "a")
        self.settle()
        for text in drawn_texts(self.cards.canvas):
            self.assertTrue(text.endswith("…"))

    def test_without_a_mark_the_texts_reach_to_the_edge(self) -> None:
        self.cards.show([Card("a", "Room " * 80, "encrypted"), Card("b", "Room " * 80, "encrypted")], "a")
        self.settle()
        chosen, other = (text for text in drawn_texts(self.cards.canvas) if text.startswith("Room"))
        self.assertLess(len(chosen), len(other))

    def test_on_a_page_that_scrolls_the_chosen_card_comes_into_sight_and_the_wheel_moves_the_page(
        self,
    ) -> None:
        page = Scrolled(self.root, self.theme)
        page.place(x=0, y=0, width=300, height=self.theme.px(HEIGHT))
        cards = CardList(page.body, self.theme, self.chosen.append, self.opened.append)
        cards.pack(fill="x")
        cards.show(CARDS, "room")
        page.fit(self.theme.px(HEIGHT))
        self.settle()
        self.focus(cards.canvas)
        self.press(cards.canvas, "<End>")
        self.settle()
        self.assertLess(cards.canvas.winfo_rooty(), page.winfo_rooty())
        for _ in range(20):
            self.press(cards.canvas, "<Button-4>")
        self.settle()
        self.assertEqual(cards.canvas.winfo_rooty(), page.winfo_rooty())
