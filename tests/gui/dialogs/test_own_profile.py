"""The card of the user."""

from __future__ import annotations

from chatapp.client.model.profile import Fact, Profile
from chatapp.gui.dialogs.own_profile import MAX_NAME, NO_NAME, OwnProfileCard, OwnProfileHandlers
from chatapp.gui.widgets.popup import Area
from tests.gui.base import WindowTest


class OwnProfileTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []

    def open(self, is_away: bool = False) -> OwnProfileCard:
        card = OwnProfileCard(
            self.root,
            self.theme,
            Profile("ana", "Ana", "online", "Online"),
            OwnProfileHandlers(
                on_name=lambda name: self.done.append(f"name {name}"),
                on_away=lambda reason: self.done.append(f"away {reason}"),
                on_back=lambda: self.done.append("back"),
            ),
            away_text="At lunch",
            is_away=is_away,
            longest_away=20,
        )
        self.root.focus_force()
        card.open(Area(0, 0, 10, 10))
        self.settle()
        return card

    def test_the_name_is_selected_so_that_typing_replaces_it(self) -> None:
        card = self.open()
        entry = card.name.entry
        self.assertTrue(entry.selection_present())
        self.assertEqual((entry.index("sel.first"), entry.index("sel.last")), (0, 3))

    def test_what_is_learned_later_leaves_nothing_cut_off(self) -> None:
        card = self.open()

        def is_cut() -> bool:
            self.settle()
            bottom = card.away_button.winfo_rooty() + card.away_button.winfo_height()
            return bottom > card.winfo_rooty() + card.winfo_height()

        card.show(Profile("ana", "Ana", "online", "Online", (Fact("shield", "Account", "ana"),)))
        self.assertFalse(is_cut())
        card.name.show_error("The name is in use by somebody else, so that it cannot be taken.")
        self.assertFalse(is_cut())

    def test_a_new_name_waits_for_the_server(self) -> None:
        card = self.open()
        card.name.value = "  Ana   Lovelace "
        self.press(card.name.entry, "<Return>")
        self.assertEqual(self.done, ["name Ana Lovelace"])
        self.assertTrue(card.name_button.instate(["disabled"]))
        card.show_name_result("The name is in use.")
        self.assertEqual((card.name.error, card.name.value), ("The name is in use.", "Ana   Lovelace"))
        card.show_name_result("")
        self.assertFalse(card.winfo_exists())

    def test_a_name_that_cannot_be_is_not_sent(self) -> None:
        card = self.open()
        for name, error in (("", NO_NAME), ("x" * (MAX_NAME + 1), "At most 64 characters; these are 65.")):
            card.name.value = name
            card.name_button.invoke()
            self.assertEqual(card.name.error, error)
        self.assertEqual(self.done, [])

    def test_away_and_back(self) -> None:
        card = self.open()
        self.assertFalse(card.back_button.winfo_manager())
        card.away.value = "x" * 21
        card.away_button.invoke()
        self.assertEqual(card.away.error, "At most 20 characters; these are 21.")
        card.away.value = "In the lab"
        self.press(card.away.entry, "<Return>")
        card = self.open(is_away=True)
        self.assertEqual(card.away.value, "At lunch")
        card.back_button.invoke()
        self.assertEqual(self.done, ["away In the lab", "back"])
