"""The page where a chat is started."""

from __future__ import annotations

from chatapp.gui.dialogs.new_chat_page import NAME_MISSING, NAME_TOO_LONG, NewChat, NewChatPage
from chatapp.gui.widgets.field_message import MessageContent
from tests.gui.base import WindowTest


class NewChatPageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.page = NewChatPage(self.root, self.theme, 352, lambda: None)
        self.page.pack()
        self.settle()

    def test_it_is_shared_and_ends_with_the_window_unless_that_is_changed(self) -> None:
        self.page.name.value = "Room 12"
        self.assertEqual(self.page.chat, NewChat("Room 12", is_shared=True, keeps_running=False))
        self.page.shared.invoke()
        self.page.keeps_running.invoke()
        self.assertEqual(self.page.chat, NewChat("Room 12", is_shared=False, keeps_running=True))

    def test_a_name_is_proposed_once(self) -> None:
        self.page.suggest_name("ana")
        self.page.suggest_name("ben")
        self.assertEqual(self.page.chat.name, "ana’s chat")

    def test_a_name_is_needed_and_must_not_be_too_long(self) -> None:
        for name, problem in (
            ("", NAME_MISSING),
            ("  ", NAME_MISSING),
            ("x" * 61, NAME_TOO_LONG.format(longest=60)),
            ("x" * 60, ""),
        ):
            with self.subTest(name):
                self.page.name.value = name
                self.assertEqual(self.page.problem(), problem)

    def test_a_failure_stands_on_the_page(self) -> None:
        self.page.show_problem(MessageContent("The server stopped at once."))
        self.settle()
        self.assertTrue(self.page.message.winfo_ismapped())
        self.page.clear_problem()
        self.settle()
        self.assertFalse(self.page.message.winfo_ismapped())
