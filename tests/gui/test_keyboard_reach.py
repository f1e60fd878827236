"""The keyboard alone: Tab and Shift+Tab reach every control, in the order of reading, with a visible ring."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from itertools import pairwise

from chatapp.gui.settings.pages import PAGES
from chatapp.gui.widgets.poll_loop import INTERVAL
from chatapp.gui.widgets.popup import Area
from chatapp.protocol.modes import KICK_LEVEL
from tests.gui.screen import Screen
from tests.gui.window_case import WindowCase

MOST = 80  # controls in a window; more presses of Tab are an endless way
RING = 24  # pixels that a ring has at least
BOXES = 3  # a control and two frames around it, one of which may draw its ring


class KeyboardReachTest(WindowCase):
    capabilities = f"{WindowCase.capabilities} draft/message-edit draft/message-redaction"

    def setUp(self) -> None:
        super().setUp()
        self.screen = Screen(self.root)
        self.addCleanup(self.screen.close)
        self.enter()
        self.say("ben", "Good morning")
        self.wait_for_text("Good morning")

    def test_in_the_main_window(self) -> None:
        self.reach(self.root, self.window.pane.composer.field)

    def test_while_a_text_is_found_in_the_conversation(self) -> None:
        self.window.pane.open_find()
        self.window.pane.find_bar.field.set("morning")
        self.until(lambda: "disabled" not in self.window.pane.find_bar.older.state())
        self.reach(self.root, self.window.pane.find_bar.field.entry)

    def test_while_everything_is_searched(self) -> None:
        self.window.commands.open_search()
        self.window.search.pane.field.set("morning")
        self.until(self.window.search.pane.hits.winfo_viewable)
        self.reach(self.root, self.window.search.pane.field.entry)

    def test_with_several_servers(self) -> None:
        network = self.client.add_network(in_background=True)
        network.name, network.nick, network.state = "Chess Club", "ana", "online"
        self.window.servers.paint()
        self.settle()
        self.assertTrue(self.window.servers.rail.winfo_ismapped())
        self.reach(self.root, self.window.pane.composer.field)

    def test_in_a_narrow_window(self) -> None:
        self.size(520, 360)
        self.settle()
        self.reach(self.root, self.window.pane.composer.field)

    def test_while_replying_without_a_connection(self) -> None:
        self.window.pane.composer.reply_to(self.conversation("#general").entries[-1])
        self.client.disconnect()
        self.until(lambda: self.client.network.state == "offline")
        self.until(self.window.pane.states.bar.winfo_viewable)
        self.reach(self.root, self.window.pane.composer.field)

    def test_in_every_dialog(self) -> None:
        overlays = self.window.overlays
        openers: list[Callable[[], object]] = [
            overlays.ask_away,
            overlays.join,
            overlays.jump,
            overlays.write,
            lambda: overlays.ask_keep_server(lambda keep: None),
        ]
        for number, opener in enumerate(openers):
            opener()
            dialog = overlays.dialog
            assert dialog is not None
            self.settle()
            with self.subTest(number=number, dialog=type(dialog).__name__):
                self.reach(dialog, self.first(dialog))
            dialog.destroy()
            self.settle()

    def test_in_every_page_of_the_settings(self) -> None:
        for page in PAGES:
            self.window.overlays.settings(page.key)
            window = self.window.settings_controller.window
            assert window is not None
            self.until(window.view.winfo_viewable)
            self.until(lambda: self.root.focus_get() is window.list)  # noqa: B023
            self.wait_until_drawn()
            if page.is_offered(self.client.network):
                with self.subTest(page=page.key):
                    self.reach(window, window.list)
            window.close()
            self.settle()

    def test_in_the_cards_and_dialogs_about_people(self) -> None:
        self.server.send(":ben!b@h MODE #general +o ana")
        self.until(lambda: self.client.network.may(self.conversation("#general"), KICK_LEVEL))
        people, area = self.window.people_actions, Area(40, 40, 40, 40)
        openers: dict[str, Callable[[], object]] = {
            "card": lambda: people.show("dee", area),
            "own card": lambda: people.show_own(area),
            "moderation": lambda: people.moderation.moderate("dee"),
            "channel settings": people.channel_settings,
        }
        for name, opener in openers.items():
            opener()
            top = people.settings_dialog or people.moderation.dialog or people.card
            assert top is not None
            self.settle()
            with self.subTest(dialog=name):
                self.reach(top, self.first(top))
            top.destroy()
            self.settle()

    def test_in_the_dialog_that_connects(self) -> None:
        dialog = self.window.connect_controller.open()
        self.settle()
        self.reach(dialog, dialog.fields["name"].entry)
        for page in ("join", "new", "settings"):
            with self.subTest(page=page):
                dialog.show_page(page)
                dialog.pages.user.show_password()
                dialog.pages.user.show_code()
                self.settle()
                self.reach(dialog, dialog.fields["name"].entry)

    # the checks

    def reach(self, top: tk.Misc, start: tk.Misc) -> None:
        """Assert that all controls of a window or card are reached from one of them, both ways."""
        self.wait_until_drawn()
        controls = list(self.focusable(top))
        forward = self.tour(start, "<Tab>", controls)
        back = self.tour(start, "<ISO_Left_Tab>", controls)
        self.assertEqual({str(each) for each in forward}, {str(each) for each in controls})
        self.assertEqual([str(each) for each in back[1:]], [str(each) for each in reversed(forward[1:])])
        first = forward.index(controls[0])
        self.assert_reading_order([*forward[first:], *forward[:first]])

    def tour(self, start: tk.Misc, key: str, controls: list[tk.Misc]) -> list[tk.Misc]:
        """Press a key until the focus is back; return the way. Each control on it has a ring."""
        self.focus(start)
        way = [start]
        while len(way) < MOST:
            current = way[-1]
            focused = self.ring_pixels(current)
            current.event_generate(key)
            self.settle()
            after = self.root.focus_get()
            assert after is not None, f"{key} on {current} leads nowhere"
            if after is current:
                self.assertEqual(
                    [str(each) for each in controls], [str(current)], f"{key} stops at {current}"
                )
            if len(controls) == 1:
                return way
            grown = [before - now for before, now in zip(focused, self.ring_pixels(current), strict=True)]
            with self.subTest(control=str(current)):
                self.assertGreater(max(grown), RING, "it has no ring")
            if after is start:
                return way
            self.assertNotIn(str(after), map(str, way), f"{key} never returns")
            way.append(after)
        raise AssertionError(f"{key} does not return to {start}")

    def ring_pixels(self, control: tk.Misc) -> list[int]:
        """Return how many pixels have the colour of the ring: in a control, and in the boxes around it."""
        accent, parent = self.theme.colours.accent, control.master
        boxes = [control]
        while isinstance(parent, tk.Misc) and len(boxes) < BOXES and not isinstance(parent, tk.Wm):
            boxes.append(parent)
            parent = parent.master
        return [self.screen.count(each, accent) for each in boxes]

    def wait_until_drawn(self) -> None:
        """Let the polls and idle tasks that lay the window out run."""
        drawn = tk.BooleanVar(self.root)
        self.root.after(2 * INTERVAL, drawn.set, True)
        self.until(drawn.get)
        self.settle()

    def focusable(self, top: tk.Misc) -> Iterator[tk.Misc]:
        """Yield the controls that Tk may give the focus to, without those of other windows."""
        for child in top.winfo_children():
            if child.winfo_toplevel() is not top.winfo_toplevel():
                continue
            if self.root.tk.getboolean(self.root.tk.call("tk::FocusOK", str(child))):
                yield child
            yield from self.focusable(child)

    def first(self, dialog: tk.Misc) -> tk.Misc:
        focus = self.root.focus_get()
        return focus if focus and str(focus).startswith(str(dialog)) else next(self.focusable(dialog))

    def assert_reading_order(self, way: list[tk.Misc]) -> None:
        """Assert that each control stands behind the one before it among its neighbours."""
        for before, after in pairwise(way):
            if before.master is after.master:
                is_below = after.winfo_rooty() >= before.winfo_rooty() + before.winfo_height() // 2
                is_right = after.winfo_rootx() > before.winfo_rootx()
                self.assertTrue(is_below or is_right, f"{after} stands before {before}")
