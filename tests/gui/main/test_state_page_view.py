"""A page in the place of the messages."""

from __future__ import annotations

from chatapp.gui.main.state_page_view import StatePageView
from chatapp.gui.main.state_pages import Page
from tests.gui.base import WindowTest

CONNECTING = Page("connecting", "Connecting to Room 12…", ("Waiting",), (("Cancel", "cancel"),))
BANNED = Page(
    "banned", "You are banned", ("by Ben " * 40,), (("Another chat…", "connect"), ("Read", "read")), "slash",
    "danger", "dangerbg",
)  # fmt: skip


class StatePageViewTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.page = StatePageView(self.root, self.theme, self.pressed.append)
        self.page.place(relwidth=1, relheight=1)

    def show(self, page: Page) -> None:
        self.page.show(page)
        self.settle()

    def test_its_buttons_are_reported(self) -> None:
        self.show(BANNED)
        for button in self.page.buttons:
            button.invoke()
        self.assertEqual(self.pressed, ["connect", "read"])

    def test_a_changed_line_does_not_take_the_focus_from_a_button(self) -> None:
        self.show(CONNECTING)
        self.focus(self.page.focus_target)
        self.show(Page("connecting", "Connecting…", ("logging in",), CONNECTING.buttons))
        self.assertIs(self.root.focus_get(), self.page.buttons[0])
        self.show(BANNED)
        self.assertIs(self.root.focus_get(), self.page.buttons[0])

    def test_everything_fits_into_a_narrow_pane(self) -> None:
        self.size(300, 260)
        for page in (CONNECTING, BANNED):
            self.show(page)
            for button in self.page.buttons:
                left, right = button.winfo_rootx(), button.winfo_rootx() + button.winfo_width()
                self.assertGreaterEqual(left, self.root.winfo_rootx())
                self.assertLessEqual(right, self.root.winfo_rootx() + self.root.winfo_width())

    def test_a_page_that_is_higher_than_its_place_scrolls_from_its_title_to_its_buttons(self) -> None:
        self.theme.zoom(24)
        self.size(300, 200)
        self.show(BANNED)
        title = self.page._title
        self.assertGreaterEqual(title.winfo_rooty(), self.root.winfo_rooty())
        for button in self.page.buttons:
            self.focus(button)
            self.settle()
            bottom = button.winfo_rooty() + button.winfo_height()
            self.assertLessEqual(bottom, self.root.winfo_rooty() + self.root.winfo_height())

    def test_a_label_that_is_wider_than_the_pane_takes_two_lines(self) -> None:
        self.theme.zoom(24)
        self.size(320, 400)
        self.show(Page("empty", "No channel", (), (("Join or make a channel", "join"),), "chat"))
        (button,) = self.page.buttons
        self.assertEqual(len(str(button.cget("text")).split("\n")), 2)
        self.assertLessEqual(button.winfo_width(), self.root.winfo_width())
