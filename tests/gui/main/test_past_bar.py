"""The bar that leads back to the newest messages."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.gui.main.past_bar import SHORT_TEXT, TEXT, PastBar
from tests.gui.base import WindowTest


class PastBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.bar = PastBar(self.root, self.theme, lambda: self.pressed.append("now"))
        self.bar.grid(sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.conversation = Conversation("#general", "channel")
        self.conversation.past = Conversation("#general", "channel", present=self.conversation)

    def show(self) -> list[str]:
        """Show the bar; return its texts."""
        self.bar.show(self.conversation)
        self.settle()
        return [str(each.cget("text")) for each in (self.bar._label, self.bar._news)]

    def test_it_is_there_only_while_an_older_part_is_shown(self) -> None:
        self.show()
        self.assertTrue(self.bar.winfo_ismapped())
        self.conversation.past = None
        self.show()
        self.assertFalse(self.bar.winfo_ismapped())
        self.bar.show(None)
        self.assertFalse(self.bar.winfo_ismapped())

    def test_it_counts_the_messages_that_came_meanwhile(self) -> None:
        self.assertEqual([TEXT, ""], self.show())
        for unread, text in ((1, "1 new message"), (3, "3 new messages")):
            self.conversation.unread = unread
            self.assertEqual([TEXT, text], self.show())

    def test_in_a_narrow_window_the_number_of_new_messages_stays(self) -> None:
        self.conversation.unread = 3
        texts = {}
        for width in (480, 400, 290):
            self.size(width, 300)
            self.settle()
            texts[width] = self.show()
        self.assertEqual([SHORT_TEXT, "3 new messages"], texts[480])
        self.assertEqual(["", "3 new messages"], texts[400])
        self.assertEqual(["", "3 new"], texts[290])

    def test_its_button_leads_back(self) -> None:
        self.show()
        self.bar.button.invoke()
        self.assertEqual(["now"], self.pressed)
