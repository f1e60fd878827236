"""The card at the bottom of the sidebar."""

from __future__ import annotations

from unittest import mock

from chatapp.client.model.network import NetworkState
from chatapp.gui.main.own_card import OwnCard
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts, items
from tests.gui.networks import make_network


class OwnCardTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.card = OwnCard(
            self.root, self.theme, lambda area: self.done.append("menu"), lambda: self.done.append("settings")
        )
        self.card.place(width=self.theme.px(236))
        self.network = make_network("#general")

    def texts(self) -> list[str]:
        self.card.show(self.network)
        self.settle()
        return list(drawn_texts(self.card.card))

    def test_it_shows_name_and_state(self) -> None:
        cases: list[tuple[NetworkState, str]] = [
            ("online", "Online"),
            ("connecting", "Connecting…"),
            ("registering", "Connecting…"),
            ("waiting", "Connection lost"),
            ("offline", "Not connected"),
        ]
        for state, text in cases:
            with self.subTest(state):
                self.network.state = state
                self.assertEqual(self.texts(), ["ana", text])

    def test_a_server_that_the_user_has_stopped_is_no_lost_connection(self) -> None:
        self.network.state, self.network.is_stopped_here = "waiting", True
        self.assertEqual(self.texts(), ["ana", "Not connected"])

    def test_it_shows_why_the_user_is_away(self) -> None:
        self.network.away = True
        self.assertEqual(self.texts(), ["ana", "Away"])
        self.network.away_text = "At lunch"
        self.assertEqual(self.texts(), ["ana", "Away: At lunch"])

    def test_it_shows_the_display_name_and_shortens_what_is_too_long(self) -> None:
        self.network.person("ana").display_name = "Ana " * 40
        self.assertTrue(self.texts()[0].endswith("…"))

    def test_in_a_narrow_card_with_large_text_the_picture_gives_way_to_the_name(self) -> None:
        self.assertEqual(self.texts(), ["ana", "Online"])
        self.assertEqual(len(items(self.card.card, "image")), 1)
        self.theme.zoom(24)
        self.card.place(width=self.theme.px(190))
        self.settle()
        self.assertEqual(self.texts()[0], "ana")
        self.assertEqual(items(self.card.card, "image"), [])

    def test_what_is_too_long_is_in_the_tooltip(self) -> None:
        shown = mock.Mock()
        self.card.card.tooltip.show = shown  # type: ignore[method-assign]
        self.texts()
        self.press(self.card.card, "<Enter>")
        shown.assert_called_with("", is_below=False)
        self.network.person("ana").display_name = "Ana " * 40
        self.texts()
        self.press(self.card.card, "<<TraverseIn>>")
        shown.assert_called_with(f"{self.network.display_name('ana')}\nOnline", is_below=True)

    def test_before_the_first_connection_it_is_empty(self) -> None:
        self.network.nick, self.network.state = "", "offline"
        self.assertEqual(self.texts(), [])
        self.assertEqual(items(self.card.card, "image"), [])

    def test_a_click_and_the_keyboard_open_the_menu(self) -> None:
        self.texts()
        card = self.card.card
        self.press(card, "<ButtonRelease-1>")
        self.focus(card)
        self.press(card, "<Return>", "<space>")
        self.card.settings.invoke()
        self.assertEqual(self.done, ["menu", "menu", "menu", "settings"])
