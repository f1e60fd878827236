"""The left side: what its rows say, and what a mouse or the keyboard does with them."""

from __future__ import annotations

import unittest
from tkinter import ttk

from chatapp.client.model.network import Network, NetworkState, Privacy
from chatapp.gui.main import sidebar
from chatapp.gui.main.sidebar import Sidebar
from chatapp.gui.widgets.list_row import ListRow
from tests.gui.base import WindowTest
from tests.gui.networks import add_members, drawn_texts, make_network


class RowsTest(unittest.TestCase):
    def row(self, network: Network, key: str) -> ListRow:
        return next(row for row in sidebar.conversation_rows(network) if row.key == key)

    def test_channels_direct_messages_and_the_server_stand_under_headings(self) -> None:
        network = make_network("#general", "#help")
        network.add("ben", "direct")
        network.add("", "server")
        self.assertEqual(
            [row.text for row in sidebar.conversation_rows(network)],
            ["CHANNELS", "# general", "# help", "DIRECT MESSAGES", "ben", "SERVER", "Messages"],
        )

    def test_nobody_is_shown_online_while_we_are_not(self) -> None:
        network = make_network("#general")
        add_members(network, "#general", "ben", "(dee)")
        network.add("ben", "direct")
        network.add("dee", "direct")
        self.assertEqual([self.row(network, nick).icon_role for nick in ("ben", "dee")], ["ok", "muted"])
        network.state = "waiting"
        for nick in ("ben", "dee"):
            row = self.row(network, nick)
            self.assertEqual((row.icon, row.icon_role), ("ring", "faint"))

    def test_unread_is_bold_with_a_number(self) -> None:
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

    def test_muted_shows_no_number_but_keeps_its_mentions(self) -> None:
        network = make_network("#general", "#random")
        random = network.conversations["#random"]
        random.muted, random.unread = True, 7
        row = self.row(network, "#random")
        self.assertEqual((row.note, row.bold, row.count, row.role), ("(muted)", False, "", "faint"))
        random.mentions = 1
        self.assertEqual(self.row(network, "#random").count, "@ 1")

    def test_a_direct_message_shows_who_is_there(self) -> None:
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

    def test_a_channel_that_was_left_says_so_but_not_while_offline(self) -> None:
        network = make_network("#general", "#help")
        network.conversations["#help"].joined = False
        self.assertEqual(self.row(network, "#help").note, "(left)")
        network.state = "waiting"
        self.assertEqual(self.row(network, "#help").note, "")

    def test_many_are_counted_with_two_digits(self) -> None:
        for number, words in ((0, ""), (1, "1"), (99, "99"), (100, "99+"), (12345, "99+")):
            with self.subTest(number=number):
                self.assertEqual(sidebar.capped_count(number), words)


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
        """Click on the row that says this."""
        canvas = self.sidebar.rows.canvas
        x, y = drawn_texts(canvas)[text]
        canvas.event_generate(f"<Button-{button}>", x=x + 2, y=y)
        self.settle()

    def drawn(self) -> list[str]:
        return list(drawn_texts(self.sidebar.rows.canvas))

    def labels(self) -> list[str]:
        labels = [each for each in self.sidebar.network_header.grid_slaves() if isinstance(each, ttk.Label)]
        return [str(each.cget("text")).strip() for each in labels]

    def test_it_says_where_we_are_and_as_whom(self) -> None:
        self.assertIn("Room 12", self.labels())
        self.assertIn("Connected as ana", self.labels())

    def test_it_says_whether_others_can_read_along(self) -> None:
        cases: list[tuple[NetworkState, Privacy, list[str]]] = [
            ("online", "here", []),
            ("online", "encrypted", ["Encrypted"]),
            ("waiting", "encrypted", []),
            ("online", "open", ["Not encrypted"]),
            ("online", "here", []),
        ]
        for state, privacy, words in cases:
            with self.subTest(privacy, state=state):
                self.network.state, self.network.privacy = state, privacy
                self.sidebar.show(self.network)
                self.settle()
                self.assertEqual([each for each in self.labels() if "ncrypted" in each], words)

    def test_others_can_be_invited_while_we_are_connected(self) -> None:
        invite = self.sidebar.network_header.invite
        self.assertTrue(invite.winfo_ismapped())
        invite.invoke()
        self.assertEqual(self.chosen, ["invite"])
        self.network.state = "waiting"
        self.sidebar.show(self.network)
        self.settle()
        self.assertFalse(invite.winfo_ismapped())

    def test_long_names_are_cut(self) -> None:
        self.network.name, self.network.nick = "Room " * 20, "ana" * 20
        self.sidebar.show(self.network)
        self.settle()
        self.assertTrue(all(each.endswith("…") for each in self.labels()))
        invite = self.sidebar.network_header.invite
        self.assertLessEqual(invite.winfo_rootx() + invite.winfo_width(), self.sidebar.winfo_rootx() + 220)

    def test_it_says_when_the_connection_is_lost(self) -> None:
        self.network.state = "waiting"
        self.sidebar.show(self.network)
        self.assertIn("Connection lost", self.labels())

    def test_a_click_chooses_a_conversation(self) -> None:
        self.click("# help")
        self.click("Messages")
        self.assertEqual(self.chosen, ["#help", ""])

    def test_a_click_on_a_heading_chooses_nothing(self) -> None:
        self.click("CHANNELS")
        self.assertEqual(self.chosen, [])

    def test_the_keyboard_moves_the_ring_and_enter_chooses(self) -> None:
        canvas = self.sidebar.rows.canvas
        self.focus(canvas)
        self.press(canvas, "<Down>", "<Return>", "<Home>", "<space>", "<End>", "<Return>")
        self.assertEqual(self.chosen, ["#help", "#general", ""])

    def test_shift_f10_opens_the_menu_at_the_ring(self) -> None:
        canvas = self.sidebar.rows.canvas
        self.focus(canvas)
        self.press(canvas, "<Down>", "<Shift-F10>")
        self.assertEqual(self.menus, ["#help"])

    def test_a_right_click_opens_the_menu_of_its_row(self) -> None:
        self.click("# help", button=3)
        self.assertEqual((self.menus, self.chosen), (["#help"], []))

    def test_a_name_too_long_ends_with_an_ellipsis(self) -> None:
        self.network.add("#" + "long-" * 20, "channel").joined = True
        self.sidebar.show(self.network)
        self.settle()
        self.assertTrue(any(text.startswith("# long-") and text.endswith("…") for text in self.drawn()))

    def test_of_a_thousand_conversations_only_those_in_sight_are_drawn(self) -> None:
        for number in range(1000):
            self.network.add(f"#c{number:04}", "channel").joined = True
        self.sidebar.show(self.network)
        self.settle()
        self.assertLess(len(self.drawn()), 40)
        self.focus(self.sidebar.rows.canvas)
        self.press(self.sidebar.rows.canvas, "<End>")
        self.assertIn("Messages", self.drawn())

    def test_what_is_chosen_elsewhere_comes_into_sight(self) -> None:
        for number in range(200):
            self.network.add(f"#c{number:04}", "channel").joined = True
        self.network.current = self.network.find("#c0150")
        self.sidebar.show(self.network)
        self.settle()
        self.assertIn("# c0150", self.drawn())

    def test_a_change_of_theme_repaints_it(self) -> None:
        self.theme.use("light")
        self.settle()
        self.assertEqual(self.sidebar.rows.canvas.cget("background"), self.theme.colours.sidebar)

    def test_the_buttons_do_what_they_say(self) -> None:
        for button in self.sidebar.winfo_children():
            if isinstance(button, ttk.Button):
                button.invoke()
        self.assertEqual(self.chosen, ["join", "settings"])


