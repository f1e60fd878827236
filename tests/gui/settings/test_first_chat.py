"""The page of a new chat."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.first_chat import FirstChat, FirstChatFacts, FirstChatHandlers
from chatapp.gui.settings.first_chat_cards import Invitation
from tests.gui.base import WindowTest

FACTS = FirstChatFacts(
    "#general", "Room 12", "ana", Invitation("ircs://192.0.2.7:5000"), is_shared=True, is_local=True,
    is_protected=False,
)  # fmt: skip


class Pages(WindowTest):
    def page(self, is_owner: bool) -> FirstChat:
        self.calls: list[str] = []

        def note(name: str) -> object:
            return lambda *arguments: self.calls.append(name)

        names = ("copy", "full_screen", "share", "protect", "closed", "channel", "topic", "hide")
        page = FirstChat(self.root, self.theme, FirstChatHandlers(*map(note, names)), is_owner)  # type: ignore[arg-type]
        page.pack(fill="both", expand=True)
        self.root.geometry("900x700")
        self.root.deiconify()
        page.show(FACTS)
        self.root.update()
        return page

    def test_an_owner_sees_three_cards(self) -> None:
        page = self.page(is_owner=True)
        self.assertTrue(all(card.winfo_manager() for card in (page.invite, page.share, page.protect)))
        self.assertIn("runs on this computer", str(page.line.cget("text")))
        self.assertEqual(["Make a channel", "Set a topic", "Hide this"], list(page.links))
        for link in page.links.values():
            link.invoke()
        self.assertEqual(["channel", "topic", "hide"], self.calls)

    def test_a_guest_sees_how_to_protect_the_name(self) -> None:
        page = self.page(is_owner=False)
        shown = [bool(card.winfo_manager()) for card in (page.invite, page.share, page.protect)]
        self.assertEqual([False, False, True], shown)
        self.assertEqual(["Hide this"], list(page.links))

    def test_the_cards_are_at_most_720_wide(self) -> None:
        page = self.page(is_owner=True)
        self.assertLessEqual(page.invite.winfo_width(), self.theme.px(720))


if __name__ == "__main__":
    unittest.main()
