"""What is chosen in the menus of the sidebar and the header happens."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from unittest import mock

from chatapp.gui.dialogs.away_dialog import AwayDialog
from chatapp.gui.main.menu_items import MUTE
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.popup import Area
from tests.gui.window_case import WindowCase


class MenusTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.items: dict[str, Callable[[], object]] = {}

        def pop_up(
            master: tk.Misc,
            theme: object,
            items: list[MenuItem],
            x: int,
            y: int,
            is_above: bool,
            is_left: bool,
        ) -> None:
            self.items = {item.label: item.action for item in items}

        patch = mock.patch("chatapp.gui.widgets.context_menus.pop_up", pop_up)
        patch.start()
        self.addCleanup(patch.stop)
        self.menus = self.window.menus
        self.general = self.conversation("#general")

    def choose(self, label: str) -> None:
        self.items[label]()
        self.window.poll()
        self.settle()

    def sent(self, ending: str) -> bool:
        """Return whether a line with this end has arrived."""
        self.server.received("nothing")
        return any(line.endswith(ending) for line in self.server.lines)

    def test_a_conversation_is_muted_and_notified_of_nothing(self) -> None:
        self.menus.conversation("#general", 0, 0)
        self.choose(MUTE)
        self.assertTrue(self.general.muted)
        self.menus.bell(0, 0)
        self.choose("Notify me of nothing")
        self.assertEqual((self.general.muted, self.general.notify), (False, "nothing"))
        self.window.settings.notify_of = "everything"
        self.menus.bell(0, 0)
        self.choose("Same as in the settings (every message)")
        self.assertEqual(self.general.notify, "default")

    def test_favourites_are_made_moved_and_shown(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        for name in ("#general", "#help"):
            self.menus.conversation(name, 0, 0)
            self.choose("Add to favourites")
        self.menus.conversation("#help", 0, 0)
        self.choose("Move up")
        self.assertEqual([each.name for each in self.window.sidebar.shown()][:2], ["#help", "#general"])
        self.assertTrue(self.row("FAVOURITES"))

    def test_a_section_is_folded(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        self.menus.section("channel", 0, 0)
        self.choose("Fold")
        self.until(lambda: not self.row("help"))
        self.assertTrue(self.row("general"), "the current conversation stays in sight")

    def test_the_user_is_away_with_a_reason_and_comes_back(self) -> None:
        self.menus.own(Area(0, 0, 1, 1))
        self.choose("Set away…")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, AwayDialog)
        dialog.field.value = "At lunch"
        dialog.button.invoke()
        self.until(lambda: self.sent("AWAY :At lunch"))
        self.server.send(":s 306 ana :You have been marked as being away")
        self.until(lambda: self.client.network.away)
        self.menus.own(Area(0, 0, 1, 1))
        self.choose("I am back")
        self.until(lambda: self.sent("AWAY"))

    def test_the_own_profile_opens_beside_the_own_card(self) -> None:
        own_card = self.window.sidebar.own_card.card
        own_card.invoke()
        self.choose("My profile and name…")
        card = self.window.people_actions.card
        assert card is not None
        self.assertGreaterEqual(card.winfo_rootx(), own_card.winfo_rootx() + own_card.winfo_width())
        bottom = self.root.winfo_rooty() + self.root.winfo_height() - self.theme.px(8)
        self.assertEqual(card.winfo_rooty() + card.winfo_height(), bottom)

    def test_the_profile_of_a_person_opens_where_the_menu_was(self) -> None:
        self.client.open_direct("ben")
        x, y = self.root.winfo_rootx() + 40, self.root.winfo_rooty() + 50
        self.menus.conversation("ben", x, y)
        self.choose("Profile")
        card = self.window.people_actions.card
        assert card is not None
        self.assertEqual(card.winfo_rootx(), x)

    def test_the_own_name_is_copied(self) -> None:
        self.menus.own(Area(0, 0, 1, 1))
        self.choose("Copy my name")
        self.assertEqual(self.root.clipboard_get(), "ana")

    def test_the_user_disconnects_and_connects_again(self) -> None:
        self.menus.chat(0, 0)
        self.choose("Disconnect")
        self.until(lambda: self.client.network.state == "offline")
        self.menus.chat(0, 0)
        self.assertIn("Connect", self.items)

    def test_the_menu_of_the_header_is_that_of_the_current_conversation(self) -> None:
        self.menus.current(0, 0)
        self.choose("Leave")
        self.until(lambda: self.server.received("PART #general"))