class PillsTest(WindowTest):
    """What is unread beyond the ends of the list is told there."""

    def setUp(self) -> None:
        super().setUp()
        self.size(240, 400)
        names = [f"#channel{number:02}" for number in range(30)]
        self.network = make_network(*names)
        self.network.add("zoe", "direct")
        self.sidebar = Sidebar(
            self.root,
            self.theme,
            on_choose=lambda name: None,
            on_menu=lambda name, x, y: None,
            on_invite=lambda: None,
            on_join=lambda: None,
            on_settings=lambda: None,
        )
        self.sidebar.pack(fill="both", expand=True)
        self.show()
        pills = self.sidebar.rows._pills
        assert pills is not None
        self.above, self.below = pills.above, pills.below

    def show(self) -> None:
        self.sidebar.show(self.network)
        self.settle()

    def unread(self, name: str, mentions: int = 0) -> None:
        conversation = self.network.find(name)
        assert conversation is not None
        conversation.unread, conversation.mentions = 1, mentions
        self.show()

    def said(self) -> list[str]:
        """What the pills say, the upper one first."""
        return [str(pill.cget("text")) for pill in (self.above, self.below) if pill.winfo_ismapped()]

    def test_a_direct_message_below_many_channels_is_told_and_a_click_leads_there(self) -> None:
        self.assertEqual(self.said(), [])
        self.unread("zoe")
        self.assertEqual(self.said(), ["1 unread below ↓"])
        self.below.invoke()
        self.settle()
        self.assertIn("zoe", drawn_texts(self.sidebar.rows.canvas))
        self.assertEqual(self.said(), [])

    def test_both_ends_are_told_with_their_numbers(self) -> None:
        for name in ("zoe", "#channel29", "#channel00", "#channel01"):
            self.unread(name)
        self.assertEqual(self.said(), ["2 unread below ↓"])
        self.below.invoke()
        self.settle()
        self.assertEqual(self.said(), ["2 unread above ↑"])
        self.above.invoke()
        self.settle()
        self.assertEqual(self.said(), ["2 unread below ↓"])

    def test_a_mention_has_the_colour_of_a_badge(self) -> None:
        self.unread("zoe")
        self.assertEqual(str(self.below.cget("style")), "Pill.Sidebar.TButton")
        self.unread("#channel29", mentions=1)
        self.assertEqual(str(self.below.cget("style")), "BadgePill.Sidebar.TButton")

    def test_what_is_muted_or_read_is_not_told(self) -> None:
        self.unread("zoe")
        zoe = self.network.find("zoe")
        assert zoe is not None
        zoe.muted = True
        self.show()
        self.assertEqual(self.said(), [])


if __name__ == "__main__":
    unittest.main()
