"""The cards of a new chat."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.gui.settings.account_texts import DIFFERENT, EMPTY
from chatapp.gui.settings.first_chat_cards import (
    AGAIN,
    NEW,
    Invitation,
    InviteCard,
    ProtectCard,
    ShareCard,
)
from chatapp.gui.widgets.copy_button import COPIED
from tests.gui.base import WindowTest
from tests.gui.cut_off import cut_off

INVITATION = Invitation("ircs://192.0.2.7:5000/?code=k7qx-29fm", "K7QX-29FM", "12 March 18:00", "nobody yet",
                        "5A1C 9E03")  # fmt: skip


class Cards(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[object] = []
        self.root.deiconify()

    def test_the_link_is_copied_and_the_button_says_so(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append)
        card.show(INVITATION)
        self.assertEqual(INVITATION.link, card.link.get())
        self.assertTrue(card.picture.is_shown)
        card.copy.invoke()
        self.assertEqual(([INVITATION.link], COPIED), (self.calls, card.copy.cget("text")))
        card.full_screen.invoke()
        self.assertEqual(2, len(self.calls))

    def test_a_shield_stands_before_the_fingerprint(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append)
        self.assertTrue(card.fingerprint.cget("image"))

    def test_a_card_that_stands_alone_has_no_number(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append, number=0)
        card.show(INVITATION)
        card.wrap(self.theme.px(700))
        card.pack()
        self.settle()
        self.assertLessEqual(card.title.winfo_x(), self.theme.px(20) + 1)

    def test_without_a_link_nothing_is_copied(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append)
        card.show(INVITATION)
        card.show(Invitation())
        card.copy.invoke()
        self.assertEqual([], self.calls)

    def test_in_a_narrow_card_the_picture_stands_below(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append)
        card.show(INVITATION)
        side = card.full_screen.nametowidget(card.full_screen.winfo_parent())
        for width, row in ((self.theme.px(900), 0), (self.theme.px(400), 3)):
            card.wrap(width)
            self.assertEqual(row, side.grid_info()["row"])

    def test_the_picture_stays_beside_the_link_as_long_as_two_facts_have_room_there(self) -> None:
        card = InviteCard(self.root, self.theme, self.calls.append, self.calls.append)
        card.show(replace(INVITATION, used="3 people"))
        used = next(
            each
            for each in card.body.grid_slaves()
            if each.winfo_class() == "TLabel" and each.cget("text") == "3 people"
        )
        side = card.full_screen.nametowidget(card.full_screen.winfo_parent())
        places = []
        for width in range(900, 400, -10):
            card.wrap(self.theme.px(width))
            places.append((used.grid_info()["column"], side.grid_info()["row"]))
        self.assertEqual((places[0], places[-1][1]), ((2, 0), 3))
        self.assertIn((0, 0), places, "the third fact below the first, the picture beside them")

    def test_the_titles_of_cards_are_below_one_another_when_one_is_done(self) -> None:
        cards = [ShareCard(self.root, self.theme, print) for _ in range(2)]
        for card, is_on in zip(cards, (True, False), strict=True):
            card.show("Room 12", is_on)
            card.pack(fill="x")
        self.settle()
        self.assertEqual(cards[0].title.winfo_rootx(), cards[1].title.winfo_rootx())

    def test_beside_a_control_no_text_is_cut_off(self) -> None:
        card = ShareCard(self.root, self.theme, print)
        card.show("Room 12", True)
        for width in range(300, 640, 17):
            with self.subTest(width):
                card.wrap(width)
                card.place(x=0, y=0, width=width, height=200)
                self.settle()
                self.assertEqual(cut_off(card), [])

    def test_the_switch_says_what_is_on(self) -> None:
        card = ShareCard(self.root, self.theme, self.calls.append)
        card.show("Room 12", True)
        self.assertIn("“Room 12”", str(card.line.cget("text")))
        self.assertTrue(card.is_done)
        card.switch.invoke()
        self.assertEqual([False], self.calls)
        card.show("Room 12", False)
        self.assertIn("Off.", str(card.line.cget("text")))

    def test_a_refused_change_says_why(self) -> None:
        card = ShareCard(self.root, self.theme, self.calls.append)
        card.show_problem("The port is taken.")
        self.assertTrue(card.problem.winfo_manager())
        card.show_problem("")
        self.assertFalse(card.problem.winfo_manager())

    def protect(self, new: str, again: str) -> ProtectCard:
        card = ProtectCard(self.root, self.theme, 3, self.calls.append, lambda: None)
        card.pack()
        card.show("ana", False)
        card.button.invoke()
        card.form.fields[NEW].value = new
        card.form.fields[AGAIN].value = again
        card.form.button.invoke()
        return card

    def test_a_password_is_typed_twice(self) -> None:
        for new, again, key, text in (("", "", NEW, EMPTY), ("sesame", "sesam", AGAIN, DIFFERENT)):
            card = self.protect(new, again)
            self.assertEqual(text, card.form.fields[key].error)
        self.assertEqual([], self.calls)

    def test_a_name_is_protected_in_place(self) -> None:
        card = self.protect("sesame", "sesame")
        self.assertEqual(["sesame"], self.calls)
        card.form.button.invoke()
        self.assertEqual(["sesame"], self.calls, "a second click does nothing")
        card.finish("Too short.")
        self.assertTrue(card.form.winfo_manager())
        card.finish("")
        card.show("ana", True)
        self.assertEqual((True, ""), (card.is_done, card.form.winfo_manager()))
        self.assertIn("is protected", str(card.line.cget("text")))


if __name__ == "__main__":
    unittest.main()
