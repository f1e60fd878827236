"""The rail: tiles, badges, rings, mouse and keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chatapp.client.login import Login
from chatapp.client.model.network import Network
from chatapp.gui.main.server_rail import LEFT, STEP, TILE, TOP, WIDTH, RailHandlers, ServerRail
from chatapp.gui.main.server_tiles import ServerTile, server_tiles
from chatapp.gui.widgets import platform_events
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import make_network

MOVE_DOWN = f"<{platform_events.COMMAND}-Shift-Down>"


class ServerRailTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[tuple[object, ...]] = []
        self.rail = ServerRail(
            self.root,
            self.theme,
            RailHandlers(
                on_choose=lambda network: self.done.append(("choose", network.name)),
                on_menu=lambda network, x, y: self.done.append(("menu", network.name)),
                on_move=lambda network, index: self.done.append(("move", network.name, index)),
                on_add=lambda: self.done.append(("add",)),
            ),
        )
        self.rail.pack(side="left", fill="y")
        self.networks = [make_network("#general") for _ in range(3)]
        for network, name in zip(self.networks, ("Room 12", "Chess Club", "Lab"), strict=True):
            network.name = name
        self.tiles = self.made(self.networks)
        self.rail.show(self.tiles)
        self.settle()

    def made(self, networks: Sequence[Network]) -> list[ServerTile]:
        return server_tiles([(each, Login(f"{each.name}.example")) for each in networks], self.networks[0])

    def middle(self, index: int) -> int:
        return self.theme.px(TOP) + index * self.theme.px(STEP) + self.theme.px(TILE) // 2

    def click(self, index: int) -> None:
        x = self.theme.px(LEFT + TILE // 2)
        self.rail.event_generate("<Button-1>", x=x, y=self.middle(index))
        self.rail.event_generate("<ButtonRelease-1>", x=x, y=self.middle(index))
        self.settle()

    def drag(self, start: int, y: int, release: bool = True) -> None:
        x = self.theme.px(LEFT + TILE // 2)
        self.rail.event_generate("<Button-1>", x=x, y=self.middle(start))
        self.rail.event_generate("<B1-Motion>", x=x, y=y)
        if release:
            self.rail.event_generate("<ButtonRelease-1>", x=x, y=y)
        self.settle()

    def shown(self, tag: str) -> list[int]:
        """Return the y of the items with a tag."""
        return [round(self.rail.coords(item)[1]) for item in self.rail.find_withtag(tag)]

    def test_it_is_as_wide_as_designed_and_has_a_tile_for_each_server(self) -> None:
        self.assertEqual(self.rail.winfo_width(), self.theme.px(WIDTH))
        self.assertEqual([len(self.rail.find_withtag(f"tile{index}")) for index in range(4)], [1, 1, 1, 0])

    def test_a_bar_marks_the_current_one(self) -> None:
        self.assertEqual(self.shown("bar"), [self.middle(0)])

    def test_a_badge_has_the_number_and_a_dot_tells_of_other_news(self) -> None:
        self.rail.show(
            [self.tiles[0], replace(self.tiles[1], important=3), replace(self.tiles[2], has_news=True)]
        )
        self.settle()
        self.assertEqual(list(drawn_texts(self.rail)), ["3"])
        [dot] = self.shown("dot")
        self.assertGreater(dot, self.middle(2))

    def test_a_badge_stays_inside_the_rail_at_any_size_of_text(self) -> None:
        self.rail.show([replace(self.tiles[0], important=250)])
        for size in (11, 24):
            with self.subTest(size):
                self.theme.zoom(size)
                self.settle()
                [badge] = self.rail.find_withtag("badge")
                left, _, right, _ = self.rail.bbox(badge)
                self.assertGreaterEqual(left, 0)
                self.assertLessEqual(right, self.rail.winfo_width())

    def test_a_ring_marks_a_server_that_is_not_connected(self) -> None:
        self.assertEqual(self.shown("warn-ring"), [])
        self.rail.show([replace(self.tiles[0], is_connected=False), *self.tiles[1:]])
        self.assertEqual(len(self.shown("warn-ring")), 1)

    def test_a_click_chooses_and_the_plus_adds(self) -> None:
        self.click(1)
        self.click(3)
        self.assertEqual(self.done, [("choose", "Chess Club"), ("add",)])

    def test_a_click_between_tiles_does_nothing(self) -> None:
        y = self.middle(0) + self.theme.px(TILE // 2 + 4)
        self.rail.event_generate("<Button-1>", x=20, y=y)
        self.rail.event_generate("<ButtonRelease-1>", x=20, y=y)
        self.assertEqual(self.done, [])

    def test_a_right_click_opens_the_menu_of_a_server_only(self) -> None:
        for index in (2, 3):
            self.rail.event_generate(platform_events.MENU_CLICKS[0], x=20, y=self.middle(index))
        self.assertEqual(self.done, [("menu", "Lab")])

    def test_a_drag_moves_a_tile(self) -> None:
        self.drag(0, self.middle(2) + self.theme.px(20))
        self.drag(2, self.middle(0) - self.theme.px(20))
        self.assertEqual(self.done, [("move", "Room 12", 2), ("move", "Lab", 0)])

    def test_while_a_tile_is_dragged_a_line_shows_where_it_would_stand(self) -> None:
        self.drag(0, self.middle(1) + self.theme.px(20), release=False)
        [line] = self.shown("drop")
        self.assertTrue(self.middle(1) < line < self.middle(2))

    def test_a_drag_that_ends_beside_the_rail_moves_nothing(self) -> None:
        self.drag(0, self.middle(2), release=False)
        self.rail.event_generate("<B1-Motion>", x=self.theme.px(300), y=self.middle(2))
        self.assertEqual(self.shown("drop"), [])
        self.rail.event_generate("<ButtonRelease-1>", x=self.theme.px(300), y=self.middle(2))
        self.assertEqual(self.done, [])

    def test_a_drag_to_its_own_place_moves_nothing(self) -> None:
        self.drag(1, self.middle(1) + self.theme.px(10))
        self.assertEqual(self.done, [])

    def test_by_keyboard_one_can_reach_everything(self) -> None:
        self.focus(self.rail)
        self.assertEqual(len(self.shown("accent-ring")), 1)
        self.press(self.rail, "<Down>", "<Return>")
        self.press(self.rail, platform_events.MENU_KEYS[0])
        self.press(self.rail, MOVE_DOWN)
        self.press(self.rail, "<End>", "<space>")
        self.assertEqual(
            self.done,
            [("choose", "Chess Club"), ("menu", "Chess Club"), ("move", "Chess Club", 2), ("add",)],
        )

    def test_the_ring_follows_a_server_that_moves(self) -> None:
        self.focus(self.rail)
        self.press(self.rail, "<Down>")
        self.rail.show(self.made([self.networks[0], self.networks[2], self.networks[1]]))
        self.press(self.rail, "<Return>")
        self.assertEqual(self.done, [("choose", "Chess Club")])

    def test_the_plus_cannot_be_moved_and_tiles_stay_inside(self) -> None:
        self.focus(self.rail)
        self.press(self.rail, "<End>", MOVE_DOWN, "<Up>", MOVE_DOWN)
        self.assertEqual(self.done, [])

    def test_with_many_servers_the_wheel_and_the_keys_scroll(self) -> None:
        self.size(800, 200)
        self.rail.show(self.made([*self.networks, *(make_network("#general") for _ in range(9))]))
        self.settle()
        self.focus(self.rail)
        self.press(self.rail, "<End>")
        self.assertGreater(self.rail.canvasy(0), 0)
        self.press(self.rail, "<Home>")
        self.assertEqual(self.rail.canvasy(0), 0)

    def test_it_takes_the_colours_of_the_theme(self) -> None:
        self.theme.use("light")
        self.assertEqual(str(self.rail.cget("background")), self.theme.colours.rail)
