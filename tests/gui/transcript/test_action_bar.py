"""The bar with the buttons of the message under the pointer."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.transcript.action_bar import ActionBar, BarContent
from chatapp.gui.transcript.message_actions import ActionName
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

ALL: tuple[ActionName, ...] = ("react", "reply", "copy", "delete")


class ActionBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.bar = ActionBar(self.root, self.theme, lambda name, x, y: self.pressed.append(name))
        self.settle()

    def show(self, actions: tuple[ActionName, ...] = ALL, y: int = 200, time: str = "10:06") -> None:
        self.bar.show(BarContent(time, actions), y, self.root.winfo_height())
        self.settle()

    def click(self, name: str) -> None:
        x = next(x for each, x in self.bar._buttons if each == name) + self.theme.px(5)
        self.bar.event_generate("<Motion>", x=x, y=self.theme.px(18))
        self.bar.event_generate("<Button-1>", x=x, y=self.theme.px(18))
        self.bar.event_generate("<ButtonRelease-1>", x=x, y=self.theme.px(18))
        self.settle()

    def test_it_shows_the_time_and_a_button_for_each_action_that_has_one(self) -> None:
        self.show()
        self.assertEqual(self.bar.buttons, ["react", "reply", "copy", "more"])
        self.assertEqual(list(drawn_texts(self.bar)), ["10:06"])

    def test_an_own_message_has_edit_in_place_of_reply(self) -> None:
        self.show(("react", "reply", "copy", "edit", "delete"))
        self.assertEqual(self.bar.buttons, ["react", "edit", "copy", "more"])
        self.click("edit")
        self.assertEqual(self.pressed, ["edit"])

    def test_what_is_not_possible_has_no_button(self) -> None:
        self.show(("copy",))
        self.assertEqual(self.bar.buttons, ["copy", "more"])
        self.show(())
        self.assertEqual(self.bar.buttons, [])

    def test_it_stands_half_above_the_message_near_the_right_edge(self) -> None:
        self.show()
        px = self.theme.px
        self.assertEqual(self.bar.winfo_y(), 200 - px(18))
        self.assertEqual(self.root.winfo_width() - self.bar.winfo_x() - self.bar.winfo_width(), px(26))
        self.assertEqual(self.bar.winfo_height(), px(36))

    def test_it_stays_inside_the_pane(self) -> None:
        for y, top in ((0, 0), (-50, 0), (10_000, self.root.winfo_height() - self.theme.px(36))):
            self.show(y=y)
            self.assertEqual(self.bar.winfo_y(), top)

    def test_a_click_reports_its_button(self) -> None:
        self.show()
        for name in ("reply", "more"):
            self.click(name)
        self.assertEqual(self.pressed, ["reply", "more"])

    def test_it_never_takes_the_keyboard(self) -> None:
        self.focus(self.root)
        self.show()
        self.click("reply")
        self.assertIs(self.root.focus_get(), self.root)
        self.assertEqual(str(self.bar.cget("takefocus")), "0")

    def test_each_button_is_at_least_28_pixels_wide_and_high(self) -> None:
        self.show()
        lefts = [x for _, x in self.bar._buttons]
        widths = [
            right - left for left, right in zip(lefts, [*lefts[1:], self.bar.winfo_width()], strict=True)
        ]
        self.assertGreaterEqual(min(widths), self.theme.px(28))

    def test_a_longer_time_makes_it_wider(self) -> None:
        self.show()
        width = self.bar.winfo_width()
        self.show(time="12:06 pm")
        self.assertGreater(self.bar.winfo_width(), width)

    def test_it_is_drawn_anew_in_another_theme(self) -> None:
        self.show()
        self.theme.use("light")
        self.theme.zoom(24)
        self.settle()
        self.assertEqual(self.bar.buttons, ["react", "reply", "copy", "more"])
        self.assertEqual(self.bar.cget("background"), self.theme.colours.pane)

    def test_it_grows_with_the_text(self) -> None:
        self.show()
        self.theme.zoom(24)
        self.show(time="10:07")
        linespace = self.theme.fonts["ChatSmall"].metrics("linespace")
        self.assertGreater(self.bar.winfo_height(), linespace + self.theme.px(8))
        self.click("reply")
        self.assertEqual(self.pressed, ["reply"])

    def icons(self) -> set[str]:
        """Return the names of the images of the bar."""
        bar = self.bar
        pictures = [item for item in bar.find_all() if str(bar.type(item)) == "image"]
        return {str(bar.tk.call(bar, "itemcget", item, "-image")) for item in pictures}

    def test_a_check_mark_says_that_a_message_was_copied(self) -> None:
        self.show()
        check = str(self.theme.icon("check", "ok", 16))
        with mock.patch("chatapp.gui.transcript.action_bar.COPIED_MILLISECONDS", 30):
            self.bar.show_copied()
        self.assertIn(check, self.icons())
        self.until(lambda: check not in self.icons())

    def test_the_check_mark_does_not_move_to_another_message(self) -> None:
        self.show()
        self.bar.show_copied()
        self.show(time="10:07")
        self.assertNotIn(str(self.theme.icon("check", "ok", 16)), self.icons())

    def test_hidden_it_is_gone(self) -> None:
        self.show()
        self.bar.hide()
        self.settle()
        self.assertFalse(self.bar.winfo_ismapped())
