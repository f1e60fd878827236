"""The people pane: number, invite button, field and list."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import NetworkState
from chatapp.gui.main.member_list import MemberHandlers, MemberList
from chatapp.protocol.presence import ABSENT
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import add_members, make_network


class MemberListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.menus: list[str] = []
        self.opened: list[str] = []
        self.people = MemberList(
            self.root,
            self.theme,
            MemberHandlers(
                on_person=lambda nick, area: self.opened.append(nick),
                on_write=self.chosen.append,
                on_menu=lambda nick, x, y: self.menus.append(nick),
                on_invite=lambda: self.opened.append("invite"),
            ),
        )
        self.people.pack(fill="both", expand=True)
        self.network = make_network("#general", "#help")
        self.general = add_members(self.network, "#general", "@ben", "ana", "dee")
        self.people.show(self.network, self.general)
        self.settle()

    def drawn(self) -> list[str]:
        return list(drawn_texts(self.people.rows.canvas))

    def test_typing_into_the_filter_shows_only_matches(self) -> None:
        self.people.field.entry.insert(0, "de")
        self.settle()
        self.assertEqual(self.drawn(), ["ONLINE — 1", "dee"])

    def test_without_a_match_the_list_says_so(self) -> None:
        self.people.field.entry.insert(0, "nobody")
        self.settle()
        self.assertEqual(self.drawn(), ["Nobody here has this name."])

    def test_the_field_is_cleared_when_a_person_was_moderated(self) -> None:
        self.people.field.entry.insert(0, "de")
        self.settle()
        self.people.clear_field()
        self.settle()
        self.assertIn("ben", self.drawn())

    def test_escape_clears_the_filter(self) -> None:
        self.people.field.entry.insert(0, "de")
        self.focus(self.people.field.entry)
        self.press(self.people.field.entry, "<Escape>")
        self.assertEqual(self.people.field.entry.get(), "")
        self.assertIn("ben", self.drawn())

    def test_an_empty_member_list_says_why(self) -> None:
        states: list[tuple[NetworkState, bool, list[str]]] = [
            ("online", False, ["You are not in this channel"]),
            ("waiting", False, ["You are not connected"]),
            ("online", True, []),
        ]
        self.general.members.clear()
        for state, joined, expected in states:
            with self.subTest(expected):
                self.network.state, self.general.joined = state, joined
                self.people.show(self.network, self.general)
                self.settle()
                self.assertEqual(self.drawn(), expected)

    def test_enter_chooses_the_first_match_and_clears_the_filter(self) -> None:
        for key in ("<Return>", "<KP_Enter>"):
            self.people.field.entry.insert(0, "e")
            self.focus(self.people.field.entry)
            self.press(self.people.field.entry, key)
            self.assertEqual(self.people.field.entry.get(), "")
        self.assertEqual(self.chosen, ["ben", "ben"])

    def test_enter_chooses_no_member_without_a_filter_or_a_match(self) -> None:
        self.focus(self.people.field.entry)
        self.press(self.people.field.entry, "<Return>")
        self.people.field.entry.insert(0, "nobody")
        self.press(self.people.field.entry, "<Return>")
        self.assertEqual((self.chosen, self.people.field.entry.get()), ([], "nobody"))

    def test_another_channel_starts_without_a_filter(self) -> None:
        self.people.field.entry.insert(0, "de")
        self.people.show(self.network, add_members(self.network, "#help", "ana", "ben"))
        self.settle()
        self.assertEqual(self.people.field.entry.get(), "")
        self.assertIn("ben", self.drawn())

    def test_every_member_can_be_reached_with_the_keyboard(self) -> None:
        canvas = self.people.rows.canvas
        self.focus(canvas)
        self.press(canvas, "<Home>", "<Return>", "<Down>", "<Shift-F10>")
        self.press(canvas, "<space>")
        self.assertEqual((self.chosen, self.menus, self.opened), (["ben"], ["ana"], ["ana"]))

    def test_a_click_shows_the_profile_and_a_double_click_writes(self) -> None:
        canvas = self.people.rows.canvas
        x, y = drawn_texts(canvas)["dee"]
        canvas.event_generate("<Button-1>", x=x, y=y)
        self.settle()
        self.assertEqual((self.opened, self.chosen), (["dee"], []))
        for _ in range(2):
            canvas.event_generate("<Button-1>", x=x, y=y, time=1000)
        self.settle()
        self.assertEqual(self.chosen, ["dee"])

    def test_the_number_and_the_invite_button_are_there_while_one_is_in_the_channel(self) -> None:
        self.assertEqual(str(self.people.number.cget("text")), "3")
        self.people.invite_button.invoke()
        self.assertEqual(self.opened, ["invite"])
        self.general.joined = False
        self.people.show(self.network, self.general)
        self.settle()
        self.assertFalse(self.people.invite_button.winfo_ismapped())

    def test_in_a_narrow_pane_the_button_is_an_icon(self) -> None:
        self.assertEqual(str(self.people.invite_button.cget("text")).strip(), "Invite")
        self.size(150, 400)
        self.settle()
        self.assertEqual(str(self.people.invite_button.cget("text")), "")

    def test_the_number_gives_way_before_the_word_of_the_button(self) -> None:
        button, number = self.people.invite_button, self.people.number
        width = 400
        while number.winfo_ismapped():
            width -= 4
            self.size(width, 400)
            self.settle()
        self.assertEqual(str(button.cget("text")).strip(), "Invite")
        self.size(400, 400)
        self.settle()
        self.assertTrue(number.winfo_ismapped())

    def test_people_who_are_offline_are_folded_until_their_heading_is_clicked(self) -> None:
        dee = self.network.person("dee")
        dee.away, dee.away_text = True, ABSENT
        self.people.show(self.network, self.general)
        self.settle()
        self.assertNotIn("dee", self.drawn())
        x, y = drawn_texts(self.people.rows.canvas)["OFFLINE — 1"]
        self.people.rows.canvas.event_generate("<Button-1>", x=x, y=y)
        self.settle()
        self.assertIn("dee", self.drawn())


if __name__ == "__main__":
    unittest.main()
