"""The sidebar: its list and its buttons."""

from __future__ import annotations

from chatapp.gui.main.sidebar import EMPTY, Sidebar, SidebarHandlers
from chatapp.gui.widgets.list_row import Heading, ListRow
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts, rows_of
from tests.gui.networks import make_network


class SidebarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        done = self.done.append
        self.sidebar = Sidebar(
            self.root,
            self.theme,
            SidebarHandlers(
                on_choose=done,
                on_menu=lambda name, x, y: done(f"menu {name}"),
                on_section_menu=lambda section, x, y: done(f"section {section}"),
                on_fold=self.fold,
                on_chat_menu=lambda x, y: done("chat"),
                on_own_menu=lambda area: done("own"),
                on_jump=lambda: done("jump"),
                on_join=lambda: done("join"),
                on_write=lambda: done("write"),
                on_settings=lambda: done("settings"),
            ),
        )
        self.sidebar.place(width=self.theme.px(236), relheight=1)
        self.network = make_network("#general", "#help")
        self.network.add("", "server")
        self.show()

    def show(self) -> None:
        self.sidebar.show(self.network)
        self.settle()

    def fold(self, section: str) -> None:
        self.done.append(f"fold {section}")
        self.network.folded ^= {section}
        self.show()

    def click(self, text: str, button: int = 1, dx: int = 2) -> None:
        """Click on the row with this text."""
        canvas = self.sidebar.rows.canvas
        x, y = drawn_texts(canvas)[text]
        canvas.event_generate(f"<Button-{button}>", x=x + dx, y=y)
        self.settle()

    def listed(self) -> list[str]:
        return [row.text for row in rows_of(self.sidebar.rows)]

    def test_conversations_are_listed_below_their_headings(self) -> None:
        self.assertEqual(
            self.listed(),
            ["CHANNELS", "general", "help", "DIRECT MESSAGES", EMPTY["direct"], "SERVER", "Messages"],
        )

    def test_an_empty_section_says_what_to_do(self) -> None:
        self.assertIn(EMPTY["direct"], self.listed())
        self.network.add("ben", "direct").unread = 1
        self.show()
        self.assertNotIn(EMPTY["direct"], self.listed())
        self.network.state = "waiting"
        self.network = make_network(nick="ana")
        self.show()
        self.assertIn(EMPTY["channel"], self.listed())
        self.network.state = "waiting"
        self.show()
        self.assertNotIn(EMPTY["channel"], self.listed())

    def test_a_click_chooses_a_conversation(self) -> None:
        self.click("help")
        self.click("Messages")
        self.assertEqual(self.done, ["#help", ""])

    def test_a_click_on_a_heading_folds_its_section(self) -> None:
        self.click("CHANNELS")
        self.assertEqual((self.done, self.listed()[:2]), (["fold channel"], ["CHANNELS", "general"]))
        self.click("CHANNELS")
        self.assertIn("help", self.listed())

    def test_a_right_click_opens_the_menu_of_a_conversation_or_a_section(self) -> None:
        self.click("help", button=3)
        self.click("DIRECT MESSAGES", button=3)
        self.assertEqual(self.done, ["menu #help", "section direct"])

    def test_the_plus_of_a_heading_joins_or_writes(self) -> None:
        for heading in ("CHANNELS", "DIRECT MESSAGES"):
            x, _ = drawn_texts(self.sidebar.rows.canvas)[heading]
            self.click(heading, dx=self.theme.px(220) - x)
        self.assertEqual(self.done, ["join", "write"])

    def test_without_a_connection_nothing_can_be_added(self) -> None:
        self.network.state = "waiting"
        self.show()
        headings = [row for row in rows_of(self.sidebar.rows) if isinstance(row, Heading)]
        self.assertEqual({each.add for each in headings}, {""})
        self.assertFalse(self.sidebar.network_header.write.winfo_ismapped())

    def test_the_buttons_call_their_actions(self) -> None:
        sidebar = self.sidebar
        sidebar.network_header.name.invoke()
        sidebar.network_header.write.invoke()
        sidebar.jump.invoke()
        sidebar.own_card.card.invoke()
        sidebar.own_card.settings.invoke()
        self.assertEqual(self.done, ["chat", "write", "jump", "own", "settings"])

    def test_while_the_pointer_is_in_the_list_no_row_moves(self) -> None:
        rows = self.sidebar.rows
        rows.event_generate("<Motion>", x=50, y=50, warp=True)
        self.settle()
        rows.event_generate("<Enter>", x=50, y=50)
        self.network.conversations["#help"].unread = 1
        self.show()
        self.assertEqual(self.listed()[:3], ["CHANNELS", "general", "help"])
        rows.event_generate("<Motion>", x=400, y=50, warp=True)
        self.settle()
        rows.event_generate("<Leave>", x=-50, y=-50, rootx=-50, rooty=-50)
        self.settle()
        self.assertEqual(self.listed()[:3], ["UNREAD", "help", "CHANNELS"])

    def test_the_pointer_may_leave_the_list_unseen_behind_a_menu(self) -> None:
        rows = self.sidebar.rows
        rows.event_generate("<Enter>", x=50, y=50)
        rows.event_generate("<Motion>", x=400, y=50, warp=True)
        self.settle()
        self.network.conversations["#help"].unread = 1
        self.show()
        self.assertEqual(self.listed()[:3], ["UNREAD", "help", "CHANNELS"])

    def test_of_thousands_of_conversations_only_the_visible_rows_are_made(self) -> None:
        for number in range(2000):
            self.network.add(f"#c{number:04}", "channel").joined = True
        made: list[str] = []
        name = self.network.display_name
        self.network.display_name = lambda nick: made.append(nick) or name(nick)  # type: ignore[method-assign, func-returns-value]
        for number in range(2000):
            self.network.add(f"n{number:04}", "direct")
        self.show()
        self.sidebar.rows.canvas.yview_moveto(0.9)
        self.settle()
        self.assertLess(len(made), 100)
        self.assertGreater(len(made), 5)

    def test_the_tab_key_goes_from_top_to_bottom(self) -> None:
        sidebar = self.sidebar
        order = [
            sidebar.network_header.name,
            sidebar.network_header.write,
            sidebar.jump,
            sidebar.rows.canvas,
            sidebar.own_card.card,
            sidebar.own_card.settings,
        ]
        self.focus(order[0])
        for expected in order[1:]:
            focused = self.root.focus_get()
            assert focused is not None
            self.press(focused, "<Tab>")
            self.assertIs(self.root.focus_get(), expected)

    def test_a_row_shows_the_name_of_its_conversation(self) -> None:
        row = next(row for row in rows_of(self.sidebar.rows) if isinstance(row, ListRow))
        self.assertEqual((row.key, row.text), ("#general", "general"))
