"""The sidebar: its rows and buttons."""

from __future__ import annotations

import unittest
from tkinter import ttk

from chatapp.client.model.network import Network
from chatapp.gui.main import sidebar
from chatapp.gui.main.sidebar import Sidebar
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import add_members, make_network


class RowsTest(unittest.TestCase):
    def row(self, network: Network, key: str) -> ListRow:
        return next(row for row in sidebar.conversation_rows(network) if row.key == key)

    def test_channels_direct_messages_and_the_server_are_listed_under_headings(self) -> None:
        network = make_network("#general", "#help")
        network.add("ben", "direct")
        network.add("", "server")
        self.assertEqual(
            [row.text for row in sidebar.conversation_rows(network)],
            ["CHANNELS", "# general", "# help", "DIRECT MESSAGES", "ben", "SERVER", "Messages"],
        )

    def test_while_disconnected_no_user_is_shown_as_online(self) -> None:
        network = make_network("#general")
        add_members(network, "#general", "ben", "(dee)")
        network.add("ben", "direct")
        network.add("dee", "direct")
        self.assertEqual([self.row(network, nick).icon_role for nick in ("ben", "dee")], ["ok", "muted"])
        network.state = "waiting"
        for nick in ("ben", "dee"):
            row = self.row(network, nick)
            self.assertEqual((row.icon, row.icon_role), ("ring", "faint"))

    def test_unread_conversations_are_bold_with_a_number(self) -> None:
        network = make_network("#general", "#help")
        network.conversations["#help"].unread = 12
        row = self.row(network, "#help")
        self.assertEqual((row.bold, row.count, row.badge, row.role), (True, "12", False, "text"))

    def test_mentions_are_red_with_a_badge(self) -> None:
        network = make_network("#general", "#help")
        network.conversations["#help"].unread = 5
        network.conversations["#help"].mentions = 2
        row = self.row(network, "#help")
        self.assertEqual((row.bold, row.count, row.badge, row.role), (True, "@ 2", True, "danger"))

    def test_a_muted_channel_shows_only_mentions(self) -> None:
        network = make_network("#general", "#random")
        random = network.conversations["#random"]
        random.muted, random.unread = True, 7
        row = self.row(network, "#random")
        self.assertEqual((row.note, row.bold, row.count, row.role), ("(muted)", False, "", "faint"))
        random.mentions = 1
        self.assertEqual(self.row(network, "#random").count, "@ 1")

    def test_a_direct_message_shows_whether_the_partner_is_online(self) -> None:
        network = make_network("#general")
        for nick in ("ben", "chen", "zoe"):
            network.add(nick, "direct")
        add_members(network, "#general", "ben", "(chen)")
        self.assertEqual(
            [self.row(network, nick).icon for nick in ("ben", "chen", "zoe")], ["disc", "ring", "ring"]
        )

    def test_a_direct_message_counts_without_the_badge_of_mentions(self) -> None:
        network = make_network("#general")
        ben = network.add("ben", "direct")
        ben.unread = ben.mentions = 3
        row = self.row(network, "ben")
        self.assertEqual((row.count, row.badge, row.bold), ("3", False, True))

    def test_a_left_channel_is_marked_except_while_offline(self) -> None:
        network = make_network("#general", "#help")
        network.conversations["#help"].joined = False
        self.assertEqual(self.row(network, "#help").note, "(left)")
        network.state = "waiting"
        self.assertEqual(self.row(network, "#help").note, "")

    def test_counts_have_at_most_two_digits(self) -> None:
        for number, expected in ((0, ""), (1, "1"), (99, "99"), (100, "99+"), (12345, "99+")):
            with self.subTest(number=number):
                self.assertEqual(sidebar.capped_count(number), expected)


class SidebarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.menus: list[str] = []
        self.sidebar = Sidebar(
            self.root,
            self.theme,
            on_choose=self.chosen.append,
            on_menu=lambda name, x, y: self.menus.append(name),
            on_invite=lambda: self.chosen.append("invite"),
            on_join=lambda: self.chosen.append("join"),
            on_settings=lambda: self.chosen.append("settings"),
        )
        self.sidebar.pack(side="left", fill="y")
        self.sidebar.configure(width=220)
        self.sidebar.grid_propagate(False)
        self.network = make_network("#general", "#help")
        self.network.add("", "server")
        self.sidebar.show(self.network)
        self.settle()

    def click(self, text: str, button: int = 1) -> None:
        """Click on the row with this text."""
        canvas = self.sidebar.rows.canvas
        x, y = drawn_texts(canvas)[text]
        canvas.event_generate(f"<Button-{button}>", x=x + 2, y=y)
        self.settle()

    def drawn(self) -> list[str]:
        return list(drawn_texts(self.sidebar.rows.canvas))

    def test_a_click_chooses_a_conversation(self) -> None:
        self.click("# help")
        self.click("Messages")
        self.assertEqual(self.chosen, ["#help", ""])

    def test_a_click_on_a_heading_chooses_nothing(self) -> None:
        self.click("CHANNELS")
        self.assertEqual(self.chosen, [])

    def test_the_buttons_call_their_actions(self) -> None:
        for button in self.sidebar.winfo_children():
            if isinstance(button, ttk.Button):
                button.invoke()
        self.assertEqual(self.chosen, ["join", "settings"])


if __name__ == "__main__":
    unittest.main()
