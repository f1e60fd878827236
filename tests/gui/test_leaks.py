"""Closed menus and dialogs leave no objects."""

from __future__ import annotations

import gc
from collections.abc import Callable

from chatapp.gui.settings.pages import PAGES
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.gui.widgets.popup import Area
from tests.gui.window_case import WindowCase


class LeakTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def counts(self) -> dict[str, int]:
        """Return the numbers of commands, images, widgets and watchers of the theme.

        The commands of timers are left out: which of them run at an instant depends on the load.
        """
        gc.collect()
        tk = self.root.tk
        timers = map(str, tk.splitlist(tk.call("after", "info")))
        of_timers = {str(tk.splitlist(tk.call("after", "info", timer))[0]) for timer in timers}
        commands = set(map(str, tk.splitlist(tk.call("info", "commands"))))
        return {
            "commands": len(commands - of_timers),
            "images": len(self.root.image_names()),
            "widgets": sum(1 for _ in self.widgets()),
            "watchers": len(self.theme._watchers),
        }

    def widgets(self) -> list[str]:
        """Return the paths of all widgets."""
        found = ["."]
        for path in found:
            found += map(str, self.root.tk.splitlist(self.root.tk.call("winfo", "children", path)))
        return found

    def has_no_timers(self) -> bool:
        """Return whether the transcript waits for nothing."""
        transcript = self.window.pane.transcript
        timers = transcript.view.fitting.timer, transcript.input.hover._timer, transcript._quotes._timer
        others = transcript._timers, transcript.view.pictures.timers, transcript._files._timer
        return not any((*timers, *others))

    def assert_leaves_nothing(self, opened: Callable[[], object], times: int) -> None:
        """Check that opening something many times leaves no more objects than opening it once."""
        opened()
        self.rest()
        before, timers = self.counts(), self.timers()
        for _ in range(times):
            opened()
        self.rest()
        self.assertEqual(self.counts(), before)
        self.until(lambda: self.timers() <= timers)

    def rest(self) -> None:
        """Wait until the window has done all that it does because of what happened."""
        self.settle()
        self.until(self.has_no_timers)
        self.settle()

    def timers(self) -> int:
        """Return how many timers run."""
        return len(self.root.tk.splitlist(self.root.tk.call("after", "info")))

    def test_many_menus_leave_no_more_than_one(self) -> None:
        items = [MenuItem("One"), MenuItem(), MenuItem("Two")]
        self.assert_leaves_nothing(lambda: context_menus.pop_up(self.root, self.theme, items, 10, 10), 100)

    def test_many_menus_of_the_transcript_leave_no_more_than_one(self) -> None:
        self.say("ben", "see https://a.example")
        self.wait_for_text("https://a.example")
        transcript = self.window.pane.transcript
        entry = self.conversation("#general").entries[-1]
        items = list(transcript.input.menus.items_at(entry, transcript.view.text.search("https", "1.0")))

        def open_menu() -> None:
            transcript.input._open_menu(entry, items, 10, 10)
            self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(open_menu, 100)

    def test_going_to_another_server_many_times_leaves_no_more_than_once(self) -> None:
        other = self.client.add_network(in_background=True)
        other.name, other.nick, other.state = "Chess Club", "ana", "online"
        other.current = other.add("#general", "channel")
        here = self.client.network

        def there_and_back() -> None:
            for network in (other, here):
                self.window.servers.go(network)
                self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(there_and_back, 20)

    def test_many_dialogs_leave_no_more_than_one(self) -> None:
        overlays = self.window.overlays
        for opened in (
            overlays.jump,
            overlays.join,
            overlays.ask_away,
        ):
            with self.subTest(opened.__name__):

                def open_and_close(opened: Callable[[], None] = opened) -> None:
                    opened()
                    assert overlays.dialog is not None
                    overlays.dialog.close()

                self.assert_leaves_nothing(open_and_close, 10)

    def test_many_windows_of_settings_leave_no_more_than_one(self) -> None:
        controller = self.window.settings_controller

        def open_and_close() -> None:
            for page in PAGES:
                controller.open(page.key)
            self.settle()
            controller.close()
            self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(open_and_close, 5)

    def test_many_connect_dialogs_leave_no_more_than_one(self) -> None:
        def open_and_close() -> None:
            self.window.connect_controller.open().destroy()
            self.window.connect_controller.dialog = None

        self.assert_leaves_nothing(open_and_close, 5)

    def test_many_emoji_pickers_leave_no_more_than_one(self) -> None:
        overlays = self.window.overlays

        def open_and_close() -> None:
            overlays.pick_emoji(200, 400, lambda sequence: None)
            self.settle()
            overlays.pick_emoji(200, 400, lambda sequence: None)  # closes it
            self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(open_and_close, 10)

    def test_many_cards_and_dialogs_about_people_leave_no_more_than_one(self) -> None:
        people = self.window.people_actions

        def open_and_close(nick: str) -> None:
            people.show(nick, Area(200, 200, 20, 20))
            self.settle()
            assert people.card is not None
            people.card.close()
            self.settle()
            self.until(self.has_no_timers)

        for nick in ("ben", "ana"):
            with self.subTest(nick):
                self.assert_leaves_nothing(lambda nick=nick: open_and_close(nick), 10)  # type: ignore[misc]

    def test_many_settings_of_a_channel_leave_no_more_than_one(self) -> None:
        people = self.window.people_actions

        def open_and_close() -> None:
            people.channel_settings()
            self.settle()
            assert people.settings_dialog is not None
            people.settings_dialog.close()
            self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(open_and_close, 5)

    def test_finding_many_times_leaves_no_more_than_once(self) -> None:
        pane, commands = self.window.pane, self.window.commands

        def open_and_close() -> None:
            pane.open_find()
            pane.find_bar.field.set("ben")
            self.settle()
            pane.find.close()
            commands.open_search("ben")
            self.settle()
            commands.close_search()
            self.settle()
            self.until(self.has_no_timers)

        self.assert_leaves_nothing(open_and_close, 5)
