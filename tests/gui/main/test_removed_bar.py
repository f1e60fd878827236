"""The bar of a channel that the user was removed from."""

from __future__ import annotations

from tkinter import ttk

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Removal
from chatapp.gui.main.removed_bar import RemovedBar
from tests.gui.base import WindowTest


class RemovedBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.bar = RemovedBar(self.root, self.theme, lambda: self.pressed.append("join"))
        self.bar.grid(sticky="ew")
        self.root.columnconfigure(0, weight=1)
        self.channel = Conversation("#general", "channel", "#general")

    def show(self, conversation: Conversation | None) -> list[str]:
        """Show a conversation and return the visible texts, or [] if the bar is hidden."""
        self.bar.show(conversation)
        self.settle()
        labels = [each for each in self.bar.winfo_children() if isinstance(each, ttk.Label)]
        texts = [str(each.cget("text")) for each in labels]
        return [text for text in texts if text] if self.bar.winfo_ismapped() else []

    def test_it_is_hidden_unless_the_user_was_removed(self) -> None:
        self.assertEqual(self.show(None), [])
        self.assertEqual(self.show(self.channel), [])

    def test_it_says_who_removed_the_user_and_why(self) -> None:
        self.channel.removal = Removal("ben removed you", "Reason: off topic")
        self.assertEqual(self.show(self.channel), ["ben removed you", "Reason: off topic"])
        self.channel.removal = Removal("ben removed you", "")
        self.assertEqual(self.show(self.channel), ["ben removed you"])

    def test_its_button_joins_again(self) -> None:
        self.channel.removal = Removal("ben removed you", "")
        self.show(self.channel)
        self.bar.join.invoke()
        self.assertEqual(self.pressed, ["join"])

    def test_long_texts_are_shortened_and_the_button_stays_in_the_window(self) -> None:
        self.channel.removal = Removal("ben removed you " * 30, "Reason: " + "off topic " * 50)
        texts = self.show(self.channel)
        self.assertTrue(all(text.endswith("…") for text in texts))
        self.assertLessEqual(self.bar.join.winfo_x() + self.bar.join.winfo_width(), self.root.winfo_width())
