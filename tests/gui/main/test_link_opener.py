"""Clicked links open where they belong."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.main.link_opener import NO_BROWSER, NOT_OPENED, LinkOpener
from chatapp.gui.widgets.dialog import QuestionDialog
from tests.gui.base import WindowTest


class LinkOpenerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.channels: list[str] = []
        self.invites: list[str] = []
        self.problems: list[str] = []
        self.asks_always = False
        browser = mock.patch("webbrowser.open", return_value=True)
        self.browser = browser.start()
        self.addCleanup(browser.stop)
        self.links = LinkOpener(
            self.root,
            self.theme,
            on_channel=self.channels.append,
            on_invite=self.invites.append,
            show_problem=self.problems.append,
            asks_always=lambda: self.asks_always,
        )

    def opened(self) -> list[str]:
        """Return what the browser has opened."""
        return [call.args[0] for call in self.browser.call_args_list]

    def question(self) -> QuestionDialog:
        self.settle()
        (found,) = (each for each in self.root.winfo_children() if isinstance(each, QuestionDialog))
        return found

    def test_channels_and_invite_links_open_in_the_window(self) -> None:
        self.links.open("#help")
        self.links.open("ircs://a.example:5000/exam")
        self.assertEqual((self.channels, self.invites), (["#help"], ["ircs://a.example:5000/exam"]))
        self.assertEqual(self.opened(), [])

    def test_every_link_asks_if_the_user_wants_that(self) -> None:
        self.asks_always = True
        self.links.open("https://a.example/x")
        self.assertEqual(self.opened(), [])
        self.question().buttons["Open a.example"].invoke()
        self.assertEqual(self.opened(), ["https://a.example/x"])

    def test_other_links_open_in_the_browser(self) -> None:
        self.links.open("www.a.example/x")
        self.assertEqual(self.opened(), ["https://www.a.example/x"])

    def test_links_of_other_kinds_are_not_opened(self) -> None:
        self.links.open("javascript://x")
        self.assertEqual((self.opened(), self.problems), ([], [NOT_OPENED]))

    def test_a_link_that_leads_elsewhere_than_it_seems_asks_first(self) -> None:
        self.links.open("https://bank.example@evil.example/")
        self.assertEqual(self.opened(), [])
        dialog = self.question()
        self.assertIn("evil.example", dialog.title())
        dialog.buttons["Open evil.example"].invoke()
        self.assertEqual(self.opened(), ["https://bank.example@evil.example/"])

    def test_the_default_answer_does_not_open_it(self) -> None:
        self.links.open("https://bank.example@evil.example/")
        dialog = self.question()
        self.assertEqual(str(dialog.buttons["Cancel"].cget("style")), "Primary.TButton")
        dialog.buttons["Cancel"].invoke()
        self.assertEqual(self.opened(), [])

    def test_without_a_browser_the_user_is_told(self) -> None:
        self.browser.return_value = False
        self.links.open("https://a.example")
        self.assertEqual(self.problems, [NO_BROWSER])
