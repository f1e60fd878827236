"""A moderator puts somebody out with a reason and takes it back, by keyboard, on a real server."""

from __future__ import annotations

from chatapp.gui.widgets.icon_menu import IconMenu
from chatapp.gui.window import Window
from tests.gui.canvas import drawn_texts
from tests.live.test_window import PATIENCE, LiveWindowTest

REASON = "Insults"


class ModerationTest(LiveWindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ana = self.window("ana")
        self.ana.client.join("#class")
        self.until(lambda: self.shown_channel(self.ana) == "#class", PATIENCE)
        self.tom = self.enter("tom", channel="#class")
        self.until(lambda: "tom" in drawn_texts(self.ana.people.rows.canvas), PATIENCE)

    def shown_channel(self, window: Window) -> str:
        return window.pane.conversation.name if window.pane.conversation else ""

    def open_dialog(self) -> None:
        """First step: the menu of the person, its last item."""
        canvas = self.ana.people.rows.canvas
        self.focus(canvas)
        while self.ana.people.rows._focused_key != "tom":
            self.press(canvas, "<Down>")
        self.press(canvas, "<Shift-F10>")
        menu = next(each for each in self.root.winfo_children() if isinstance(each, IconMenu))
        self.focus(menu)
        self.press(menu, "<Up>", "<Return>")

    def test_out_and_back_in_three_steps(self) -> None:
        self.open_dialog()
        dialog = self.ana.people_actions.moderation.dialog
        assert dialog is not None
        self.until(lambda: bool(self.ana.network.person("tom").host), PATIENCE)
        self.assertEqual(dialog.kind, "ban")
        self.focus(dialog.chips[1])
        self.press(dialog.chips[1], "<space>")
        self.focus(dialog.action_button)
        self.press(dialog.action_button, "<space>")
        self.until(lambda: bool(self.ana.pane.undo_notice.winfo_manager()), PATIENCE)
        self.assertEqual(self.tom.until("KICK").params, ("#class", "tom", REASON))
        self.tom.send("JOIN #class")
        self.assertIn(REASON, self.tom.until("474").text)
        self.focus(self.ana.pane.composer.field)
        self.press(self.ana.pane.composer.field, "<Control-Shift-Z>")
        self.until(lambda: not self.ana.people_actions.moderation.is_busy, PATIENCE)
        self.tom.until("INVITE")
        self.tom.send("JOIN #class")
        self.tom.until("366")

    def test_rules_of_a_channel_are_saved(self) -> None:
        self.focus(self.ana.pane.composer.field)
        self.press(self.ana.pane.composer.field, "<Control-Shift-I>")
        dialog = self.ana.people_actions.settings_dialog
        assert dialog is not None
        dialog.overview.switches["moderated"].invoke()
        dialog.overview.entries["limit"].insert(0, "20")
        dialog.save_button.invoke()
        mode = self.tom.until("MODE")
        self.assertEqual(mode.params, ("#class", "+ml", "20"))
        self.until(lambda: not dialog.winfo_exists(), PATIENCE)
