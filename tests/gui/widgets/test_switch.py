"""A switch that is on or off."""

from __future__ import annotations

from chatapp.gui.widgets.switch import Switch
from tests.gui.base import WindowTest


class SwitchTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changes: list[bool] = []
        self.switch = Switch(self.root, self.theme, "Mute", self.changes.append)
        self.switch.pack()
        self.settle()

    def test_a_click_and_space_move_it(self) -> None:
        self.press(self.switch, "<Enter>", "<Button-1>", "<ButtonRelease-1>")
        self.focus(self.switch)
        self.press(self.switch, "<space>")
        self.assertEqual(self.changes, [True, False])

    def test_showing_a_position_reports_nothing(self) -> None:
        self.switch.show(True)
        self.assertTrue(self.switch.is_on)
        self.assertTrue(self.switch.instate(["selected"]))
        self.assertEqual(self.changes, [])

    def test_it_is_off_at_first_and_cannot_be_moved_while_disabled(self) -> None:
        self.assertFalse(self.switch.is_on)
        self.switch.state(["disabled"])
        self.press(self.switch, "<Enter>", "<Button-1>", "<ButtonRelease-1>")
        self.assertEqual(self.changes, [])

    def test_its_text_can_change(self) -> None:
        self.switch.show_text("Mute it")
        self.assertEqual(str(self.switch.cget("text")).strip(), "Mute it")

    def test_it_is_at_least_28_pixels_high_with_its_text(self) -> None:
        self.assertGreaterEqual(self.switch.winfo_height(), self.theme.px(28))
